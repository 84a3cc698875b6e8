"""The watch over features: whatever equals something withheld is found, and nothing else is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from fairkit.package._view_leaks import Leaks

_FLOATS = st.sampled_from([0.0, 1.0, 2.0, float("nan"), float("inf")])


@given(
    features=npst.arrays(np.float32, st.tuples(st.integers(8, 90), st.integers(1, 4)), elements=_FLOATS),
    at=st.integers(0, 3),
    cut=st.integers(0, 90),
)
def test_a_column_is_found_however_the_rows_come(features: np.ndarray[Any, np.dtype[Any]], at: int, cut: int) -> None:
    label = features[:, min(at, features.shape[1] - 1)].copy()
    leaks = Leaks()
    for rows in (slice(0, cut), slice(cut, None)):
        leaks.see(features[rows], {"y": label[rows]})
    varies = not np.array_equal(label, np.full_like(label, label[0]), equal_nan=True)
    same = [
        i
        for i in range(features.shape[1])
        if np.array_equal(features[:, i], label, equal_nan=True)
        or np.array_equal(features[:, i], 1 - label, equal_nan=True)
    ]
    assert leaks.found() == [(i, "y") for i in same if varies]


@pytest.mark.parametrize(("row", "found"), [(0, []), (63, []), (64, []), (99, []), (None, [(0, "y")])])
def test_one_row_that_differs_is_enough(row: int | None, found: list[tuple[int, str]]) -> None:
    label = np.arange(100, dtype="f4")
    feature = label.copy()
    if row is not None:
        feature[row] += 1
    leaks = Leaks()
    leaks.see(feature[:, None], {"y": label})
    assert leaks.found() == found


def test_no_rows_tell_nothing() -> None:
    leaks = Leaks()
    leaks.see(np.empty((0, 2), "f4"), {"y": np.empty(0, "f4")})
    assert leaks.found() == []
