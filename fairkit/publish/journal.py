"""The journal of a deposit: which draft is ours, what was begun there and what is done, on the disk line by line.

It lies in `.fairkit/` at the top of the folder that is published, one file for each repository. Every line is one JSON
object, flushed to the disk before the next request; a line that was cut by a crash says nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fairkit import settings
from fairkit.errors import UsageError

from . import home
from .home import HOME

__all__ = ["HOME", "Journal", "opened"]

_LASTING = ("record", "concept", "published_release", "former")
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)
_OTHER = re.compile(r"[^a-z0-9.]+")


class Journal:
    """What is known of the deposits of one folder in one repository: the newest line that tells something counts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._facts: dict[str, Any] = {}
        for line in self._lines():
            self._take(line)

    def get(self, fact: str) -> Any:
        """The newest value of a fact; None if there is none."""
        return self._facts.get(fact)

    def note(self, step: str, **facts: Any) -> None:
        """Write down a step and what it told, and wait until the disk has it.

        Raises:
            UsageError: if it cannot be written.
        """
        line = {"at": settings.now(), "step": step, **facts}
        written = json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
        try:
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _NO_LINKS, 0o644)
            try:
                size = os.fstat(handle).st_size
                if size and os.pread(handle, 1, size - 1) != b"\n":  # a line that was cut must not swallow this one
                    written = b"\n" + written
                os.write(handle, written)
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            what = f"the journal {self.path} cannot be written: {error.strerror}"
            raise UsageError(what, value=str(self.path), remedy="Nothing is sent without a journal.") from None
        self._take(line)

    def _take(self, line: dict[str, Any]) -> None:
        """What comes after a release that was published begins with nothing of its own; a draft goes on as it is."""
        known = self._facts
        former = known.get("release")
        is_other = line.get("step") == "begin" and line.get("release") != former
        if is_other and former is not None and former == known.get("published_release"):
            self._facts = {name: known[name] for name in _LASTING if name in known}
        self._facts.update({name: value for name, value in line.items() if name not in ("at", "step")})

    def _lines(self) -> Iterator[dict[str, Any]]:
        try:
            body = self.path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            raise UsageError(f"the journal {self.path} cannot be read: {error.strerror}") from None
        for line in body.split(b"\n"):
            try:
                found = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(found, dict):
                yield found


@contextmanager
def opened(root: str | os.PathLike[str], base: str) -> Iterator[Journal]:
    """The journal of a folder for a repository, held so that nobody else publishes the folder there.

    `base` is the URL of the repository, or the absolute path of a local one.

    Raises:
        UsageError: if somebody does, or if there can be no journal.
    """
    place = Path(root, HOME)
    try:
        handle = os.open(home.made(root) / "lock", os.O_RDWR | os.O_CREAT | _NO_LINKS, 0o644)
    except OSError as error:
        what = f"there can be no journal in {place}: {error.strerror}"
        raise UsageError(what, value=str(place), remedy="May you write to the folder?") from None
    try:
        _hold(handle, root)
        yield Journal(place / f"{_name(base)}.jsonl")
    finally:
        os.close(handle)


def _name(base: str) -> str:
    """The host of a base URL; a local repository is told from others by a digest of its path."""
    if os.path.isabs(base):
        return f"local-{hashlib.sha256(os.fsencode(base)).hexdigest()[:12]}"
    return _OTHER.sub("-", urlsplit(base).netloc.lower())


def _hold(handle: int, root: str | os.PathLike[str]) -> None:
    try:
        import fcntl
    except ImportError:  # where there are no locks, nobody is kept out
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        what = f"somebody else is publishing {os.fspath(root)} just now"
        raise UsageError(what, value=os.fspath(root), remedy="Wait until it is done, then run it again.") from None
