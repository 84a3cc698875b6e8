"""What a change gains, and what the answer to a question gains at most."""

from __future__ import annotations

import pytest

from fairkit.assess import checklist
from fairkit.assess.assessment import ScoreRow
from fairkit.fix.candidates import Candidate, told
from fairkit.fix.gains import Gain, answered, gain, is_gain, is_loss, judged

from .works import record

CHECKLISTS = [checklist.load("fairkit"), checklist.load("fair4hep")]


def made(then: tuple[float, float] | None, now: tuple[float, float] | None) -> Gain:
    scores = [pair and ScoreRow(low=pair[0], high=pair[1]) for pair in (then, now)]
    return Gain(checklist="x", then=scores[0], now=scores[1], metrics=())


@pytest.mark.parametrize(
    ("then", "now", "gains", "loses"),
    [
        ((0.5, 0.5), (0.6, 0.6), True, False),
        ((0.5, 0.5), (0.5, 0.5), False, False),
        ((0.5, 0.6), (0.5, 0.7), True, False),
        ((0.5, 0.5), (0.4, 0.9), False, True),
        (None, (0.5, 0.5), False, False),
    ],
)
def test_the_certain_end_of_a_score_decides(
    then: tuple[float, float] | None, now: tuple[float, float] | None, gains: bool, loses: bool
) -> None:
    assert (is_gain([made(then, now)]), is_loss([made(then, now)])) == (gains, loses)


def test_what_one_checklist_gains_and_another_loses_is_no_gain() -> None:
    assert not is_gain([made((0.1, 0.1), (0.2, 0.2)), made((0.2, 0.2), (0.1, 0.1))])


def test_judging_again_names_the_metrics_that_earn_more() -> None:
    read = record()
    before = judged(read, CHECKLISTS)
    after = judged(told(read, [Candidate(read.views[0], "date_published", "2019-05-31", "")]), CHECKLISTS)
    ours, theirs = gain(before, after)
    assert ours.metrics == ("F2-published",)
    assert is_gain([ours])
    assert not is_loss([theirs])


def test_an_answer_gains_at_most_all_points_of_its_metrics() -> None:
    before = judged(record(), CHECKLISTS)
    [ours, theirs] = answered(before, {("fairkit", "R1-entries")})
    assert (ours.metrics, theirs.metrics) == (("R1-entries",), ())
