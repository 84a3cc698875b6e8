"""What the reports for people say alike."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.assess.assessment import ScoreRow
from fairkit.model.outcome import STATUSES
from fairkit.report._wording import MARKS, counts, grade, heading, points, quoted

from .made import made, row


def test_every_status_has_a_mark_of_its_own() -> None:
    assert MARKS.keys() == set(STATUSES)
    assert len(set(MARKS.values())) == len(MARKS)


def test_statuses_that_occur_are_counted_the_worst_first() -> None:
    rows = made(row("a"), row("b", "unknown"), row("c", "fail"), row("d")).results
    assert list(counts(rows).items()) == [("fail", 1), ("unknown", 1), ("pass", 2)]


@pytest.mark.parametrize(
    ("low", "name"), [(0.0, "poor"), (0.49, "poor"), (0.5, "middling"), (0.8, "good"), (1, "good")]
)
def test_a_grade_stands_on_what_is_certain(low: float, name: str) -> None:
    assert grade(ScoreRow(low=low, high=1.0)) == name


@pytest.mark.parametrize(("number", "said"), [(3.0, "3"), (1.25, "1.2"), (0.5, "0.5"), (9.99, "10"), (250.0, "250")])
def test_points_have_one_decimal_at_most(number: float, said: str) -> None:
    assert points(number) == said


@pytest.mark.parametrize(("value", "said"), [("Jets", "Jets"), (["é", 1], '["é", 1]'), (None, "null"), (True, "true")])
def test_a_value_that_is_no_text_is_quoted_as_json(value: Any, said: str) -> None:
    assert quoted(value) == said


def test_a_work_without_a_title_goes_by_its_target() -> None:
    assert heading(made(row("a"))) == "Jets"
    assert heading(made(row("a"), resource=None)) == "record 1"
