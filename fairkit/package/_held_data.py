"""What documents say of the data, held against the files: variables, splits, counts, sizes, digests, formats."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.harvest import Harvest
from fairkit.model.resource import Resource
from fairkit.model.variable import Split
from fairkit.vocab import media_types

from . import fixity, variables
from .files import Places
from .layout import Folder, is_describing, open_inside
from .splits import copies, entries, members
from .validation import Fault
from .words import Description, Finding

__all__ = ["Held", "of_data", "of_values"]

_HEX = re.compile(r"[0-9a-f]+")
_NO_LENGTH = {"shake_128", "shake_256"}
_LOOK = "Is the file right, or what is said of it? fairkit describe DIR  shows what is there."
_OF_FINDINGS = {  # kind of a finding: the code, whether it is an error, what to do
    "unreadable": ("data-unreadable", True, "Is the file whole? Make it again, or take it out."),
    "link": ("link-out", False, "Put the file itself into the folder, or take the link away."),
    "leak": ("leak", False, "Give it the role that it has: label, truth, spectator."),
    "range": ("range", True, _LOOK),
    "values": ("values", False, "Say what it means: missing, or classes."),
    "conflict": ("data-conflict", True, _LOOK),
    "overlap": ("split-overlap", False, "Say in the description of the split why, or make it again."),
    "duplicates": ("duplicates", False, "Say in the description why, or take them out."),
    "identical": ("identical", False, "Is one of the two needed?"),
    "constant": ("constant", False, "Say in its description why, or leave it out."),
}

_DATA_TOO = ("model-file", "results")
"""What documents are that are read, and are what the folder is for."""


class Held(NamedTuple):
    """A folder, what its documents say, and what was found in it."""

    folder: Folder
    read: Harvest
    found: Description
    place: Places

    @property
    def data(self) -> tuple[str, ...]:
        """The files but for saved records and other documents that were read as such, whatever they are called."""
        every = self.read.evidence.documents
        read = {os.path.basename(one.url) for one in every if one.representation not in _DATA_TOO}
        return tuple(path for path in self.folder.data if path not in read)

    def documented(self, field: str) -> bool:
        """Whether a document says it, and not a look at the names of the files."""
        return field in self.read.owners and not self.place.is_looked(field)


def of_data(held: Held, *, digests: bool, say: Callable[[str], None]) -> Iterator[Fault]:
    """All that can be held against the files without reading every value."""
    yield from _findings(held.found.findings, {"unreadable", "link", "leak"})
    yield from _variables(held)
    yield from _splits(held)
    yield from _totals(held)
    yield from _formats(held)
    yield from _files(held, digests=digests, say=say)


def of_values(before: Sequence[Finding], after: Sequence[Finding]) -> Iterator[Fault]:
    """What was found by reading every value."""
    known = set(before)
    yield from _findings([one for one in after if one not in known], set(_OF_FINDINGS))


def _findings(findings: Sequence[Finding], kinds: set[str]) -> Iterator[Fault]:
    for one in findings:
        if one.kind in kinds:
            code, error, remedy = _OF_FINDINGS[one.kind]
            yield _fault(code, one.text, (one.file, one.line), remedy, error=error)


def _variables(held: Held) -> Iterator[Fault]:
    documented = held.read.resource.variables
    complete = not any(one.kind == "unreadable" for one in held.found.findings)
    _, findings = variables.merged(
        documented, held.found.facts, line=lambda number: held.place("variables", f"/{number}"), complete=complete
    )
    top = held.place("variables")
    for one in findings:
        where = (one.file, one.line) if one.file else top
        if one.kind == "missing":
            yield _fault("variable-missing", one.text, where, "Take it out, or name it as the file does.", error=True)
        elif one.kind == "conflict":
            between = one.file is not None and not is_describing(one.file)
            yield _fault("variable-conflict", one.text, where, _LOOK, error=not between)
        elif one.kind == "undescribed":
            yield _fault("variable-undocumented", one.text, where, "fairkit init DIR  adds what is new.")


def _splits(held: Held) -> Iterator[Fault]:
    if not held.documented("splits"):
        return
    paths = held.data
    rows = {file.path: entries(file) for file in held.found.facts}
    again = copies(held.found.facts)
    splits = held.read.resource.splits
    every = [members(split, paths) for split in splits]
    times = Counter(path for mine in every for path in mine)
    for number, (split, mine) in enumerate(zip(splits, every, strict=True)):
        where = held.place("splits", f"/{number}")
        for pattern in split.files:
            if paths and not members(Split(name=split.name, files=(pattern,)), paths):
                text = f"no file of the split {split.name} is called {pattern}"
                yield _fault("split-files", text, where, "Name the files as they are, or mend the pattern.", error=True)
        counted = [rows.get(path) for path in mine if again.get(path) not in mine]
        if split.entry_count is None or not counted or None in counted or any(times[path] > 1 for path in mine):
            continue
        total = sum(each or 0 for each in counted)
        if total != split.entry_count:
            text = f"the split {split.name} is said to have {split.entry_count:,} entries, and has {total:,}"
            yield _fault("split-count", text, where, _LOOK, error=True)


def _totals(held: Held) -> Iterator[Fault]:
    """The numbers of the whole: entries, files, bytes."""
    said: Resource = held.read.resource
    again = copies(held.found.facts)
    rows = [entries(file) for file in held.found.facts if file.path not in again]
    here = [os.path.getsize(held.folder.root / path) for path in held.data]
    found = {
        "entry_count": ("entries", None if not rows or None in rows else sum(each or 0 for each in rows)),
        "file_count": ("files", len(here) or None),
        "byte_size": ("bytes", sum(here) or None),
    }
    elsewhere = any(file.content_url and file.name not in held.folder.data for file in said.distributions)
    for field, (noun, number) in found.items():
        value = getattr(said, field)
        if value is not None and number is not None and value != number and not elsewhere:
            text = f"the data are said to have {value:,} {noun}, and have {number:,}"
            yield _fault(f"{noun}-count", text, held.place(field), _LOOK, error=True)


def _formats(held: Held) -> Iterator[Fault]:
    """Formats that are declared and that no file has."""
    if not held.documented("formats"):
        return
    known = {format.name for path in held.data if (format := media_types.of_file(path))}
    for written in held.read.resource.formats:
        found = media_types.find(written)
        if found and known and found.name not in known:
            text = f"no file here is of the format {written}"
            yield _fault("format-absent", text, held.place("formats"), "Name the formats of the files that are here.")


def _files(held: Held, *, digests: bool, say: Callable[[str], None]) -> Iterator[Fault]:
    """The files that a document lists."""
    if not held.documented("distributions"):
        return
    inside = {*held.folder.data, *held.folder.describing}
    for number, file in enumerate(held.read.resource.distributions):
        where = held.place("distributions", f"/{number}")
        name = file.name.removeprefix("./")
        if name not in inside:
            if held.data and not (file.content_url and "://" in file.content_url):
                yield _fault("file-missing", f"the file {name} is not here", where, "Add it, or its url.", error=True)
            continue
        size = os.path.getsize(held.folder.root / name)
        if file.byte_size is not None and file.byte_size != size:
            text = f"{name} is said to have {file.byte_size:,} bytes, and has {size:,}"
            yield _fault("file-size", text, where, _LOOK, error=True)
        yield from _media_type(file, where)
        if digests and file.checksums:
            say(name)
            yield from _digests(held.folder, name, file.checksums, where)


def _media_type(file: Distribution, where: tuple[str | None, int | None]) -> Iterator[Fault]:
    known, said = media_types.of_file(file.name), media_types.find(file.media_type or "")
    if known and said and known.name != said.name:
        text = f"{file.name} is said to be {file.media_type}, and is called as {known.media_type} is"
        yield _fault("file-media-type", text, where, _LOOK)


def _digests(
    folder: Folder, name: str, checksums: Sequence[Checksum], where: tuple[str | None, int | None]
) -> Iterator[Fault]:
    known = {*fixity.ALGORITHMS, "crc32", *hashlib.algorithms_guaranteed} - _NO_LENGTH
    wanted = {one.algorithm: one.value for one in checksums if one.algorithm in known and _HEX.fullmatch(one.value)}
    try:
        with open(open_inside(folder.root, name, links=True), "rb", buffering=0) as file:
            _, made = fixity.digest(file.readinto, list(wanted))
    except OSError as error:
        text = f"{name} cannot be read: {error.strerror or error}"
        yield _fault("data-unreadable", text, (name, None), "May you read it?", error=True)
        return
    for algorithm, value in wanted.items():
        if made[algorithm] != value:
            yield _fault("file-checksum", f"the {algorithm} of {name} is {made[algorithm]}", where, _LOOK, error=True)


def _fault(code: str, text: str, where: tuple[str | None, int | None], remedy: str, *, error: bool = False) -> Fault:
    return Fault(
        code=code, level="error" if error else "warning", text=text, file=where[0], line=where[1], remedy=remedy
    )
