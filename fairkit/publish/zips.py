"""Too many files become archives, one for each folder at the top: stored, so that they stay readable.

The names inside are those of the package, and its manifest names them too: all of them unpacked in one folder are the
package again. They lie in `.fairkit/zips` until another release needs others.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from fairkit.atomic import write
from fairkit.errors import UnreadableDocument, UsageError
from fairkit.package import archive, fixity
from fairkit.package.layout import is_describing

from .sending import LocalFile

__all__ = ["Bundle", "bundled", "made", "swept"]

_FILES = "files"
"""What the archive of the data at the top is called."""


class Bundle(NamedTuple):
    """An archive that is to be made: its name in the repository, what is in it, and its size in bytes."""

    key: str
    files: tuple[LocalFile, ...]
    size: int

    @property
    def digest(self) -> str:
        """What tells its content from others."""
        return hashlib.sha256(json.dumps([[file.key, file.sha256] for file in self.files]).encode()).hexdigest()


def bundled(files: Sequence[LocalFile], most: int) -> tuple[list[LocalFile], list[Bundle]]:
    """The files that are sent as they are, and the archives: none where there are no more than `most` files.

    Folders become archives; the data at the top become one only where there are too many without that. What describes
    the package is never in one: people and machines read it in the repository.
    """
    if len(files) <= most:
        return list(files), []
    alone = [file for file in files if "/" not in file.key]
    inside: dict[str, list[LocalFile]] = {}
    for file in files:
        if "/" in file.key:
            inside.setdefault(file.key.partition("/")[0], []).append(file)
    if len(alone) + len(inside) > most:
        inside[""] = [file for file in alone if not is_describing(file.key)]
        alone = [file for file in alone if is_describing(file.key)]
    taken = {file.key.casefold() for file in alone}
    return alone, [_bundle(top or _FILES, held, taken) for top, held in sorted(inside.items()) if held]


def _bundle(name: str, files: Sequence[LocalFile], taken: set[str]) -> Bundle:
    key, number = f"{name}.zip", 1
    while key.casefold() in taken:
        number += 1
        key = f"{name}-{number}.zip"
    taken.add(key.casefold())
    return Bundle(key, tuple(files), archive.size_of((file.key, file.size) for file in files))


def made(bundle: Bundle, *, root: Path, home: Path, advance: Callable[[int], None] = lambda _: None) -> LocalFile:
    """The archive itself, in the folder `home`; one that is there already is not made again.

    Raises:
        UnreadableDocument: if a file is not what was packaged.
        UsageError: if there is no room for it.
    """
    place, note = home / f"{bundle.digest}.zip", home / f"{bundle.digest}.json"
    known = _known(place, note)
    if known is not None:
        return LocalFile(bundle.key, str(place), bundle.size, known)
    home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(home).free
    if bundle.size > free:
        what = f"there is no room for {bundle.key}: it needs {bundle.size:,} bytes, and {free:,} are free"
        raise UsageError(what, value=str(home), remedy="Make room, or put the data into fewer files.")
    digests = archive.pack(place, root=root, files=[file.key for file in bundle.files], advance=advance)
    for file in bundle.files:
        if digests[file.key] != file.sha256:
            place.unlink()
            what = f"{file.path} is not what was packaged: its sha256 differs"
            raise UnreadableDocument(what, value=file.path, remedy="Package it anew.")
    with place.open("rb", buffering=0) as written:
        _, found = fixity.digest(written.readinto, ("sha256",))
    write(note, json.dumps([found["sha256"], place.stat().st_size, place.stat().st_mtime_ns]).encode())
    return LocalFile(bundle.key, str(place), bundle.size, found["sha256"])


def _known(place: Path, note: Path) -> str | None:
    """The sha256 of an archive that was made before, if it is as it was left."""
    try:
        told, now = json.loads(note.read_bytes()), place.lstat()
    except (OSError, ValueError):
        return None
    whole = isinstance(told, list) and len(told) == 3 and told[1:] == [now.st_size, now.st_mtime_ns]
    return str(told[0]) if whole else None


def swept(home: Path, bundles: Sequence[Bundle]) -> None:
    """Take away the archives that none of the bundles needs."""
    wanted = {bundle.digest for bundle in bundles}
    for path in home.glob("*"):
        if path.name.lstrip(".").partition(".")[0] not in wanted:
            with suppress(OSError):
                path.unlink()
