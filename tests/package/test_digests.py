"""Digests of values: the same for the same values however they lie, another for anything else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.package.digests import Digests, first_difference
from tests.formats.tables import tables


def digests(table: pa.Table, *, rows: int = 1000) -> dict[str, str]:
    made = Digests(table.schema)
    for batch in table.to_batches(max_chunksize=rows):
        made.add(batch)
    return made.told()


def of(values: list[Any], type_: pa.DataType) -> str:
    return digests(pa.table({"x": pa.array(values, type_)}))["x"]


@given(tables(), st.integers(1, 7))
def test_batches_may_end_anywhere(table: pa.Table, rows: int) -> None:
    assert digests(table, rows=rows) == digests(table)


@given(tables(), st.integers(1, 5))
def test_what_lies_before_and_behind_a_slice_is_not_counted(table: pa.Table, at: int) -> None:
    part = table.slice(at, 4)
    copy = pa.table([pa.array(column.to_pylist(), column.type) for column in part.columns], schema=part.schema)
    assert digests(part) == digests(copy)


_LISTS = [[1.5, 2.5], [], [3.5]]


@pytest.mark.parametrize(
    ("values", "one", "other"),
    [
        (_LISTS, pa.list_(pa.float32()), pa.large_list(pa.float32())),
        ([[1, 2], [3, 4]], pa.list_(pa.int8()), pa.list_(pa.int8(), 2)),
        (["a", "", None, "bc"], pa.string(), pa.large_string()),
        (["a", "b", "a"], pa.string(), pa.dictionary(pa.int8(), pa.string())),
        ([b"a", b"bc"], pa.binary(), pa.string()),
    ],
)
def test_the_layout_does_not_count(values: list[Any], one: pa.DataType, other: pa.DataType) -> None:
    assert of(values, one) == of(values, other)


def test_a_list_of_records_is_lists_side_by_side() -> None:
    jets = pa.array([[{"pt": 1.0, "n": 1}], [], [{"pt": 2.0, "n": 2}, {"pt": 3.0, "n": 3}]])
    apart = pa.table({"jet.pt": [[1.0], [], [2.0, 3.0]], "jet.n": [[1], [], [2, 3]]})
    assert digests(pa.table({"jet": jets})) == digests(apart)


def test_pairs_are_records_in_lists() -> None:
    pairs = pa.array([[("a", 1)], []], pa.map_(pa.string(), pa.int64()))
    assert list(digests(pa.table({"m": pairs}))) == ["m.key", "m.value"]


_NAN = np.array([0x7FC00000, 0x7FC00001], np.uint32).view(np.float32)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (pa.array([1, 2]), pa.array([2, 1])),
        (pa.array([1, 2], pa.int32()), pa.array([1, 2], pa.uint32())),
        (pa.array([1, 2], pa.int32()), pa.array([1, 2], pa.int64())),
        (pa.array([0.0]), pa.array([-0.0])),
        (pa.array(_NAN[:1]), pa.array(_NAN[1:])),
        (pa.array([None, 1]), pa.array([1, None])),
        (pa.array([0, 1]), pa.array([None, 1])),
        (pa.array([[1], [2]]), pa.array([[1, 2], []])),
        (pa.array([[1], None]), pa.array([[1], []])),
        (pa.array(["ab", "c"]), pa.array(["a", "bc"])),
        (pa.array([None, {"a": 1}]), pa.array([{"a": None}, {"a": 1}])),
        (pa.array([[[1]], []]), pa.array([[[1], []], []])),
        (pa.array([1.0], pa.float32()), pa.array([0x3F800000], pa.int32())),
    ],
)
def test_what_is_another_value_counts(one: pa.Array, other: pa.Array) -> None:
    assert first_difference(digests(pa.table({"x": one})), digests(pa.table({"x": other}))) is not None


def test_a_column_that_one_lacks_differs() -> None:
    assert first_difference({"a": "1", "b": "2"}, {"a": "1"}) == "b"
    assert first_difference({"a": "1"}, {"a": "1", "c": "3"}) == "c"
    assert first_difference({"a": "1"}, {"a": "1"}) is None


def test_an_empty_table_has_digests_too() -> None:
    assert list(digests(pa.table({"x": pa.array([], pa.int8())}))) == ["x"]
