"""Several trainings as one number."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import FairkitError
from fairkit.results.measuring import Measured
from fairkit.results.trainings import SPREAD, aggregated, chosen


def number(value: float, metric: str = "auc") -> Measured:
    return Measured(metric, value, "none", 0.1, "bootstrap")


@given(st.lists(st.floats(0, 1), min_size=2, max_size=9))
def test_trainings_spread(values: list[float]) -> None:
    every = [[number(value)] for value in values]
    [mean] = aggregated("mean", every)
    [median] = aggregated("median", every)
    [best] = aggregated("best", every)
    assert mean.value == pytest.approx(statistics.fmean(values))
    assert median.value == statistics.median(values)
    assert mean.uncertainty == median.uncertainty == pytest.approx(statistics.stdev(values))
    assert (mean.kind, best.kind) == (SPREAD, "bootstrap")
    assert best.value == max(values)


def test_the_best_of_a_loss_is_the_lowest() -> None:
    [best] = aggregated("best", [[number(2, "background-efficiency")], [number(1, "background-efficiency")]])
    assert best.value == 1


@pytest.mark.parametrize(
    ("names", "trainings", "expected"),
    [
        ([], 1, ("single",)),
        ([], 3, ("mean",)),
        (["best", "mean", "best"], 3, ("best", "mean")),
        (["single"], 1, ("single",)),
    ],
)
def test_how_they_are_taken_together(names: list[str], trainings: int, expected: tuple[str, ...]) -> None:
    assert chosen(names, trainings) == expected


@pytest.mark.parametrize(("names", "trainings"), [(["mean"], 1), (["worst"], 3)])
def test_some_ways_are_none(names: list[str], trainings: int) -> None:
    with pytest.raises(FairkitError):
        chosen(names, trainings)
