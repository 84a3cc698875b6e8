"""How agreement is counted, on cases that are made up."""

from __future__ import annotations

import pytest

from .agreement import macro, rows
from .cases import Case

CASES = [
    Case("a", {"X-F1-01": 1.0, "X-F1-01-1": 0.5}, {"X-F1-01": 1.0, "X-F1-01-1": 1.0, "X-F2-01": 2.0}),
    Case("b", {"X-F1-01": 0.0, "X-F2-01": 2.0}, {"X-F1-01": 1.0, "X-F1-01-1": 0.0, "X-F2-01": 2.0}),
    Case("c", {"X-F1-01": 0.3 - 0.1 - 0.2}, {"X-F1-01": 0.0, "X-F1-01-1": 0.0, "X-F2-01": 1.0}),
]


def test_a_metric_agrees_where_the_points_are_equal() -> None:
    first, second = rows(CASES, metrics=True)
    assert (first.name, first.apart) == ("X-F1-01", {(0.0, 1.0): ["b"]})
    assert first.agreement == pytest.approx(2 / 3)
    assert (second.name, second.apart) == ("X-F2-01", {(0.0, 2.0): ["a"], (0.0, 1.0): ["c"]})


def test_the_floor_is_what_the_commonest_points_reach() -> None:
    assert [row.floor for row in rows(CASES, metrics=True)] == [pytest.approx(2 / 3)] * 2


def test_a_test_that_we_do_not_ask_earned_nothing() -> None:
    [row] = rows(CASES, metrics=False)
    assert row.apart == {(0.5, 1.0): ["a"]}


def test_each_metric_counts_the_same_in_the_mean() -> None:
    assert macro(rows(CASES, metrics=True)) == pytest.approx((1 / 2, 2 / 3))


@pytest.mark.parametrize(("name", "portal"), [("cod-00049", True), ("codx-00060", False), ("mut-001", False)])
def test_records_as_the_portal_serialises_them_are_told_apart(name: str, portal: bool) -> None:
    assert Case(name, {}, {}).is_portal is portal
