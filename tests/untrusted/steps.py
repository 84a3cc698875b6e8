"""What the tests have a worker do: answer step by step, write where it may and where it may not."""

from __future__ import annotations

import os
from collections.abc import Iterator

from .functions import loop, missing, write, write_in_c

__all__ = ["loop"]


def steps(count: int) -> Iterator[int]:
    yield from range(count)


def steps_then_death() -> Iterator[int]:
    yield 1
    os.abort()


def steps_then_missing() -> Iterator[int]:
    yield 1
    missing("second step")


def made(folder: str, other: str) -> Iterator[str]:
    """Make a file as writers do: under another name first."""
    import tempfile

    handle, part = tempfile.mkstemp(dir=folder)
    os.close(handle)
    write(part)
    os.chmod(part, 0o644)
    os.replace(part, os.path.join(folder, "whole.txt"))
    yield "made"
    write(other)


def made_in_c(path: str) -> Iterator[str]:
    write_in_c(path)
    yield "made"


def linked(folder: str, target: str) -> Iterator[str]:
    """Past Python, as it would refuse."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    if libc.symlink(os.fsencode(target), os.fsencode(os.path.join(folder, "link"))):
        raise OSError(ctypes.get_errno(), "refused", target)
    yield "linked"


def large(path: str, size: int) -> Iterator[str]:
    with open(path, "wb") as file:
        file.write(bytes(size))
    yield "made"
