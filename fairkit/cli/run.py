"""`fairkit run`: a command, and a line in the journal of the folder that it made files for."""

from __future__ import annotations

from typing import Annotated

import typer

from fairkit.errors import UsageError

from . import edge
from .options import Json, Quiet

__all__ = ["run"]


@edge.guarded
def run(
    command: Annotated[
        list[str] | None, typer.Argument(metavar="-- COMMAND", help="The command and its words.")
    ] = None,
    inputs: Annotated[
        list[str] | None, typer.Option("--input", "-i", metavar="FILE", help="What it reads; more than once.")
    ] = None,
    outputs: Annotated[
        list[str] | None, typer.Option("--output", "-o", metavar="FILE", help="What it makes; more than once.")
    ] = None,
    folder: Annotated[str, typer.Option("--folder", metavar="DIR", help="The dataset whose journal it is.")] = ".",
    name: Annotated[str, typer.Option("--name", metavar="STEP", help="generation, selection, training …")] = "run",
    description: Annotated[
        str | None, typer.Option("--description", metavar="TEXT", help="What is done, in words.")
    ] = None,
    agent: Annotated[
        str | None, typer.Option("--agent", metavar="NAME", help="Who runs it; else the name that git has.")
    ] = None,
    skip_done: Annotated[
        bool, typer.Option("--skip-done", help="Do nothing if the same step is in the journal and its outputs stand.")
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Run a command and write down what it did: inputs and outputs with digests, software, commit, times.

    \b
    fairkit run --input raw.root --output train.parquet -- python select.py raw.root
    fairkit run -i raw -o skim --name selection --folder ./dataset -- make skim

    The step is added to provenance.jsonld in the folder, if the command ends with 0; a command that fails ends fairkit
    with its own code, and nothing is written. What the step read and made is named as seen from the folder.
    """
    from fairkit.package.running import Asked, is_done
    from fairkit.package.running import run as execute

    if not command:
        what = "no command was named"
        raise UsageError(what, remedy="As in: fairkit run --input a.root --output b.parquet -- python make.py")
    asked = Asked(tuple(command), tuple(inputs or ()), tuple(outputs or ()), name, agent, description)
    if skip_done and is_done(folder, asked):
        if not quiet:
            edge.say("fairkit: the step is in the journal, and its outputs are as it left them")
        return 0
    ran = execute(folder, asked)
    if ran.activity is None:
        edge.say(f"fairkit: the command ended with {ran.code}; nothing was written down")
    elif json:
        from .looks import json_of

        edge.write(json_of(ran.activity), None)
    elif not quiet:
        edge.say(f"fairkit: {folder}/provenance.jsonld has one step more: {name}")
    return ran.code
