"""Arrow and our words: types, metadata of fields, batches by size."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import UnreadableDocument
from fairkit.formats._arrow import chosen, described, kind_of, sliced, table, texts, type_of, variable
from fairkit.model.variable import Variable


@pytest.mark.parametrize(
    ("type_", "dtype", "shape"),
    [
        (pa.float32(), "float32", ()),
        (pa.float64(), "float64", ()),
        (pa.float16(), "float16", ()),
        (pa.uint8(), "uint8", ()),
        (pa.bool_(), "bool", ()),
        (pa.large_string(), "string", ()),
        (pa.binary(4), "bytes", ()),
        (pa.timestamp("us"), "timestamp[us]", ()),
        (pa.struct([("x", pa.int8())]), "struct", ()),
        (pa.map_(pa.string(), pa.int8()), "struct", (None,)),
        (pa.dictionary(pa.int8(), pa.string()), "string", ()),
        (pa.list_(pa.list_(pa.float32(), 4)), "float32", (None, 4)),
        (pa.large_list(pa.int64()), "int64", (None,)),
        (pa.fixed_shape_tensor(pa.float32(), (2, 3)), "float32", (2, 3)),
    ],
)
def test_types_are_named_as_numpy_does(type_: pa.DataType, dtype: str, shape: tuple[int | None, ...]) -> None:
    assert kind_of(type_) == (dtype, shape)


_DTYPES = st.sampled_from(
    ["float16", "float32", "float64", "int8", "uint64", "bool", "string", "bytes", "timestamp[us]"]
)


@given(dtype=_DTYPES, shape=st.lists(st.none() | st.integers(1, 9), max_size=4).map(tuple))
def test_a_name_and_a_shape_are_a_type_again(dtype: str, shape: tuple[int | None, ...]) -> None:
    assert kind_of(type_of(dtype, shape)) == (dtype, shape)


@pytest.mark.parametrize("dtype", ["struct", "Float_t", ""])
def test_other_names_are_no_type(dtype: str) -> None:
    with pytest.raises(KeyError):
        type_of(dtype)


@pytest.mark.parametrize(
    ("metadata", "told"),
    [
        ({"unit": "GeV", "description": "Mass"}, {"unit": "GeV", "description": "Mass"}),
        ({"units": "m", "long_name": "Length"}, {"unit": "m", "description": "Length"}),
        ({"role": "label", "count": "n", "group": "jet"}, {"role": "label", "count": "n", "group": "jet"}),
        ({b"unit": b"\xff", b"title": b"x" * 5000}, {}),
        (None, {}),
    ],
)
def test_what_stands_in_a_field_is_told_of_the_variable(metadata: Any, told: dict[str, str]) -> None:
    field = pa.field("x", pa.int8(), metadata=metadata)
    assert variable(field) == Variable(name="x", dtype="int8", **told)  # type: ignore[arg-type]


def test_what_is_told_of_a_variable_stands_in_the_field() -> None:
    schema = pa.schema([pa.field("x", pa.int8(), metadata={"own": "1"}), ("y", pa.int8())], metadata={"t": "T"})
    words = Variable(name="x", dtype="int8", unit="GeV", description="Mass", role="feature")
    made = described(schema, [words, Variable(name="z", unit="m")])
    assert texts(made.field("x").metadata) == {"own": "1", "unit": "GeV", "description": "Mass", "role": "feature"}
    assert (made.field("y").metadata, made.metadata) == (None, {b"t": b"T"})
    assert table("t", made, 3).columns[0] == words


@pytest.mark.parametrize(("columns", "found"), [(None, ["a", "b"]), (["b"], ["b"]), (["b", "a"], ["b", "a"])])
def test_columns_are_chosen_in_the_order_they_are_named(columns: list[str] | None, found: list[str]) -> None:
    assert chosen("f", ["a", "b"], columns) == found


def test_a_column_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(UnreadableDocument, match=r"f has no column 'c'\n.*a, b"):
        chosen("f", ["a", "b"], ["c"])


@given(rows=st.integers(0, 200), most=st.integers(1, 400))
def test_slices_are_small_and_complete(rows: int, most: int) -> None:
    batch = pa.record_batch({"x": pa.array(range(rows), pa.int64())})
    parts = list(sliced(batch, most))
    assert all(part.num_rows == 1 or part.nbytes <= most for part in parts)
    assert [value for part in parts for value in part["x"].to_pylist()] == list(range(rows))
