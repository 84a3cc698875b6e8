"""Memory that parent and child share, one batch at a time: half the cost of a pipe, where the system has such memory.

The parent makes it, seals its size, and takes a copy of what the child put there before it looks at it.
"""

from __future__ import annotations

import mmap
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["SIZE", "Slot", "made"]

SIZE = 64 * 1024 * 1024
"""Bytes; a larger batch goes through the pipe."""


class Slot:
    """The memory behind a file descriptor."""

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self._memory = mmap.mmap(handle, SIZE)

    def put(self, body: Any) -> int | None:
        """Put bytes there, and tell how many; None if there is no room for them."""
        view = memoryview(body)
        if view.nbytes > SIZE:
            return None
        self._memory[: view.nbytes] = view.cast("B")
        return view.nbytes

    def take(self, length: int) -> pa.Buffer:
        """A copy of so many bytes.

        Raises:
            ValueError: if so many do not fit there.
        """
        import pyarrow as pa

        if length > SIZE:
            raise ValueError(length)
        copy = pa.allocate_buffer(length)
        memoryview(copy).cast("B")[:] = memoryview(self._memory)[:length]
        return copy

    def close(self) -> None:
        """Give it back."""
        self._memory.close()
        os.close(self.handle)


def made() -> Slot | None:
    """New memory, of a size that nobody can change; None where there is no such thing."""
    try:
        import fcntl

        handle = os.memfd_create("fairkit", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    except (ImportError, AttributeError, OSError):
        return None
    try:
        os.ftruncate(handle, SIZE)
        fcntl.fcntl(handle, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
        return Slot(handle)
    except OSError:
        os.close(handle)
        return None
