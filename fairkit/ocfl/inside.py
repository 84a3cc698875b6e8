"""Paths into an object: `repository/ID/train.h5` is that file of its newest version, `ID/v1/train.h5` of its first.

On the disk a file lies where it was first stored; a path here names it as the package does.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

from fairkit.errors import FairkitError, NotFound, UnreadableDocument

from .storage import PREFIX, Content, Object, Version, is_object, is_root, opened

__all__ = ["Inside", "content", "inside", "is_inside"]

_VERSION = re.compile(r"v([1-9][0-9]{0,8})")


class Inside(NamedTuple):
    """What a path means: an object, one of its versions, and the name of a file or a folder in it; '' for all of it."""

    object: Object
    version: Version
    name: str


def is_inside(path: str | os.PathLike[str]) -> bool:
    """Whether a path is that of an object or of one of its versions."""
    found = _object(Path(os.path.abspath(path)))
    return found is not None and (not found[1] or _VERSION.fullmatch(found[1]) is not None)


def inside(path: str | os.PathLike[str]) -> Inside | None:
    """What a path into an object means; None if it leads into none.

    Raises:
        UnreadableDocument: if the object is broken, or has no such version.
    """
    found = _object(Path(os.path.abspath(path)))
    if found is None:
        return None
    place, rest = found
    object = opened(place)
    first, _, name = rest.partition("/")
    number = _VERSION.fullmatch(first)
    if number is None:
        return Inside(object, object.version(), rest)
    try:
        return Inside(object, object.version(int(number[1])), name)
    except NotFound as error:
        raise UnreadableDocument(error.what, value=str(path), remedy=error.remedy) from None


def content(path: str | os.PathLike[str]) -> Content | None:
    """The file of an object that a path means; None if it means none."""
    try:
        found = inside(path)
    except FairkitError:
        return None
    return found.version.files.get(found.name) if found else None


def _object(path: Path) -> tuple[Path, str] | None:
    """The folder of the object that a path leads into, and what is left of the path."""
    for here in (path, *path.parents):
        if is_root(here):
            return None
        if is_root(here.parent):
            named = (here, here.parent / f"{PREFIX}{here.name}")
            place = next((each for each in named if is_object(each) and not each.is_symlink()), None)
            return (place, path.relative_to(here).as_posix().removeprefix(".")) if place else None
    return (path, "") if is_object(path) else None
