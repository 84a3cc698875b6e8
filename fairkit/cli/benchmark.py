"""`fairkit benchmark`: predictions to results, and results to a leaderboard."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from fairkit.errors import UnknownName, UsageError

from . import edge
from .bytes_shown import harmless
from .options import Command, Json, Offline, OutputFile, Quiet

if TYPE_CHECKING:
    from fairkit.http import Session
    from fairkit.model.ai import Result
    from fairkit.results.data import Data
    from fairkit.results.leaderboard import Leaderboard
    from fairkit.results.measuring import Uncertainty
    from fairkit.results.scoring import Scoring

__all__ = ["app", "real", "session"]

app = typer.Typer(
    help="Score predictions, and hold models against each other.", no_args_is_help=True, rich_markup_mode=None
)


@edge.guarded
def score(
    predictions: Annotated[
        list[str], typer.Argument(metavar="PREDICTIONS", help="Files of scores; several are several trainings.")
    ],
    labels: Annotated[str, typer.Option("--labels", metavar="FILE", help="The file that says what each row is.")],
    metric: Annotated[
        list[str] | None, typer.Option("--metric", metavar="NAME", help="auc, accuracy, background-rejection …")
    ] = None,
    signal_efficiency: Annotated[
        list[str] | None, typer.Option("--signal-efficiency", metavar="E", help="Where 1/eps_B is taken: 0.3")
    ] = None,
    threshold: Annotated[
        str | None, typer.Option("--threshold", metavar="T", help="The score from which a row is signal, for accuracy.")
    ] = None,
    uncertainty: Annotated[
        str, typer.Option("--uncertainty", metavar="KIND", help="bootstrap, statistical or none.")
    ] = "bootstrap",
    aggregate: Annotated[
        list[str] | None, typer.Option("--aggregate", metavar="HOW", help="Trainings as mean, median, best or single.")
    ] = None,
    score: Annotated[
        list[str] | None, typer.Option("--score", metavar="COL", help="The column of scores, or one for each class.")
    ] = None,
    label: Annotated[str | None, typer.Option("--label", metavar="COL", help="The column of labels.")] = None,
    positive: Annotated[
        str | None,
        typer.Option("--positive", metavar="VALUE", help="The label of the signal; the rest is background."),
    ] = None,
    weights: Annotated[str | None, typer.Option("--weights", metavar="COL", help="The column of weights.")] = None,
    id: Annotated[str | None, typer.Option("--id", metavar="COL", help="The column that names the rows.")] = None,
    model: Annotated[str | None, typer.Option("--model", metavar="DIR", help="The folder of the model.")] = None,
    dataset: Annotated[
        str | None, typer.Option("--dataset", metavar="T", help="The data: a folder, a record, a DOI.")
    ] = None,
    split: Annotated[str | None, typer.Option("--split", metavar="NAME", help="Which part of them.")] = None,
    commit: Annotated[
        str | None, typer.Option("--commit", metavar="SHA", help="That of the code, or none; else asked of git.")
    ] = None,
    record: Annotated[bool, typer.Option("--record", help="Write them to results.json beside the model.")] = False,
    json: Json = False,
    output: OutputFile = None,
    offline: Offline = False,
    quiet: Quiet = False,
) -> int:
    """Compute metrics of predictions, each with its uncertainty and with what it is a number of.

    \b
    fairkit benchmark score predictions.parquet --labels test.parquet
    fairkit benchmark score run1.npy run2.npy run3.npy --labels labels.npy --metric accuracy
    fairkit benchmark score predictions.csv --labels test.root --dataset ./dataset --split test --model . --record

    Rows are matched by a column that names them in both files, else by their order. Files may be Parquet, CSV, HDF5,
    NumPy or ROOT.
    """
    from fairkit.results.measuring import wanted
    from fairkit.results.rows import Columns
    from fairkit.results.scoring import score as scored

    if record and model is None:
        raise UsageError("there is no folder to record the results in", remedy="Name it: --model DIR")
    what = wanted(
        metric or (),
        signal_efficiencies=[real(each, "--signal-efficiency") for each in signal_efficiency or ()],
        threshold=None if threshold is None else real(threshold, "--threshold"),
        uncertainty=_uncertainty(uncertainty),
        weighted_by=weights,
    )
    names = Columns(tuple(score or ()), label, weights, id, positive)
    data = _data(dataset, model, split, offline=offline)
    sha, notes = _commit(commit)
    found = scored(predictions, labels, what=what, columns=names, aggregations=aggregate or (), data=data, commit=sha)
    for note in (*notes, *found.notes) if not quiet else ():
        edge.say(f"fairkit: {note}")
    if record:
        found = _recorded(found, str(model), quiet=quiet)
    _tell(found, json=json, output=output)
    return 0


app.command("score", cls=Command)(score)


def real(written: str, option: str) -> float:
    """The number that was written after an option.

    Raises:
        UsageError: if it is none.
    """
    try:
        number = float(written)
    except ValueError:
        number = float("nan")
    if abs(number) < float("inf"):
        return number
    raise UsageError(f"{written!r} is no number for {option}", value=written, remedy=f"As in: {option} 0.5")


def _uncertainty(written: str) -> Uncertainty:
    known: dict[str, Uncertainty] = {"bootstrap": "bootstrap", "statistical": "statistical", "none": "none"}
    if written not in known:
        raise UnknownName("uncertainty", written, known)
    return known[written]


def _data(dataset: str | None, model: str | None, split: str | None, *, offline: bool) -> Data:
    """What the predictions are of: the split of a dataset that is named, else the one that the model says."""
    from fairkit.errors import UnreadableDocument
    from fairkit.results.data import Data, of_dataset, of_model, read

    if dataset is not None:
        return of_dataset(dataset, split, session=session(offline=offline))
    if model is None:
        return Data(split=split)
    try:
        return of_model(read(model).resource.data_uses, split)
    except UnreadableDocument:
        if not os.path.isdir(model):
            raise
        return Data(split=split)  # a folder that holds no document yet


def session(*, offline: bool) -> Callable[[], Session]:
    """What opens a session when one is needed."""
    from fairkit import settings
    from fairkit.http import Session

    from .gathering import cache

    return lambda: Session(cache=cache(), offline=offline, trusted=settings.trusted())


def _commit(named: str | None) -> tuple[str | None, Sequence[str]]:
    """The commit of the code, and what is to be said of it."""
    from fairkit.package.surroundings import commit

    if named is not None:
        return (None if named == "none" else named), ()
    told = dict(commit())
    if "uncommitted changes" in told:
        return None, ("the working directory has changes that are not committed: no commit is told with the numbers",)
    return told.get("commit"), ()


def _recorded(found: Scoring, model: str, *, quiet: bool) -> Scoring:
    from dataclasses import replace

    from fairkit.results.record import record

    path = record(model, found.results)
    if not quiet:
        edge.say(f"fairkit: wrote {path}")
    return replace(found, recorded=path)


def _tell(found: Scoring, *, json: bool, output: str | None) -> None:
    from fairkit.results.wording import number

    from .looks import json_of

    if json:
        edge.write(json_of(found), output)
        return
    trainings = len(found.predictions)
    heads = [f"{found.rows:,} rows, " + (f"{trainings} trainings" if trainings > 1 else "1 training")]
    rows = [
        (one.metric, f"at {one.operating_point}" if one.operating_point != "none" else "", number(one), *_how(one))
        for one in found.results
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    edge.write("\n".join(map(harmless, [*heads, *lines])).encode("utf-8", "replace") + b"\n", output)


def _how(one: Result) -> tuple[str, str]:
    return ("" if one.aggregation == "single" else one.aggregation or ""), one.uncertainty_kind or ""


@edge.guarded
def table(
    targets: Annotated[list[str], typer.Argument(metavar="DIR", help="Folders or packages of models, or records.")],
    metric: Annotated[
        list[str] | None, typer.Option("--metric", metavar="NAME", help="Only this metric, or these.")
    ] = None,
    sort: Annotated[str, typer.Option("--sort", metavar="BY", help="value or model.")] = "value",
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORM", help="text, markdown, html, csv or json.")
    ] = "text",
    labels: Annotated[
        str | None, typer.Option("--labels", metavar="FILE", help="Score predictions that are at hand again.")
    ] = None,
    score: Annotated[
        list[str] | None, typer.Option("--score", metavar="COL", help="The column of scores, or one for each class.")
    ] = None,
    label: Annotated[str | None, typer.Option("--label", metavar="COL", help="The column of labels.")] = None,
    positive: Annotated[
        str | None, typer.Option("--positive", metavar="VALUE", help="The label of the signal; the rest is background.")
    ] = None,
    id: Annotated[str | None, typer.Option("--id", metavar="COL", help="The column that names the rows.")] = None,
    json: Json = False,
    output: OutputFile = None,
    offline: Offline = False,
    quiet: Quiet = False,
) -> int:
    """Hold models against each other: what each says of its results, and whether its predictions bear it out.

    \b
    fairkit benchmark table ./model-a ./model-b
    fairkit benchmark table models/* --metric auc --labels hidden.parquet
    fairkit benchmark table ./model-a ./model-b --format html --output leaderboard.html

    Numbers of another dataset, version or split stand in a table of their own. One whose predictions lie in the folder
    is computed again; one without is marked. The exit code is 0, or 1 if predictions give another number than is told.
    """
    from fairkit.errors import FairkitError
    from fairkit.results.gathering import leaderboard
    from fairkit.results.rows import Columns
    from fairkit.sources import targets as named

    render = _form("json" if json else form)
    codes: list[int] = []

    def failed(error: FairkitError) -> None:
        edge.complain(error)
        codes.append(error.exit_code)

    found = leaderboard(
        named(targets),
        metric=metric or (),
        sort=sort,
        truths=labels,
        columns=Columns(tuple(score or ()), label, positive=positive, identifier=id),
        session=session(offline=offline),
        failed=failed,
    )
    seen = form == "text" and not json and output is None  # the notes stand below the tables there
    for note in found.notes if not (quiet or seen) else ():
        edge.say(f"fairkit: {note}")
    edge.write(render(found), output)
    wrong = [one for board in found.boards for one in board.entries if one.standing == "differs"]
    return edge.worst([*codes, *([1] if wrong else [])])


app.command("table", cls=Command)(table)


def _form(name: str) -> Callable[[Leaderboard], bytes]:
    """What writes a leaderboard down.

    Raises:
        UnknownName: if there is no such form.
    """
    from fairkit.results.rendering import FORMS

    from .looks import json_of

    known: dict[str, Callable[[Leaderboard], bytes]] = {**FORMS, "json": json_of}
    if name not in known:
        raise UnknownName("form", name, known)
    return known[name]
