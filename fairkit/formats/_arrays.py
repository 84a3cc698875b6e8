"""NumPy arrays as columns: what their items are called, the fields of structured types, and the way into Arrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from fairkit.errors import UnreadableDocument

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["Leaf", "arrow_of", "jagged", "leaves", "name_of", "rows_of"]

_MOST_FIELDS = 10_000
_DEEPEST = 16
_MOST_ITEM = 1 << 24
"""Bytes of one item at the most: types are made up as easily as shapes."""


class Leaf(NamedTuple):
    """One column of an array: the fields that lead to it (none for a plain one), its items, the shape of an entry."""

    fields: tuple[str, ...]
    dtype: np.dtype[Any]
    shape: tuple[int, ...]

    def of(self, array: Any) -> Any:
        """Its values in a structured array."""
        for field in self.fields:
            array = array[field]
        return array


def leaves(dtype: np.dtype[Any], shape: Sequence[int] = (), *, fields: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """The columns of an array whose entries have this `shape`; fields within fields are columns of their own.

    Raises:
        UnreadableDocument: if the type is no honest one: too deep, too many fields, items of many megabytes.
    """
    if dtype.itemsize > _MOST_ITEM or len(fields) > _DEEPEST or len(dtype.names or ()) > _MOST_FIELDS:
        what = f"a type of {dtype.itemsize} bytes with {len(dtype.names or ())} fields is more than fairkit reads"
        raise UnreadableDocument(what, value=dtype.itemsize, remedy="Is that meant?")
    if dtype.subdtype is not None:
        inner, more = dtype.subdtype
        yield from leaves(inner, (*shape, *more), fields=fields)
    elif dtype.names is not None:
        for name in dtype.names:
            yield from leaves(dtype[name], shape, fields=(*fields, name))
    else:
        yield Leaf(fields, dtype, tuple(shape))


def name_of(dtype: np.dtype[Any]) -> str | None:
    """What items of a type are called, as NumPy does; None for those that have no place in a table.

    Complex numbers are pairs of their parts, the last length of their shape being 2.
    """
    if dtype.kind in "biuf" and dtype.itemsize <= 8:
        return dtype.name
    if dtype.kind == "c" and dtype.itemsize <= 16:
        return "float32" if dtype.itemsize == 8 else "float64"
    if dtype.kind in "SU":
        return "string"
    if dtype.kind == "V" and dtype.names is None:
        return "bytes"
    if dtype.kind in "mM":
        import numpy as np

        unit, step = np.datetime_data(dtype)
        known = unit in ("s", "ms", "us", "ns") and step == 1
        return f"{'timestamp' if dtype.kind == 'M' else 'duration'}[{unit}]" if known else None
    return None


def arrow_of(array: np.ndarray[Any, Any]) -> pa.Array:
    """An array of `n` entries as Arrow: fixed-size lists where its entries have a shape; native byte order, no copy
    where there is no need of one."""
    import numpy as np
    import pyarrow as pa

    if array.dtype.kind == "c":
        array = np.ascontiguousarray(array)
        array = array.view(array.real.dtype).reshape(*array.shape, 2)
    flat = np.ascontiguousarray(array).reshape(-1)
    if not flat.dtype.isnative:
        flat = flat.astype(flat.dtype.newbyteorder("="))
    made = _texts(flat) if flat.dtype.kind in "SUV" else pa.array(flat, from_pandas=False)
    for length in reversed(array.shape[1:]):
        made = pa.FixedSizeListArray.from_arrays(made, length)
    return made


def _texts(flat: np.ndarray[Any, Any]) -> pa.Array:
    import pyarrow as pa

    if flat.dtype.kind == "U":
        return pa.array((text.encode("utf-8", "replace").decode() for text in flat.tolist()), pa.string())
    if flat.dtype.kind == "V":
        return pa.array((item.tobytes() for item in flat), pa.binary())
    try:
        return pa.array(flat.tolist(), pa.binary()).cast(pa.string())
    except pa.ArrowInvalid:  # old programs wrote Latin-1 and never said so
        return pa.array((text.decode("utf-8", "replace") for text in flat.tolist()), pa.string())


def jagged(parts: Sequence[np.ndarray[Any, Any]], dtype: np.dtype[Any], shape: Sequence[int] = ()) -> pa.Array:
    """Arrays of `n` different lengths, whose items have this type and `shape`, as a list column.

    Raises:
        UnreadableDocument: if one is of another shape.
    """
    import numpy as np
    import pyarrow as pa

    if any(part.shape[1:] != tuple(shape) for part in parts):
        raise UnreadableDocument("the lists of a column differ in more than their length", remedy="")
    lengths = [len(part) for part in parts]
    offsets = np.zeros(len(parts) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    inner = np.concatenate([np.empty((0, *shape), dtype), *parts]).astype(dtype, copy=False)
    narrow = offsets[-1] < 2**31
    kind = pa.ListArray if narrow else pa.LargeListArray
    return kind.from_arrays(pa.array(offsets.astype(np.int32 if narrow else np.int64)), arrow_of(inner))


def rows_of(rows: int, row_bytes: int, most_bytes: int, *, chunk: int = 1) -> Iterator[tuple[int, int]]:
    """From which row to which: as many at once as `most_bytes` hold, whole chunks where they fit; once if none."""
    step = max(1, most_bytes // max(1, row_bytes))
    step = step // chunk * chunk if step >= chunk else step
    yield from ((start, min(rows, start + step)) for start in range(0, rows, step))
    if rows == 0:
        yield 0, 0
