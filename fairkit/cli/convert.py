"""`fairkit convert`: files of one format as files of another, each whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fairkit.errors import UsageError

from . import edge
from .bytes_shown import harmless, number, shown, size
from .options import Json, Quiet

if TYPE_CHECKING:
    from fairkit.package.conversion import Conversion, Converted, FileReport

__all__ = ["convert"]

_LONGEST = 1_000_000
_STATES = ("planned", "converted", "done before", "failed")
_SHOWN = 20
"""Files that the terminal shows; --json has them all."""
_CODES = {"unequal": 1}
"""What a file that fails ends with: values that are not those of the input are a fault that was found."""


@edge.guarded
def convert(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="IN", help="Files, folders, or patterns as 'data/*.root'.")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="FORMAT", help="parquet or hdf5.")] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="OUT", help="The folder for the outputs; beside the inputs without it."),
    ] = None,
    table: Annotated[str | None, typer.Option("--table", metavar="NAME", help="This table only.")] = None,
    columns: Annotated[
        str | None, typer.Option("--columns", metavar="NAMES", help="These columns only: pt,eta,phi")
    ] = None,
    pad: Annotated[
        list[str] | None,
        typer.Option("--pad", metavar="NAME=LENGTH", help="Fill the lists of a column up to a length; more than once."),
    ] = None,
    pad_all: Annotated[
        str | None, typer.Option("--pad-all", metavar="LENGTH", help="The same for all lists of numbers.")
    ] = None,
    prove_equal: Annotated[
        bool, typer.Option("--prove-equal", help="Read the outputs back and compare all values.")
    ] = False,
    jobs: Annotated[
        str | None, typer.Option("--jobs", "-j", metavar="N", help="Processes; as many as there are cores otherwise.")
    ] = None,
    dask: Annotated[
        str | None, typer.Option("--dask", metavar="ADDRESS", help="A Dask cluster: tcp://host:8786, or local.")
    ] = None,
    shard: Annotated[
        str | None, typer.Option("--shard", metavar="I/N", help="One of N parts of the inputs, for batch farms.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would be done, and do nothing.")] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Convert files to Parquet or HDF5: names, types, titles and units stay, and lists stay lists.

    \b
    fairkit convert events.root --to parquet
    fairkit convert ./data --to parquet -o ./parquet --prove-equal
    fairkit convert 'data/*.root' --to hdf5 --pad-all 100 -o ./hdf5

    A run that was broken off goes on where it was, and a second run does only what has changed. The exit code is 0 if
    all files are converted, 1 if the values of one are not those of its input, 2 if one cannot be converted.
    """
    from fairkit.package.batch_farm import shard as part
    from fairkit.package.convert import How
    from fairkit.package.convert import convert as converted

    if not words:
        raise UsageError("nothing to convert was named", remedy="As in: fairkit convert events.root --to parquet")
    if to is None:
        raise UsageError("the format to convert to was not named", remedy="As in: --to parquet")
    how = How(
        target=to,
        table=table,
        columns=None if columns is None else tuple(name.strip() for name in columns.split(",")),
        pad=tuple(_padding(word) for word in pad or ()),
        pad_all=number(pad_all, "--pad-all", example=100, most=_LONGEST),
        prove=prove_equal,
    )
    workers = number(jobs, "--jobs", example=4)
    with shown(quiet=quiet) as progress:
        made = converted(
            words, output, how=how, jobs=workers, dask=dask, shard=part(shard), dry_run=dry_run, progress=progress
        )
    for note in made.notes if not quiet else ():
        edge.say(f"fairkit: {note}")
    for file in made.files:
        if file.state == "failed":
            edge.say(f"fairkit: {file.name}: {file.error}")
    if json or not quiet:
        edge.write(_json(made) if json else _text(made), None)
    return edge.worst([_CODES.get(file.code or "", 2) for file in made.files if file.state == "failed"])


def _padding(written: str) -> tuple[str, int]:
    name, equals, length = written.rpartition("=")
    if not (name and equals):
        what = f"{written!r} is no padding"
        raise UsageError(what, value=written, remedy="As in: --pad jet_pt=100")
    return name, number(length, "--pad", example=100, most=_LONGEST) or 0


def _json(made: Conversion) -> bytes:
    from .looks import json_of

    return json_of(made)


def _text(made: Conversion) -> bytes:
    told = [line for file in made.files if file.state != "failed" for line in _lines(file)]
    more = [f"  … and {len(told) - _SHOWN:,} more; --json has them all"] if len(told) > _SHOWN else []
    lines = [*told[:_SHOWN], *more, _sum(made)]
    return "\n".join(map(harmless, lines)).encode("utf-8", "replace") + b"\n"


def _lines(file: FileReport) -> list[str]:
    state = "" if file.state == "converted" else f" ({file.state})"
    return [f"{file.name} -> {_told(output)}{state}" for output in file.outputs]


def _told(output: Converted) -> str:
    rows = None if output.entry_count is None else f"{output.entry_count:,} rows"
    held = None if output.byte_size is None else size(output.byte_size)
    cut = [f"{each.column} cut to {each.length} in {each.cut:,}" for each in output.padded if each.cut]
    proved = "all values equal" if output.proof else None
    facts = [fact for fact in (rows, held, proved, *cut, *output.notes) if fact]
    return f"{output.name}: {', '.join(facts)}" if facts else output.name


def _sum(made: Conversion) -> str:
    counts = {state: sum(file.state == state for file in made.files) for state in _STATES}
    parts = [f"{count:,} {state}" for state, count in counts.items() if count]
    shard = f" (part {made.shard})" if made.shard else ""
    read = size(sum(file.byte_size for file in made.files))
    planned = f", about {size(made.needed)} needed" if counts["planned"] else ""
    return f"{made.root}: {len(made.files):,} files{shard}, {read}: {', '.join(parts) or 'nothing to do'}{planned}"
