"""Padding: the values that fit, the filler behind them, and a count that tells which is which."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import UnreadableDocument, UsageError
from fairkit.model.variable import Variable
from fairkit.package.padding import Padding, lengths_of


def batch(count: str | None = None, **columns: pa.Array) -> pa.RecordBatch:
    told = {"count": count, "unit": "GeV"} if count else None
    fields = [pa.field(name, array.type, metadata=told) for name, array in columns.items()]
    return pa.RecordBatch.from_arrays(list(columns.values()), schema=pa.schema(fields))


def padded(made: pa.RecordBatch, **lengths: int) -> dict[str, Any]:
    found: dict[str, Any] = Padding(made.schema, lengths)(made).to_pydict()
    return found


PT = pa.array([[1.0], [], [2.0, 3.0, 4.0]], pa.list_(pa.float32()))
ETA = pa.array([[5], [], [6, 7, 8]], pa.list_(pa.int8()))


def test_lists_are_filled_up_and_counted() -> None:
    assert padded(batch(pt=PT), pt=2) == {"pt": [[1, 0], [0, 0], [2, 3]], "n_pt": [1, 0, 2]}


def test_what_is_cut_is_counted() -> None:
    padding = Padding(batch(pt=PT).schema, {"pt": 2})
    padding(batch(pt=PT))
    padding(batch(pt=PT.slice(1)))
    assert padding.cut == {"pt": 2}


def test_a_count_that_the_lists_share_is_there_once() -> None:
    made = batch("njet", pt=PT, eta=ETA)
    padding = Padding(made.schema, {"pt": 2, "eta": 2})
    assert padding(made).schema.names == ["pt", "njet", "eta"]
    assert padding.counts == {"pt": "njet", "eta": "njet"}
    assert padding.row_bytes == 2 * 4 + 2 * 1


def test_other_lengths_have_other_counts() -> None:
    assert list(padded(batch("njet", pt=PT, eta=ETA), pt=2, eta=1)) == ["pt", "njet", "eta", "n_eta"]


def test_the_rule_stays_with_the_column() -> None:
    field = Padding(batch("njet", pt=PT).schema, {"pt": 2}).schema.field("pt")
    assert field.metadata == {b"count": b"njet", b"padding": b"0", b"unit": b"GeV"}


def test_a_name_that_is_taken_is_not_taken_twice() -> None:
    assert list(padded(batch(pt=PT, n_pt=PT), pt=1)) == ["pt", "n_pt_", "n_pt"]


def test_lists_of_arrays_are_padded_with_arrays() -> None:
    four = pa.array([[[1, 2]], []], pa.list_(pa.list_(pa.int16(), 2)))
    assert padded(batch(p=four), p=2)["p"] == [[[1, 2], [0, 0]], [[0, 0], [0, 0]]]


@given(st.lists(st.lists(st.integers(-100, 100), max_size=6), max_size=8), st.integers(1, 7))
def test_what_is_filled_is_what_was_there(values: list[list[int]], length: int) -> None:
    found = padded(batch(x=pa.array(values, pa.list_(pa.int8()))), x=length)
    pairs = zip(found["x"], found["n_x"], strict=True)
    assert [row[:count] for row, count in pairs] == [row[:length] for row in values]
    assert all(len(row) == length for row in found["x"])


@pytest.mark.parametrize("values", [[[1.0], None], [[1.0, None]]])
def test_what_is_missing_is_not_hidden(values: list[Any]) -> None:
    with pytest.raises(UsageError, match="are missing"):
        padded(batch(x=pa.array(values)), x=2)


def test_lists_that_share_a_count_have_the_same_length() -> None:
    with pytest.raises(UnreadableDocument, match="not as long"):
        padded(batch("n", pt=PT, eta=ETA.take(pa.array([1, 0, 2]))), pt=2, eta=2)


COLUMNS = (
    Variable(name="pt", dtype="float32", shape=(None,)),
    Variable(name="p4", dtype="float32", shape=(None, 4)),
    Variable(name="met", dtype="float32"),
    Variable(name="deep", dtype="int8", shape=(None, None)),
    Variable(name="names", dtype="string", shape=(None,)),
)


@pytest.mark.parametrize(
    ("named", "every", "lengths"),
    [
        ({}, None, {}),
        ({"pt": 5}, None, {"pt": 5}),
        ({}, 9, {"pt": 9, "p4": 9}),
        ({"pt": 5}, 9, {"pt": 5, "p4": 9}),
    ],
)
def test_lengths_by_name_go_before_one_for_all(
    named: dict[str, int], every: int | None, lengths: dict[str, int]
) -> None:
    assert lengths_of(COLUMNS, named, every) == lengths


@pytest.mark.parametrize("name", ["met", "deep", "names", "none"])
def test_what_is_no_list_of_numbers_is_not_padded(name: str) -> None:
    with pytest.raises(UsageError, match="no column of lists that can be padded") as error:
        lengths_of(COLUMNS, {name: 3}, None)
    assert error.value.remedy == "Lists of numbers: p4, pt"
