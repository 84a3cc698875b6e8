"""`fairkit validate`: whether a folder, or a package, is what is said of it."""

from __future__ import annotations

from typing import Annotated

import typer

from fairkit.errors import UnknownName, UsageError

from . import edge
from .bytes_shown import number
from .options import Json, OutputFile, Quiet, Verbose
from .reading import cores, shown

__all__ = ["validate"]

_FORMATS = ("text", "json", "sarif")


@edge.guarded
def validate(
    folder: Annotated[str, typer.Argument(metavar="DIR|PKG", help="A folder of data, or a package or its ZIP.")],
    stats: Annotated[bool, typer.Option("--stats", help="Read every value: ranges, classes, overlaps.")] = False,
    digests: Annotated[bool, typer.Option("--digests", help="Make the checksums of [[files]] again.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings count.")] = False,
    jobs: Annotated[str | None, typer.Option("--jobs", "-j", metavar="N", help="Processes, with --stats.")] = None,
    format: Annotated[str | None, typer.Option("--format", metavar="NAME", help="text, json or sarif.")] = None,
    json: Json = False,
    output: OutputFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Hold documents against their forms, and data against documents; each fault with file and line.

    \b
    fairkit validate ./dataset
    fairkit validate ./dataset --stats --digests
    fairkit validate ./package --strict --format sarif -o validate.sarif
    fairkit validate package.zip

    A package's documents must agree, and its manifest must name every file that is there, and no others; digests are
    for fairkit verify. The exit code is 1 if there are errors, with --strict also if there are warnings, else 0.
    """
    from fairkit.package.validate import validate as held

    chosen = format or ("json" if json else "text")
    if chosen not in _FORMATS:
        raise UnknownName("format", chosen, _FORMATS)
    if json and chosen != "json":
        raise UsageError("--json and --format contradict each other", value=format, remedy="Choose one.")
    workers = number(jobs, "--jobs", example=4) or cores()
    with shown(quiet=quiet or verbose) as say:
        tell = edge.say if verbose else say
        found = held(folder, stats=stats, digests=digests, strict=strict, jobs=workers, say=tell)
    if chosen != "text" or not (quiet and found.passed):
        from . import faults

        edge.write(faults.render(found, chosen), output)
    return 0 if found.passed else 1
