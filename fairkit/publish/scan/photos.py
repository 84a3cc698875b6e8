"""Where a photo was taken: the GPS data that cameras and telephones write into a JPEG (Exif 2.32, tag 0x8825)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from fairkit.publish.problem import Problem, problem

__all__ = ["of_photo"]

_EXIF = b"Exif\0\0"
_GPS = 0x8825
_APP1, _START_OF_SCAN = 0xE1, 0xDA
_MOST_ENTRIES = 1_000


def of_photo(key: str, body: bytes) -> Iterator[Problem]:
    """The finding for a JPEG that tells its place."""
    if any(_has_place(part) for part in _segments(body)):
        yield problem("photo-place", f"{key} tells where it was taken", place=key)


def _segments(body: bytes) -> Iterator[bytes]:
    """The Exif blocks of a JPEG, each a TIFF."""
    at = 2
    while at + 4 <= len(body) and body[at] == 0xFF and body[at + 1] != _START_OF_SCAN:
        size = int.from_bytes(body[at + 2 : at + 4], "big")
        block = body[at + 4 : at + 2 + size]
        if body[at + 1] == _APP1 and block.startswith(_EXIF):
            yield block[len(_EXIF) :]
        at += 2 + max(size, 2)


def _has_place(tiff: bytes) -> bool:
    """Whether the first directory of a TIFF leads to GPS data that hold anything."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return False
    for tag, value in _entries(tiff, struct.unpack_from(f"{order}I", tiff, 4)[0], order):
        if tag == _GPS:
            return any(True for _ in _entries(tiff, value, order))
    return False


def _entries(tiff: bytes, at: int, order: str) -> Iterator[tuple[int, int]]:
    """The tags of a directory, each with its value or the place of it."""
    if at + 2 > len(tiff):
        return
    (count,) = struct.unpack_from(f"{order}H", tiff, at)
    for number in range(min(count, _MOST_ENTRIES)):
        entry = at + 2 + 12 * number
        if entry + 12 > len(tiff):
            return
        tag, _, _, value = struct.unpack_from(f"{order}HHII", tiff, entry)
        yield tag, value
