"""Reading local files and folders: sizes capped, links that lead out of a folder named and not followed."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from fairkit.errors import FairkitError, UnreadableDocument
from fairkit.model.base import plain
from fairkit.ocfl.inside import content, inside
from fairkit.ocfl.storage import Version
from fairkit.sources import Answer

__all__ = ["inspect", "look", "read", "survey"]

_MOST_FILES = 100_000
_HIDDEN = "."


def read(path: str, *, most: int) -> Answer:
    """The bytes of a regular file of at most `most` bytes; of a file of an object, wherever that keeps it."""
    stored = content(path)
    place = path if stored is None else stored.path
    try:
        told = os.stat(place)
        if not stat.S_ISREG(told.st_mode):
            return Answer(url=path, error="it is not a regular file")
        if told.st_size > most:
            more = f"it has {told.st_size:,} bytes, more than the {most:,} that a document may have"
            return Answer(url=path, error=more)
        with open(place, "rb") as file:
            return Answer(status=200, url=path, body=file.read())
    except OSError as error:
        return Answer(url=path, error=error.strerror or str(error))


def look(path: str, *, hidden: Sequence[str] = ()) -> Answer:
    """The listing of a folder: `{"files": [{"path", "size"}], "links_out": […], "more": n}`, sorted by path.

    Of the hidden files at its top those are added, under `hidden`, whose names are given.
    """
    root = Path(path)
    try:
        stored = inside(path)
    except UnreadableDocument as error:
        return Answer(url=path, error=error.what)
    if stored is not None and not stored.name:
        return _listed(path, stored.version, hidden)
    try:
        if not root.is_dir():
            return Answer(url=path, error="it is not a folder" if root.exists() else "there is no such folder")
        files: list[dict[str, object]] = []
        out: list[str] = []
        more = 0
        for name, size in _walk(root):
            if size is None:
                out.append(name)
            elif len(files) < _MOST_FILES:
                files.append({"path": name, "size": size})
            else:
                more += 1
    except OSError as error:
        return Answer(url=path, error=error.strerror or str(error))
    return _told(path, files, out, more, [(name, size) for name in hidden if (size := _hidden(root, name)) is not None])


def _listed(path: str, version: Version, hidden: Sequence[str]) -> Answer:
    """The listing of a version of an object, by the names that its package has."""
    every = [(name, each.size) for name, each in version.files.items() if not _is_hidden(name)]
    files: list[dict[str, object]] = [{"path": name, "size": size} for name, size in every[:_MOST_FILES]]
    also = [(name, version.files[name].size) for name in hidden if name in version.files]
    return _told(path, files, [], len(every) - len(files), also)


def _is_hidden(name: str) -> bool:
    return any(part.startswith(_HIDDEN) for part in name.split("/"))


def _told(
    path: str, files: list[dict[str, object]], out: list[str], more: int, hidden: Sequence[tuple[str, int]]
) -> Answer:
    listing = {"files": sorted(files, key=lambda row: str(row["path"])), "links_out": sorted(out), "more": more}
    if also := [{"path": name, "size": size} for name, size in hidden]:
        listing["hidden"] = also
    body = json.dumps(listing, ensure_ascii=False).encode("utf-8", "surrogateescape")
    return Answer(status=200, url=path, media_type="application/vnd.fairkit.folder+json", body=body)


def inspect(path: str) -> Answer:
    """What the header of a model file tells, as JSON; an error where it holds no model, or is broken."""
    from fairkit.formats._open import facts_of

    stored = content(path)
    try:
        found = facts_of(path if stored is None else stored.path).model
    except FairkitError as error:
        return Answer(url=path, error=error.what)
    if found is None:
        return Answer(url=path, error="there is no model in it")
    body = json.dumps(plain(found), ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Answer(status=200, url=path, media_type="application/vnd.fairkit.model-file+json", body=body)


def survey(path: str) -> Answer:
    """What the files of a folder tell of it as a project, as JSON."""
    from .project import project_of

    try:
        found = inside(path)
    except UnreadableDocument as error:
        return Answer(url=path, error=error.what)
    stored = None if found is None else {name: each.path for name, each in found.version.files.items()}
    body = json.dumps(plain(project_of(path, stored=stored)), ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Answer(status=200, url=path, media_type="application/json", body=body)


def _hidden(root: Path, name: str) -> int | None:
    """The size of a hidden file; None where there is none that lies inside."""
    real = Path(os.path.realpath(root / name))
    return real.stat().st_size if real.is_file() and root.resolve() in real.parents else None


def _leads_inside(link: Path, inside: Path) -> bool:
    """Whether a link ends at a file below a folder; `resolve` would take one in a circle for an accident."""
    return inside in Path(os.path.realpath(link)).parents and link.is_file()


def _walk(root: Path) -> Iterator[tuple[str, int | None]]:
    """Every visible file below `root` with its size; None for a link that leads out of it or to nothing."""
    inside = root.resolve()
    waiting = [root]
    while waiting:  # `os.walk` calls itself for each level, and folders may lie deeper than Python can call
        here = waiting.pop()
        folders = []
        for name in _visible(here):
            file = here / name
            if os.path.isdir(file):
                folders.append(file)
                continue
            real = Path(os.path.realpath(file))  # one in a circle is an accident to `resolve`
            if file.is_symlink() and (inside not in real.parents or not file.is_file()):
                yield file.relative_to(root).as_posix(), None
            elif real.is_file():
                yield file.relative_to(root).as_posix(), real.stat().st_size
        yield from ((folder.relative_to(root).as_posix(), None) for folder in folders if folder.is_symlink())
        waiting += [folder for folder in reversed(folders) if not folder.is_symlink()]


def _visible(folder: Path) -> list[str]:
    """The names in a folder, sorted; none where it cannot be listed."""
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith(_HIDDEN))
    except OSError:
        return []
