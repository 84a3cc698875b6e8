"""The bytes of a ZIP archive around those of its files (PKWARE APPNOTE 6.3.10), with ZIP64 where a number needs it."""

from __future__ import annotations

import struct
from typing import NamedTuple

__all__ = ["Member", "central", "end", "header", "header_size"]

LOCAL, CENTRAL, END, END64, LOCATOR = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
MOST16, MOST32 = 0xFFFF, 0xFFFFFFFF
UTF8 = 0x800
EXTRA64 = 1

_MADE_BY_UNIX = 3 << 8
_PLAIN_FILE = 0o100644 << 16
_DAY = (1 << 5) | 1
"""1 January 1980, the first that ZIP knows: the same files make the same archive, whenever."""


class Member(NamedTuple):
    """A stored file: its header begins at `place`."""

    name: bytes
    size: int
    crc32: int
    place: int


def header_size(name: bytes, size: int) -> int:
    """How many bytes stand before those of a file."""
    return 30 + len(name) + (20 if size >= MOST32 else 0)


def header(member: Member) -> bytes:
    """What stands before the bytes of a file."""
    large = member.size >= MOST32
    size = MOST32 if large else member.size
    extra = struct.pack("<HHQQ", EXTRA64, 16, member.size, member.size) if large else b""
    needs = 45 if large else 20
    fields = (needs, UTF8, 0, 0, _DAY, member.crc32, size, size, len(member.name), len(extra))
    return LOCAL + struct.pack("<5H3I2H", *fields) + member.name + extra


def central(member: Member) -> bytes:
    """What the directory at the end says of a file."""
    large, far = member.size >= MOST32, member.place >= MOST32
    numbers = [*([member.size] * 2 if large else []), *([member.place] if far else [])]
    extra = struct.pack(f"<HH{len(numbers)}Q", EXTRA64, 8 * len(numbers), *numbers) if numbers else b""
    size, place = MOST32 if large else member.size, MOST32 if far else member.place
    needs = 45 if numbers else 20
    fields = (_MADE_BY_UNIX | 45, needs, UTF8, 0, 0, _DAY, member.crc32, size, size, len(member.name), len(extra))
    return CENTRAL + struct.pack("<6H3I5H2I", *fields, 0, 0, 0, _PLAIN_FILE, place) + member.name + extra


def end(count: int, *, size: int, place: int) -> bytes:
    """What stands at the very end: where the directory of so many files is, and how large."""
    told = struct.pack("<4H2IH", 0, 0, min(count, MOST16), min(count, MOST16), min(size, MOST32), min(place, MOST32), 0)
    if count < MOST16 and size < MOST32 and place < MOST32:
        return END + told
    large = struct.pack("<Q2H2I4Q", 44, _MADE_BY_UNIX | 45, 45, 0, 0, count, count, size, place)
    return END64 + large + LOCATOR + struct.pack("<IQI", 0, place + size, 1) + END + told
