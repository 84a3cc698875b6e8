"""Tables for the tests of formats, all types and shapes that a target can hold, and broken copies of files."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

__all__ = ["bits", "broken", "tables"]

_NUMBERS = ("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64")
_NAMES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
_SHAPES = st.sampled_from([(), (), (None,), (3,), (None, None), (2, 3), (None, 2)])


def bits(column: pa.Array) -> list[Any]:
    """The values of a column with floats as their bits: NaN equals NaN, and -0.0 is not 0.0."""
    return [_bits(value) for value in column.to_pylist()]


def _bits(value: Any) -> Any:
    if isinstance(value, list):
        return [_bits(each) for each in value]
    return np.float64(value).tobytes() if isinstance(value, float) else value


@st.composite
def tables(draw: st.DrawFn) -> pa.Table:
    """A table of up to twenty rows; NaN, infinities and missing values among them."""
    names = draw(st.lists(_NAMES, min_size=1, max_size=5, unique=True))
    rows = draw(st.integers(0, 20))
    return pa.table({name: draw(_columns(rows)) for name in names})


@st.composite
def _columns(draw: st.DrawFn, rows: int) -> pa.Array:
    dtype = draw(st.sampled_from((*_NUMBERS, "string", "binary")))
    shape = draw(_SHAPES)
    type_, values = _TYPES[dtype](), _values(dtype)
    for length in reversed(shape):
        type_ = pa.list_(type_, -1 if length is None else length)
        values = st.lists(values, min_size=length or 0, max_size=4 if length is None else length)
    return pa.array(draw(st.lists(values, min_size=rows, max_size=rows)), type_)


_TYPES = {name: getattr(pa, {"bool": "bool_"}.get(name, name)) for name in (*_NUMBERS, "string", "binary")}


def _values(dtype: str) -> st.SearchStrategy[Any]:
    if dtype.startswith("float"):
        return st.floats(width=32 if dtype == "float32" else 64)
    if dtype == "bool":
        return st.booleans()
    if dtype in ("string", "binary"):
        return st.text(max_size=5) if dtype == "string" else st.binary(max_size=5)
    limits = np.iinfo(dtype)
    return st.integers(int(limits.min), int(limits.max))


@st.composite
def broken(draw: st.DrawFn, whole: bytes) -> bytes:
    """A copy of a file with a few bytes changed, left out or added, often near its end, or cut off."""
    body = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        near_end = draw(st.booleans())
        at = draw(st.integers(max(len(body) - 600, 0) if near_end else 0, max(len(body) - 1, 0)))
        length = draw(st.integers(0, 8))
        body[at : at + length] = draw(st.binary(max_size=8))
    return bytes(body[: draw(st.integers(1, len(body)))]) if draw(st.integers(0, 4)) == 0 and body else bytes(body)
