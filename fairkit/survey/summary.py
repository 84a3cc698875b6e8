"""What a survey found, in short: scores by group, the commonest failures, and what each fix would gain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import Annotated

from fairkit.assess import checklist
from fairkit.model.base import Frozen, Told, word
from fairkit.model.outcome import STATUSES

from .row import SCORES, Row, Settings

__all__ = ["ChecklistSummary", "Failure", "Group", "Summary", "Tally"]

_SHORT = {STATUSES.index("fail"): 1.0, STATUSES.index("partial"): 0.5}
"""The share of a metric's points that is lost, at the least, by its status."""
_COUNTED = bytes([status in ("pass", "partial", "fail", "unknown") for status in STATUSES]).ljust(256, b"\0")
"""A table that makes 1 of each status that is counted, and 0 of the others."""
_GROUPS = ("experiment", "type", "kind", "license", "publisher")
_MOST_GROUPS = 30
_OTHERS = "others"


@word
class Group(Frozen):
    """Targets that have something in common, and their mean scores."""

    name: Annotated[str, Told("What they share; others are the rest")]
    targets: Annotated[int, Told("How many", ge=0)]
    scores: Annotated[dict[str, float | None], Told("The mean of the low ends, by letter and in total")]


@word
class Failure(Frozen):
    """A metric of which targets fall short."""

    metric: str
    title: str
    level: str
    fail: Annotated[int, Told("How many fail it", ge=0)]
    partial: Annotated[int, Told("How many have some of it", ge=0)]
    gain: Annotated[float, Told("What the mean total would gain if all had it, at the most; partial counts half", ge=0)]


@word
class ChecklistSummary(Frozen):
    """What one checklist says of all targets."""

    id: str
    version: str
    scores: Annotated[dict[str, float | None], Told("The mean of the low ends, by letter and in total")]
    groups: Annotated[dict[str, tuple[Group, ...]], Told("By experiment, type, kind, licence and publisher")]
    failures: Annotated[tuple[Failure, ...], Told("The metrics that targets fall short of, the greatest gain first")]


@word
class Summary(Frozen):
    """What a survey found."""

    targets: Annotated[int, Told("How many rows the table has", ge=0)]
    errors: Annotated[dict[str, int], Told("What kept targets from being assessed, and how many")]
    checklists: tuple[ChecklistSummary, ...]


class _Means:
    """Means of the scores of some targets; a letter of which nothing applies is not counted."""

    def __init__(self) -> None:
        self.targets = 0
        self._sums = [0.0] * len(SCORES)
        self._counts = [0] * len(SCORES)

    def add(self, scores: Sequence[tuple[float, float] | None]) -> None:
        self.targets += 1
        for place, score in enumerate(scores):
            if score is not None:
                self._sums[place] += score[0]
                self._counts[place] += 1

    def told(self) -> dict[str, float | None]:
        pairs = zip(SCORES, self._sums, self._counts, strict=True)
        return {name: round(total / count, 4) if count else None for name, total, count in pairs}


class _OfChecklist:
    """What is counted for one checklist."""

    def __init__(self, name: str) -> None:
        self.checklist = checklist.load(name)
        self.points = [metric.points for metric in self.checklist.metrics]
        self.all = _Means()
        self.groups: dict[str, dict[str, _Means]] = {name: {} for name in _GROUPS}
        self.short = [Counter[int]() for _ in self.points]
        self.gains = [0.0] * len(self.points)

    def add(self, row: Row, scores: Sequence[tuple[float, float] | None], statuses: bytes) -> None:
        self.all.add(scores)
        for name, known in self.groups.items():
            value = getattr(row.facts, name) or "not stated"
            if value not in known and len(known) >= _MOST_GROUPS:
                value = _OTHERS
            means = known.get(value)
            if means is None:
                means = known[value] = _Means()
            means.add(scores)
        possible = sum(compress(self.points, statuses.translate(_COUNTED)))
        for place, status in [pair for pair in enumerate(statuses) if pair[1] in _SHORT]:
            self.short[place][status] += 1
            self.gains[place] += self.points[place] * _SHORT[status] / possible

    def told(self) -> ChecklistSummary:
        one = self.checklist
        return ChecklistSummary(
            id=one.id,
            version=one.version,
            scores=self.all.told(),
            groups={name: _groups(known) for name, known in self.groups.items()},
            failures=tuple(sorted(self._failures(), key=lambda failure: (-failure.gain, failure.metric))),
        )

    def _failures(self) -> Iterable[Failure]:
        fail, partial = STATUSES.index("fail"), STATUSES.index("partial")
        for metric, short, gain in zip(self.checklist.metrics, self.short, self.gains, strict=True):
            if short:
                yield Failure(
                    metric=metric.id,
                    title=metric.title,
                    level=metric.level,
                    fail=short[fail],
                    partial=short[partial],
                    gain=round(gain / self.all.targets, 4),
                )


class Tally:
    """Counts rows as they come by; its memory grows with the kinds of things counted, not with the rows."""

    def __init__(self, how: Settings) -> None:
        self.targets = 0
        self._errors: Counter[str] = Counter()
        self._checklists = [_OfChecklist(name) for name in how.checklists]

    def add(self, rows: Iterable[Row]) -> None:
        """Count some rows."""
        for row in rows:
            self.targets += 1
            if row.error is not None:
                self._errors[_kind(row.code)] += 1
                continue
            for one, mark in zip(self._checklists, row.marks, strict=True):
                one.add(row, mark.scores, mark.statuses)

    def told(self) -> Summary:
        """What was counted."""
        return Summary(
            targets=self.targets,
            errors=dict(self._errors.most_common()),
            checklists=tuple(one.told() for one in self._checklists),
        )


def _groups(known: dict[str, _Means]) -> tuple[Group, ...]:
    ordered = sorted(known.items(), key=lambda pair: (pair[0] == _OTHERS, -pair[1].targets, pair[0]))
    return tuple(Group(name=name, targets=means.targets, scores=means.told()) for name, means in ordered)


def _kind(code: int) -> str:
    """An error in short, by its exit code."""
    return {2: "not found, or not readable", 3: "not reached, or nothing could be read", 4: "not allowed"}.get(
        code, "failed"
    )
