"""A local repository: an OCFL 1.1 storage root, where each object has versions that stay (https://ocfl.io/1.1/spec).

The id of an object is `urn:uuid:…`, and the object is the folder of that name (layout 0002-flat-direct). Content is
addressed by sha512; a version stores what no version before it has. Objects may come from strangers: nothing outside
an object is read, and no link is followed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from fairkit.errors import NotFound, UnreadableDocument

__all__ = [
    "LAYOUT",
    "OBJECT",
    "PREFIX",
    "ROOT",
    "Content",
    "Object",
    "Storage",
    "Version",
    "is_object",
    "is_root",
    "opened",
]

ROOT = "0=ocfl_1.1"
OBJECT = "0=ocfl_object_1.1"
LAYOUT = "0002-flat-direct-storage-layout"
PREFIX = "urn:uuid:"
MOST_BYTES = 256 * 1024 * 1024
"""An inventory of more bytes is not read: it would name more than half a million files."""
_OLDER = ("0=ocfl_object_1.0",)
_ALGORITHMS = {"sha512": 128, "sha256": 64}
_NAME = re.compile(r"v0*([1-9][0-9]{0,8})")
_SIDECAR = re.compile(r"([0-9A-Fa-f]{64,128})\s+inventory\.json\s*")


class Content(NamedTuple):
    """The bytes of a file: where they are, and what they must be."""

    path: str
    """Absolute."""
    size: int
    digest: str
    """In hexadecimal digits, by the algorithm of the object."""


class Version(NamedTuple):
    """One version: its files by their names in the package."""

    number: int
    created: str
    message: str
    files: Mapping[str, Content]


class Object(NamedTuple):
    """What is kept under one identifier."""

    id: str
    path: str
    algorithm: str
    versions: tuple[Version, ...]
    inventory: Mapping[str, Any]

    @property
    def head(self) -> int:
        """The number of the newest version."""
        return len(self.versions)

    @property
    def name(self) -> str:
        """The identifier without its scheme, as it stands in addresses."""
        return self.id.removeprefix(PREFIX)

    def version(self, number: int | None = None) -> Version:
        """A version, the newest unless one is named.

        Raises:
            NotFound: if there is no such version.
        """
        wanted = self.head if number is None else number
        if not 1 <= wanted <= self.head:
            what = f"{self.id} has no version {wanted}"
            raise NotFound(what, value=wanted, remedy=f"It has 1 to {self.head}.")
        return self.versions[wanted - 1]


def is_root(path: str | os.PathLike[str]) -> bool:
    """Whether a folder says of itself that it is a storage root."""
    return os.path.isfile(os.path.join(path, ROOT))


def is_object(path: str | os.PathLike[str]) -> bool:
    """Whether a folder says of itself that it is an object."""
    return any(os.path.isfile(os.path.join(path, name)) for name in (OBJECT, *_OLDER))


class Storage:
    """One storage root."""

    def __init__(self, root: str | os.PathLike[str]) -> None:
        """Open a storage root.

        Raises:
            NotFound: if there is no such folder.
            UnreadableDocument: if it is none.
        """
        self.root = Path(os.path.abspath(root))
        if not self.root.is_dir():
            raise NotFound(f"there is no repository {root}", value=str(root), remedy="fairkit publish DIR  makes one.")
        if not is_root(self.root):
            what = f"{root} is no local repository: it has no file {ROOT}"
            raise UnreadableDocument(what, value=str(root), remedy="Name the folder that fairkit publish --local made.")

    def ids(self) -> Iterator[str]:
        """The identifiers of all objects, in order; what is no object is passed over."""
        with os.scandir(self.root) as rows:
            names = sorted(row.name for row in rows if row.is_dir(follow_symlinks=False) and row.name != "extensions")
        yield from (name for name in names if is_object(self.root / name))

    def object(self, id: str) -> Object:
        """The object with an identifier, which may be written without `urn:uuid:`.

        Raises:
            NotFound: if there is none.
            UnreadableDocument: if it is broken.
        """
        for name in (id, f"{PREFIX}{id}"):
            path = self.root / name
            if _is_part(name) and is_object(path) and not path.is_symlink():
                return opened(path)
        remedy = f"There are: {', '.join(list(self.ids())[:5]) or 'none yet'}"
        raise NotFound(f"{self.root} has no object {id}", value=id, remedy=remedy)


def opened(path: str | os.PathLike[str]) -> Object:
    """The object in a folder.

    Raises:
        UnreadableDocument: if it is broken, or would have us read outside of it.
    """
    root = Path(os.path.abspath(path))
    body = _inventory(root)
    try:
        return _understood(root, json.loads(body))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        what = f"{root} has an inventory that says nothing clear: {error}"
        raise UnreadableDocument(what, value=str(root), remedy="A validator of OCFL names the fault.") from None


def _inventory(root: Path) -> bytes:
    """The bytes of the inventory, which are those that its sidecar tells.

    Raises:
        UnreadableDocument: if they are not.
    """
    path = root / "inventory.json"
    try:
        if path.is_symlink() or path.stat().st_size > MOST_BYTES:
            raise OSError(0, f"it is a link, or has more than {MOST_BYTES:,} bytes")
        body = path.read_bytes()
        algorithm = str(json.loads(body)["digestAlgorithm"])
        digits = _ALGORITHMS[algorithm]
        sidecar = (root / f"inventory.json.{algorithm}").read_bytes()[:1024].decode()
        told = _SIDECAR.fullmatch(sidecar)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        what = f"{root} has no inventory that can be read: {getattr(error, 'strerror', None) or error}"
        raise UnreadableDocument(what, value=str(path), remedy="Is it an object of OCFL 1.0 or 1.1?") from None
    digest = hashlib.new(algorithm, body).hexdigest()
    if told is None or len(told[1]) != digits or told[1].lower() != digest:
        what = f"{path} is not what its sidecar says: {algorithm} {digest[:16]}…"
        raise UnreadableDocument(what, value=str(path), remedy="Somebody changed it: restore it from a copy.")
    return body


def _understood(root: Path, told: dict[str, Any]) -> Object:
    """The object that an inventory tells of.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: if it tells none.
    """
    numbers = {number: row for name, row in told["versions"].items() if (number := _number(name))}
    if sorted(numbers) != list(range(1, len(told["versions"]) + 1)) or _number(told["head"]) != len(numbers):
        raise ValueError("its versions are not counted from 1 to its head")
    places = {digest.lower(): _place(root, paths[0]) for digest, paths in told["manifest"].items()}
    sizes: dict[str, Content] = {}
    for digest, path in places.items():
        if os.path.realpath(path) != path or not os.path.isfile(path):
            raise ValueError(f"{os.path.relpath(path, root)} is no file inside of it")
        sizes[digest] = Content(path, os.path.getsize(path), digest)
    versions = tuple(_version(number, numbers[number], sizes) for number in sorted(numbers))
    id = told["id"]
    if not isinstance(id, str) or not id:
        raise ValueError("it has no id")
    return Object(id, str(root), told["digestAlgorithm"], versions, told)


def _version(number: int, row: dict[str, Any], contents: Mapping[str, Content]) -> Version:
    files: dict[str, Content] = {}
    for digest, names in row["state"].items():
        for name in names:
            if not _is_inside(name) or name in files:
                raise ValueError(f"version {number} has a file {name[:80]!r}")
            files[name] = contents[digest.lower()]
    message = row.get("message", "")
    return Version(
        number, str(row["created"]), message if isinstance(message, str) else "", dict(sorted(files.items()))
    )


def _number(name: str) -> int | None:
    found = _NAME.fullmatch(name)
    return int(found[1]) if found else None


def _place(root: Path, path: str) -> str:
    """Where a content path leads; it stays inside the object.

    Raises:
        ValueError: if it does not.
    """
    if not _is_inside(path):
        raise ValueError(f"a content path {path[:80]!r} leads out of it")
    return os.path.join(os.path.realpath(root), *path.split("/"))


def _is_inside(path: str) -> bool:
    return bool(path) and all(map(_is_part, path.split("/")))


def _is_part(name: str) -> bool:
    """Whether a name is one step down a path."""
    return name not in ("", ".", "..") and not {"\0", "/", os.sep, os.altsep} & set(name)
