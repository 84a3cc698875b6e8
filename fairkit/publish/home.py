"""The hidden folder `.fairkit` at the top of a folder that is published: its journals, its package, its archives."""

from __future__ import annotations

import os
from pathlib import Path

from fairkit import atomic
from fairkit.errors import UsageError

__all__ = ["HOME", "PACKAGE", "ZIPS", "made", "refuse_links"]

HOME = ".fairkit"
PACKAGE, ZIPS = f"{HOME}/package", f"{HOME}/zips"
_IGNORED = b"# What fairkit keeps here is of this copy of the folder: journals, a package, archives.\n*\n"


def made(root: str | os.PathLike[str]) -> Path:
    """The hidden folder, made where it is missing; git passes over it.

    Raises:
        UsageError: if it, or a folder in it, is a link: whatever fairkit writes and deletes there would be elsewhere.
        OSError: if it cannot be made.
    """
    refuse_links(root)
    home = Path(root, HOME)
    home.mkdir(exist_ok=True)
    if not os.path.lexists(home / ".gitignore"):
        atomic.write(home / ".gitignore", _IGNORED)
    return home


def refuse_links(root: str | os.PathLike[str]) -> None:
    """See that nothing in it leads elsewhere: a folder may come from strangers.

    Raises:
        UsageError: if something does.
    """
    for name in (HOME, PACKAGE, ZIPS):
        if os.path.islink(Path(root, name)):
            what = f"{Path(root, name)} is a link, and fairkit writes and deletes there"
            raise UsageError(what, value=str(Path(root, name)), remedy="Take the link away.")
