"""`fairkit challenge`: a task with hidden labels, and who does best."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from fairkit import atomic

from . import edge
from .benchmark import real, session
from .options import Command, Json, Offline, Quiet

if TYPE_CHECKING:
    from fairkit.results.challenge import Challenge
    from fairkit.results.submissions import Standings

__all__ = ["app"]

app = typer.Typer(
    help="Set a task with hidden labels, and score submissions.", no_args_is_help=True, rich_markup_mode=None
)
_FILES = {"leaderboard.md": "markdown", "leaderboard.html": "html", "leaderboard.csv": "csv"}


@edge.guarded
def init(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder of the challenge.")],
    task: Annotated[str, typer.Option("--task", metavar="TEXT", help="What models are to do.")],
    metric: Annotated[str, typer.Option("--metric", metavar="NAME", help="By what they are ranked.")],
    data: Annotated[str, typer.Option("--data", metavar="T", help="The data: a folder, a record, a DOI.")],
    split: Annotated[str | None, typer.Option("--split", metavar="NAME", help="The part that is hidden.")] = None,
    labels: Annotated[
        str | None, typer.Option("--labels", metavar="FILE", help="The hidden labels; else those of the split.")
    ] = None,
    label: Annotated[str | None, typer.Option("--label", metavar="COL", help="The column of labels.")] = None,
    positive: Annotated[
        str | None, typer.Option("--positive", metavar="VALUE", help="The label of the signal; the rest is background.")
    ] = None,
    weights: Annotated[str | None, typer.Option("--weights", metavar="COL", help="The column of weights.")] = None,
    id: Annotated[str | None, typer.Option("--id", metavar="COL", help="The column that names the rows.")] = None,
    signal_efficiency: Annotated[
        str | None, typer.Option("--signal-efficiency", metavar="E", help="Where 1/eps_B is taken: 0.3")
    ] = None,
    rule: Annotated[
        str, typer.Option("--rule", metavar="RULE", help="Which of a team's submissions counts: best or last.")
    ] = "best",
    allow: Annotated[
        list[str] | None, typer.Option("--allow", metavar="T", help="Data that may be used; else those of --data.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What it is called.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace another challenge.")] = False,
    json: Json = False,
    offline: Offline = False,
    quiet: Quiet = False,
) -> int:
    """Begin a challenge: write challenge.toml, with the digest of what is hidden, and what a submission must be.

    \b
    fairkit challenge init ./challenge --task "jet tagging" --metric auc --data ./dataset --split test

    The labels stay where they are: publish the folder, and keep them.
    """
    from fairkit.results.challenge import begin, write
    from fairkit.results.rows import Columns

    told = begin(
        task=task,
        metric=metric,
        target=data,
        split=split,
        truths=labels,
        names=Columns(label=label, positive=positive, weight=weights, identifier=id),
        title=title,
        signal_efficiency=None if signal_efficiency is None else real(signal_efficiency, "--signal-efficiency"),
        rule=rule,
        allowed=allow or (),
        session=session(offline=offline),
    )
    path = write(folder, told, force=force)
    if not quiet:
        edge.say(f"fairkit: wrote {path}")
        edge.say("fairkit: the labels are not in it: keep them to yourself")
    if json:
        _write(told)
    return 0


app.command("init", cls=Command)(init)


@edge.guarded
def score(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder of the challenge.")],
    submissions: Annotated[
        list[str], typer.Argument(metavar="SUBMISSION", help="TEAM=FILE, team-2.csv, or a folder of those.")
    ],
    labels: Annotated[str, typer.Option("--labels", metavar="FILE", help="The hidden labels.")],
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Score submissions, and write the leaderboard into the folder: JSON, Markdown, HTML and CSV.

    \b
    fairkit challenge score ./challenge submissions --labels hidden.parquet
    fairkit challenge score ./challenge ada=run1.csv bo=run7.parquet --labels hidden.parquet

    The labels are held against their digest first. The exit code is 0 if all submissions were scored, 1 if some were
    refused: a file that is too large, a link, a pickle, other columns or rows, values that are no numbers.
    """
    from fairkit.results.challenge import read, unlock
    from fairkit.results.submissions import found, standings

    told = read(folder)
    sent = found(submissions)
    known = unlock(told, labels)
    made = standings(told, sent, known)
    _put(folder, made)
    if json or quiet:
        for note in made.leaderboard.notes:
            edge.say(f"fairkit: {note}")
    if json:
        _write(made)
    elif not quiet:
        from fairkit.results.rendering import text

        edge.write(text(made.leaderboard), None)
    return 1 if any(one.refused for one in made.submissions) else 0


app.command("score", cls=Command)(score)


def _put(folder: str, made: Standings) -> None:
    from fairkit.results.rendering import FORMS

    from .looks import json_of

    atomic.write(os.path.join(folder, "leaderboard.json"), json_of(made))
    for name, form in _FILES.items():
        atomic.write(os.path.join(folder, name), FORMS[form](made.leaderboard))


def _write(made: Challenge | Standings) -> None:
    from .looks import json_of

    edge.write(json_of(made), None)
