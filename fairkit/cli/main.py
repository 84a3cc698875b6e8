"""The entry point: `fairkit VERB …`. Verbs are loaded when they are run, so that help is quick."""

from __future__ import annotations

import gc
import os
from typing import Annotated

import typer

from fairkit import __version__

from . import (
    assess,
    benchmark,
    bind,
    cache,
    challenge,
    cite,
    compare,
    convert,
    describe,
    diff,
    doctor,
    export,
    fetch,
    fix,
    gate,
    init,
    lineage,
    link,
    listing,
    package,
    publish,
    run,
    serve,
    status,
    survey,
    validate,
    verify,
    view,
)
from .options import Command, Group

__all__ = ["app", "main"]

app = typer.Typer(
    name="fairkit",
    cls=Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich would cost as much as all the rest of --help
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"fairkit {__version__}")
        raise typer.Exit


@app.callback()
def _fairkit(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Measure how FAIR datasets, models and their metadata are, with the evidence and what to change.

    \b
    fairkit assess record 12102      how FAIR is this CERN Open Data record, and what to change
    fairkit assess ./dataset         the same for a folder, before it is published
    fairkit gate ./dataset           0 if it is FAIR enough to release, 1 if not
    fairkit compare record 12102     what each form of its metadata tells, loses and contradicts
    fairkit fix ./dataset            what would raise the score, and the edits that do
    fairkit list checklists          what can be asked
    """


app.command("assess", cls=Command)(assess.assess)
app.command("bind", cls=Command)(bind.bind)
app.command("cite", cls=Command)(cite.cite)
app.command("compare", cls=Command)(compare.compare)
app.command("describe", cls=Command)(describe.describe)
app.command("convert", cls=Command)(convert.convert)
app.command("discard", cls=Command)(status.discard)
app.command("doctor", cls=Command)(doctor.doctor)
app.command("status", cls=Command)(status.status)
app.command("diff", cls=Command)(diff.diff)
app.command("export", cls=Command)(export.export)
app.command("fetch", cls=Command)(fetch.fetch)
app.command("fix", cls=Command)(fix.fix)
app.command("gate", cls=Command)(gate.gate)
app.command("init", cls=Command)(init.init)
app.command("lineage", cls=Command)(lineage.lineage)
app.command("link", cls=Command)(link.link)
app.command("package", cls=Command)(package.package)
app.command("publish", cls=Command)(publish.publish)
app.command("serve", cls=Command)(serve.serve)
app.command("run", cls=Command, context_settings={"allow_interspersed_args": False})(run.run)
app.command("survey", cls=Command)(survey.survey)
app.command("validate", cls=Command)(validate.validate)
app.command("verify", cls=Command)(verify.verify)
app.command("view", cls=Command)(view.view)
app.add_typer(benchmark.app, name="benchmark")
app.add_typer(challenge.app, name="challenge")
app.add_typer(listing.app, name="list")
app.add_typer(cache.app, name="cache")


def main() -> None:
    """Run the command line."""
    # Loading the program makes many objects that all stay: looking through them for garbage again and again takes up
    # to a tenth of a short run. Long ones still collect, less often.
    gc.set_threshold(100_000, 20, 20)
    # Pydantic looks through every installed distribution for plug-ins of its own before its first model is built:
    # 20 ms and more of each call, for nothing that fairkit uses. Whoever has set the variable keeps their setting.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        app()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
