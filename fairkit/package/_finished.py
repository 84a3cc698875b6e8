"""What is done already, so that work which was broken off goes on where it was: a line of JSON for each file.

A line is written before a file gets its final name, and counts only if the file is there as the line says; one that
was cut short when the program was killed is no line.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from fairkit import atomic
from fairkit.errors import UsageError

from . import names

__all__ = ["STATE", "Done", "Finished"]

STATE = ".fairkit-package.jsonl"
_LEAST: dict[str, type] = {"name": str, "size": int, "mtime_ns": int, "inode": int, "digests": dict}


class Done(NamedTuple):
    """A file that is finished; size, time and inode are those of its source, and none has a document that was made."""

    name: str
    size: int
    mtime_ns: int
    inode: int
    digests: dict[str, str]
    made: bool = False
    """Whether fairkit wrote its content, too."""
    place: int = 0
    """Where its bytes begin in an archive."""
    derived: bool = False
    """Whether other documents beside it tell all that it tells, so that it tells nothing of its own."""


class Finished:
    """The finished files of one piece of work, by name; usable from several threads.

    Raises:
        UsageError: if the file is a link, which we would follow when we write.
    """

    def __init__(self, path: Path) -> None:
        if os.path.islink(path):
            raise UsageError(f"{path} is a link", value=str(path), remedy="Remove it: fairkit writes a file there.")
        self.path = path
        self.files = {done.name: done for done in _read(path)}
        self._lock = threading.Lock()
        self._torn = bool(self.files) or path.exists()

    def has_made(self, name: str) -> bool:
        """Whether the document of this name, beside the file of ours, is still as fairkit wrote it."""
        done = self.files.get(name)
        if done is None or not done.made:
            return False
        place = self.path.with_name(name)
        if place.is_symlink() or not place.is_file():
            return False
        return hashlib.sha256(place.read_bytes()).hexdigest() == done.digests.get("sha256")

    def has_derived(self, name: str) -> bool:
        """Whether that document only repeats what others beside it tell."""
        return self.has_made(name) and self.files[name].derived

    def add(self, done: Done) -> None:
        """Remember a file."""
        line = _line(done)
        with self._lock:
            self.files[done.name] = done
            try:
                with open(self.path, "ab") as file:
                    file.write(b"\n" + line if self._torn else line)  # the last line may be a torn one
            except OSError as error:
                what = f"cannot write {self.path}: {error.strerror}"
                remedy = "May you write there? Else name another folder with --output."
                raise UsageError(what, value=str(self.path), remedy=remedy) from None
            self._torn = False

    def keep(self, every: Iterable[Done]) -> None:
        """Remember these files and no others."""
        self.files = {done.name: done for done in every}
        body = b"".join(_line(self.files[name]) for name in sorted(self.files))
        if not self.path.is_file() or self.path.read_bytes() != body:
            atomic.write(self.path, body)


def _line(done: Done) -> bytes:
    return json.dumps(done._asdict(), sort_keys=True).encode() + b"\n"


def _read(path: Path) -> Iterable[Done]:
    """What stands in the file; whoever put it there, no name in it leads anywhere else."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        try:
            told = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if _is_whole(told):
            place = told.get("place")
            yield Done(
                **{key: told[key] for key in _LEAST},
                made=told.get("made") is True,
                place=place if type(place) is int else 0,
                derived=told.get("derived") is True,
            )


def _is_whole(told: Any) -> bool:
    if not isinstance(told, dict) or any(type(told.get(key)) is not kind for key, kind in _LEAST.items()):
        return False
    digests = told["digests"]
    return names.fault(told["name"]) is None and all(isinstance(value, str) for value in digests.values())
