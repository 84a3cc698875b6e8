"""Scores: shares of points, per letter and in all."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fairkit.assess.checklist import load
from fairkit.assess.engine import Result
from fairkit.assess.score import LETTERS, scores

METRIC = load("fairkit").metrics[0]


def a_result(principle: str = "F1", low: float = 0.0, high: float = 0.0, possible: float = 0.0) -> Result:
    return Result(replace(METRIC, principle=principle), "partial", low, high, possible, ())


RESULTS = st.lists(
    st.builds(
        lambda letter, share, open_, possible: a_result(
            f"{letter}1", share * possible, min(share + open_, 1.0) * possible, possible
        ),
        st.sampled_from(LETTERS),
        st.floats(0, 1),
        st.floats(0, 1),
        st.sampled_from([0.0, 1.0, 2.0, 3.0]),
    ),
    max_size=20,
)


def test_a_score_is_what_was_earned_of_what_is_possible() -> None:
    found = scores([a_result("F1", 3.0, 3.0, 3.0), a_result("F2", 0.0, 1.0, 1.0), a_result("R1.1", 1.0, 1.0, 2.0)])
    assert found["F"] == (0.75, 1.0)
    assert found["R"] == (0.5, 0.5)
    assert found["total"] == (0.6667, 0.8333)


def test_a_letter_of_which_nothing_applies_has_no_score() -> None:
    found = scores([a_result("F1", 1.0, 1.0, 1.0), a_result("A1")])
    assert found["A"] is None
    assert scores([]) == dict.fromkeys([*LETTERS, "total"])


@given(RESULTS)
def test_every_score_is_an_interval_between_nought_and_one(results: list[Result]) -> None:
    for score in scores(results).values():
        assert score is None or 0.0 <= score.low <= score.high <= 1.0


@given(RESULTS, st.sampled_from([1.0, 2.0, 3.0]))
def test_an_unknown_metric_more_widens_the_interval(results: list[Result], possible: float) -> None:
    before, after = scores(results)["total"], scores([*results, a_result("F1", 0.0, possible, possible)])["total"]
    assert after is not None
    assert before is None or (after.low <= before.low and after.high >= before.high)
