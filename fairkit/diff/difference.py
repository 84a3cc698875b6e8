"""What changed between two assessments: scores, metrics, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from fairkit import __version__
from fairkit.assess.assessment import Assessment, ResultRow, ScoreRow
from fairkit.errors import UsageError
from fairkit.model.base import Frozen, Told, word
from fairkit.model.outcome import Status

__all__ = ["LETTERS", "Change", "Difference", "Moment", "Only", "ScoreChange", "diff"]

LETTERS = ("F", "A", "I", "R", "total")


@word
class Moment(Frozen):
    """One of the two assessments."""

    target: str
    checklist: str
    version: Annotated[str, Told("The version of the checklist")]
    assessed_at: str
    evidence_digest: str
    fairkit_version: str


@word
class ScoreChange(Frozen):
    """The score of a letter, then and now; null where nothing applies."""

    letter: str
    then: ScoreRow | None
    now: ScoreRow | None


@word
class Change(Frozen):
    """A metric that both have, and of which something changed."""

    metric: str
    title: str
    then: Status
    now: Status
    gained: Annotated[float, Told("The points earned for certain, now less then")]
    said_then: Annotated[str, Told("The message of then")]
    said_now: Annotated[str, Told("The message of now")]


@word
class Only(Frozen):
    """A metric that only one of the two has."""

    metric: str
    title: str
    status: Status


@word
class Difference(Frozen):
    """Two assessments of one thing by one checklist."""

    then: Moment
    now: Moment
    scores: tuple[ScoreChange, ...]
    better: Annotated[tuple[Change, ...], Told("Metrics that earn more, or are decided now and do not earn less")]
    worse: Annotated[tuple[Change, ...], Told("Metrics that earn less, or are not decided any more")]
    reworded: Annotated[tuple[Change, ...], Told("Metrics of which only the message changed")]
    only_then: tuple[Only, ...]
    only_now: tuple[Only, ...]
    unchanged: Annotated[int, Told("The number of metrics of which nothing changed", ge=0)]
    same_evidence: Annotated[bool, Told("Whether both stand on the same documents and observations")]
    notes: Annotated[tuple[str, ...], Told("Why the two cannot be compared like with like")]
    fairkit_version: str


_RANK = {"fail": 0, "unknown": 1, "partial": 2, "pass": 3, "pending": 2.5, "not-applicable": 2.5}
"""Statuses from the worst to the best, where the points do not tell; not to be asked is neither good nor bad."""


def diff(then: Sequence[Assessment], now: Sequence[Assessment]) -> tuple[Difference, ...]:
    """What changed, for each pair of assessments of one target by one checklist, in the order of `now`.

    Where each side has one target only, they are a pair whatever they are called: a folder and the record it became.

    Raises:
        UsageError: if no assessment of one side has its like on the other.
    """
    pairs = [(before, after) for after in now for before in then if _is_pair(before, after, then, now)]
    if not pairs:
        known = [sorted({f"{each.target} by {each.checklist.id}" for each in every}) for every in (then, now)]
        what = f"nothing on the two sides can be compared: {', '.join(known[0])} against {', '.join(known[1])}"
        raise UsageError(what, value=known, remedy="Assess both by the same checklist.")
    return tuple(_difference(before, after) for before, after in pairs)


def _is_pair(before: Assessment, after: Assessment, then: Sequence[Assessment], now: Sequence[Assessment]) -> bool:
    alone = all(len({each.target for each in every}) == 1 for every in (then, now))
    return before.checklist.id == after.checklist.id and (alone or before.target == after.target)


def _difference(then: Assessment, now: Assessment) -> Difference:
    before, after = ({row.metric: row for row in each.results} for each in (then, now))
    changes = [_change(before[name], after[name]) for name in after if name in before]
    moved = [change for change in changes if _moved(change)]
    reworded = [change for change in changes if not _moved(change) and change.said_then != change.said_now]
    return Difference(
        then=_moment(then),
        now=_moment(now),
        scores=tuple(
            ScoreChange(letter=letter, then=getattr(then.scores, letter), now=getattr(now.scores, letter))
            for letter in LETTERS
        ),
        better=tuple(change for change in moved if _is_better(change)),
        worse=tuple(change for change in moved if not _is_better(change)),
        reworded=tuple(reworded),
        only_then=tuple(_only(row) for name, row in before.items() if name not in after),
        only_now=tuple(_only(row) for name, row in after.items() if name not in before),
        unchanged=len(changes) - len(moved) - len(reworded),
        same_evidence=then.evidence_digest == now.evidence_digest,
        notes=tuple(_notes(then, now)),
        fairkit_version=__version__,
    )


def _moment(each: Assessment) -> Moment:
    return Moment(
        target=each.target,
        checklist=each.checklist.id,
        version=each.checklist.version,
        assessed_at=each.assessed_at,
        evidence_digest=each.evidence_digest,
        fairkit_version=each.fairkit_version,
    )


def _change(then: ResultRow, now: ResultRow) -> Change:
    return Change(
        metric=now.metric,
        title=now.title,
        then=then.status,
        now=now.status,
        gained=round(now.points - then.points, 4),
        said_then=then.message,
        said_now=now.message,
    )


def _moved(change: Change) -> bool:
    return change.then != change.now or change.gained != 0


def _is_better(change: Change) -> bool:
    return change.gained > 0 or (change.gained == 0 and _RANK[change.now] > _RANK[change.then])


def _only(row: ResultRow) -> Only:
    return Only(metric=row.metric, title=row.title, status=row.status)


def _notes(then: Assessment, now: Assessment) -> Iterator[str]:
    """What a reader must know before the numbers."""
    versions = then.checklist.version, now.checklist.version
    if versions[0] != versions[1]:
        yield f"the checklist {now.checklist.id} was {versions[0]} then and is {versions[1]} now: it may ask otherwise"
    if then.fairkit_version != now.fairkit_version:
        yield f"assessed by fairkit {then.fairkit_version} then and {now.fairkit_version} now"
    if then.target != now.target:
        yield f"the targets have different names: {then.target} then, {now.target} now"
    for when, each in (("then", then), ("now", now)):
        if each.from_showcase:
            yield f"{when} the showcase stood in for the record"
        if each.is_empty:
            yield f"{when} nothing could be read"
