"""`fairkit fetch`: the files of a record, brought here and checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from fairkit.errors import UsageError

from . import edge
from .bytes_shown import harmless, number, shown, size
from .options import Json, Offline, Quiet, Verbose

if TYPE_CHECKING:
    from fairkit.http import Session
    from fairkit.package.fetch import Fetched
    from fairkit.sources import Target

__all__ = ["fetch"]


@edge.guarded
def fetch(
    target: Annotated[list[str], typer.Argument(metavar="TARGET", help="A record, as of assess.")],
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="DIR", help="The folder; called like the record otherwise.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="PATTERN", help="Files with such names, as '*.h5'; may be given more than once."
        ),
    ] = None,
    split: Annotated[
        str | None, typer.Option("--split", metavar="NAME", help="The files of a split, as train.")
    ] = None,
    most: Annotated[str | None, typer.Option("--max", metavar="N", help="So many files at the most.")] = None,
    jobs: Annotated[str | None, typer.Option("--jobs", "-j", metavar="N", help="Files at once; 3 otherwise.")] = None,
    offline: Offline = False,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Download the files of a record, and check every byte of them.

    \b
    fairkit fetch record 12102 --max 2
    fairkit fetch record 12102 --split test --only '*.h5' -o jets
    fairkit fetch zenodo 4559324

    What was broken off goes on where it was when it is run again; what is there already is not fetched again. A file
    gets its name when its size and its checksums are those of the record. The exit code is 0 if every file is there,
    1 if one has the wrong bytes, 5 if some could not be had, and 3 if none could.
    """
    from fairkit.package.fetch import fetch as brought

    named = _target(target)
    workers, count = number(jobs, "--jobs", example=3, most=16), number(most, "--max", example=10, most=10**9)
    with _session(offline=offline) as session, shown(quiet=quiet) as progress:
        if verbose:
            progress = progress._replace(say=lambda name: edge.say(f"fetching {name}"))
        found = brought(
            named,
            output or _folder(named),
            session=session,
            only=only or (),
            split=split,
            most=count,
            jobs=workers,
            progress=progress,
        )
    for note in found.notes if not quiet else ():
        edge.say(f"fairkit: {note}")
    edge.write(_json(found) if json else _text(found), None)
    return _code(found)


def _target(words: list[str]) -> Target:
    from fairkit.sources import targets

    named = targets(words)
    if len(named) != 1:
        what = f"there are {len(named):,} records to fetch, and one is fetched at a time"
        raise UsageError(what, value=words, remedy="As in: fairkit fetch record 12102")
    return named[0]


def _session(*, offline: bool) -> Session:
    from fairkit import settings
    from fairkit.http import Session

    from .gathering import cache

    return Session(cache=cache(), offline=offline, trusted=settings.trusted())


def _folder(target: Target) -> str:
    """A folder called like the record."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", str(target)).strip("-.") or "record"


def _code(found: Fetched) -> int:
    states = [file.status for file in found.files]
    if "wrong" in states:
        return 1 if "failed" not in states else 5
    return 0 if "failed" not in states else 5 if {"fetched", "there"} & {*states} else 3


def _json(found: Fetched) -> bytes:
    import json

    from fairkit.model.base import plain

    return json.dumps(plain(found), ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"


def _text(found: Fetched) -> bytes:
    lines = [f"{file.status}: {file.name}: {file.error}" for file in found.files if file.error is not None]
    there = [file for file in found.files if file.error is None]
    new = sum(file.status == "fetched" for file in there)
    held = size(sum(file.byte_size or 0 for file in there))
    lines.append(f"{found.root}: {len(there):,} of {len(found.files):,} files, {held}; {new:,} of them new")
    return "\n".join(map(harmless, lines)).encode("utf-8", "replace") + b"\n"
