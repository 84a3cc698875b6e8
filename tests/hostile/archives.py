"""Hostile ZIP archives, put together byte by byte, and what is to be said of each."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

__all__ = ["GOOD", "MADE"]

BODY = b"x,y\n1,2\n"
DEFLATED = 8
ZEROS = 64 * 1024 * 1024
LINK, PIPE, DEVICE, FOLDER = 0o120777, 0o010644, 0o020644, 0o040755


@dataclass(frozen=True)
class Part:
    """A file: its bytes as they are packed, and what its two headers say of them."""

    name: bytes
    data: bytes = BODY
    method: int = 0
    flags: int = 0x800
    size: int | None = None
    mode: int = 0o100644
    local_name: bytes | None = None
    local_size: int | None = None
    local_method: int | None = None
    local_crc: int | None = None
    local_flags: int | None = None
    crc: int | None = None
    extra: bytes = b""
    after: bytes = b""
    place: int | None = None
    large: bool = False


def _local(part: Part) -> bytes:
    size = len(part.data) if part.size is None else part.size
    crc = zlib.crc32(part.data) if part.crc is None else part.crc
    name = part.name if part.local_name is None else part.local_name
    fields = (
        20,
        part.flags if part.local_flags is None else part.local_flags,
        part.method if part.local_method is None else part.local_method,
        0,
        33,
        crc if part.local_crc is None else part.local_crc,
        len(part.data),
        size if part.local_size is None else part.local_size,
        len(name),
        0,
    )
    return b"PK\x03\x04" + struct.pack("<5H3I2H", *fields) + name + part.data + part.after


def _central(part: Part, place: int) -> bytes:
    size = len(part.data) if part.size is None else part.size
    crc = zlib.crc32(part.data) if part.crc is None else part.crc
    told = 0xFFFFFFFF if part.large else size
    fields = (0x32D, 20, part.flags, part.method, 0, 33, crc, len(part.data), told, len(part.name), len(part.extra))
    at = place if part.place is None else part.place
    return b"PK\x01\x02" + struct.pack("<6H3I5H2I", *fields, 0, 0, 0, part.mode << 16, at) + part.name + part.extra


def _zip(
    *parts: Part,
    count: int | None = None,
    before: bytes = b"",
    between: bytes = b"",
    comment: bytes = b"",
    after: bytes = b"",
    shift: int = 0,
    disk: int = 0,
    end64: bytes = b"",
) -> bytes:
    body, directory = before, b""
    for part in parts:
        directory += _central(part, len(body))
        body += _local(part) if part.place is None else b""
        body += between
    number = len(parts) if count is None else count
    place = len(body) + shift
    end = struct.pack("<4H2IH", disk, 0, number, number, len(directory), place, len(comment))
    return body + directory + end64 + b"PK\x05\x06" + end + comment + after


def _package(*parts: Part, files: tuple[bytes, ...] = (b"a.csv",), **how: object) -> bytes:
    """An archive with a manifest that names `files`, all with the same content."""
    digest = hashlib.sha256(BODY).hexdigest()
    lines = b"".join(f"{digest}  ".encode() + name + b"\n" for name in files)
    every = (*parts, Part(b"manifest-sha256.txt", lines))
    return _zip(*every, **how)  # type: ignore[arg-type]


A = Part(b"a.csv")
B = Part(b"b.csv", b"other\n")


def _deflated(body: bytes) -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return engine.compress(body) + engine.flush()


def _overlapping() -> bytes:
    """Ten names for the bytes of one file."""
    whole = Part(b"a.csv", _deflated(b"\0" * 1_000_000), DEFLATED, size=1_000_000, crc=zlib.crc32(b"\0" * 1_000_000))
    return _package(whole, *(replace(whole, name=f"b{n}.csv".encode(), place=0) for n in range(10)))


def _end64(count: int, *, place: int | None = None) -> Callable[[], bytes]:
    """An archive with a ZIP64 end that tells other numbers than the plain one."""

    def made() -> bytes:
        plain = _package(A)
        at = plain.rindex(b"PK\x05\x06")
        length, start = struct.unpack_from("<II", plain, at + 12)
        fields = (44, 45, 45, 0, 0, count, count, length, start if place is None else place)
        record = b"PK\x06\x06" + struct.pack("<Q2H2I4Q", *fields)
        return plain[:at] + record + b"PK\x06\x07" + struct.pack("<IQI", 0, at, 1) + plain[at:]

    return made


def _two_ends() -> bytes:
    """Readers that look for the first end, and those that look for the last, see different files."""
    other = _package(A, B, files=(b"a.csv", b"b.csv"))
    return _package(A, comment=other[other.rindex(b"PK\x05\x06") :])


def _bomb(*, told: int) -> Callable[[], bytes]:
    def made() -> bytes:
        body = b"\0" * ZEROS
        return _package(Part(b"a.csv", _deflated(body), DEFLATED, size=told, crc=zlib.crc32(body)))

    return made


def _described(crc: int) -> bytes:
    return b"PK\x07\x08" + struct.pack("<III", crc, len(BODY), len(BODY))


def _extra64(*numbers: int) -> bytes:
    return struct.pack(f"<HH{len(numbers)}Q", 1, 8 * len(numbers), *numbers)


def GOOD() -> bytes:  # noqa: N802 - a constant that is made
    """An archive with nothing wrong, of the same parts."""
    return _package(A)


def _of(part: Part, **how: object) -> Callable[[], bytes]:
    return lambda: _package(A, part, **how)  # type: ignore[arg-type]


def _instead(**how: object) -> Callable[[], bytes]:
    return lambda: _package(replace(A, **how))  # type: ignore[arg-type]


def _around(**how: object) -> Callable[[], bytes]:
    return lambda: _package(A, **how)  # type: ignore[arg-type]


MADE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a name that leads up": (_of(Part(b"../outside/secret.csv")), "leads out"),
    "a name that leads up later": (_of(Part(b"a/../../outside/secret.csv")), "leads out"),
    "an absolute name": (_of(Part(b"/etc/passwd")), "absolute"),
    "backslashes": (_of(Part(b"..\\outside\\secret.csv")), "backslash"),
    "a drive": (_of(Part(b"C:secret.csv")), "absolute"),
    "a NUL in a name": (_of(Part(b"b.csv\0.txt")), "NUL"),
    "no name": (_of(Part(b"")), "empty"),
    "a name that is too long": (_of(Part(b"b" * 300)), "too long"),
    "a name of another code page": (_of(Part(b"\xe4.csv", flags=0)), "UTF-8"),
    "a name that is no UTF-8": (_of(Part(b"\xff.csv")), "UTF-8"),
    "a link": (_of(Part(b"b.csv", b"/etc/passwd", mode=LINK)), "a link"),
    "a link in place of a file": (_instead(data=b"../outside/secret.csv", mode=LINK), "a link"),
    "a pipe": (_of(Part(b"b.csv", b"", mode=PIPE)), "a pipe"),
    "a device": (_of(Part(b"b.csv", b"", mode=DEVICE)), "a device"),
    "a folder with content": (_of(Part(b"b/", BODY, mode=FOLDER)), "a folder with content"),
    "a file twice": (_of(A), "in it twice"),
    "a file twice, differently": (_of(replace(A, data=b"other\n")), "in it twice"),
    "two manifests": (_of(Part(b"manifest-sha256.txt", b"")), "in it twice"),
    "names that differ in case": (_of(Part(b"A.CSV", b"other\n")), "A.CSV"),
    "a bomb": (_bomb(told=ZEROS), "would become"),
    "a bomb that tells a small size": (_bomb(told=8), "a.csv"),
    "ten files of the same bytes": (_overlapping, "overlap"),
    "a file inside another": (_of(replace(B, place=10)), "overlap"),
    "a file in the directory": (_of(replace(B, place=10_000)), "belong"),
    "another name in its own header": (_instead(local_name=b"b.csv"), "called or made otherwise"),
    "another size in its own header": (_instead(local_size=7), "another size"),
    "another checksum in its own header": (_instead(local_crc=7), "another size or checksum"),
    "another method in its own header": (_instead(local_method=DEFLATED), "called or made otherwise"),
    "other flags in its own header": (_instead(local_flags=0), "called or made otherwise"),
    "two sizes for what is stored": (_instead(size=7), "two sizes"),
    "another description after its bytes": (
        _instead(flags=0x808, local_crc=0, local_size=0, after=_described(7)),
        "another size or checksum",
    ),
    "a size in 64 bits that is not needed": (_instead(extra=_extra64(2**40)), "ZIP64"),
    "a size in 64 bits that is not there": (_instead(large=True), "ZIP64"),
    "a size of nine exabytes": (_instead(large=True, extra=_extra64(2**63)), "another size"),
    "more files in 64 bits": (_end64(99), "contradict"),
    "another place in 64 bits": (_end64(2, place=0), "contradict"),
    "more files than there are": (_around(count=3), "its end says 3"),
    "fewer files than there are": (_around(count=1), "its end says 1"),
    "one of several parts": (_around(disk=1), "several parts"),
    "encrypted": (_of(replace(B, flags=0x801)), "encrypted"),
    "a method that few know": (_of(replace(B, method=12)), "does not read"),
    "a program before it": (_around(before=b"#!/bin/sh\nrm -rf /\n"), "belong"),
    "bytes between the files": (_around(between=b"hidden"), "belong"),
    "a file that no directory names": (_around(between=_local(B)), "belong"),
    "bytes after its end": (_around(after=b"hidden"), "after its end"),
    "two ends": (_two_ends, "directory"),
    "a directory elsewhere": (_around(shift=-3), "not where its end says"),
    "cut off": (lambda: GOOD()[:-30], "directory"),
    "cut off within": (lambda: GOOD()[:60], "directory"),
    "no archive at all": (lambda: b"PK" + bytes(1000), "directory"),
    "nothing": (lambda: b"", "directory"),
    "a broken directory": (lambda: GOOD().replace(b"PK\x01\x02", b"PK\x01\x03"), "broken"),
    "deflated bytes that are none": (
        _instead(data=b"\xff" * 30, method=DEFLATED, size=len(BODY), crc=zlib.crc32(BODY)),
        "a.csv",
    ),
}
"""What each is, how it is made, and what is said of it."""
