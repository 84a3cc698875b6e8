"""Worst first: what falls short and by how much, what could not be tried, and what would gain most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fairkit.assess.assessment import Assessment, ResultRow, ScoreRow
from fairkit.model.outcome import Status

__all__ = ["by_reason", "lost", "score_with", "shortfalls", "with_status"]


def lost(row: ResultRow) -> float:
    """The points that are not earned for certain."""
    return row.possible - row.points


def with_status(results: Iterable[ResultRow], *statuses: Status) -> list[ResultRow]:
    """The results of one of the statuses, those that lose most points first, else in the checklist's order."""
    return sorted((row for row in results if row.status in statuses), key=lost, reverse=True)


def shortfalls(results: Iterable[ResultRow]) -> list[ResultRow]:
    """What fails or is there in part only, the worst first."""
    return with_status(results, "fail", "partial")


def by_reason(rows: Iterable[ResultRow]) -> dict[str, list[ResultRow]]:
    """The results by their messages: one missing network keeps many from being tried."""
    groups: dict[str, list[ResultRow]] = {}
    for row in rows:
        groups.setdefault(row.message, []).append(row)
    return groups


def score_with(assessment: Assessment, mended: Sequence[ResultRow]) -> ScoreRow | None:
    """The total once the `mended` results pass.

    What of them is unknown counts for the high end already, so their gain is added to it only where nothing is.
    """
    total, possible = assessment.scores.total, sum(row.possible for row in assessment.results)
    if total is None or not possible:
        return None
    decided = [row for row in mended if all(test.status != "unknown" for test in row.tests)]
    low = min(total.low + sum(map(lost, mended)) / possible, 1.0)
    high = min(total.high + sum(map(lost, decided)) / possible, 1.0)
    return ScoreRow(low=low, high=max(low, high))
