"""A ZIP archive read with suspicion: every byte belongs to one file, and its two descriptions agree.

Readers differ in what they believe of an archive, and what they believe differently can hide: so whatever is told twice
must be told alike. Nothing is unpacked to the disk.
"""

from __future__ import annotations

import os
import stat
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from fairkit.errors import UnreadableDocument

from . import names
from ._zip import CENTRAL, END, END64, EXTRA64, LOCAL, LOCATOR, MOST16, MOST32, UTF8

__all__ = ["Directory", "Packed", "directory", "unpacked"]

_MOST_DIRECTORY = 512 * 1024 * 1024
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _DESCRIBED_AFTER = 0x41, 0x8
_SWOLLEN, _MOST_RATIO = 16 * 1024 * 1024, 200
"""A file that is larger than the first and is packed by more than the second is a bomb: no data pack so well."""
_CHUNK = 1024 * 1024


class Packed(NamedTuple):
    """A file in an archive; its packed bytes begin at `start`."""

    name: str
    method: int
    crc32: int
    packed: int
    size: int
    place: int
    start: int = 0


class Directory(NamedTuple):
    """The files of an archive by name, and those that are refused, each with why."""

    files: dict[str, Packed]
    faults: tuple[str, ...]


class _Central(NamedTuple):
    """A record of the directory as it stands there."""

    raw: bytes
    flags: int
    made_by: int
    attributes: int
    packed: Packed


def directory(path: Path, file: int) -> Directory:
    """What is in the archive that is open as `file`.

    Raises:
        UnreadableDocument: if it is no archive, or one whose parts contradict each other.
    """
    size = os.fstat(file).st_size
    count, length, place, after = _ending(path, file, size)
    if place + length != after:
        raise _broken(path, "its directory is not where its end says")
    if length > _MOST_DIRECTORY:
        raise _broken(path, "its directory is larger than any that fairkit reads")
    records = list(_records(path, os.pread(file, length, place)))
    if len(records) != count:
        raise _broken(path, f"its end says {count:,} files, its directory {len(records):,}")
    files: dict[str, Packed] = {}
    faults: list[str] = []
    reached = 0
    for record in sorted(records, key=lambda one: one.packed.place):
        packed = record.packed
        if packed.place != reached:
            how = "overlap" if packed.place < reached else "have bytes between them that belong to none"
            raise _broken(path, f"its files {how}, at {packed.name!r}")
        start, reached = _local(path, file, record, limit=place)
        why = _refused(record) or (f"{packed.name!r} is in it twice" if packed.name in files else None)
        if why is not None:
            faults.append(why)
        elif not packed.name.endswith("/"):
            files[packed.name] = packed._replace(start=start)
    if reached != place:
        raise _broken(path, "it has bytes that belong to no file before its directory")
    return Directory(files, tuple(faults))


def _ending(path: Path, file: int, size: int) -> tuple[int, int, int, int]:
    """The number of files, the length and place of the directory, and where it must end."""
    tail = os.pread(file, 22 + MOST16, max(0, size - 22 - MOST16))
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < 22:
        raise _broken(path, "it has no directory")
    disk, start, here, count, length, place, comment = struct.unpack_from("<4H2IH", tail, at + 4)
    if at + 22 + comment != len(tail):
        raise _broken(path, "something stands after its end")
    if disk or start or here != count:
        raise _broken(path, "it is one of several parts")
    after = size - len(tail) + at
    if after < 20 or os.pread(file, 4, after - 20) != LOCATOR:
        if count == MOST16 or MOST32 in (length, place):
            raise _broken(path, "it needs ZIP64 and does not have it")
        return count, length, place, after
    return _ending64(path, file, (count, length, place), after - 20)


def _ending64(path: Path, file: int, small: tuple[int, int, int], locator: int) -> tuple[int, int, int, int]:
    disk, record, disks = struct.unpack("<IQI", os.pread(file, 16, locator + 4))
    body = os.pread(file, 56, record) if record < locator else b""
    if len(body) < 56 or body[:4] != END64 or disk or disks > 1:
        raise _broken(path, "the end of its ZIP64 part is not where it should be")
    length, _, _, disk, start, here, count, size, place = struct.unpack("<Q2H2I4Q", body[4:])
    if record + 12 + length != locator or disk or start or here != count:
        raise _broken(path, "its ZIP64 part is one of several, or has a length that is not its own")
    for told, large, most in zip(small, (count, size, place), (MOST16, MOST32, MOST32), strict=True):
        if told not in (most, large):
            raise _broken(path, "its two ends contradict each other")
    return count, size, place, record


def _records(path: Path, body: bytes) -> Iterator[_Central]:
    at = 0
    while at < len(body):
        if body[at : at + 4] != CENTRAL or len(body) - at < 46:
            raise _broken(path, "its directory is broken")
        fields = struct.unpack_from("<6H3I5H2I", body, at + 4)
        made_by, _, flags, method, _, _, crc, packed, size, name, extra, comment, disk, _, attributes, place = fields
        raw = body[at + 46 : at + 46 + name]
        more = body[at + 46 + name : at + 46 + name + extra]
        at += 46 + name + extra + comment
        if at > len(body) or disk:
            raise _broken(path, "its directory is broken")
        size, packed, place = _large(path, more, (size, packed, place))
        told = Packed(_text(path, raw, flags), method, crc, packed, size, place)
        yield _Central(raw, flags, made_by >> 8, attributes, told)


def _large(path: Path, extra: bytes, small: tuple[int, ...]) -> tuple[int, ...]:
    """The numbers of a record, with those that did not fit taken from its ZIP64 part; no other may stand there."""
    found: list[bytes] = []
    at = 0
    while len(extra) - at >= 4:
        kind, length = struct.unpack_from("<HH", extra, at)
        found += [extra[at + 4 : at + 4 + length]] if kind == EXTRA64 else []
        at += 4 + length
    if at > len(extra):
        raise _broken(path, "a part of its directory is longer than its place")
    wanted = small.count(MOST32)
    if len(found) > 1 or len(found[0] if found else b"") != 8 * wanted:
        raise _broken(path, "its ZIP64 parts do not fit its numbers")
    large = iter(struct.unpack(f"<{wanted}Q", found[0]) if found else ())
    return tuple(next(large) if number == MOST32 else number for number in small)


def _text(path: Path, raw: bytes, flags: int) -> str:
    """The name; without the flag of UTF-8 it is of an old code page, whose ASCII alone is the same for all."""
    try:
        return raw.decode("utf-8" if flags & UTF8 else "ascii")
    except UnicodeDecodeError:
        raise _broken(path, f"the name {raw!r} is not UTF-8, or does not say so") from None


def _local(path: Path, file: int, record: _Central, *, limit: int) -> tuple[int, int]:
    """Where the bytes of a file begin, and where the next file must; its header says what the directory says."""
    packed = record.packed
    head = os.pread(file, 30, packed.place)
    if len(head) < 30 or head[:4] != LOCAL:
        raise _broken(path, f"{packed.name!r} is not where its directory says")
    _, flags, method, _, _, crc, small, size, name, extra = struct.unpack("<5H3I2H", head[4:])
    more = os.pread(file, name + extra, packed.place + 30)
    if (more[:name], flags, method) != (record.raw, record.flags, packed.method):
        raise _broken(path, f"{packed.name!r} is called or made otherwise in its own header")
    after = flags & _DESCRIBED_AFTER
    told = (0, 0, 0) if after and not (crc or small or size) else (crc, *_large(path, more[name:], (size, small)))
    if told not in ((packed.crc32, packed.size, packed.packed), (0, 0, 0) if after else ()):
        raise _broken(path, f"{packed.name!r} has another size or checksum in its own header")
    start = packed.place + 30 + name + extra
    end = start + packed.packed
    if end > limit:
        raise _broken(path, f"{packed.name!r} reaches into the directory")
    return start, end + (_described(path, file, packed, end) if after else 0)


def _described(path: Path, file: int, packed: Packed, at: int) -> int:
    """The length of what describes a file after its bytes, which must say the same."""
    body = os.pread(file, 24, at)
    for form in ("<4sIII", "<III", "<4sIQQ", "<IQQ"):
        length = struct.calcsize(form)
        told = struct.unpack(form, body[:length]) if len(body) >= length else ()
        mark = (b"PK\x07\x08",) if form.startswith("<4s") else ()
        if told == (*mark, packed.crc32, packed.packed, packed.size):
            return length
    raise _broken(path, f"{packed.name!r} is described otherwise after its bytes")


def _refused(record: _Central) -> str | None:
    """Why a file of an archive is not looked at, or None."""
    packed, mode = record.packed, record.attributes >> 16
    shown = repr(packed.name)
    if why := names.fault(packed.name.removesuffix("/"), foreign=True):
        return f"{shown} is refused: {why}"
    if record.made_by == 3 and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return f"{shown} is refused: it is a link, a pipe or a device"
    if record.flags & _ENCRYPTED:
        return f"{shown} is refused: it is encrypted"
    if packed.method not in (_STORED, _DEFLATED):
        return f"{shown} is refused: it is packed in a way that fairkit does not read ({packed.method})"
    if packed.method == _STORED and packed.size != packed.packed:
        return f"{shown} is refused: it is stored as it is, with two sizes"
    if packed.size > _SWOLLEN and packed.size > _MOST_RATIO * packed.packed:
        return f"{shown} is refused: {packed.packed:,} bytes would become {packed.size:,}"
    if packed.name.endswith("/") and packed.size:
        return f"{shown} is refused: it is a folder with content"
    return None


def unpacked(file: int, packed: Packed) -> Callable[[memoryview], int]:
    """A `readinto` over the bytes of a file; whatever they claim, no more than its size and one byte come."""
    pieces = _pieces(file, packed)
    held = memoryview(b"")

    def read(room: memoryview) -> int:
        nonlocal held
        while not held:
            piece = next(pieces, None)
            if piece is None:
                return 0
            held = memoryview(piece)
        count = min(len(room), len(held))
        room[:count] = held[:count]
        held = held[count:]
        return count

    return read


def _pieces(file: int, packed: Packed) -> Iterator[bytes]:
    engine = zlib.decompressobj(-zlib.MAX_WBITS) if packed.method == _DEFLATED else None
    at, end = packed.start, packed.start + packed.packed
    while at < end:
        raw = os.pread(file, min(_CHUNK, end - at), at)
        if not raw:
            return
        at += len(raw)
        if engine is None:
            yield raw
            continue
        while raw:
            yield engine.decompress(raw, _CHUNK)
            raw = engine.unconsumed_tail
    if engine is not None:
        yield engine.flush()


def _broken(path: Path, why: str) -> UnreadableDocument:
    what = f"{path} is no archive that can be trusted: {why}"
    return UnreadableDocument(
        what, value=str(path), remedy="Have it packed again, or unpack it with care and verify that."
    )
