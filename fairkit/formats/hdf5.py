"""HDF5: plain arrays, compound datasets, tables of pandas; jagged lists as variable lengths or padded arrays.

Arrays of one length in one group are a table. What lies in another file is never opened: see `_hdf5_walk`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from fairkit.errors import UnreadableDocument

from . import MOST_BYTES, Facts
from ._arrays import arrow_of, jagged, rows_of
from ._hdf5_tables import Column, Sheet, sheets
from ._hdf5_walk import Walk, texts_of
from ._hdf5_writer import writer
from ._held import named

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["EXTENSIONS", "SANDBOXED", "TITLE", "batches", "claims", "facts", "writer"]

TITLE = "HDF5 (plain arrays, compound datasets, tables of pandas)"
EXTENSIONS = (".h5", ".hdf5", ".hdf", ".he5")
SANDBOXED = True

_SIGNATURE = b"\x89HDF\r\n\x1a\n"
_MOST_ATTRIBUTES = 100
_MOST_TEXT = 4096
_SOFTWARE = {"PYTABLES_FORMAT_VERSION": "PyTables", "software": ""}
_LIST_ROWS = 4096
"""Rows of variable length that are read at once to begin with, as nobody can tell how long they are."""
_CACHE = 1 << 25
"""Bytes of chunks that HDF5 keeps of each dataset, so that none is decompressed twice."""


def claims(head: bytes) -> bool:
    """Whether it begins so: with the signature, or with it after a block of the user's of 512, 1024 or 2048 bytes."""
    return any(head[at : at + 8] == _SIGNATURE for at in (0, 512, 1024, 2048))


@contextmanager
def _opened(path: str) -> Iterator[Any]:
    """The file, with what h5py says of a broken one in our words."""
    import h5py

    try:
        with h5py.File(path, "r", rdcc_nbytes=_CACHE) as file:
            yield file
    except UnreadableDocument as error:
        what = error.what if path in error.what else f"{path}: {error.what}"
        raise UnreadableDocument(what, value=path, remedy=error.remedy) from None
    except (OSError, RuntimeError, KeyError, ValueError, TypeError, IndexError, OverflowError) as error:
        told = " ".join(str(error).split())[:300]
        what = f"{path} cannot be read as HDF5: {told}"
        raise UnreadableDocument(what, value=path, remedy="It may be broken, or was cut off on its way.") from None


def facts(path: str) -> Facts:
    """The facts of a file, from its headers alone.

    Raises:
        UnreadableDocument: if it is broken or hostile.
    """
    with _opened(path) as file:
        walk = Walk(file)
        found = sheets(file, walk)
        told = texts_of(file)
        return Facts(
            format="hdf5",
            tables=tuple(sheet.table() for sheet in found),
            compression=tuple(sorted({codec for stored in walk.datasets for codec in stored.codecs})),
            row_groups=_parts(found),
            software=_software(told),
            attributes=tuple([*_attributes(told), *_single(file, walk)][:_MOST_ATTRIBUTES]),
            notes=tuple(walk.notes),
        )


def _parts(found: Sequence[Sheet]) -> int | None:
    """How many chunks the largest table has along its rows, if it has any."""
    largest = max(found, key=lambda sheet: sheet.rows, default=None)
    chunk = max((column.stored.chunk for column in largest.columns), default=1) if largest else 1
    return -(-largest.rows // chunk) if largest and chunk > 1 else None


def _software(told: dict[str, str]) -> str | None:
    named = ((f"{title} {told[name]}".strip()) for name, title in _SOFTWARE.items() if told.get(name))
    return next(named, None)


def _attributes(told: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield from ((name, text) for name, text in told.items() if text and len(text) <= _MOST_TEXT)


def _single(file: Any, walk: Walk) -> Iterator[tuple[str, str]]:
    """Datasets of a single value: words about the others, as a rule."""
    for stored in walk.datasets:
        if stored.shape == () and not stored.fault and stored.dtype.kind in "biufSO":
            value = file[stored.path][()]
            text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
            if text and len(text) <= _MOST_TEXT:
                yield stored.path.strip("/"), text


def batches(
    path: str, table: str | None = None, *, columns: Sequence[str] | None = None, most_bytes: int = MOST_BYTES
) -> Iterator[pa.RecordBatch]:
    """The rows of one table, chunk by chunk; an empty table is one batch without rows.

    Raises:
        UnreadableDocument: if it is broken or hostile, has no such table or column, or values that are not read.
    """
    import pyarrow as pa

    from ._arrow import chosen, described

    with _opened(path) as file:
        walk = Walk(file)
        sheet: Sheet = named(path, sheets(file, walk), table, walk.notes)
        by_name = {column.name: column for column in sheet.columns}
        wanted = [by_name[name] for name in chosen(path, list(by_name), columns)]
        fault = next((column for column in wanted if column.stored.fault), None)
        if fault:
            what = f"{path}: {fault.stored.path}: {fault.stored.fault}"
            raise UnreadableDocument(what, value=fault.stored.path, remedy="Name the other columns to read those.")
        fields = None
        for start, stop in _steps(sheet, wanted, most_bytes):
            arrays = _read(file, wanted, start, stop)
            if fields is None:
                bare = pa.schema([(column.name, array.type) for column, array in zip(wanted, arrays, strict=True)])
                fields = described(bare, [column.variable() for column in wanted])
            yield pa.RecordBatch.from_arrays(arrays, schema=fields)


def _steps(sheet: Sheet, wanted: Sequence[Column], most_bytes: int) -> Iterator[tuple[int, int]]:
    """From which row to which: whole chunks, and fewer rows where their lengths are not known."""
    sizes: dict[str, int] = {}
    chunk = 1
    for column in wanted:
        size = column.stored.dtype.itemsize
        for length in column.stored.shape[1:]:
            size *= length
        sizes[column.stored.path] = size
        chunk = max(chunk, column.stored.chunk)
    row = sum(sizes.values())
    if any(column.dtype.kind == "O" or None in column.shape for column in wanted):
        row = max(row, most_bytes // _LIST_ROWS)
    return rows_of(sheet.rows, row, most_bytes, chunk=chunk)


def _read(file: Any, wanted: Sequence[Column], start: int, stop: int) -> list[pa.Array]:
    """The columns between two rows; each dataset is read once for all of its columns."""
    kept: dict[str, Any] = {}
    last = {column.stored.path: place for place, column in enumerate(wanted)}
    made = []
    for place, column in enumerate(wanted):
        path = column.stored.path
        if path not in kept:
            kept[path] = _values(file[path], [each for each in wanted if each.stored.path == path], start, stop)
        made.append(_arrow(column, kept[path]))
        if last[path] == place:
            del kept[path]
    return made


def _values(dataset: Any, wanted: Sequence[Column], start: int, stop: int) -> Any:
    """The entries between two rows, of a compound dataset the fields that are wanted."""
    names = list(dict.fromkeys(column.fields[0] for column in wanted if column.fields))
    if names and len(names) < len(dataset.dtype.names):
        return dataset.fields(names)[start:stop]
    return dataset[start:stop]


def _arrow(column: Column, values: Any) -> pa.Array:
    import numpy as np

    for field in column.fields:
        values = values[field]
    if column.place is not None:
        values = values[..., column.place]
    if column.dtype.kind == "O":
        return _strings(values)
    if None in column.shape:
        return jagged([np.asarray(part, column.dtype) for part in values.tolist()], column.dtype)
    return arrow_of(values)


def _strings(values: Any) -> pa.Array:
    import pyarrow as pa

    flat = [item if isinstance(item, bytes) else str(item).encode() for item in values.reshape(-1).tolist()]
    made = pa.array([item.decode("utf-8", "replace") for item in flat], pa.string())
    for length in reversed(values.shape[1:]):
        made = pa.FixedSizeListArray.from_arrays(made, length)
    return made
