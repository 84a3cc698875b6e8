"""Fixity: whether every file of a package is there as its manifest says, and none besides."""

from __future__ import annotations

import errno
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from io import FileIO
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Protocol

from fairkit.errors import NotFound, UnreadableDocument
from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word
from fairkit.ocfl.inside import inside
from fairkit.ocfl.storage import Version

from . import _threads, _zip_reading, fixity, manifest
from ._documented import disagreements
from ._finished import STATE
from .layout import MANIFEST, open_inside
from .manifest import Entry
from .progress import SILENT, Progress

__all__ = ["Fixity", "verify"]

_MOST_DOCUMENT = 64 * 1024 * 1024

_Read = Callable[[memoryview], int | None]
_State = Literal["as it should be", "missing", "changed", "refused"]


@word
class Fixity(Frozen):
    """Whether a package is as it was made."""

    root: Annotated[str, Term(SDO.url, "The folder, or the archive")]
    passed: Annotated[bool, Term(FAIRKIT.passed, "Whether nothing is wrong with it")]
    files: Annotated[int, Term(FAIRKIT.fileCount, "How many files its manifest names")]
    byte_size: Annotated[int, Term(SDO.contentSize, "The bytes that were read", unit="byte")]
    missing: Annotated[tuple[str, ...], Term(FAIRKIT.missingFile, "Files of the manifest that are not there")] = ()
    changed: Annotated[tuple[str, ...], Term(FAIRKIT.changedFile, "Files with other bytes than the manifest says")] = ()
    extra: Annotated[tuple[str, ...], Term(FAIRKIT.extraFile, "Files that the manifest does not name")] = ()
    aside: Annotated[
        tuple[str, ...], Term(FAIRKIT.asideFile, "Hidden files and folders beside it, which are no part of a package")
    ] = ()
    faults: Annotated[
        tuple[str, ...],
        Term(FAIRKIT.fault, "What else is wrong: lines of the manifest, links, documents that contradict it"),
    ] = ()


class _Holder(Protocol):
    """A folder or an archive with a package in it."""

    faults: tuple[str, ...]

    def names(self, named: frozenset[str]) -> tuple[set[str], list[str]]:
        """All that is in it but folders, and what is hidden and not `named`, by itself or with what is in it."""

    def size(self, name: str) -> int:
        """The bytes of a file, 0 where it is not there."""

    def reading(self, name: str) -> AbstractContextManager[_Read | None]:
        """What reads a file, None if there is none; raises OSError for what is no plain file."""


class _Checked(NamedTuple):
    path: str
    state: _State
    size: int = 0


def verify(path: str, *, jobs: int | None = None, progress: Progress = SILENT) -> Fixity:
    """Read every byte of the package at `path`, a folder, a ZIP archive or an object, and hold it against the manifest.

    No link is followed, and nothing that leads out of the package is looked at: both are faults.

    Raises:
        NotFound: if there is nothing there, or no manifest, as where a package is not finished.
        UnreadableDocument: if it is an archive that contradicts itself, or cannot be read.
    """
    with _held(path) as holder:
        body = _body(holder, MANIFEST, manifest.MOST_BYTES)
        if body is None:
            what = f"{path} is no package, or one that is not finished: it has no {MANIFEST}"
            raise NotFound(what, value=path, remedy="Make one:  fairkit package DIR -o PKG")
        told = manifest.parse(body)
        progress.begin(sum(holder.size(entry.path) for entry in told.entries))
        work = partial(_checked, holder=holder)
        every = _threads.run(work, told.entries, jobs=jobs or _threads.cores(), advance=progress.advance)
        named = frozenset(entry.path for entry in told.entries)
        there, aside = holder.names(named)
        extra = there - named - {MANIFEST}
        sound = {one.path for one in every if one.state == "as it should be"}
        digests = {entry.path: entry.sha256 for entry in told.entries}
        documents = disagreements(lambda name: _body(holder, name, _MOST_DOCUMENT) if name in sound else None, digests)
        lines = tuple(f"{MANIFEST}: {fault}" for fault in told.faults)
        empty = (f"{MANIFEST} names no file",) if not told.entries else ()
        found = _told(path, every, sorted(extra), (*holder.faults, *lines, *empty, *documents))
        return replace(found, aside=tuple(sorted(set(aside) - {STATE})))


def _told(path: str, every: list[_Checked], extra: Iterable[str], faults: tuple[str, ...]) -> Fixity:
    missing, changed, refused = (
        tuple(one.path for one in every if one.state == state) for state in ("missing", "changed", "refused")
    )
    extra = tuple(extra)
    faults += tuple(f"{name} is a link, lies behind one, or is no file: it is not read" for name in refused)
    return Fixity(
        root=path,
        passed=not (missing or changed or extra or faults),
        files=len(every),
        byte_size=sum(one.size for one in every),
        missing=missing,
        changed=changed,
        extra=extra,
        faults=faults,
    )


def _checked(entry: Entry, advance: Callable[[int], None], *, holder: _Holder) -> _Checked:
    most = holder.size(entry.path)
    try:
        with holder.reading(entry.path) as read:
            if read is None:
                return _Checked(entry.path, "missing")
            size, found = fixity.digest(read, ("sha256",), advance=advance, most=most)
    except OSError as error:
        return _Checked(entry.path, "changed" if error.errno == errno.EIO else "refused")
    except zlib.error:
        return _Checked(entry.path, "changed")
    same = size == most and found["sha256"] == entry.sha256
    return _Checked(entry.path, "as it should be" if same else "changed", size)


def _body(holder: _Holder, name: str, most: int) -> bytes | None:
    """The bytes of a document, None if there is none.

    Raises:
        UnreadableDocument: if it is no plain file, or larger than such a document may be.
    """
    parts: list[bytes] = []
    try:
        with holder.reading(name) as read:
            if read is None:
                return None
            size, _ = fixity.digest(read, (), write=lambda data: parts.append(bytes(data)), most=most)
    except (OSError, zlib.error) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise UnreadableDocument(f"{name} cannot be read: {why}", value=name) from None
    if size > most:
        raise UnreadableDocument(f"{name} is larger than {most:,} bytes", value=name)
    return b"".join(parts)


@contextmanager
def _held(path: str) -> Iterator[_Holder]:
    place = Path(path)
    stored = inside(path)
    if stored is not None and not stored.name:
        yield _InObject(stored.version)
        return
    if place.is_dir():
        yield _InFolder(place)
        return
    if not place.is_file():
        what = f"{path} is neither a folder nor an archive" if place.exists() else f"there is no {path}"
        raise NotFound(what, value=path, remedy="Is the path right?")
    try:
        file = os.open(place, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise UnreadableDocument(f"{path} cannot be read: {error.strerror}", value=path) from None
    try:
        yield _InArchive(place, file)
    finally:
        os.close(file)


def _is_named(path: str, named: frozenset[str]) -> bool:
    return path in named or any(one.startswith(f"{path}/") for one in named)


class _InFolder:
    faults: tuple[str, ...] = ()

    def __init__(self, root: Path) -> None:
        self._root = root

    def names(self, named: frozenset[str]) -> tuple[set[str], list[str]]:
        found: set[str] = set()
        aside: list[str] = []
        waiting = [""]
        while waiting:
            here = waiting.pop()
            try:
                entries = list(os.scandir(self._root / here))
            except OSError as error:
                what = f"the folder {self._root / here} cannot be listed: {error.strerror}"
                raise UnreadableDocument(what, value=str(self._root / here), remedy="May you read it?") from None
            for entry in entries:
                path = f"{here}/{entry.name}" if here else entry.name
                if entry.name.startswith(".") and not _is_named(path, named):
                    aside.append(path)
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                else:
                    found.add(path)
        return found, aside

    def size(self, name: str) -> int:
        try:
            return os.lstat(self._root / name).st_size
        except OSError:
            return 0

    @contextmanager
    def reading(self, name: str) -> Iterator[_Read | None]:
        try:
            file = FileIO(open_inside(self._root, name))
        except FileNotFoundError:
            yield None
            return
        with file:
            yield file.readinto


class _InObject:
    """A package that is a version of an object in a local repository."""

    faults: tuple[str, ...] = ()

    def __init__(self, version: Version) -> None:
        self._files = version.files

    def names(self, named: frozenset[str]) -> tuple[set[str], list[str]]:
        return set(self._files), []

    def size(self, name: str) -> int:
        return self._files[name].size if name in self._files else 0

    @contextmanager
    def reading(self, name: str) -> Iterator[_Read | None]:
        if name not in self._files:
            yield None
            return
        with FileIO(self._files[name].path) as file:
            yield file.readinto


class _InArchive:
    def __init__(self, path: Path, file: int) -> None:
        self._file = file
        self._files, self.faults = _zip_reading.directory(path, file)

    def names(self, named: frozenset[str]) -> tuple[set[str], list[str]]:
        return set(self._files) - {STATE}, []  # whoever packs an archive chooses what is in it

    def size(self, name: str) -> int:
        return self._files[name].size if name in self._files else 0

    @contextmanager
    def reading(self, name: str) -> Iterator[_Read | None]:
        yield _zip_reading.unpacked(self._file, self._files[name]) if name in self._files else None
