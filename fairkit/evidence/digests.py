"""The sizes and checksums of the files of a folder, read from the files themselves."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from fairkit.model.distribution import Checksum, Distribution

__all__ = ["MOST_BYTES", "MOST_FILES", "digested"]

MOST_FILES = 1_000
"""More files than these are no list that anybody keeps by hand."""
MOST_BYTES = 4 * 1024**3
"""Reading more than this takes longer than a command may without being asked."""
_CHUNK = 1024 * 1024


def digested(root: str, files: Iterable[Distribution]) -> tuple[Distribution, ...]:
    """The files with their sizes and sha256; none at all where they are too many, too large, or one cannot be read."""
    every = list(files)
    if len(every) > MOST_FILES or sum(file.byte_size or 0 for file in every) > MOST_BYTES:
        return ()
    try:
        return tuple(_digested(Path(root, file.name), file) for file in every)
    except OSError:
        return ()


def _digested(path: Path, file: Distribution) -> Distribution:
    """One file; anything but a regular file (a pipe would never end) is an OSError."""
    digest, size = hashlib.sha256(), 0
    with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(f"{path} is no regular file")
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            digest.update(chunk)
    checksum = Checksum(algorithm="sha256", value=digest.hexdigest())
    return Distribution(name=file.name, byte_size=size, media_type=file.media_type, checksums=(checksum,))
