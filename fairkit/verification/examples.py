"""Where the example rows of a model lie in its folder, and what their bytes are.

`examples/inputs.npz` has an array for each input by its name, `examples/outputs.npz` one for each output. In their
place may stand a `.json` (an object of lists), a `.parquet` (a column for each), a `.npy` (where there is one only), or
a folder of `.npy` files, one for each. `examples/labels` in any such form is the class that each row is to be given.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from fairkit.errors import NotFound, UnreadableDocument, UsageError
from fairkit.package.layout import open_inside

__all__ = ["FOLDER", "Part", "digest", "needed", "part"]

FOLDER = "examples"
_ENDS = (".npz", ".npy", ".json", ".parquet")
_MOST_FILES = 1000
_STEP = 1 << 20


class Part(NamedTuple):
    """The inputs, the outputs or the labels: files, and their digest."""

    files: tuple[tuple[str, str], ...]
    """Of each the name of its array where it has none in itself, and its path."""
    digest: str


def part(root: str, name: str) -> Part | None:
    """The files of a part, None if there are none.

    Raises:
        UsageError: if there are several that could be meant.
        UnreadableDocument: if one is no regular file of the folder.
    """
    folder = Path(root, FOLDER)
    found = [f"{name}{end}" for end in _ENDS if os.path.lexists(folder / f"{name}{end}")]
    inside = sorted(one.name for one in _listed(folder / name) if one.name.endswith(".npy"))
    if len(found) + bool(inside) > 1:
        what = f"{FOLDER} has {found[0]} and {found[1] if len(found) > 1 else name + '/'}"
        raise UsageError(what, value=str(folder), remedy="Keep one of them.")
    if inside:
        return _part(root, [(one.removesuffix(".npy"), f"{FOLDER}/{name}/{one}") for one in inside])
    return _part(root, [(name, f"{FOLDER}/{found[0]}")]) if found else None


def needed(root: str, name: str) -> Part:
    """The files of a part that there must be.

    Raises:
        NotFound: if there are none.
        UsageError, UnreadableDocument: as for `part`.
    """
    found = part(root, name)
    if found is None:
        remedy = "numpy.savez writes such a file: an array for each by its name."
        if name == "outputs":
            remedy += " --make-outputs lets the model itself make it: what changes later is seen then."
        raise NotFound(f"{root} has no {FOLDER}/{name}.npz", value=root, remedy=remedy)
    return found


def digest(root: str, paths: list[str]) -> str:
    """The digest of a file, or of the lines "digest  path" of several.

    Raises:
        UnreadableDocument: if one is no regular file of the folder.
    """
    every = [(path, _one(root, path)) for path in paths]
    if len(every) == 1:
        return f"sha256:{every[0][1]}"
    lines = "".join(f"{found}  {path}\n" for path, found in sorted(every))
    return f"sha256:{hashlib.sha256(lines.encode('utf-8', 'surrogateescape')).hexdigest()}"


def _listed(folder: Path) -> list[Path]:
    if not folder.is_dir() or folder.is_symlink():
        return []
    found = list(folder.iterdir())
    if len(found) > _MOST_FILES:
        raise UsageError(f"{folder} has more than {_MOST_FILES:,} files", value=str(folder))
    return found


def _part(root: str, files: list[tuple[str, str]]) -> Part:
    told = digest(root, [path for _, path in files])
    return Part(tuple((name, os.path.join(root, *path.split("/"))) for name, path in files), told)


def _one(root: str, path: str) -> str:
    try:
        found = hashlib.sha256()
        with open(open_inside(root, path), "rb") as file:
            while data := file.read(_STEP):
                found.update(data)
        return found.hexdigest()
    except OSError as error:
        what = f"{path} of {root} cannot be read: {error.strerror or error}"
        raise UnreadableDocument(what, value=path, remedy="It must be a regular file, and no link.") from None
