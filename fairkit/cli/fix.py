"""`fairkit fix`: what would raise the score, and the edits that raise it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from fairkit import atomic
from fairkit.errors import UsageError

from . import edge
from .gathering import Options, checklists, gathered
from .options import ChecklistNames, Json, Offline, Online, OutputFile, Quiet, Verbose

if TYPE_CHECKING:
    from fairkit.fix import Mending
    from fairkit.model.distribution import Distribution
    from fairkit.model.harvest import Harvest

__all__ = ["fix"]


@edge.guarded
def fix(
    targets: Annotated[
        list[str] | None, typer.Argument(metavar="TARGET", help="A folder, a record, or a saved document.")
    ] = None,
    checklist: ChecklistNames = None,
    json: Json = False,
    output: OutputFile = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write the fairkit.toml without asking.")] = False,
    offline: Offline = False,
    online: Online = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Tell what would raise the score: values that the evidence holds, and questions for the rest.

    \b
    fairkit fix ./dataset
    fairkit fix record 12102
    fairkit fix record.json --output patch.json

    Of a folder the fairkit.toml is edited, after its changes were shown and you said yes; without a terminal only with
    --yes. Of a record or a saved document a JSON patch (RFC 6902) is written to standard output or to --output.
    """
    from fairkit.dialects import harvest
    from fairkit.fix import mend

    chosen = checklists(checklist)
    codes: list[int] = []
    found = gathered(targets or [], chosen, Options(offline, online, quiet=quiet, verbose=verbose), codes)
    if len(found) > 1:
        what = f"there are {len(found):,} works to mend, and one is mended at a time"
        raise UsageError(what, value=targets, remedy="Name one target.")
    for evidence in found:
        read = harvest(evidence)
        if not read.views:
            codes.append(3)
            continue
        mending = mend(read, chosen, files=_files(read))
        if mending.after is None:
            _tell_patch(mending, json=json, output=output, quiet=quiet, verbose=verbose)
        else:
            _tell_file(mending, json=json, output=output, verbose=verbose)
            _write_file(mending, yes=yes)
    return edge.worst(codes)


def _files(read: Harvest) -> tuple[Distribution, ...]:
    """The files of a folder as they are on the disk, without the documents that describe it and change with it."""
    from fairkit.evidence.digests import digested

    listing = next((view for view in read.views if view.representation == "folder"), None)
    if read.evidence.basis != "local" or listing is None or listing.resource.listing != "complete":
        return ()
    root = listing.document.url
    described = {os.path.relpath(view.document.url, root) for view in read.views if view is not listing}
    described.add("fairkit.toml")
    return digested(root, (file for file in listing.resource.distributions if file.name not in described))


def _tell_patch(mending: Mending, *, json: bool, output: str | None, quiet: bool, verbose: bool) -> None:
    """The patch is data, and what is said of it is talk, unless the patch goes to a file."""
    from fairkit.fix import text

    from .looks import json_of, style

    if json:
        edge.write(json_of(mending), output)
        return
    edge.write(json_of(mending.patch), output)
    if output not in (None, "-"):
        edge.write(text.render(mending, style=style(None, verbose)), None)
    elif not quiet and sys.stderr is not None:
        sys.stderr.write(text.render(mending, style=style(None, verbose, stream=sys.stderr)).decode())


def _tell_file(mending: Mending, *, json: bool, output: str | None, verbose: bool) -> None:
    from fairkit.fix import text

    from .looks import json_of, style

    edge.write(json_of(mending) if json else text.render(mending, style=style(output, verbose)), output)


def _write_file(mending: Mending, *, yes: bool) -> None:
    """Write the changed file, whole or not at all, once somebody agrees."""
    if mending.document is None or mending.after is None or mending.after == mending.before:
        return
    if "://" in mending.document:
        edge.say(f"fairkit: {mending.document} is not on this machine: change it where it is kept")
        return
    if yes or _agreed(mending.document):
        atomic.write(mending.document, mending.after.encode())
        edge.say(f"fairkit: wrote {mending.document}")
    else:
        edge.say(f"fairkit: {mending.document} stays as it is; --yes writes the changes without asking")


def _agreed(name: str) -> bool:
    """Whether somebody at a terminal says yes; nobody there means no."""
    if sys.stdin is None or sys.stderr is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(f"Write these changes to {name!r}? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")
