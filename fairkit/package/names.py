"""Names of files inside a package: which cannot be, which lead out of it, and which trouble other systems."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

__all__ = ["fault", "troubles"]

_LONGEST_PART = 255
_LONGEST = 4096
_DEEPEST = 255
"""Folders in each other: many programs, Python's own among them, call themselves once for each."""
_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"{name}{number}" for name in ("COM", "LPT") for number in range(1, 10))}
)
_NOT_ON_WINDOWS = frozenset('<>:"|?*\\')


def fault(path: str, *, foreign: bool = False) -> str | None:
    """Why this cannot be the path of a file inside a package, or None; a `foreign` one is not ours to trust.

    In names from archives and servers a backslash or a drive letter would be a way out on some systems.
    """
    if not path:
        return "it is empty"
    if "\0" in path:
        return "it has a NUL in it"
    if path.startswith("/") or (foreign and (path.startswith("\\") or path[1:2] == ":")):
        return "it is absolute"
    if foreign and "\\" in path:
        return "it has a backslash in it"
    if any(part in ("", ".", "..") for part in path.split("/")):
        return "it leads out of the folder, or in a circle"
    try:
        written = path.encode()
    except UnicodeEncodeError:
        return "it is not UTF-8, which documents about it must be"
    if len(written) > _LONGEST or any(len(part) > _LONGEST_PART for part in written.split(b"/")):
        return "it is too long"
    if path.count("/") > _DEEPEST:
        return f"more than {_DEEPEST} folders lie in each other"
    return None


def troubles(paths: Iterable[str]) -> tuple[str, ...]:
    """What a person should know of these names: those that are one on some systems, or that some cannot have."""
    every = sorted(paths)
    same: dict[str, list[str]] = {}
    for path in every:
        same.setdefault(unicodedata.normalize("NFC", path).casefold(), []).append(path)
    twins = tuple(_twins(group) for group in same.values() if len(group) > 1)
    return (*twins, *(f"{path!r} cannot be had on Windows: {why}" for path in every if (why := _on_windows(path))))


def _twins(group: list[str]) -> str:
    composed = {unicodedata.normalize("NFC", path) for path in group}
    how = "the form of their accents" if len(composed) == 1 else "upper and lower case"
    return f"{' and '.join(map(repr, group))} differ only in {how}: they are one file on macOS and Windows"


def _on_windows(path: str) -> str | None:
    for part in path.split("/"):
        if part.partition(".")[0].upper() in _DEVICES:
            return f"{part!r} is the name of a device"
        if _NOT_ON_WINDOWS & set(part) or any(ord(letter) < 32 for letter in part):
            return f"{part!r} has a letter that names may not have"
        if part.endswith((".", " ")):
            return f"{part!r} ends with a dot or a blank"
    return None
