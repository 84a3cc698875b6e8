"""Columns as arrays of a fixed shape."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import UsageError
from fairkit.package._view_values import lengths, padding, values

NAN = float("nan")


@pytest.mark.parametrize(
    ("column", "length", "numbers", "filled"),
    [
        (pa.array([1, None, 3]), None, [1, NAN, 3], None),
        (pa.array([True, False]), None, [1, 0], None),
        (pa.array([[1, 2], [3]]), 2, [[1, 2], [3, 0]], [[1, 1], [1, 0]]),
        (pa.array([[1, 2, 3], None, []]), 2, [[1, 2], [0, 0], [0, 0]], [[1, 1], [0, 0], [0, 0]]),
        (pa.array([[None, 2.0]]), 2, [[NAN, 2]], [[1, 1]]),
        (pa.array([[1, 2], None], pa.list_(pa.int8(), 2)), None, [[1, 2], [NAN, NAN]], None),
        (pa.array([[[1, 2]], []], pa.list_(pa.list_(pa.int8(), 2))), 1, [[[1, 2]], [[0, 0]]], [[1], [0]]),
        (pa.array([[1], [2, 3], [4]]).slice(1), 2, [[2, 3], [4, 0]], [[1, 1], [1, 0]]),
    ],
)
def test_what_is_short_is_filled_up(column: pa.Array, length: int | None, numbers: Any, filled: Any) -> None:
    made = values(column, "x", length)
    assert made.numbers.dtype == np.float32
    np.testing.assert_array_equal(made.numbers, np.array(numbers, "f4"))
    assert (None if made.filled is None else made.filled.tolist()) == filled


@pytest.mark.parametrize(
    ("column", "exact"),
    [
        (pa.array([2**24, 1]), True),
        (pa.array([2**24 + 1]), False),
        (pa.array([2**63 - 1]), False),
        (pa.array([2**64 - 1], pa.uint64()), False),
        (pa.array([2**63], pa.uint64()), True),
        (pa.array([-(2**63), None]), True),
        (pa.array([2**24 + 1, None]), False),
        (pa.array([127, -128], pa.int8()), True),
        (pa.array([0.1]), True),
        (pa.array([[2**24 + 1], []]), False),
    ],
)
def test_whole_numbers_that_do_not_fit_are_noticed(column: pa.Array, exact: bool) -> None:
    assert values(column, "x", 1).exact == exact


@pytest.mark.parametrize("column", [pa.array(["a"]), pa.array([[["a"]]]), pa.array([[[1]]]), pa.array([{"a": 1}])])
def test_what_has_no_fixed_shape_is_refused(column: pa.Array) -> None:
    with pytest.raises(UsageError, match="x holds"):
        values(column, "x", 1)


@given(column=st.lists(st.none() | st.lists(st.integers(-9, 9), max_size=5), max_size=9), length=st.integers(1, 6))
def test_lists_keep_their_first_items(column: list[list[int] | None], length: int) -> None:
    made = values(pa.array(column, pa.list_(pa.int32())), "x", length)
    whole = [entry or [] for entry in column]
    assert made.numbers.tolist() == [(entry + [0] * length)[:length] for entry in whole]
    assert lengths(pa.array(column, pa.list_(pa.int32()))).tolist() == [len(entry) for entry in whole]


@pytest.mark.parametrize(
    ("value", "counts", "filled"),
    [
        (0.0, None, [[True, True, False], [False, False, False]]),
        (NAN, None, [[True, True, True], [True, True, True]]),
        (0.0, [3, 1], [[True, True, True], [True, False, False]]),
        (None, None, None),
    ],
)
def test_padding_is_where_all_of_a_group_are_padded(value: float | None, counts: Any, filled: Any) -> None:
    pt = np.array([[1, 2, 0], [0, 0, 0]], "f4")
    charge = np.array([[0, -1, 0], [0, 0, 0]], "f4")
    found = padding([pt, charge], value, None if counts is None else np.array(counts))
    assert (None if found is None else found.tolist()) == filled
