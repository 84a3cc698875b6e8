"""`fairkit describe`: what a folder of data, or one file, holds."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from fairkit.errors import UsageError

from . import edge
from .bytes_shown import number
from .describe_model import described as described_model
from .describe_model import model_in
from .options import Json, OutputFile, Quiet, Verbose
from .reading import cores, shown

if TYPE_CHECKING:
    from fairkit.package.description import Description

__all__ = ["describe"]


@edge.guarded
def describe(
    target: Annotated[str, typer.Argument(metavar="DIR|FILE", help="A folder of data, or one file.")],
    stats: Annotated[bool, typer.Option("--stats", help="Read every value: ranges, means, quantiles, NaN.")] = False,
    json: Json = False,
    output: OutputFile = None,
    datasheet: Annotated[bool, typer.Option("--datasheet", help="Write DATASHEET.md into the folder.")] = False,
    html: Annotated[str | None, typer.Option("--html", metavar="FILE", help="A page for people.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Take the place of a datasheet written by hand.")] = False,
    jobs: Annotated[
        str | None, typer.Option("--jobs", "-j", metavar="N", help="Processes that read; as many as there are cores.")
    ] = None,
    digest: Annotated[bool, typer.Option("--digest", help="Of a model file: its sha256, too.")] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Tell what a folder of data holds: its variables, its splits, and what contradicts its documents.

    \b
    fairkit describe ./dataset
    fairkit describe ./dataset --stats --html dataset.html
    fairkit describe events.parquet --stats --json
    fairkit describe model.onnx --json --digest

    What is documented wins; what only a name suggests is marked as guessed. With --stats every value is read, and the
    rows of the splits are held against each other. Of a model file its header is told: inputs, outputs, weights, and
    what opening it would run; nothing in it is run. A README, a LICENSE and a CITATION.cff are never written.
    """
    from fairkit.package.description import describe as described

    model = model_in(target)
    if model is not None:
        edge.write(described_model(target, model, digest=digest, json=json, verbose=verbose), output)
        return 0
    workers = number(jobs, "--jobs", example=4) or cores()
    if datasheet and not os.path.isdir(target):
        raise UsageError("a datasheet is written into a folder", value=target, remedy="Name a folder, or use --html.")
    with shown(quiet=quiet) as say:
        found = described(target, stats=stats, jobs=workers, say=say)
    if datasheet:
        _write_datasheet(target, found, force=force, quiet=quiet)
    if html is not None:
        from fairkit.package.datasheet_page import render

        edge.write(render(found), html)
    if json or output is not None or not (datasheet or html):
        edge.write(_json(found) if json else _text(found, output, verbose=verbose), output)
    return 0


def _write_datasheet(root: str, found: Description, *, force: bool, quiet: bool) -> None:
    from fairkit.package import datasheet

    path = os.path.join(root, datasheet.NAME)
    datasheet.write(root, found, force=force)
    if not quiet:
        edge.say(f"fairkit: wrote {path}")


def _json(found: Description) -> bytes:
    from .looks import json_of

    return json_of(found)


def _text(found: Description, output: str | None, *, verbose: bool) -> bytes:
    from fairkit.package.description_text import render

    from .looks import style

    return render(found, style=style(output, verbose))
