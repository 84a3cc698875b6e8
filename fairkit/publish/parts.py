"""Sending a large file in parts: several at once, and after a break only those that have not arrived.

Measured on InvenioRDM 14 (November 2026): a part may be sent again until the commit, in any order; one that is shorter
than it must be is answered with 200 and `errors`; nobody tells which parts are there; a commit without all of them is
answered with 200 and the digest of something else. So what has arrived stands in our journal, bound to the bytes of the
file and to the very announcement they were sent for, and the digest after the commit is compared as always. The md5 of
parts is computed by a task in the background: until it ran, there is no checksum, or an object store's `multipart:…`.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from threading import Event, Lock
from typing import Any, NamedTuple

from fairkit.errors import OutcomeUnknown, Unfinished, UnreadableDocument
from fairkit.repositories import RemoteFile
from fairkit.repositories.invenio import Invenio, Parting

from .journal import Journal
from .sending import LocalFile, digests_of

__all__ = ["Parts", "Refused", "parting"]

LEAST = 128 * 1024 * 1024
"""A file of no more bytes is sent whole: to begin again costs little."""
PART = 64 * 1024 * 1024
WORKERS = 4
"""As many as fill a fast line while each waits for its answer; what a kill may cost is a part for each."""
_MOST_PARTS = 10_000
_TRIES = 4
_CHUNK = 1024 * 1024


class Refused(Exception):  # noqa: N818 - no fault: the whole file is sent instead
    """The repository takes no parts."""


class Digests(NamedTuple):
    """What a file was found to be."""

    md5: str
    sha256: str


def parting(file: LocalFile) -> Parting | None:
    """Into how many parts of which size a file is divided; None if it is sent whole."""
    if file.size <= LEAST:
        return None
    size = max(PART, -(-file.size // _MOST_PARTS))
    return Parting(-(-file.size // size), size, file.size)


class Parts:
    """The parts of the files of one draft."""

    def __init__(
        self,
        repository: Invenio,
        draft: str,
        journal: Journal,
        *,
        pause: Callable[[float], None],
        advance: Callable[[int], None],
    ) -> None:
        self._repository, self._draft, self._journal = repository, draft, journal
        self._pause, self._advance = pause, advance
        self._lock, self._stop = Lock(), Event()

    @property
    def allowed(self) -> bool:
        """Whether the repository takes parts, as far as is known."""
        return self._journal.get("multipart") is not False

    def refuse(self) -> None:
        """Write down that the repository takes none."""
        self._journal.note("whole", multipart=False)

    def send(self, file: LocalFile, remote: RemoteFile, plan: Parting) -> Digests:
        """Send what has not arrived; the digests of the whole file, read meanwhile.

        Raises:
            Refused: if the repository takes no parts after all.
            OutcomeUnknown: if a part does not arrive.
            UnreadableDocument: if the file cannot be read, or its size changed.
        """
        token = _token(self._draft, file, remote, plan)
        left = [number for number in range(1, plan.parts + 1) if not self._has(token, number)]
        self._advance(file.size - sum(plan.length(number) for number in left))
        pool = ThreadPoolExecutor(WORKERS + 1)
        try:
            whole = pool.submit(digests_of, file, advance=self._go_on)
            every: list[Future[Any]] = [pool.submit(self._one, file, plan, token, number) for number in left]
            done, _ = wait([*every, whole], return_when=FIRST_EXCEPTION)
            for future in done:
                future.result()
            return Digests(*whole.result())
        except (KeyboardInterrupt, SystemExit):
            self._stop.set()  # whoever interrupts does not wait for the parts that are on their way
            raise
        finally:
            pool.shutdown(cancel_futures=True)

    def _go_on(self, _: int) -> None:
        """Nothing, unless we were interrupted.

        Raises:
            Unfinished: if we were.
        """
        if self._stop.is_set():
            raise Unfinished("it was interrupted", remedy="Run it again: it goes on here.")

    def _has(self, token: str, number: int) -> bool:
        return self._journal.get(f"part:{token}:{number}") is True

    def _one(self, file: LocalFile, plan: Parting, token: str, number: int) -> None:
        """One part, until it has arrived: it may be sent again without harm."""
        why, denied = "", 0
        for attempt in range(_TRIES):
            if attempt:
                self._pause(2.0 ** (attempt - 1))
            url = self._link(file, number)
            try:
                answer = self._repository.send_part(url, _Part(file, plan, number, self._advance, self._go_on))
            except OutcomeUnknown as fault:
                why = fault.what
                continue
            if answer.ok and not answer.errors:
                with self._lock:
                    self._journal.note("part", **{f"part:{token}:{number}": True})
                return
            # A link that has run out is refused like a part that is not allowed: the next one is new.
            denied += answer.status in (400, 403, 405, 501)
            why = f"it was answered with {answer.status}: {answer.message} {answer.errors or ''}".strip()
            if denied > 1:
                raise Refused(why)
        what = f"part {number} of {file.key} did not arrive: {why}"
        raise OutcomeUnknown(what, value=file.key, remedy="Run it again: it goes on here.")

    def _link(self, file: LocalFile, number: int) -> str:
        """Where a part is sent now.

        Raises:
            Refused: if nobody tells.
        """
        links = self._repository.part_links(self._draft, file.key)
        if number not in links:
            raise Refused(f"there is no link for part {number} of {file.key}")
        return links[number]


def _token(draft: str, file: LocalFile, remote: RemoteFile, plan: Parting) -> str:
    """What the parts in the journal are parts of: other bytes, or another announcement, have another."""
    told = (draft, remote.serial, file.key, file.sha256, file.size, plan.part_size)
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class _Part:
    """The body of one part; each iteration begins anew."""

    def __init__(
        self,
        file: LocalFile,
        plan: Parting,
        number: int,
        advance: Callable[[int], None],
        go_on: Callable[[int], None],
    ) -> None:
        self._file, self._advance, self._go_on = file, advance, go_on
        self._begin, self._length = (number - 1) * plan.part_size, plan.length(number)
        self._told = 0

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[bytes]:
        left = self._length
        try:
            handle = os.open(self._file.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
            with open(handle, "rb", buffering=0) as source:
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    raise OSError(0, "it is no regular file")
                source.seek(self._begin)
                while left and (chunk := source.read(min(_CHUNK, left))):
                    left -= len(chunk)
                    self._go_on(len(chunk))
                    self._tell(self._length - left)
                    yield chunk
                if left:
                    raise OSError(0, "its size changed")
        except OSError as error:
            what = f"{self._file.path} cannot be sent: {error.strerror}"
            raise UnreadableDocument(what, value=self._file.path, remedy="Package it anew.") from None

    def _tell(self, come: int) -> None:
        """Move the bar on, and never twice for the same bytes."""
        if come > self._told:
            self._advance(come - self._told)
            self._told = come
