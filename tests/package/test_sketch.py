"""A sketch counts every value, and is wrong by no more than the width of its bins, however it came about."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from fairkit.package._numbers import Numbers
from fairkit.package._sketch import Sketch

FINITE = st.floats(allow_nan=False, allow_infinity=False, width=32) | st.sampled_from([0.0, -999.0, 1e30, -1e-30])
VALUES = arrays.arrays(np.float64, st.integers(1, 300), elements=FINITE)
QUANTILES = (0.0, 0.01, 0.25, 0.5, 0.75, 0.99, 1.0)


def counted(values: np.ndarray[Any, Any]) -> Sketch:
    numbers = Numbers(whole=False)
    numbers.add(values)
    return numbers.sketch


def holds(sketch: Sketch, values: np.ndarray[Any, Any]) -> None:
    """Every value is counted, in a bin that is where the value is, but for the slack of the sketch."""
    bins = sketch.bins()
    assert bins.held.sum() == len(values)
    assert (np.diff(bins.low) >= 0).all()
    until = np.cumsum(bins.held)
    ordered = np.sort(values)
    for share in QUANTILES:
        rank = max(1, int(np.ceil(share * len(values))))
        place = int(np.searchsorted(until, rank))
        true, room = ordered[rank - 1], sketch.slack * (1 + 1e-9) + np.abs(values).max() * 1e-15
        assert bins.low[place] - room <= true <= bins.high[place] + room


@given(VALUES)
def test_quantiles_lie_in_their_bins(values: np.ndarray[Any, Any]) -> None:
    sketch = counted(values)
    assert sketch.slack == 0.0
    holds(sketch, values)


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_merged_sketches_hold_what_their_parts_hold(parts: list[np.ndarray[Any, Any]]) -> None:
    whole = Sketch()
    for part in parts:
        whole.merge(counted(part))
    holds(whole, np.concatenate(parts))


@given(arrays.arrays(np.int64, st.integers(1, 300), elements=st.integers(-300, 300)))
def test_whole_numbers_in_a_small_range_are_exact(values: np.ndarray[Any, Any]) -> None:
    numbers = Numbers(whole=True)
    numbers.add(values)
    bins = numbers.sketch.bins()
    found, times = np.unique(values, return_counts=True)
    assert numbers.sketch.is_exact
    assert bins.low.tolist() == found.tolist()
    assert bins.held.tolist() == times.tolist()


@pytest.mark.parametrize(
    "values",
    [
        np.random.default_rng(1).normal(size=200_000),
        np.random.default_rng(1).standard_cauchy(200_000) * 1e10,
        np.sort(np.random.default_rng(1).exponential(50, 200_000)),
        np.arange(300_000.0),
        np.full(100_000, 0.1),
        np.where(np.random.default_rng(1).random(200_000) < 0.997, 0.0, 1e6),
        np.concatenate([np.full(70_000, 1000.25), np.linspace(900, 1100, 70_000)]),
        np.concatenate([np.zeros(66_000), np.random.default_rng(1).normal(size=66_000)]),
    ],
    ids=["normal", "cauchy", "sorted", "counting", "constant", "seldom", "narrow-then-wide", "zeros-then-values"],
)
@pytest.mark.parametrize("parts", [1, 5])
def test_large_samples_of_every_shape(values: np.ndarray[Any, Any], parts: int) -> None:
    whole = Sketch()
    for part in np.array_split(values, parts):
        whole.merge(counted(part))
    holds(whole, values)


def test_the_bulk_is_resolved_whatever_its_tails() -> None:
    values = np.concatenate([np.random.default_rng(1).normal(125, 0.1, 100_000), [-999.0] * 500, [1e30]])
    bins = counted(values).bins()
    middle = (bins.low > 124) & (bins.high < 126)
    assert (bins.high - bins.low)[middle].max() < 0.01
    assert dict(zip(bins.low.tolist(), bins.held.tolist(), strict=True))[-999.0] == 500


def test_a_sketch_stays_small() -> None:
    sketch = counted(np.random.default_rng(1).standard_cauchy(300_000) * 10.0 ** np.arange(-30, 30).repeat(5000))
    assert len(sketch.bins().low) < 60_000
