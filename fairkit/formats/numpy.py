"""NumPy: `.npy` and `.npz`, whose arrays of one length are a table. What only a pickle could tell is not read.

The header of an array is a literal of Python; it is read as one, of a limited length, and what it declares must be what
is there before anything is mapped or unpacked.
"""

from __future__ import annotations

import ast
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from fairkit.errors import UnreadableDocument

from . import MOST_BYTES, Facts
from ._held import Held, named, plain_columns, sheets
from ._held import batches as held_batches

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["EXTENSIONS", "SANDBOXED", "TITLE", "batches", "claims", "facts"]

TITLE = "NumPy arrays (.npy, .npz)"
EXTENSIONS = (".npy", ".npz")
SANDBOXED = False

_MAGIC = b"\x93NUMPY"
_MOST_HEADER = 1 << 16
_MOST_MEMBERS = 4096
_MOST_WHOLE = 1 << 30
"""Bytes of an array in Fortran's order inside a `.npz`: no row of it is complete before the last byte."""
_FREE, _MOST_RATIO = 1 << 26, 2000
"""As for HDF5: deflate makes a thousand bytes of one at the most."""
_OBJECTS = "it holds objects of Python, which only a pickle could tell"
_BROKEN = "It may be broken, or was cut off on its way."
_FAULTS = (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OverflowError)


class _Header(NamedTuple):
    dtype: Any
    shape: tuple[int, ...]
    fortran: bool
    offset: int

    @property
    def size(self) -> int:
        """Bytes of its values."""
        size: int = self.dtype.itemsize
        for length in self.shape:
            size *= length
        return size


def claims(head: bytes) -> bool:
    """Whether it begins as an array does, or as a zip whose first member is one."""
    if head.startswith(_MAGIC):
        return True
    if not head.startswith(b"PK\x03\x04") or len(head) < 30:
        return False
    length = struct.unpack("<H", head[26:28])[0]
    return head[30 : 30 + length].endswith(b".npy")


def facts(path: str) -> Facts:
    """The facts of a file, from the headers of its arrays.

    Raises:
        UnreadableDocument: if it is broken, or declares what is not there.
    """
    notes: list[str] = []
    with ExitStack() as stack:
        columns, codecs = _columns(path, stack, notes)
        found = sheets(columns, "data")
        tables = tuple(sheet.table() for sheet in found)
    return Facts(format="numpy", tables=tables, compression=codecs, notes=tuple(notes))


def batches(
    path: str, table: str | None = None, *, columns: Sequence[str] | None = None, most_bytes: int = MOST_BYTES
) -> Iterator[pa.RecordBatch]:
    """The rows of one table: mapped from a `.npy`, unpacked as they come from a `.npz`.

    Raises:
        UnreadableDocument: if it is broken, or has no such table or column.
    """
    notes: list[str] = []
    with ExitStack() as stack:
        found = sheets(_columns(path, stack, notes)[0], "data")
        try:
            yield from held_batches(path, named(path, found, table, notes), columns, most_bytes)
        except _FAULTS as error:
            raise _unreadable(path, str(error)) from None


def _unreadable(path: str, why: str) -> UnreadableDocument:
    what = f"{path} cannot be read as NumPy arrays: {' '.join(why.split())[:300]}"
    return UnreadableDocument(what, value=path, remedy=_BROKEN)


def _columns(path: str, stack: ExitStack, notes: list[str]) -> tuple[list[Held], tuple[str, ...]]:
    """The columns of a file, and the codec if it is packed."""
    try:
        file = stack.enter_context(open(path, "rb"))  # noqa: SIM115 - the stack is one
        if file.read(len(_MAGIC)) == _MAGIC:
            file.seek(0)
            return list(_mapped(path, file, notes)), ()
        return _packed(path, stack.enter_context(zipfile.ZipFile(file)), stack, notes)
    except _FAULTS as error:
        raise _unreadable(path, str(error)) from None


def _mapped(path: str, file: BinaryIO, notes: list[str]) -> Iterator[Held]:
    """The columns of a `.npy`: rows are read from the disk when they are asked for."""
    import numpy as np

    header = _header(path, file)
    if header.dtype.hasobject:
        raise _unreadable(path, _OBJECTS)
    there = os.fstat(file.fileno()).st_size - header.offset
    if header.size != there:
        raise _unreadable(path, f"it declares {header.size} bytes of values, and {there} are there")
    shape = header.shape or (1,)
    order: Any = "F" if header.fortran else "C"
    values = np.memmap(file, header.dtype, "r", header.offset, shape, order) if there else np.empty(shape, header.dtype)
    yield from plain_columns("", header.dtype, shape, lambda start, stop: np.asarray(values[start:stop]), notes)


def _packed(
    path: str, archive: zipfile.ZipFile, stack: ExitStack, notes: list[str]
) -> tuple[list[Held], tuple[str, ...]]:
    """The columns of a `.npz`, each unpacked by itself while its rows are asked for."""
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        raise _unreadable(path, f"{len(members)} arrays are in it")
    columns: list[Held] = []
    for member in members:
        name = member.filename.removesuffix(".npy")
        if name == member.filename:
            notes.append(f"{name}: no array, left aside")
            continue
        with archive.open(member) as opened:
            header = _header(f"{path}: {name}", opened)
        if header.dtype.hasobject:
            notes.append(f"{name}: {_OBJECTS}")
            continue
        fault = _bomb(member, header)
        if fault:
            raise _unreadable(path, f"{name}: {fault}")
        if not header.shape:
            notes.append(f"{name}: a single value")
            continue
        rows = _Rows(archive, member, header, stack)
        columns += plain_columns(name, header.dtype, header.shape, rows.read, notes)
    deflated = any(member.compress_type != zipfile.ZIP_STORED for member in members)
    return columns, ("deflate",) if deflated else ()


def _bomb(member: zipfile.ZipInfo, header: _Header) -> str | None:
    """Why it is not unpacked, if so."""
    if header.size != member.file_size - header.offset:
        return f"it declares {header.size} bytes of values, and {member.file_size - header.offset} are there"
    if header.size > _FREE and header.size > _MOST_RATIO * member.compress_size:
        return f"{member.compress_size} bytes unpack to {header.size}"
    if header.fortran and header.size > _MOST_WHOLE:
        return f"{header.size} bytes in Fortran's order are too many to turn round"
    return None


class _Rows:
    """The rows of an array in an archive, in their order, as they are unpacked; the columns of one share each part."""

    def __init__(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, header: _Header, stack: ExitStack) -> None:
        self._archive, self._member, self._header, self._stack = archive, member, header, stack
        self._stream: Any = None
        self._part: tuple[tuple[int, int], Any] | None = None

    def read(self, start: int, stop: int) -> Any:
        """The entries between two rows, which follow those that were read last."""
        if self._part is None or self._part[0] != (start, stop):
            self._part = (start, stop), self._next(start, stop)
        return self._part[1]

    def _next(self, start: int, stop: int) -> Any:
        import numpy as np

        header = self._header
        if self._stream is None:
            self._stream = self._stack.enter_context(self._archive.open(self._member))
            self._stream.read(header.offset)
        if header.fortran:
            if self._part is None or start == 0:
                whole = np.frombuffer(_exactly(self._stream, header.size), header.dtype)
                self._whole = whole.reshape(header.shape, order="F")
            return self._whole[start:stop]
        shape = (stop - start, *header.shape[1:])
        size = header.dtype.itemsize * int(np.prod(shape, dtype=np.int64))
        return (
            np.frombuffer(_exactly(self._stream, size), header.dtype).reshape(shape)
            if size
            else np.empty(shape, header.dtype)
        )


def _exactly(stream: Any, size: int) -> bytes:
    """So many bytes.

    Raises:
        EOFError: if there are fewer.
    """
    body: bytes = stream.read(size)
    if len(body) != size:
        raise EOFError("it ends too early")
    return body


def _header(path: str, stream: Any) -> _Header:
    """What the header of an array declares.

    Raises:
        UnreadableDocument: if it is none.
    """
    start = stream.read(8)
    if len(start) < 8 or start[:6] != _MAGIC or start[6] not in (1, 2, 3):
        raise _unreadable(path, "it does not begin as an array does")
    width, form = (2, "<H") if start[6] == 1 else (4, "<I")
    [length] = struct.unpack(form, _exactly(stream, width))
    if length > _MOST_HEADER:
        raise _unreadable(path, f"a header of {length} bytes is more than any array has")
    told = _literal(_exactly(stream, length), "utf-8" if start[6] == 3 else "latin-1")
    dtype = _type(told.get("descr"))
    shape: Any = told.get("shape")
    fits = isinstance(shape, tuple) and len(shape) <= 32 and all(type(n) is int and 0 <= n < 1 << 62 for n in shape)
    if dtype is None or not fits or not isinstance(told.get("fortran_order"), bool):
        raise _unreadable(path, "its header makes no sense")
    return _Header(dtype, shape, told["fortran_order"], 8 + width + length)


def _literal(text: bytes, encoding: str) -> dict[str, Any]:
    """The dictionary that a header is; empty if it is none."""
    try:
        found = ast.literal_eval(re.sub(r"(\d)L\b", r"\1", text.decode(encoding).strip()))  # as Python 2 wrote it
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _type(told: Any) -> Any:
    """The type that a header tells, None if there is no such type."""
    import numpy as np

    try:
        return np.lib.format.descr_to_dtype(told)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, RecursionError, MemoryError, SyntaxError):
        return None
