"""Arrays as columns: what their items are called, structured types taken apart, lists of any length, rows in steps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import UnreadableDocument
from fairkit.formats._arrays import arrow_of, jagged, leaves, name_of, rows_of


@pytest.mark.parametrize(
    ("dtype", "name"),
    [
        (">f4", "float32"), ("<i8", "int64"), ("?", "bool"), ("u1", "uint8"), ("f2", "float16"), ("c8", "float32"),
        ("c16", "float64"), ("S5", "string"), ("U5", "string"), ("V3", "bytes"), ("M8[us]", "timestamp[us]"),
        ("M8[D]", None), ("m8[ns]", "duration[ns]"), ("M8[25s]", None), ("O", None), ("g", None), ("G", None),
    ],
)  # fmt: skip
def test_items_are_called_as_numpy_calls_them(dtype: str, name: str | None) -> None:
    assert name_of(np.dtype(dtype)) == name


def test_fields_within_fields_are_columns() -> None:
    inner = np.dtype([("x", "f4"), ("y", "i2", (3,))])
    found = [
        (leaf.fields, leaf.dtype.name, leaf.shape) for leaf in leaves(np.dtype([("a", inner, (2,)), ("b", "u1")]), (4,))
    ]
    assert found == [(("a", "x"), "float32", (4, 2)), (("a", "y"), "int16", (4, 2, 3)), (("b",), "uint8", (4,))]


def _deep() -> Any:
    kind: Any = np.dtype("f4")
    for number in range(20):
        kind = np.dtype([(f"d{number}", kind)])
    return kind


@pytest.mark.parametrize("dtype", [np.dtype("V20000000"), np.dtype([("a", "f8", (1 << 22,))]), _deep()])
def test_types_that_no_honest_file_has_are_refused(dtype: Any) -> None:
    with pytest.raises(UnreadableDocument):
        list(leaves(dtype))


def test_lists_of_any_length() -> None:
    made = jagged([np.ones((2, 3), "f4"), np.ones((0, 3), "f4")], np.dtype("f4"), (3,))
    assert made.to_pylist() == [[[1.0] * 3] * 2, []]
    assert jagged([], np.dtype("i2")).type == pa.list_(pa.int16())
    with pytest.raises(UnreadableDocument):
        jagged([np.ones((2, 3))], np.dtype("f8"), (4,))


def test_a_view_that_is_no_block_of_memory_is_copied() -> None:
    values = np.arange(24).reshape(4, 3, 2)[::2, :, 0]
    assert arrow_of(values).to_pylist() == values.tolist()


@given(rows=st.integers(0, 500), row_bytes=st.integers(0, 50), most=st.integers(1, 2000), chunk=st.integers(1, 40))
def test_steps_cover_every_row_once(rows: int, row_bytes: int, most: int, chunk: int) -> None:
    steps = list(rows_of(rows, row_bytes, most, chunk=chunk))
    assert [step[0] for step in steps] == [0, *(step[1] for step in steps[:-1])]
    assert steps[-1][1] == rows
    assert all((stop - start) * row_bytes <= most or stop - start == 1 for start, stop in steps)
