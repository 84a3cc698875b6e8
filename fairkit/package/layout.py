"""What lies where in a folder: the data, the documents that describe them, and what is left aside.

Links are followed only to files inside the folder; those that lead out are named, and nothing behind them is read.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from fairkit.errors import NotFound, UnreadableDocument, UsageError

__all__ = [
    "DESCRIBING", "MANIFEST", "Folder", "below", "is_describing", "look", "not_a_package", "open_inside", "shortened",
]  # fmt: skip

MANIFEST = "manifest-sha256.txt"
DESCRIBING = frozenset({
    "fairkit.toml", "variables.csv", "ro-crate-metadata.json", "croissant.json", "datacite.json", "codemeta.json",
    "datapackage.json", "CITATION.cff", ".zenodo.json", "DATASHEET.md", "DATASHEET.html", "provenance.jsonld",
    "fair4ml.jsonld", "bom.cdx.json", "MODEL_CARD.md", "channels.csv", "verification.json", MANIFEST,
})  # fmt: skip
"""The documents at the top of a folder that describe it, and are no part of its data."""
_READ_FIRST = ("README", "LICENSE", "LICENCE", "COPYING", "NOTICE", "CHANGELOG")

_TOLD = 150
"""Letters of a path that are told from each of its ends."""

_Kind = Literal["file", "link", "special"]
_HERE = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
_FOLDER = _HERE | getattr(os, "O_DIRECTORY", 0)
# A pipe would keep us waiting for a writer; a terminal that is opened could become ours.
_FILE = _HERE | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


class Folder(NamedTuple):
    """The files of a folder by their paths from its top, `/` between the parts, sorted."""

    root: Path
    data: tuple[str, ...]
    describing: tuple[str, ...]
    links_out: tuple[str, ...]
    """Links that lead out of the folder, to nothing, in a circle, or to a folder: they are not followed."""
    special: tuple[str, ...] = ()
    """Pipes, sockets and devices: they are not opened."""


def is_describing(path: str) -> bool:
    """Whether a path inside a folder is a document about it, by its name: at the top only."""
    return "/" not in path and (path in DESCRIBING or path.upper().partition(".")[0] in _READ_FIRST)


def not_a_package(root: str | os.PathLike[str], name: str) -> None:
    """Hold that a file may be written into a folder.

    Raises:
        UsageError: if it is a finished package.
    """
    if os.path.lexists(os.path.join(root, MANIFEST)):
        what = f"{os.fspath(root)} is a finished package: {name} would contradict its manifest"
        remedy = "Do it in the folder of the model, and make the package anew."
        raise UsageError(what, value=os.fspath(root), remedy=remedy)


def look(root: str | os.PathLike[str]) -> Folder:
    """The files of a folder and of the folders in it; hidden ones are passed over, but for what describes it.

    Raises:
        NotFound: if there is no such folder.
        UnreadableDocument: if it, or a folder in it, cannot be listed: nobody could say what is missing.
    """
    if not os.fspath(root):  # to Path that is where we are: a variable of a script that is not set
        raise NotFound("no folder is named", value="", remedy="For the one where you are, write a dot.")
    top = Path(root)
    if not top.is_dir():
        what = f"{top} is not a folder" if top.exists() else f"there is no folder {top}"
        raise NotFound(what, value=str(top), remedy="Is the path right?")
    data: list[str] = []
    describing: list[str] = []
    others: dict[_Kind, list[str]] = {"link": [], "special": []}
    for path, kind in _walk(top):
        (others[kind] if kind != "file" else describing if is_describing(path) else data).append(path)
    return Folder(top, *(tuple(sorted(found)) for found in (data, describing, others["link"], others["special"])))


def _walk(top: Path) -> Iterator[tuple[str, _Kind]]:
    """Everything below `top` but folders: files that lie inside, links that are not followed, and what is no file."""
    home = os.path.realpath(top)
    waiting = [""]
    while waiting:  # and not by recursion: folders may lie deeper in each other than Python can call
        here = waiting.pop()
        for entry in _listed(top, here):
            path = f"{here}/{entry.name}" if here else entry.name
            if entry.name.startswith(".") and not is_describing(path):
                continue
            if entry.is_symlink():
                yield path, "file" if _leads_inside(entry.path, home) else "link"
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            else:
                yield path, "file" if entry.is_file(follow_symlinks=False) else "special"


def _listed(top: Path, here: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(top / here) as found:
            return list(found)
    except OSError as error:
        what = f"the folder {shortened(str(top / here))} cannot be listed: {error.strerror}"
        remedy = "Put fewer folders into each other." if error.errno == errno.ENAMETOOLONG else "May you read it?"
        raise UnreadableDocument(what, value=str(top / here), remedy=remedy) from None


def shortened(path: str) -> str:
    """A path as it is told: of a very long one its beginning and its end."""
    return path if len(path) <= 2 * _TOLD else f"{path[:_TOLD]}…{path[-_TOLD:]}"


def below(root: str | os.PathLike[str]) -> Iterator[os.DirEntry[str]]:
    """Everything below a folder but folders; links are not followed, and what cannot be listed is passed over."""
    waiting = [os.fspath(root)]
    while waiting:  # `os.walk` calls itself for each level
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as found:
            for entry in found:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    yield entry


def _leads_inside(link: str, home: str) -> bool:
    """Whether a link ends at a regular file below `home`; one in a circle ends nowhere."""
    real = os.path.realpath(link)
    inside = real.startswith(os.path.join(home, "")) and not os.path.islink(real)
    return inside and os.path.isfile(link)  # of very many links after each other the system gives up


def open_inside(root: str | os.PathLike[str], path: str, *, links: bool = False) -> int:
    """A descriptor to read a regular file below a folder, opened part by part so that nothing leads out of it.

    With `links`, a link that ends at a file below the folder is followed; otherwise none is. What is put in the place
    of a part meanwhile is found out.

    Raises:
        OSError: if there is no such file, a part of the path is a link, or it is no regular file.
    """
    home = os.path.realpath(root)
    parts = path.split("/")
    if links and os.path.islink(os.path.join(home, path)):
        real = os.path.realpath(os.path.join(home, path))
        if not real.startswith(os.path.join(home, "")):
            raise OSError(f"{path} leads out of the folder")
        parts = os.path.relpath(real, home).split(os.sep)
    if any(part in ("", ".", "..") for part in parts):
        raise OSError(f"{path} is no path inside the folder")
    file = _opened(home, parts)
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise OSError(f"{path} is no regular file")
    return file


def _opened(home: str, parts: list[str]) -> int:
    if os.open not in os.supports_dir_fd:
        places = [os.path.join(home, *parts[: place + 1]) for place in range(len(parts))]
        if any(os.path.islink(place) for place in places):
            raise OSError(f"{'/'.join(parts)} is a link, or lies behind one")
        return os.open(places[-1], _FILE)
    with contextlib.ExitStack() as opened:
        here = os.open(home, _FOLDER)
        opened.callback(os.close, here)
        for part in parts[:-1]:
            here = os.open(part, _FOLDER, dir_fd=here)
            opened.callback(os.close, here)
        return os.open(parts[-1], _FILE, dir_fd=here)
