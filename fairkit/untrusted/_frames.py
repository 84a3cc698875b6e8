"""What passes between the two processes: a letter, a length, and so many bytes."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import NamedTuple

__all__ = ["BATCH", "DONE", "FAULT", "PLACED", "RESULT", "SCHEMA", "Frame", "head", "receive"]

RESULT, FAULT, SCHEMA, BATCH, PLACED, DONE = b"R", b"E", b"S", b"B", b"P", b"."
_HEAD = struct.Struct(">cQ")
_MOST = {RESULT: 64 << 20, FAULT: 1 << 16, SCHEMA: 16 << 20, BATCH: 1 << 31, PLACED: 8, DONE: 0}
"""Bytes of each at the most. A batch is as large as one row of a stranger's file may be; the child could not make more
than its own memory holds."""


class Frame(NamedTuple):
    kind: bytes
    body: bytearray


def head(kind: bytes, length: int) -> bytes:
    """What stands before the bytes of a frame.

    Raises:
        ValueError: if it is too long.
    """
    if length > _MOST[kind]:
        raise ValueError("more came of it than may be passed on")
    return _HEAD.pack(kind, length)


def receive(read_into: Callable[[memoryview], int | None], kinds: tuple[bytes, ...]) -> Frame | None:
    """The next frame, of one of the `kinds`; None if there is none, or what comes is no frame."""
    start = _filled(read_into, _HEAD.size)
    if start is None:
        return None
    kind, length = _HEAD.unpack(start)
    if kind not in kinds or length > _MOST[kind]:
        return None
    body = _filled(read_into, length)
    return None if body is None else Frame(kind, body)


def _filled(read_into: Callable[[memoryview], int | None], length: int) -> bytearray | None:
    """So many bytes; room is made as they come, so that a length alone takes no memory."""
    body = bytearray(min(length, 1 << 26))
    have = 0
    while have < length:
        if have == len(body):
            body.extend(bytes(min(length - have, 1 << 26)))
        with memoryview(body) as view:
            got = read_into(view[have:])
        if not got:
            return None
        have += got
    return body
