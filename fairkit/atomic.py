"""Writing a file whole or not at all: what stood there before stays until all of the new is on the disk."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from .errors import UsageError

__all__ = ["write"]


def write(path: str | Path, body: bytes) -> None:
    """Write `body` to a file; a link keeps leading where it leads, and a device or a pipe is written to directly.

    Raises:
        UsageError: if it cannot be written there.
    """
    target = os.path.realpath(path)
    try:
        if os.path.exists(target) and not os.path.isfile(target):
            with open(target, "wb") as stream:
                stream.write(body)
        else:
            _replace(target, body)
    except OSError as error:
        what = f"cannot write {path}: {error.strerror}"
        raise UsageError(what, value=str(path), remedy="Is the folder there, and may you write to it?") from None


def _replace(target: str, body: bytes) -> None:
    handle, part = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".fairkit-", suffix=".part")
    try:
        with open(handle, "wb") as file:
            file.write(body)
        os.chmod(part, _mode(target))
        os.replace(part, target)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise


def _mode(target: str) -> int:
    """The mode of the file that is replaced, else the one that any new file gets."""
    with contextlib.suppress(OSError):
        return os.stat(target).st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
