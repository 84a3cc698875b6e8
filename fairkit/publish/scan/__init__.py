"""What nobody wants to publish: secrets and personal data, found in the files that would be sent.

Every file is judged by its name; of texts, notebooks among them, the first two million bytes are read. What is surely a
secret blocks; all else is a note, since a person has to judge it. No finding shows what it found.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import Protocol

from fairkit.publish.problem import Problem, problem
from fairkit.publish.sending import LocalFile

from . import names, personal, photos, secrets

__all__ = ["Allowed", "scan"]

_MOST = 2_000_000
"""Bytes of a text that are read."""
_HEAD = 8_192


class Allowed(Protocol):
    """A finding that somebody has looked at, and why it may stay."""

    @property
    def file(self) -> str:
        """The file, or a pattern."""

    @property
    def code(self) -> str:
        """The kind of finding."""

    @property
    def reason(self) -> str:
        """Why it may stay."""


def scan(files: Iterable[LocalFile], *, allowed: Iterable[Allowed] = ()) -> Iterator[Problem]:
    """Every finding; one that is `allowed` does not block, and is told with the reason."""
    known = tuple(allowed)
    for file in files:
        for one in _findings(file):
            reason = next((a.reason for a in known if a.code == one.code and fnmatchcase(file.key, a.file)), None)
            yield one if reason is None else one._replace(blocks=False, remedy=f"It is allowed: {reason}")
    if not secrets.complete():
        yield problem("scan-partly")


def _findings(file: LocalFile) -> Iterator[Problem]:
    yield from names.of_name(file.key)
    body = _head(file.path)
    if body.startswith(b"\xff\xd8"):
        yield from photos.of_photo(file.key, body)
    elif (text := _text(body)) is not None:
        yield from secrets.of_text(file.key, text)
        yield from personal.of_text(file.key, text)


def _head(path: str) -> bytes:
    """The beginning of a file: all that is looked at of a text, and less of what is none."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with open(handle, "rb") as file:
            head = file.read(_HEAD)
            return head + file.read(_MOST - _HEAD) if _is_text(head) or head.startswith(b"\xff\xd8") else b""
    except (OSError, ValueError):  # sending it tells why it cannot be read
        return b""


def _is_text(head: bytes) -> bool:
    return b"\0" not in head or head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _text(body: bytes) -> str | None:
    wide = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return body.decode("utf-16" if wide else "utf-8", "replace") if body else None
