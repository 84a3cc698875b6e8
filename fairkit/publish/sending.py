"""A local file on its way: read once, its digests taken from the very bytes that are sent."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import NamedTuple

from fairkit.errors import UnreadableDocument

__all__ = ["LocalFile", "Sending", "digests_of", "md5_of"]

_CHUNK = 2 * 1024 * 1024


class LocalFile(NamedTuple):
    """A file of the package: its name in the repository, where it is, and what it must be."""

    key: str
    path: str
    size: int
    sha256: str


class Sending:
    """The body of an upload; `md5` and `sha256` are those of the last whole iteration."""

    def __init__(self, file: LocalFile, *, advance: Callable[[int], None] = lambda _: None) -> None:
        self._file = file
        self._advance = advance
        self.md5 = ""
        self.sha256 = ""

    def __len__(self) -> int:
        return self._file.size

    def __iter__(self) -> Iterator[bytes]:
        """The bytes of the file.

        Raises:
            UnreadableDocument: if it cannot be read, or is no longer as long as it was.
        """
        md5, sha256, left = hashlib.md5(usedforsecurity=False), hashlib.sha256(), self._file.size
        beside, hashing = ThreadPoolExecutor(2), list[Future[None]]()
        try:
            # Links are not followed: what is sent must be what was packaged, whoever else can write to the folder.
            handle = os.open(self._file.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
            with open(handle, "rb", buffering=0) as file:
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    raise OSError(0, "it is no regular file")
                while left and (chunk := file.read(min(_CHUNK, left))):
                    # Digests take longer than reading and a fast network: they are taken meanwhile.
                    wait(hashing)
                    hashing = [beside.submit(digest.update, chunk) for digest in (md5, sha256)]
                    left -= len(chunk)
                    self._advance(len(chunk))
                    yield chunk
                if left or file.read(1):
                    raise OSError(0, "its size changed")
        except OSError as error:
            what = f"{self._file.path} cannot be sent: {error.strerror}"
            raise UnreadableDocument(what, value=self._file.path, remedy="Package it anew.") from None
        finally:
            beside.shutdown()
        self.md5, self.sha256 = md5.hexdigest(), sha256.hexdigest()


def digests_of(file: LocalFile, *, advance: Callable[[int], None] = lambda _: None) -> tuple[str, str]:
    """The md5 and the sha256 of a file.

    Raises:
        UnreadableDocument: if it cannot be read, or is no longer as long as it was.
    """
    body = Sending(file, advance=advance)
    for _ in body:
        pass
    return body.md5, body.sha256


def md5_of(file: LocalFile) -> str:
    """The md5 of a file that the repository has already.

    Raises:
        UnreadableDocument: if it cannot be read, or is not what was packaged.
    """
    md5, sha256 = digests_of(file)
    if sha256 != file.sha256:
        raise UnreadableDocument(
            f"{file.path} is not what was packaged: its sha256 differs", value=file.path, remedy="Package it anew."
        )
    return md5
