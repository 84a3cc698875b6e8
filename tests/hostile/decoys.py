"""A secret that must never show up, and a watch on whether anybody opened it."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["SECRET", "opened"]

SECRET = "hunter2-of-the-neighbours"
_IN_OPEN, _IN_ISDIR, _NOT_BLOCKING = 0x20, 0x4000_0000, 0o4000


@contextmanager
def opened(folder: Path) -> Iterator[list[str]]:
    """The names of the files in a folder that anybody opens meanwhile; filled in at the end, and on Linux only."""
    names: list[str] = []
    if sys.platform != "linux":
        yield names
        return
    libc = ctypes.CDLL(None)
    handle = libc.inotify_init1(_NOT_BLOCKING)
    libc.inotify_add_watch(handle, os.fsencode(folder), _IN_OPEN)
    try:
        yield names
        names.extend(_told(handle))
    finally:
        os.close(handle)


def _told(handle: int) -> Iterator[str]:
    try:
        events = os.read(handle, 1 << 16)
    except BlockingIOError:
        return
    while events:
        _, mask, _, length = struct.unpack("iIII", events[:16])
        if not mask & _IN_ISDIR:
            yield events[16 : 16 + length].rstrip(b"\0").decode()
        events = events[16 + length :]
