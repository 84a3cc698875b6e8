"""Worst first, and what the score would be once the worst is mended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fairkit.assess.assessment import Assessment, ResultRow
from fairkit.model.base import plain
from fairkit.report._ranking import by_reason, lost, score_with, shortfalls, with_status

from .made import made, row

MIXED = made(
    row("passed", points=2),
    row("little", "fail", possible=1),
    row("first", "fail", possible=2),
    row("half", "partial", points=1, possible=3),
    row("most", "fail", possible=3),
    row("untried", "unknown", possible=3),
    row("later", "pending", possible=0),
    row("not asked", "not-applicable", possible=0),
)


def metrics(rows: list[ResultRow]) -> list[str]:
    return [each.metric for each in rows]


def named(assessment: Assessment, *names: str) -> list[ResultRow]:
    return [each for each in assessment.results if each.metric in names]


def test_what_is_lost_is_what_is_not_earned_for_certain() -> None:
    assert [lost(each) for each in MIXED.results] == [0, 1, 2, 2, 3, 3, 0, 0]


def test_the_worst_comes_first_and_equals_keep_the_order_of_the_checklist() -> None:
    assert metrics(shortfalls(MIXED.results)) == ["most", "first", "half", "little"]


def test_results_are_found_by_their_status() -> None:
    assert metrics(with_status(MIXED.results, "unknown")) == ["untried"]
    assert metrics(with_status(MIXED.results, "pending", "not-applicable")) == ["later", "not asked"]
    assert with_status(MIXED.results) == []


def test_results_are_grouped_by_reason_in_their_order() -> None:
    reasons = (("a", "no network"), ("b", "429"), ("c", "no network"))
    rows = made(*(row(name, "unknown", message=why) for name, why in reasons)).results
    grouped = {reason: metrics(group) for reason, group in by_reason(rows).items()}
    assert grouped == {"no network": ["a", "c"], "429": ["b"]}
    assert by_reason([]) == {}


@pytest.mark.parametrize(
    ("total", "mended", "low", "high"),
    [
        ((0.2, 0.5), [], 0.2, 0.5),
        ((0.2, 0.5), ["most"], 0.4, 0.7),  # 3 of 15 points
        ((0.2, 0.5), ["most", "half", "little"], 0.6, 0.9),
        ((0.2, 0.5), ["untried"], 0.4, 0.5),  # its points count for the high end already
        ((0.2, 0.3), ["untried"], 0.4, 0.4),
        ((0.9, 0.95), ["most", "first"], 1.0, 1.0),
    ],
)
def test_what_is_mended_adds_its_points(total: tuple[float, float], mended: list[str], low: float, high: float) -> None:
    rows = [plain(each) for each in MIXED.results] + [row("more", points=1, possible=1)]
    assessment = made(*rows, scores={"total": total})
    score = score_with(assessment, named(assessment, *mended))
    assert score is not None
    assert (score.low, score.high) == pytest.approx((low, high))


def test_where_nothing_can_be_earned_there_is_no_score() -> None:
    nothing = made(row("F1", "not-applicable", possible=0))
    assert score_with(nothing, []) is None
    assert score_with(replace(nothing, scores=MIXED.scores), []) is None
