"""Files of text, compressed or not, read as a stream that stops where a bomb goes off."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from fairkit.errors import UnreadableDocument

__all__ = ["SCANNED", "compression", "opened", "unreadable"]

SCANNED = 256 * 1024 * 1024
"""Bytes of text that facts go through for the types and the number of rows; of a larger file they tell the columns."""
_FREE = 1024**3
_MOST_RATIO = 200
"""Text of numbers shrinks to a third or a tenth, gzip can shrink a thousandfold and bzip2 forty thousandfold."""
_OPENERS: dict[str | None, Any] = {None: open, "gzip": gzip.open, "bzip2": bz2.open}
_MAGIC = {b"\x1f\x8b": "gzip", b"BZh": "bzip2"}


def compression(path: str) -> str | None:
    """The codec of a file by its first bytes: gzip, bzip2 or none."""
    with open(path, "rb") as file:
        head = file.read(3)
    return next((name for magic, name in _MAGIC.items() if head.startswith(magic)), None)


@contextmanager
def opened(path: str, what: str) -> Iterator[BinaryIO]:
    """The text of a file without its compression, as bytes; whatever goes wrong while it is open is told of as ours.

    Raises:
        UnreadableDocument: if it cannot be read, is cut off, or expands beyond all measure.
    """
    try:
        codec = compression(path)
        with _OPENERS[codec](path, "rb") as plain:
            most = None if codec is None else max(_FREE, _MOST_RATIO * os.path.getsize(path))
            yield plain if most is None else cast(BinaryIO, io.BufferedReader(_Capped(plain, path, most), 1 << 20))
    except (OSError, EOFError, zlib.error) as error:
        raise unreadable(path, what, str(getattr(error, "strerror", None) or error)) from None


def unreadable(path: str, what: str, why: str) -> UnreadableDocument:
    """The error of a file that is no `what`."""
    remedy = "Was it copied whole? Is it what its name says?"
    return UnreadableDocument(f"{path} cannot be read as {what}: {why}", value=path, remedy=remedy)


class _Capped(io.RawIOBase):
    """A stream that ends in an error beyond a number of bytes."""

    def __init__(self, stream: BinaryIO, path: str, most: int) -> None:
        self._stream = stream
        self._path = path
        self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        body = self._stream.read(len(buffer))
        self._left -= len(body)
        if self._left < 0:
            what = f"{self._path} expands to more than {_MOST_RATIO} times its size"
            raise UnreadableDocument(what, value=self._path, remedy="If you trust it, decompress it first.")
        buffer[: len(body)] = body
        return len(body)
