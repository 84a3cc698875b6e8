"""A package in a ZIP archive, unpacked where it is looked into and gone afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from fairkit.errors import NotFound, UnreadableDocument, UsageError

from . import _zip_reading, fixity
from ._zip_reading import Packed

__all__ = ["Unpacked", "unpacked"]


class Unpacked(NamedTuple):
    """The folder with what was in the archive, and what could not be unpacked, each with why."""

    root: str
    faults: tuple[str, ...]


@contextmanager
def unpacked(path: str) -> Iterator[Unpacked]:
    """The files of an archive in a folder of their own among the temporary files.

    The archive is read with suspicion, as for `fairkit verify`: no name leads out, no link is made, nothing becomes
    larger than it says, and what it says must find room.

    Raises:
        NotFound: if it is no file.
        UnreadableDocument: if it is no archive, or one that contradicts itself.
        UsageError: if there is no room for what is in it.
    """
    if not os.path.isfile(path):
        raise NotFound(f"{path} is neither a folder nor an archive", value=path, remedy="Is the path right?")
    try:
        file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise UnreadableDocument(f"{path} cannot be read: {error.strerror}", value=path) from None
    try:
        files, faults = _zip_reading.directory(Path(path), file)
        with tempfile.TemporaryDirectory(prefix="fairkit-") as home:
            _refuse_size(home, sum(packed.size for packed in files.values()))
            root = os.path.join(home, "package")
            os.mkdir(root)
            told = [_unpack(file, packed, root) for packed in files.values()]
            yield Unpacked(root, (*faults, *filter(None, told)))
    finally:
        os.close(file)


def _refuse_size(home: str, needed: int) -> None:
    free = shutil.disk_usage(home).free
    if needed > free:
        what = f"there is no room to look into the archive: it needs {needed:,} bytes, and {free:,} are free in {home}"
        raise UsageError(what, value=needed, remedy="Unpack it yourself, or name another place in TMPDIR.")


def _unpack(file: int, packed: Packed, root: str) -> str | None:
    """Why a file could not be unpacked, or None."""
    place = os.path.join(root, packed.name)
    try:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "xb") as made:
            read = _zip_reading.unpacked(file, packed)
            size, found = fixity.digest(read, ("crc32",), write=made.write, most=packed.size)
    except (OSError, zlib.error) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "its bytes are broken"
        return f"{packed.name!r} cannot be unpacked: {why}"
    same = size == packed.size and found["crc32"] == f"{packed.crc32:08x}"
    return None if same else f"{packed.name!r} has other bytes than the archive says"
