"""The models of a leaderboard: what their documents say of results, and whether predictions bear it out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from fairkit.errors import FairkitError
from fairkit.http import Session
from fairkit.model.ai import Result
from fairkit.model.harvest import Harvest
from fairkit.sources import Target

from . import data
from .leaderboard import Entry, Leaderboard, boards
from .recomputing import again, predictions
from .record import FILE
from .rows import Columns

__all__ = ["leaderboard", "told"]


def leaderboard(
    targets: Sequence[Target],
    *,
    metric: Sequence[str] = (),
    sort: str = "value",
    truths: str | None = None,
    columns: Columns | None = None,
    session: Callable[[], Session] | None = None,
    failed: Callable[[FairkitError], None] = lambda _: None,
    title: str = "Leaderboard",
) -> Leaderboard:
    """The tables of what models say of themselves; `failed` hears of each that cannot be read.

    Numbers whose predictions lie in the folder of a model are computed again, with the labels in the file `truths`, or
    those that stand beside the predictions.

    Raises:
        UsageError: if there is no such way to sort.
    """
    entries: list[Entry] = []
    notes: list[str] = []
    for target in targets:
        try:
            found = data.read(target, session=session)
            mine = list(_entries(target, found, truths, columns or Columns()))
        except FairkitError as error:
            failed(error)
            notes.append(f"{target} is left out: {error.what}")
            continue
        notes += _unread(target, found)
        if not mine:
            notes.append(f"{target} tells no results")
        entries += mine
    return Leaderboard(title=title, boards=boards(entries, metric=metric, sort=sort), notes=tuple(notes))


def _unread(target: Target, found: Harvest) -> Iterator[str]:
    """What stands in a results.json, and is no result."""
    views = [view for view in found.views if view.representation == "results"]
    yield from (f"{target}: {FILE}{fault}" for view in views for fault in view.faults)
    if not views and os.path.lexists(os.path.join(target.word, FILE)):
        yield f"{target}: its {FILE} is not as fairkit writes it, and is left out"


def _entries(target: Target, found: Harvest, truths: str | None, columns: Columns) -> Iterator[Entry]:
    own = told(found)
    local = os.path.isdir(target.word) and any(one.predictions_digest for one in own)
    at_hand = predictions(target.word) if local else {}
    folder = os.path.basename(os.path.realpath(target.word)) if os.path.isdir(target.word) else str(target)
    for one in own:
        seen = again(one, at_hand, truths, columns)
        yield Entry(
            model=found.resource.title or folder,
            target=str(target),
            result=one,
            standing=seen.standing,
            recomputed=seen.value,
            remark=seen.remark,
        )


def told(found: Harvest) -> tuple[Result, ...]:
    """The results that any document of a model tells; one that several tell is that of the one with most about it."""
    best: dict[tuple[object, ...], Result] = {}
    for view in found.views:
        for one in view.resource.results:
            key = (one.metric.casefold(), one.operating_point or "none", one.value)
            if key not in best or _weight(one) > _weight(best[key]):
                best[key] = one
    return tuple(best.values())


def _weight(one: Result) -> int:
    """How much is told of a number."""
    return sum(value is not None for value in one.__dict__.values())
