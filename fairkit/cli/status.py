"""`fairkit status` and `fairkit discard`: how the deposits of a folder stand, and away with a draft."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fairkit.errors import NotFound, UsageError

from . import edge
from .bytes_shown import harmless
from .options import Json, Offline, Quiet
from .repository import InvenioUrl, Local, Sandbox, To, Zenodo, opened

if TYPE_CHECKING:
    from fairkit.publish.places import Place
    from fairkit.publish.standing import Standing

__all__ = ["discard", "status"]

Folder = Annotated[str, typer.Argument(metavar="DIR", help="The folder that was published.")]


@edge.guarded
def status(
    folder: Folder,
    zenodo: Zenodo = False,
    sandbox: Sandbox = False,
    invenio: InvenioUrl = None,
    local: Local = None,
    to: To = None,
    json: Json = False,
    offline: Offline = False,
) -> int:
    """Tell how the deposits of a folder stand.

    \b
    fairkit status ./dataset
    fairkit status ./dataset --zenodo --sandbox

    Without a repository it tells what the journal in the folder says; with one, what the repository says now.
    """
    from fairkit.publish.places import place
    from fairkit.publish.standing import journals, standing

    from .looks import json_of

    if not Path(folder).is_dir():
        raise NotFound(f"there is no folder {folder}", value=folder, remedy="Is the path right?")
    if offline or not (zenodo or invenio or local or to):
        found = [standing(journal) for journal in journals(folder)]
    else:
        found = [_seen(folder, place(zenodo=zenodo, sandbox=sandbox, invenio=invenio, local=local, to=to))]
    edge.write(json_of(tuple(found)) if json else _text(folder, found), None)
    return 0


def _seen(folder: str, where: Place) -> Standing:
    from fairkit.publish import tokens
    from fairkit.publish.journal import opened as held
    from fairkit.publish.local import standing_of
    from fairkit.publish.standing import look, standing

    if where.kind == "local":
        with held(folder, where.base) as journal:
            return standing(journal, lambda name: standing_of(where.base, name))
    with opened(where, tokens.required(where).value) as repository, held(folder, where.base) as journal:
        return standing(journal, lambda name: look(repository, name))


def _text(folder: str, found: list[Standing]) -> bytes:
    lines = [f"{folder} was not published yet"] if not found else []
    for one in found:
        seen = "" if one.seen else ", by the journal"
        lines.append(f"{one.repository}: {one.state}{seen}: {one.id or 'no draft yet'}, DOI {one.doi or 'none'}")
        lines += [f"  {part}" for part in (one.url, one.note) if part]
    return "\n".join(map(harmless, lines)).encode("utf-8", "replace") + b"\n"


@edge.guarded
def discard(
    folder: Folder,
    zenodo: Zenodo = False,
    sandbox: Sandbox = False,
    invenio: InvenioUrl = None,
    to: To = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Discard it without asking.")] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Discard the draft of a folder; what is published cannot be taken back.

    \b
    fairkit discard ./dataset --zenodo --sandbox --yes
    """
    from fairkit.publish import tokens
    from fairkit.publish.journal import opened as held
    from fairkit.publish.places import place
    from fairkit.publish.standing import Discarded
    from fairkit.publish.standing import discard as away

    from .looks import json_of

    if not (zenodo or sandbox or invenio or to):
        raise UsageError("no repository is named", remedy="As in: --zenodo --sandbox. A local one has no drafts.")
    where = place(zenodo=zenodo, sandbox=sandbox, invenio=invenio, to=to)
    if where.kind != "invenio":
        raise UsageError(f"{where.name} has no drafts", remedy="What is published stays.")
    if not Path(folder).is_dir():
        raise NotFound(f"there is no folder {folder}", value=folder, remedy="Is the path right?")
    _agree(where.name, yes=yes)
    with opened(where, tokens.required(where).value) as repository, held(folder, where.base) as journal:
        name = away(repository, journal)
    if json:
        edge.write(json_of(Discarded(id=name)), None)
    elif not quiet:
        edge.say(f"fairkit: {f'discarded the draft {name}' if name else 'there is no draft'}")
    return 0


def _agree(name: str, *, yes: bool) -> None:
    if yes:
        return
    if sys.stdin is None or sys.stderr is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("nobody can be asked whether to discard the draft", remedy="Write --yes.")
    print(f"Discard the draft in {name}? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
        raise UsageError("the draft stays", remedy="Write --yes where nobody is asked.")
