"""The token for a repository: from a variable, the keyring, or a file that nobody else can read. Never from a call.

What stands on a command line is seen by everybody on the machine and kept by the shell.
"""

from __future__ import annotations

import importlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from fairkit.errors import AuthenticationError, UsageError

from .places import Place

__all__ = ["Token", "file_of", "find", "required"]

_SERVICE = "fairkit"
_LONGEST = 8192


class Token(NamedTuple):
    """A token, and where it was found; it does not show itself."""

    value: str
    where: str

    def __repr__(self) -> str:
        return f"Token(from {self.where})"


def find(place: Place, *, environment: Mapping[str, str] | None = None) -> Token | None:
    """The first token that there is for a repository; None without one.

    Raises:
        UsageError: if one is there that cannot be one, or that others can read.
    """
    known = os.environ if environment is None else environment
    for name in place.tokens:
        if written := known.get(name, "").strip():
            return Token(_checked(written, name), name)
    return _of_keyring(place) or _of_file(place)


def required(place: Place) -> Token:
    """As `find`.

    Raises:
        AuthenticationError: if there is none, telling where one may stand.
    """
    found = find(place)
    if found is None:
        what = f"there is no token for {place.name} ({place.base})"
        remedy = f"Set {place.tokens[-1]}, or write it to {file_of(place)} (mode 0600). --dry-run works without one."
        raise AuthenticationError(what, value=place.base, remedy=remedy)
    return found


def file_of(place: Place) -> Path:
    """The file in which a token may stand: one for each host."""
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return home / "fairkit" / "tokens" / urlsplit(place.base).netloc.replace(":", "_")


def _of_keyring(place: Place) -> Token | None:
    """From the keyring of the desktop, where the package `keyring` is installed: `keyring set fairkit HOST`."""
    try:
        keyring: Any = importlib.import_module("keyring")
        errors: Any = importlib.import_module("keyring.errors")
    except ImportError:
        return None
    host = urlsplit(place.base).netloc
    try:
        found = keyring.get_password(_SERVICE, host)
    except errors.KeyringError:
        return None
    return Token(_checked(found, "the keyring"), "the keyring") if isinstance(found, str) and found else None


def _of_file(place: Place) -> Token | None:
    path = file_of(place)
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    with open(handle, "rb") as file:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            return None
        if os.name == "posix" and mode & 0o077:
            what = f"{path} holds a token, and others can read it"
            raise UsageError(what, value=str(path), remedy=f"chmod 600 {path}")
        written = file.read(_LONGEST).decode("utf-8", "replace").strip()
    return Token(_checked(written, str(path)), str(path)) if written else None


def _checked(written: str, where: str) -> str:
    if not (written.isascii() and written.isprintable() and " " not in written and len(written) < _LONGEST):
        what = f"what stands in {where} is no token: it has blanks, line breaks or letters that no token has"
        raise UsageError(what, value=where, remedy="Copy the token again, without quotes.")
    return written
