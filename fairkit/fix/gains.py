"""What a change gains: the harvest is judged again with the change made, and nothing is estimated."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Annotated, NamedTuple

from fairkit.assess.assessment import ScoreRow
from fairkit.assess.checklist import Checklist
from fairkit.assess.engine import Result, evaluate_all
from fairkit.assess.score import scores
from fairkit.model.base import Frozen, Told, word
from fairkit.model.harvest import Harvest

__all__ = ["Gain", "Judged", "answered", "gain", "is_gain", "is_loss", "judged"]

_LEAST = 1e-9


@word
class Gain(Frozen):
    """What a change makes of the total by one checklist."""

    checklist: str
    then: Annotated[ScoreRow | None, Told("The total before")]
    now: Annotated[ScoreRow | None, Told("The total with the change")]
    metrics: Annotated[tuple[str, ...], Told("The metrics that earn more")]


class Judged(NamedTuple):
    """The results of one harvest by one checklist."""

    checklist: Checklist
    results: tuple[Result, ...]


def judged(harvest: Harvest, checklists: Sequence[Checklist]) -> tuple[Judged, ...]:
    """The harvest by each checklist."""
    every = zip(checklists, evaluate_all(harvest, checklists), strict=True)
    return tuple(Judged(checklist, results) for checklist, results in every)


def gain(before: Sequence[Judged], after: Sequence[Judged]) -> tuple[Gain, ...]:
    """What changed for each checklist, in their order."""
    return tuple(
        Gain(checklist=then.checklist.id, then=_total(then), now=_total(now), metrics=_better(then, now))
        for then, now in zip(before, after, strict=True)
    )


def answered(before: Sequence[Judged], asked: Collection[tuple[str, str]]) -> tuple[Gain, ...]:
    """What is gained at most once the questions are answered behind some metrics, by checklist and metric."""
    after = [
        Judged(
            each.checklist, tuple(_passed(r) if (each.checklist.id, r.metric.id) in asked else r for r in each.results)
        )
        for each in before
    ]
    return gain(before, after)


def is_gain(gains: Sequence[Gain]) -> bool:
    """Whether any checklist gives more for it, and none gives less."""
    return any(_step(each) > _LEAST for each in gains) and not is_loss(gains)


def is_loss(gains: Sequence[Gain]) -> bool:
    """Whether any checklist gives less for it."""
    return any(_step(each) < -_LEAST for each in gains)


def _step(gain: Gain) -> float:
    """How much the total rises: its low end, or where that stays, its high end."""
    if gain.then is None or gain.now is None:
        return 0.0
    low = gain.now.low - gain.then.low
    return low if abs(low) > _LEAST else gain.now.high - gain.then.high


def _passed(result: Result) -> Result:
    return result._replace(status="pass", low=result.possible, high=result.possible)


def _total(each: Judged) -> ScoreRow | None:
    found = scores(each.results)["total"]
    return ScoreRow(low=found.low, high=found.high) if found else None


def _better(then: Judged, now: Judged) -> tuple[str, ...]:
    before = {result.metric.id: result for result in then.results}
    return tuple(r.metric.id for r in now.results if r.low > before[r.metric.id].low + _LEAST)
