"""A package as one ZIP archive: the files stored as they are, each read once, in threads, taken up again after a kill.

Files that are stored have their places in the archive before a byte of them is read. So several are written at once,
and what is finished stays where it is when the work is broken off.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, Self

from fairkit.errors import UsageError

from . import _threads, _zip, names
from ._copying import Advance, Source, opened, sources, taken
from ._finished import Done, Finished
from ._zip import Member

__all__ = ["Archive", "pack", "size_of"]


class _Placed(NamedTuple):
    source: Source
    name: bytes
    place: int


class Archive:
    """An archive under way: `put` the files, `add` the documents, `close` it; until then it has another name.

    Raises:
        UsageError: for names that an archive may not hold, and if it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path.with_name(f".{path.name}.part")
        self.finished = Finished(path.with_name(f".{path.name}.jsonl"))
        self._members: list[Member] = []
        self._after = 0
        try:
            self._file = os.open(self.part, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        except OSError as error:
            raise _unwritten(path, error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)

    def held(self) -> int:
        """The bytes of it that are on the disk already."""
        return sum(done.size for done in self.finished.files.values())

    def put(
        self, root: Path, every: Iterable[Source], digests: Sequence[str], *, jobs: int, advance: Advance
    ) -> list[Done]:
        """Write the files of a folder, but for those that are finished.

        Raises:
            UnreadableDocument: if one cannot be read, or changes while it is.
        """
        placed = [self._placed(source) for source in sorted(every)]
        placed.sort(key=lambda one: -one.source.size)
        work = partial(self._written, root=root, digests=(*digests, "crc32"))
        done = _threads.run(work, placed, jobs=jobs, advance=advance)
        self._members += [_member(one, of) for one, of in zip(placed, done, strict=True)]
        return done

    def add(self, name: str, body: bytes) -> None:
        """Write a document after what is there."""
        from zlib import crc32

        member = Member(_checked(name), len(body), crc32(body), self._after)
        self._write(_zip.header(member) + body, member.place)
        self._after += _zip.header_size(member.name, member.size) + member.size
        self._members.append(member)

    def close(self) -> None:
        """Write the directory, and give the archive its name."""
        self._members.sort(key=lambda member: member.place)
        directory = b"".join(map(_zip.central, self._members))
        ending = _zip.end(len(self._members), size=len(directory), place=self._after)
        self._write(directory + ending, self._after)
        try:
            os.truncate(self._file, self._after + len(directory) + len(ending))  # a longer one was begun before
            os.replace(self.part, self.path)
        except OSError as error:
            raise _unwritten(self.path, error) from None
        self.finished.path.unlink(missing_ok=True)

    def _placed(self, source: Source) -> _Placed:
        name = _checked(source.name)
        place = self._after
        self._after += _zip.header_size(name, source.size) + source.size
        return _Placed(source, name, place)

    def _written(self, placed: _Placed, advance: Advance, *, root: Path, digests: Sequence[str]) -> Done:
        source = placed.source
        done = self.finished.files.get(source.name)
        whole = done is not None and (done[1:4], done.place) == (source[1:], placed.place)
        if done is not None and whole and done.digests.keys() >= set(digests):
            advance(source.size)
            return done
        start = placed.place + _zip.header_size(placed.name, source.size)
        with opened(root, source.name) as file:
            place = start

            def write(data: memoryview) -> None:
                nonlocal place
                self._write(data, place)
                place += len(data)

            done = taken(file, source, digests, write=write, advance=advance)._replace(place=placed.place)
        self._write(_zip.header(_member(placed, done)), placed.place)
        self.finished.add(done)
        return done

    def _write(self, data: bytes | memoryview, place: int) -> None:
        left = memoryview(data)
        try:
            while left:
                count = os.pwrite(self._file, left, place)
                left, place = left[count:], place + count
        except OSError as error:
            raise _unwritten(self.path, error) from None


def pack(path: Path, *, root: Path, files: Iterable[str], advance: Advance = lambda _: None) -> dict[str, str]:
    """Make one archive of files below `root`, the same bytes whenever; the sha256 of each of them.

    Raises:
        UnreadableDocument: if a file cannot be read.
        UsageError: if the archive cannot be written, or may not hold a name.
    """
    with Archive(path) as archive:
        done = archive.put(root, sources(root, files), ("sha256",), jobs=_threads.cores(), advance=advance)
        archive.close()
    return {one.name: one.digests["sha256"] for one in done}


def size_of(files: Iterable[tuple[str, int]]) -> int:
    """The size of the archive of files with these names and sizes, in bytes."""
    place = directory = count = 0
    for name, size in sorted(files):
        written = _checked(name)
        directory += len(_zip.central(Member(written, size, 0, place)))
        place += _zip.header_size(written, size) + size
        count += 1
    return place + directory + len(_zip.end(count, size=directory, place=place))


def _member(placed: _Placed, done: Done) -> Member:
    return Member(placed.name, placed.source.size, int(done.digests["crc32"], 16), placed.place)


def _checked(name: str) -> bytes:
    why = names.fault(name, foreign=True)
    if why is not None:
        remedy = "Rename it, or make a package that is a folder."
        raise UsageError(f"{name!r} cannot be in an archive: {why}", value=name, remedy=remedy)
    return name.encode()


def _unwritten(path: Path, error: OSError) -> UsageError:
    what = f"cannot write {path}: {error.strerror}"
    return UsageError(what, value=str(path), remedy="Is the folder there, is there room, and may you write there?")
