"""Pickles: what they ask for is listed without running them; plain containers of NumPy arrays are read as tables.

Reading a pickle in the ordinary way runs whatever it says. Here nothing is looked up but a dozen names that we answer
ourselves (see `_pickled`), in the limited child. Whatever is found, a pickle is no format to publish data in.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from fairkit.errors import UnreadableDocument

from . import MOST_BYTES, Facts
from ._held import Held, Sheet, named, plain_columns, ragged_column, sheets
from ._held import batches as held_batches
from ._pickled import Loaded, globals_in, load, refused, settled
from ._torch_pickle import MAGIC

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["EXTENSIONS", "SANDBOXED", "TITLE", "batches", "claims", "facts", "globals_of"]

TITLE = "Python pickles of plain NumPy containers (read by an allow-list, never run)"
EXTENSIONS = (".pkl", ".pickle", ".pkl.bz2", ".pkl.gz", ".pkl.xz", ".pickle.bz2", ".pickle.gz", ".joblib")
SANDBOXED = True

MOST_UNPACKED = 1 << 30
"""Bytes that a compressed pickle may unpack to."""
_CODECS: dict[bytes, tuple[str | None, Callable[..., Any]]] = {
    b"BZh": ("bzip2", bz2.open),
    b"\x1f\x8b": ("gzip", gzip.open),
    b"\xfd7zXZ": ("xz", lzma.open),
}
_DEEPEST = 4
_MOST_SHOWN = 50
_FAULTS = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError, RuntimeError)


def claims(head: bytes) -> bool:
    """Whether it begins as pickles of protocol 2 and later do; older and compressed ones only their name tells."""
    if head[2 : 2 + len(MAGIC)] == MAGIC:
        return False
    return len(head) > 2 and head[0] == 0x80 and head[1] in (2, 3, 4, 5) and head[2:3] in _BEGINNINGS


_BEGINNINGS = {bytes([code]) for code in b"\x95}])(cXU\x8a\x8cKMJGNCBT\x8e\x89\x88\x8f"}
"""What a pickle may do first: open a frame or a container, or give a name, a text, a number."""


class _Capped(io.RawIOBase):
    """A stream that ends with an error where it has given more than it may."""

    def __init__(self, stream: Any, most: int) -> None:
        self._stream, self._left = stream, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        body = self._stream.read(len(buffer))
        self._left -= len(body)
        if self._left < 0:
            raise _TooLong
        buffer[: len(body)] = body
        return len(body)

    def close(self) -> None:
        self._stream.close()
        super().close()


class _Buffered(io.BufferedReader):
    """A stream that makes no room for what is only declared."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MOST_UNPACKED:
            raise _TooLong
        return super().read(size)


class _TooLong(Exception):  # noqa: N818
    """It unpacks to more than it may."""


def _packing(path: str) -> tuple[str | None, Callable[..., Any]]:
    """The codec that a file is packed with, if any, and what opens it."""
    with open(path, "rb") as file:
        head = file.read(6)
    return next((known for magic, known in _CODECS.items() if head.startswith(magic)), (None, open))


def _opened(path: str) -> tuple[BinaryIO, str | None]:
    """The pickle, unpacked as it is read, and the codec that it is packed with."""
    codec, opener = _packing(path)
    stream: Any = _Capped(opener(path, "rb"), MOST_UNPACKED)
    return _Buffered(stream, 1 << 20), codec


def _unreadable(path: str, why: str) -> UnreadableDocument:
    what = f"{path} cannot be read as a pickle: {' '.join(why.split())[:300]}"
    return UnreadableDocument(what, value=path, remedy="It may be broken, or was cut off on its way.")


def globals_of(path: str) -> tuple[str, ...]:
    """Every name that the pickles in a file ask for, found without running them; also in the zips of PyTorch.

    Raises:
        UnreadableDocument: if there is no pickle in it.
    """
    try:
        if zipfile.is_zipfile(path):
            return _globals_of_zip(path)
        stream, _ = _opened(path)
        with stream:
            return tuple(globals_in(stream))
    except _TooLong:
        raise _unreadable(path, f"it unpacks to more than {MOST_UNPACKED} bytes") from None
    except _FAULTS as error:
        raise _unreadable(path, str(error)) from None
    except UnreadableDocument as error:
        raise _unreadable(path, error.what) from None


def _globals_of_zip(path: str) -> tuple[str, ...]:
    found: set[str] = set()
    with zipfile.ZipFile(path) as archive:
        members = [name for name in archive.namelist() if name.endswith(".pkl")]
        if not members:
            raise UnreadableDocument("a zip without a pickle in it", value=path, remedy="")
        for name in members[:_MOST_SHOWN]:
            stream: Any = _Capped(archive.open(name), MOST_UNPACKED)
            with _Buffered(stream) as pickled:
                found.update(globals_in(pickled))
    return tuple(sorted(found))


def facts(path: str) -> Facts:
    """The facts of a file: the names that it asks for, and its tables if these are known ones only.

    Raises:
        UnreadableDocument: if it is no pickle, or unpacks to too much.
    """
    try:
        loaded, codec = _loaded(path)
        other: Sequence[str] = refused(sorted(loaded.names))
    except UnreadableDocument:
        other = refused(globals_of(path))
        if not other:
            raise
        loaded, codec = None, _packing(path)[0]
    compression = (codec,) if codec else ()
    if loaded is None or other:
        shown = ", ".join(other[:_MOST_SHOWN]) + (", …" if len(other) > _MOST_SHOWN else "")
        told = [f"it asks for {shown}: reading it would run code, and it is not read"]
        return Facts(format="pickle", compression=compression, notes=tuple(told))
    told = [f"it asks for known containers only: {', '.join(sorted(loaded.names)) or 'lists, texts and numbers'}"]
    tables = tuple(sheet.table() for sheet in _of(loaded.value, "data", told, 0))
    return Facts(format="pickle", tables=tables, compression=compression, notes=tuple(told))


def batches(
    path: str, table: str | None = None, *, columns: Sequence[str] | None = None, most_bytes: int = MOST_BYTES
) -> Iterator[pa.RecordBatch]:
    """The rows of one table, of a pickle that asks for plain containers of NumPy only; it is held whole in memory.

    Raises:
        UnreadableDocument: if it asks for anything else, is broken, or has no such table or column.
    """
    notes: list[str] = []
    found = list(_of(_loaded(path)[0].value, "data", notes, 0))
    yield from held_batches(path, named(path, found, table, notes), columns, most_bytes)


def _loaded(path: str) -> tuple[Loaded, str | None]:
    """What the first pickle of a file holds, every name that this and those behind it ask for, and the codec.

    Raises:
        UnreadableDocument: if it asks for what is not allowed, is broken, or unpacks to too much.
    """
    try:
        stream, codec = _opened(path)
        with stream:
            found = load(stream, path=path)
            return found._replace(names=found.names.union(_behind(stream))), codec
    except _TooLong:
        raise _unreadable(path, f"it unpacks to more than {MOST_UNPACKED} bytes") from None
    except _FAULTS as error:
        raise _unreadable(path, str(error)) from None


def _behind(stream: BinaryIO) -> list[str]:
    """The names that pickles behind the first ask for; what stands there need be none."""
    try:
        return globals_in(stream)
    except UnreadableDocument:
        return []


def _of(value: Any, name: str, notes: list[str], depth: int) -> Iterator[Sheet]:
    """The tables of a value: a dictionary of columns, a list of entries, one array, or dictionaries of these."""
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        value = _turned(value, notes)
    if not isinstance(value, Mapping):
        yield from sheets(list(_columns("", value, notes)), name)
        return
    held: list[Held] = []
    for key, each in value.items():
        inner = settled(each)
        if not isinstance(inner, Mapping):
            held += _columns(str(key), inner, notes)
        elif depth < _DEEPEST:
            yield from _of(inner, str(key) if depth == 0 else f"{name}/{key}", notes, depth + 1)
        else:
            notes.append(f"{key}: dictionaries deeper than {_DEEPEST} are not entered")
    yield from sheets(held, name)


def _turned(entries: list[dict[Any, Any]], notes: list[str]) -> dict[Any, Any]:
    """A list of entries, each with its fields, as columns; fields that some entries lack are left aside."""
    fields = dict.fromkeys(key for entry in entries for key in entry)
    whole = [key for key in fields if all(key in entry for entry in entries)]
    notes += [f"{key}: not every entry has it" for key in fields if key not in whole]
    return {key: [entry[key] for entry in entries] for key in whole}


def _columns(name: str, value: Any, notes: list[str]) -> Iterator[Held]:
    """The columns that a value is: an array, a list of arrays of different lengths, a list of numbers or texts."""
    import numpy as np

    if isinstance(value, np.ndarray) and value.ndim:
        yield from plain_columns(name, value.dtype, value.shape, lambda start, stop: value[start:stop], notes)
        return
    if isinstance(value, list | tuple):
        items = [settled(each) for each in value]
        if items and all(isinstance(each, np.ndarray) and each.ndim for each in items):
            yield from _stacked(name, items, notes)
            return
        if all(isinstance(each, bool | int | float | str | np.generic) for each in items):
            yield from _numbers(name, items, notes)
            return
        if all(isinstance(each, list | tuple) for each in items):
            yield from _lists(name, items, notes)
            return
    notes.append(f"{name}: {type(value).__name__}, which is no column")


def _stacked(name: str, items: list[Any], notes: list[str]) -> Iterator[Held]:
    """Arrays as the entries of a column: lists, as they may differ in their length, unless they have fields."""
    if any(each.dtype.names for each in items):
        notes.append(f"{name}: arrays with fields in a list are not read")
        return
    yield from ragged_column(name, items, notes)


def _numbers(name: str, items: list[Any], notes: list[str]) -> Iterator[Held]:
    import numpy as np

    try:
        values = np.array(items)
    except (ValueError, OverflowError):
        notes.append(f"{name}: numbers of no one kind")
        return
    yield from plain_columns(name, values.dtype, values.shape, lambda start, stop: values[start:stop], notes)


def _lists(name: str, items: list[Any], notes: list[str]) -> Iterator[Held]:
    """Lists of numbers of different lengths."""
    import numpy as np

    plain = all(isinstance(settled(number), bool | int | float | np.generic) for each in items for number in each)
    if not plain:
        notes.append(f"{name}: lists within lists are not read")
        return
    try:
        parts = [np.array([settled(number) for number in each]) for each in items]
    except (ValueError, OverflowError):
        notes.append(f"{name}: numbers of no one kind")
        return
    kinds = [part for part in parts if len(part)]
    dtype = np.result_type(*kinds) if kinds else np.dtype("f8")
    yield from ragged_column(name, [part.astype(dtype) for part in parts], notes)
