"""The files of a dataset: what documents say of them, held against those that lie in the folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from fairkit.model.distribution import Distribution
from fairkit.model.harvest import Harvest
from fairkit.model.locate import line_finder
from fairkit.model.resource import Resource
from fairkit.vocab import media_types

from .layout import is_describing
from .splits import copies, entries
from .words import FileFacts, Finding

__all__ = ["Places", "filled"]

_LOOKED = "folder"
"""The view that only tells which files are there."""


class Places:
    """Where the documents of a folder say what they say: a file by its path from the top, and a line of it."""

    def __init__(self, read: Harvest | None) -> None:
        self._read = read
        self._line = line_finder()

    def __call__(self, field: str, below: str = "") -> tuple[str | None, int | None]:
        """The file that gives a field of the resource, and the line; `below` is a pointer from there."""
        origin = self._read.origin(field) if self._read else None
        if origin is None or origin.document.representation == _LOOKED:
            return None, None
        return os.path.basename(origin.document.url), self._line(origin.document, origin.pointer + below)

    def is_looked(self, field: str) -> bool:
        """Whether only a look at the names of the files gives the field."""
        owner = self._read.owners.get(field) if self._read else None
        return owner is not None and owner.representation == _LOOKED


def filled(
    resource: Resource, here: Sequence[Distribution], facts: Sequence[FileFacts], place: Places
) -> tuple[Resource, tuple[Finding, ...]]:
    """The resource with its files, their number, sizes, formats and rows; and where documents say something else.

    What a document says of the whole stays; of a file that is here its true size is told.
    """
    documented = () if place.is_looked("distributions") else resource.distributions
    listed, findings = _listed(documented, here, place)
    again = copies(facts)
    numbers = [entries(file) for file in facts if file.path not in again]
    found: dict[str, Any] = {
        "byte_size": sum(file.byte_size or 0 for file in here) if here else None,
        "file_count": len(here) or None,
        "entry_count": None if not numbers or None in numbers else sum(number or 0 for number in numbers),
    }
    formats = () if place.is_looked("formats") else resource.formats
    gaps = {name: value for name, value in found.items() if getattr(resource, name) is None}
    made = replace(
        resource,
        distributions=listed,
        listing="complete" if listed else resource.listing,
        formats=formats or _formats(here, facts),
        **gaps,
    )
    return made, (*findings, *_contradictions(resource, found, place))


def _listed(
    documented: Sequence[Distribution], here: Sequence[Distribution], place: Places
) -> tuple[tuple[Distribution, ...], list[Finding]]:
    """The files that are here, with what is documented of each, then those that lie elsewhere."""
    said = {file.name.removeprefix("./"): (number, file) for number, file in enumerate(documented)}
    findings: list[Finding] = []
    listed: list[Distribution] = []
    for file in here:
        number, known = said.pop(file.name, (0, file))
        if known.byte_size not in (None, file.byte_size):
            text = f"{file.name} is said to have {known.byte_size:,} bytes, and has {file.byte_size:,}"
            findings.append(_conflict(text, place("distributions", f"/{number}")))
        media_type = known.media_type or file.media_type
        listed.append(
            replace(known, name=file.name, byte_size=file.byte_size, media_type=media_type, tables=file.tables)
        )
    for name, (number, file) in said.items():
        if file.content_url and "://" in file.content_url:
            listed.append(file)
        elif not is_describing(name):
            where = place("distributions", f"/{number}")
            findings.append(Finding(kind="missing", text=f"the file {name} is not here", file=where[0], line=where[1]))
    return tuple(listed), findings


def _formats(here: Sequence[Distribution], facts: Sequence[FileFacts]) -> tuple[str, ...]:
    """The formats of the files that hold data; of all files where none could be looked into."""
    opened = {file.path for file in facts}
    chosen = [file.name for file in here if file.name in opened or not opened]
    return tuple(dict.fromkeys(known.name for name in chosen if (known := media_types.of_file(name))))


def _contradictions(resource: Resource, found: dict[str, Any], place: Places) -> Iterator[Finding]:
    words = {"byte_size": "bytes", "file_count": "files", "entry_count": "entries"}
    for field, noun in words.items():
        said = getattr(resource, field)
        if said is not None and found[field] is not None and said != found[field]:
            text = f"the data are said to have {said:,} {noun}, and have {found[field]:,}"
            yield _conflict(text, place(field))


def _conflict(text: str, where: tuple[str | None, int | None]) -> Finding:
    return Finding(kind="conflict", text=text, file=where[0], line=where[1])
