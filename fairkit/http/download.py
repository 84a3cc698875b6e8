"""A file that is downloaded: the part that has come, and whether what still comes belongs to it."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, NoReturn, Self

from fairkit.errors import AuthenticationError, NotFound, TooLarge, Unreachable, UsageError
from fairkit.http.message import Lasting, Response

__all__ = ["MOST_BYTES", "Part"]

MOST_BYTES = 1024**4
"""No file of a record is larger (measured: the largest of CERN Open Data has some hundred GB)."""

_RANGE = re.compile(r"bytes (\d{1,19})-(\d{1,19})/(\d{1,19}|\*)")
_LENGTH = re.compile(r"\d{1,19}")
_LEAST_SECONDS = 120.0
_SLOWEST = 100_000
"""Bytes a second: a server that is slower for a whole file holds us for nothing."""
_LATER = "Run it again: what has come is kept."


class Part:
    """The first bytes of a file at `path`, and in `path.json` which version of which file they are of.

    It is a `Sink`: the bytes of an answer that go on where it ends are added, other ones take its place.
    """

    def __init__(
        self,
        path: Path,
        *,
        url: str,
        byte_size: int | None,
        most: int,
        checked: bool,
        advance: Callable[[int], None],
    ) -> None:
        self.path = path
        self.size = 0
        self._url = url
        self._wanted = byte_size
        self._most = most if byte_size is None else byte_size
        self._checked = checked
        self._advance = advance
        self._told = path.with_name(f"{path.name}.json")
        self._version = self._read_version()
        self._file: BinaryIO | None = None
        if path.is_file() and not path.is_symlink() and (self._version is not None or checked):
            self._grow(path.stat().st_size)

    @property
    def is_whole(self) -> bool:
        """Whether all of the bytes are there, as far as their number is known."""
        return self._wanted is not None and self.size == self._wanted and self.path.is_file()

    @property
    def seconds(self) -> float:
        """How long the rest may take."""
        return _LEAST_SECONDS + (self._most - self.size) / _SLOWEST

    def __enter__(self) -> Self:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        try:
            with contextlib.ExitStack() as opened:
                self._file = opened.enter_context(open(os.open(self.path, flags, 0o666), "r+b", buffering=0))
                self._cut(self.size if self.size <= self._most else 0)
                opened.pop_all()
        except OSError as error:
            self._unwritten(error)
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def headers(self) -> dict[str, str]:
        """Ask for the rest, if the file is still the same (RFC 9110, 13.1.5)."""
        if not self.size:
            return {}
        condition = {"if-range": self._version} if self._version else {}
        return {"range": f"bytes={self.size}-", **condition}

    def opens(self, status: int, headers: Mapping[str, str]) -> bool:
        """Whether the body of an answer is the file, or the rest of it."""
        if status == 416 and self.size:  # the part is longer than the file: it was another one
            self._begin_anew(None)
            raise Unreachable(f"{self._url} is another file by now", value=self._url, remedy=_LATER)
        if status not in (200, 206):
            return False
        packed = headers.get("content-encoding", "identity").strip().lower() not in ("", "identity")
        if packed and self._wanted is None and not self._checked:
            what = f"{self._url} comes packed, though that was not asked for, and nothing tells what it should be"
            raise Lasting(what, value=self._url, remedy="Download it by other means.")
        version = _version(headers)
        if status == 206:
            self._goes_on(headers, version)
        else:
            length = _LENGTH.fullmatch(headers.get("content-length", ""))
            self._check_size(int(length[0]) if length else None)
            self._begin_anew(version)
        return True

    def _goes_on(self, headers: Mapping[str, str], version: str | None) -> None:
        """Raises unless the answer begins where the part ends, and is of the same version."""
        if self._version is not None and version is not None and version != self._version:
            self._begin_anew(None)
            raise Unreachable(f"{self._url} has changed meanwhile", value=self._url, remedy=_LATER)
        told = _RANGE.fullmatch(headers.get("content-range", "").strip())
        if told is None or int(told[1]) != self.size or not self.size:
            what = f"{self._url} answers with a part of the file that was not asked for"
            raise Lasting(what, value=self._url, remedy="Report it to the operators of the server.")
        self._check_size(None if told[3] == "*" else int(told[3]))

    def _check_size(self, size: int | None) -> None:
        if size is not None and self._wanted is not None and size != self._wanted:
            what = f"{self._url} has {size:,} bytes, and should have {self._wanted:,}"
            raise Lasting(what, value=self._url, remedy="It is not the file that is described: tell who keeps it.")
        if size is not None and size > self._most:
            self._too_large()

    def take(self, chunk: bytes) -> None:
        """Add bytes to the part."""
        if self.size + len(chunk) > self._most:
            self._too_large()
        left = memoryview(chunk)
        try:
            while left and self._file is not None:
                left = left[self._file.write(left) :]
        except OSError as error:
            self._unwritten(error)
        self._grow(len(chunk))

    def conclude(self, response: Response) -> None:
        """Raises unless the answer was the file, all of it."""
        where, status = self._url, response.status
        if status in (404, 410):
            raise NotFound(f"there is no file at {where} (status {status})", value=where, remedy="Is the record right?")
        if status in (401, 403):
            what = f"{where} is not for everybody (status {status})"
            raise AuthenticationError(what, value=where, remedy="Ask who keeps it for access.")
        if status not in (200, 206):
            raise Unreachable(f"{where} answered with status {status}", value=where, remedy=_LATER)
        if self._wanted is not None and self.size != self._wanted:
            what = f"{where} ended after {self.size:,} bytes of {self._wanted:,}"
            raise Unreachable(what, value=where, remedy=_LATER)

    def _begin_anew(self, version: str | None) -> None:
        self._cut(0)
        self._version = version
        told = {"url": self._url, "version": version}
        try:
            if version is not None:
                self._told.unlink(missing_ok=True)  # it may be a link by now
                self._told.write_text(json.dumps(told), "utf-8")
            else:
                self._told.unlink(missing_ok=True)
        except OSError as error:
            self._unwritten(error)

    def _cut(self, size: int) -> None:
        if self._file is not None:
            self._file.truncate(size)
            self._file.seek(size)
        self._grow(size - self.size)

    def _grow(self, count: int) -> None:
        self.size += count
        self._advance(count)

    def _read_version(self) -> str | None:
        """The version that the part is of, if it is of this file."""
        try:
            told = json.loads(self._told.read_bytes()) if not self._told.is_symlink() else {}
        except (OSError, ValueError, RecursionError):
            return None
        version = told.get("version") if isinstance(told, dict) and told.get("url") == self._url else None
        return version if isinstance(version, str) and version.isprintable() and version.isascii() else None

    def _too_large(self) -> NoReturn:
        what = f"{self._url} has more than the {self._most:,} bytes that it should have"
        raise TooLarge(what, value=self._url, remedy="It is not the file that is described: tell who keeps it.")

    def _unwritten(self, error: OSError) -> NoReturn:
        what = f"cannot write {self.path}: {error.strerror}"
        raise UsageError(what, value=str(self.path), remedy="Is there room, and may you write there?") from None


def _version(headers: Mapping[str, str]) -> str | None:
    """What tells this version of a file from others: a strong ETag, else the time of its last change."""
    tag = headers.get("etag", "").strip()
    return tag if tag.startswith('"') else headers.get("last-modified", "").strip() or None
