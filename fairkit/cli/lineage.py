"""`fairkit lineage`: where a work comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fairkit.errors import FairkitError, UsageError

from . import edge
from .gathering import Options, checklists, gathered
from .options import EvidenceFile, Json, Offline, Online, OutputFile, Quiet, Verbose

if TYPE_CHECKING:
    from fairkit.model.harvest import Harvest
    from fairkit.model.identifier import Identifier
    from fairkit.package.lineage import Ancestor

__all__ = ["lineage"]

_DEEPEST = 20
_KEYWORDS = {"cern-open-data": "record", "doi": "doi", "url": "url"}
"""The keyword by which a source is asked for an identifier of a scheme."""


@edge.guarded
def lineage(
    targets: Annotated[
        list[str] | None, typer.Argument(metavar="TARGET", help="A record, a DOI, a folder, a saved document.")
    ] = None,
    depth: Annotated[
        str, typer.Option("--depth", metavar="N", help="Generations of works; each one more is looked up online.")
    ] = "1",
    json: Json = False,
    output: OutputFile = None,
    offline: Offline = False,
    online: Online = False,
    evidence: EvidenceFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Show what a work comes from: parents, the software that made it, the steps between its files.

    \b
    fairkit lineage record 12102
    fairkit lineage record 12102 --depth 3
    fairkit lineage ./dataset --json

    Of a folder the steps are those of its fairkit.toml and of provenance.jsonld, which `fairkit run` and
    `fairkit convert` write. The exit code is 0 whatever is found, 3 if there was nothing to read.
    """
    from fairkit.dialects import harvest
    from fairkit.package.lineage import lineage as of

    if not (depth.isdecimal() and 0 < int(depth) <= _DEEPEST):
        what = f"{depth!r} is no number of generations"
        raise UsageError(what, value=depth, remedy=f"Write a number from 1 to {_DEEPEST}.")
    codes: list[int] = []
    options = Options(offline, online, evidence, quiet=quiet, verbose=verbose)
    found = [harvest(one) for one in gathered(targets or [], checklists(None), options, codes)]
    read = [one for one in found if one.views]
    codes += [3] * (len(found) - len(read))
    made = tuple(of(one, depth=int(depth), follow=lambda name: _looked_up(name, options)) for one in read)
    if made:
        _write(made, json=json, output=output)
    return edge.worst(codes)


def _looked_up(name: Identifier, options: Options) -> Harvest | str:
    """Another work by its identifier, or why it could not be read."""
    from fairkit import settings
    from fairkit.dialects import harvest
    from fairkit.evidence import Gatherer
    from fairkit.http import Session
    from fairkit.sources import Target, Wants

    from .gathering import cache

    keyword = _KEYWORDS.get(name.scheme)
    if keyword is None:
        return f"works with a {name.scheme} are not looked up"
    trusted, nothing = settings.trusted(), frozenset[str]()
    wants = Wants(nothing, frozenset({"title", "relations", "activities"}), False if options.offline else None)
    try:
        with Session(cache=cache(), offline=options.offline, trusted=trusted) as session:
            [report, *_] = Gatherer(lambda: session).gather(Target(name.value, keyword), wants)
    except FairkitError as error:
        return error.what
    found = harvest(report.evidence)
    return found if found.views else next(iter(found.unread), "nothing could be read")


def _write(made: tuple[Ancestor, ...], *, json: bool, output: str | None) -> None:
    from fairkit.package.lineage import tree

    from .looks import json_of

    if json:
        edge.write(json_of(made), output)
        return
    lines = "\n".join(line for one in made for line in tree(one))
    shown = "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in lines)
    edge.write(shown.encode("utf-8", "replace") + b"\n", output)
