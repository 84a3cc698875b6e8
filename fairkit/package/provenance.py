"""The journal of a folder on the disk: read, and one step longer, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fairkit import atomic
from fairkit.dialects import provenance
from fairkit.errors import UsageError
from fairkit.model.evidence import Document
from fairkit.model.provenance import Activity

from .layout import open_inside

__all__ = ["JOURNAL", "alone", "append", "read"]

JOURNAL = provenance.FILE_NAMES[0]
_MOST_BYTES = 64 * 1024 * 1024


def read(root: str | os.PathLike[str]) -> tuple[Activity, ...]:
    """The steps in the journal of a folder, in their order; none where there is no journal.

    Raises:
        UnreadableDocument: if the journal is broken.
        UsageError: if it cannot be read, or is larger than a journal may be (64 MiB).
    """
    path = Path(root, JOURNAL)
    try:
        with open(open_inside(root, JOURNAL, links=True), "rb") as file:
            body = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return ()
    except OSError as error:
        if path.is_symlink():  # out of the folder, or to nothing: as others, it is not followed
            return ()
        raise UsageError(f"{path} cannot be read: {error.strerror or error}", value=str(path)) from None
    if len(body) > _MOST_BYTES:
        raise UsageError(f"{path} is larger than {_MOST_BYTES:,} bytes", value=str(path), remedy="Begin a new one.")
    return provenance.steps(
        Document(representation="provenance", media_type=provenance.MEDIA_TYPE, url=str(path), body=body)
    )


def append(root: str | os.PathLike[str], activity: Activity) -> None:
    """Write one more step into the journal of a folder; of several writers at once none loses its step.

    Raises:
        UnreadableDocument: if the journal is broken; it stays as it is.
        UsageError: if it cannot be written, or is a link, which would be followed.
    """
    if Path(root, JOURNAL).is_symlink():
        what = f"{Path(root, JOURNAL)} is a link"
        raise UsageError(what, value=str(Path(root, JOURNAL)), remedy="Put the file itself in its place.")
    with alone(root):
        atomic.write(Path(root, JOURNAL), provenance.write([*read(root), activity]))


@contextmanager
def alone(root: str | os.PathLike[str]) -> Iterator[None]:
    """Nobody else who asks is at work on that folder meanwhile; where there are no locks, nobody is kept out."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
