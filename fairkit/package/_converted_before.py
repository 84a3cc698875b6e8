"""The journal of conversions into a folder: what was finished, so that it is not done again.

A line of JSON for each input that was finished is written before its outputs get their names, and counts only if they
are there as the line says. Several processes may write at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from fairkit.errors import UsageError
from fairkit.model.base import adapter, plain
from fairkit.model.distribution import Checksum

from . import names
from .conversion import FileReport
from .provenance import alone

__all__ = ["JOURNAL", "Entry", "Journal", "add", "digest_of", "tell"]

JOURNAL = ".fairkit-convert.jsonl"


class Entry(NamedTuple):
    """An input that was finished: `how` it was converted, in a digest, and the times of the files."""

    how: str
    mtime_ns: int
    made_ns: tuple[int, ...]
    """The time of each output, in the order of the report."""
    report: FileReport


class Journal:
    """The journal of a folder as it stands; the last line about an input counts.

    Raises:
        UsageError: if the file is a link, which we would follow when we write.
    """

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self._root = Path(root)
        self._path = self._root / JOURNAL
        if self._path.is_symlink():
            raise UsageError(f"{self._path} is a link", value=str(self._path), remedy="Remove it.")
        self._entries: dict[tuple[str, str], Entry] = {}
        self._untold: dict[str, Entry] = {}
        for told in _lines(self._path):
            self._take(told)
        self._ours = {made.name for entry in self._entries.values() for made in entry.report.outputs}

    def _take(self, told: Any) -> None:
        if isinstance(told, dict) and isinstance(told.get("told"), list):
            for name in told["told"]:
                self._untold.pop(name, None) if isinstance(name, str) else None
            return
        with contextlib.suppress(ValueError, TypeError, KeyError):  # whoever wrote that line, it was not us
            report = adapter(FileReport).validate_python(told["report"])
            entry = Entry(str(told["how"]), int(told["mtime_ns"]), tuple(map(int, told["made_ns"])), report)
            self._entries[report.name, entry.how] = self._untold[report.name] = entry

    def finished(self, path: str, name: str, *, how: str, prove: bool) -> FileReport | None:
        """The report of an input that was finished and is unchanged, as are its outputs; None otherwise."""
        entry = self._entries.get((name, how))
        if entry is None or not entry.report.outputs or len(entry.made_ns) != len(entry.report.outputs):
            return None
        if prove and not all(made.proof for made in entry.report.outputs):
            return None
        if not _stands(path, entry.report.byte_size, entry.mtime_ns, entry.report.checksum):
            return None
        if any(names.fault(made.name) for made in entry.report.outputs):
            return None
        pairs = zip(entry.report.outputs, entry.made_ns, strict=True)
        if not all(_stands(self._root / made.name, made.byte_size, time, made.checksum) for made, time in pairs):
            return None
        return entry.report

    def is_ours(self, output: str) -> bool:
        """Whether an output of that name was made by a conversion."""
        return output in self._ours

    def untold(self) -> list[FileReport]:
        """What was finished, but is in no step of the provenance yet."""
        return [entry.report for entry in self._untold.values()]


def add(root: str, entry: Entry) -> None:
    """Write down an input that is finished, before its outputs get their names.

    Raises:
        UsageError: if that cannot be written.
    """
    _write(root, {**entry._asdict(), "report": plain(entry.report)})


def tell(root: str, inputs: Iterable[str]) -> None:
    """Write down which inputs are in the provenance now.

    Raises:
        UsageError: if that cannot be written.
    """
    _write(root, {"told": list(inputs)})


def _write(root: str, told: Any) -> None:
    body = json.dumps(told).encode()
    path = os.path.join(root, JOURNAL)
    try:
        with alone(root), open(path, "ab") as file:
            file.write(b"\n" + body + b"\n")  # the line before may be a torn one
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}", value=path) from None


def _lines(path: Path) -> Iterator[Any]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        with contextlib.suppress(ValueError, RecursionError):
            yield json.loads(line)


def _stands(path: str | Path, size: int | None, mtime_ns: int, checksum: Checksum | None) -> bool:
    """Whether a file is as it was: by its size and time, else by its size and digest."""
    try:
        found = os.lstat(path) if isinstance(path, Path) else os.stat(path)
        if found.st_size != size:
            return False
        return found.st_mtime_ns == mtime_ns or (checksum is not None and digest_of(path) == checksum)
    except OSError:
        return False


def digest_of(path: str | Path) -> Checksum:
    """The sha256 of a file."""
    with open(path, "rb") as file:
        return Checksum(algorithm="sha256", value=hashlib.file_digest(file, "sha256").hexdigest())
