"""Files into the folder of a package: digested while they are copied, in threads, and named when they are whole."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from io import FileIO
from pathlib import Path
from typing import NamedTuple

from fairkit.errors import UnreadableDocument, UsageError

from . import _threads, fixity
from ._finished import Done, Finished
from .layout import open_inside

__all__ = ["Advance", "Source", "Way", "is_finished", "is_left_over", "opened", "put", "sources", "taken", "write_all"]

Advance = Callable[[int], None]

_LEFT_OVER = re.compile(r"\.fairkit-\w+\.part")


class Source(NamedTuple):
    """A file to be packaged, as it was when the folder was looked at."""

    name: str
    size: int
    mtime_ns: int
    inode: int


class Way(NamedTuple):
    """How files get from the folder `root` into the folder `target`; the two may be the same."""

    root: Path
    target: Path
    digests: Sequence[str]
    link: bool = False

    @property
    def in_place(self) -> bool:
        return self.root == self.target


def is_left_over(name: str) -> bool:
    """Whether a file of this name is what a run that was killed left of a copy."""
    return _LEFT_OVER.fullmatch(name) is not None


def sources(root: Path, names: Iterable[str]) -> list[Source]:
    """The files of these names as they are now.

    Raises:
        UnreadableDocument: if one is not there any more.
    """
    found = []
    for name in names:
        try:
            told = os.stat(root / name)
        except OSError as error:
            raise _unread(name, error) from None
        found.append(Source(name, told.st_size, told.st_mtime_ns, told.st_ino))
    return found


def put(every: Iterable[Source], way: Way, finished: Finished, *, jobs: int, advance: Advance) -> list[Done]:
    """Bring the files into the package; those that are finished already are not read again.

    Raises:
        UnreadableDocument: if a file cannot be read, or changes while it is.
        UsageError: if the package cannot be written.
    """
    largest_first = sorted(every, key=lambda source: (-source.size, source.name))  # so that no thread is left with one
    return _threads.run(partial(_put, way=way, finished=finished), largest_first, jobs=jobs, advance=advance)


def _put(source: Source, advance: Advance, *, way: Way, finished: Finished) -> Done:
    if is_finished(source, way, finished):
        advance(source.size)
        return finished.files[source.name]
    with opened(way.root, source.name) as file:
        if way.in_place:
            done = taken(file, source, way.digests, advance=advance)
            finished.add(done)
            return done
        try:
            return _moved_in(file, source, way, finished, advance)
        except OSError as error:
            what = f"cannot write {way.target / source.name}: {error.strerror}"
            raise UsageError(what, value=source.name, remedy="Is there room, and may you write there?") from None


def is_finished(source: Source, way: Way, finished: Finished) -> bool:
    """Whether a file is in the package just as its source is now, with all the digests that are wanted."""
    done = finished.files.get(source.name)
    if done is None or done[1:4] != source[1:] or not done.digests.keys() >= set(way.digests):
        return False
    try:
        told = os.stat(way.target / source.name, follow_symlinks=way.in_place)
    except OSError:
        return False
    # A copy has the time of its source, so whoever changes it is found out.
    return (told.st_size, told.st_mtime_ns) == (source.size, source.mtime_ns)


def _moved_in(file: FileIO, source: Source, way: Way, finished: Finished, advance: Advance) -> Done:
    """Make a second name or a copy beside its place, note what it is, and move it into its place."""
    target = way.target / source.name
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".fairkit-{secrets.token_hex(8)}.part")
    try:
        if way.link and _has_second_name(file, way.root / source.name, part):
            done = taken(file, source, way.digests, advance=advance)
        else:
            done = _copied(file, source, part, way.digests, advance)
        finished.add(done)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)  # two names of one file are not replaced by each other
    return done


def _has_second_name(file: FileIO, source: Path, part: Path) -> bool:
    """Give the open file a second name, if its file system can."""
    with contextlib.suppress(OSError):
        os.link(os.path.realpath(source), part, follow_symlinks=False)
        if os.path.samestat(os.lstat(part), os.fstat(file.fileno())):
            return True
    part.unlink(missing_ok=True)
    return False


def _copied(file: FileIO, source: Source, part: Path, digests: Sequence[str], advance: Advance) -> Done:
    with open(part, "xb", buffering=0) as copy:
        done = taken(file, source, digests, write=partial(write_all, copy), advance=advance)
    if runs := os.fstat(file.fileno()).st_mode & 0o111:  # a program stays one
        os.chmod(part, os.stat(part).st_mode & 0o777 | runs)
    os.utime(part, ns=(source.mtime_ns, source.mtime_ns))
    return done


def write_all(copy: FileIO, data: memoryview) -> None:
    """Write all of it: a disk that is nearly full takes a part."""
    while data:
        data = data[copy.write(data) :]


@contextlib.contextmanager
def opened(root: Path, name: str) -> Iterator[FileIO]:
    """A file inside a folder, open for reading.

    Raises:
        UnreadableDocument: if it cannot be opened, or lies outside by now.
    """
    try:
        file = FileIO(open_inside(root, name, links=True))
    except OSError as error:
        raise _unread(name, error) from None
    with file:
        yield file


def taken(
    file: FileIO,
    source: Source,
    digests: Sequence[str],
    *,
    write: Callable[[memoryview], object] | None = None,
    advance: Advance,
) -> Done:
    """Read a file once, and write it on where that is wanted.

    Raises:
        UnreadableDocument: if it cannot be read to its end, or is not what it was when the folder was looked at.
    """
    size, found = fixity.digest(file.readinto, digests, write=write, advance=advance, most=source.size)
    told = os.fstat(file.fileno())
    if (size, told.st_size, told.st_mtime_ns, told.st_ino) != (source.size, *source[1:]):
        what = f"{source.name} changes while it is read"
        raise UnreadableDocument(what, value=source.name, remedy="Wait until it is written, and run this again.")
    return Done(*source, found)


def _unread(name: str, error: OSError) -> UnreadableDocument:
    what = f"{name!r} cannot be read: {error.strerror or error}"
    return UnreadableDocument(what, value=name, remedy="Is it still there, and may you read it?")
