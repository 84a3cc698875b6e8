"""What lies where in a folder: the data, the documents that describe them, and what is left aside.

Links are followed only to files inside the folder; those that lead out are named, and nothing behind them is read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from fairkit.errors import NotFound

__all__ = ["DESCRIBING", "MANIFEST", "Folder", "is_describing", "look"]

MANIFEST = "manifest-sha256.txt"
DESCRIBING = frozenset({
    "fairkit.toml", "variables.csv", "ro-crate-metadata.json", "croissant.json", "datacite.json", "codemeta.json",
    "datapackage.json", "CITATION.cff", ".zenodo.json", "DATASHEET.md", "DATASHEET.html", "provenance.jsonld", MANIFEST,
})  # fmt: skip
"""The documents at the top of a folder that describe it, and are no part of its data."""
_READ_FIRST = ("README", "LICENSE", "LICENCE", "COPYING", "NOTICE", "CHANGELOG")


class Folder(NamedTuple):
    """The files of a folder by their paths from its top, `/` between the parts, sorted."""

    root: Path
    data: tuple[str, ...]
    describing: tuple[str, ...]
    links_out: tuple[str, ...]
    """Links that lead out of the folder, or to nothing: they are not followed."""


def is_describing(path: str) -> bool:
    """Whether a path inside a folder is a document about it, by its name: at the top only."""
    return "/" not in path and (path in DESCRIBING or path.upper().partition(".")[0] in _READ_FIRST)


def look(root: str | os.PathLike[str]) -> Folder:
    """The files of a folder and of the folders in it; hidden ones are passed over, but for what describes it.

    Raises:
        NotFound: if there is no such folder.
    """
    top = Path(root)
    if not top.is_dir():
        what = f"{top} is not a folder" if top.exists() else f"there is no folder {top}"
        raise NotFound(what, value=str(top), remedy="Is the path right?")
    data: list[str] = []
    describing: list[str] = []
    out: list[str] = []
    for path, inside in _walk(top):
        (out if not inside else describing if is_describing(path) else data).append(path)
    return Folder(top, tuple(sorted(data)), tuple(sorted(describing)), tuple(sorted(out)))


def _walk(top: Path) -> Iterator[tuple[str, bool]]:
    """Every file below `top`, and whether it is a regular one that lies inside."""
    home = top.resolve()
    for folder, folders, names in os.walk(top, followlinks=False):
        here = Path(folder)
        links = [name for name in folders if (here / name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in links)
        yield from (((here / name).relative_to(top).as_posix(), False) for name in links)
        for name in names:
            path = (here / name).relative_to(top).as_posix()
            if name.startswith(".") and not is_describing(path):
                continue
            real = (here / name).resolve()
            if (here / name).is_symlink():
                yield path, home in real.parents and real.is_file()
            elif real.is_file():
                yield path, True
