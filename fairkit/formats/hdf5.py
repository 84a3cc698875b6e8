"""HDF5: plain arrays, compound datasets, tables of pandas; jagged lists as variable lengths or padded arrays.

Arrays of one length in one group are a table. What lies in another file is never opened: see `_hdf5_walk`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from fairkit.errors import UnreadableDocument

from . import MOST_BYTES, Facts
from ._arrays import arrow_of, jagged
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
_TURNED_ROWS = 128
_CACHE = 1 << 22
"""Bytes of chunks that HDF5 keeps of each dataset, so that none is decompressed twice where steps end in it."""


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
        steps = _Steps(sheet, wanted, most_bytes)
        for start, stop in steps:
            arrays = _read(file, wanted, start, stop)
            steps.learn(stop - start, sum(array.nbytes for array in arrays))
            if fields is None:
                bare = pa.schema([(column.name, array.type) for column, array in zip(wanted, arrays, strict=True)])
                fields = described(bare, [column.variable() for column in wanted])
            yield pa.RecordBatch.from_arrays(arrays, schema=fields)


class _Steps:
    """From which row to which: whole chunks; where rows are of any length, as many as those before have taught."""

    def __init__(self, sheet: Sheet, wanted: Sequence[Column], most_bytes: int) -> None:
        sizes = {column.stored.path: column.stored.row_bytes for column in wanted}
        self._rows, self._most = sheet.rows, most_bytes
        self._row = max(1, sum(sizes.values()))
        self._chunk = max((column.stored.chunk for column in wanted), default=1)
        self._free = any(column.dtype.kind == "O" or None in column.shape for column in wanted)
        self._step = self._whole(most_bytes // self._row)
        if self._free:
            self._step = min(self._step, _LIST_ROWS)

    def _whole(self, rows: int) -> int:
        """So many rows, or fewer, in whole chunks if there is one in them."""
        return max(1, rows // self._chunk * self._chunk if rows >= self._chunk else rows)

    def learn(self, rows: int, size: int) -> None:
        """How large these rows were; the next ones may be four times as many at the most."""
        if self._free and rows:
            fit = self._most // max(self._row, -(-size // rows))
            self._step = self._whole(min(fit, 4 * self._step))

    def __iter__(self) -> Iterator[tuple[int, int]]:
        start = 0
        while start < self._rows or start == 0:
            stop = min(self._rows, start + self._step)
            yield start, stop
            start = stop or 1


def _read(file: Any, wanted: Sequence[Column], start: int, stop: int) -> list[pa.Array]:
    """The columns between two rows; each dataset is read once for all of its columns."""
    made: dict[int, pa.Array] = {}
    by_path: dict[str, list[int]] = {}
    for place, column in enumerate(wanted):
        by_path.setdefault(column.stored.path, []).append(place)
    for path, places in by_path.items():
        values = _values(file[path], [wanted[place] for place in places], start, stop)
        turned: dict[tuple[str, ...], Any] = {}
        for place in places:
            made[place] = _arrow(wanted[place], values, turned)
    return [made[place] for place in range(len(wanted))]


def _values(dataset: Any, wanted: Sequence[Column], start: int, stop: int) -> Any:
    """The entries between two rows, of a compound dataset the fields that are wanted."""
    names = list(dict.fromkeys(column.fields[0] for column in wanted if column.fields))
    if names and len(names) < len(dataset.dtype.names):
        return dataset.fields(names)[start:stop]
    return dataset[start:stop]


def _arrow(column: Column, values: Any, turned: dict[tuple[str, ...], Any]) -> pa.Array:
    """One column of these entries; arrays that hold many are turned round once for all of them."""
    import numpy as np

    if column.place is not None:
        if column.fields not in turned:
            turned[column.fields] = _turned(_field(values, column.fields))
        values = turned[column.fields][column.place]
    else:
        values = _field(values, column.fields)
    if column.dtype.kind == "O":
        return _strings(values)
    if None in column.shape:
        return jagged([np.asarray(part, column.dtype) for part in values.tolist()], column.dtype)
    return arrow_of(values)


def _field(values: Any, fields: Sequence[str]) -> Any:
    for field in fields:
        values = values[field]
    return values


def _turned(block: Any) -> Any:
    """A block of rows as a block of columns, turned in parts that fit into the cache of the processor."""
    import numpy as np

    made = np.empty(block.shape[::-1], block.dtype)
    for start in range(0, len(block), _TURNED_ROWS):
        made[:, start : start + _TURNED_ROWS] = block[start : start + _TURNED_ROWS].T
    return made


def _strings(values: Any) -> pa.Array:
    import pyarrow as pa

    flat = [item if isinstance(item, bytes) else str(item).encode() for item in values.reshape(-1).tolist()]
    made = pa.array([item.decode("utf-8", "replace") for item in flat], pa.string())
    for length in reversed(values.shape[1:]):
        made = pa.FixedSizeListArray.from_arrays(made, length)
    return made
