"""Reads a shipped table into typed rows, and finds a row by any of its spellings.

A table is a CSV file whose columns are the fields of a NamedTuple. A cell of a tuple field is a list separated by `;`,
a cell of a bool field is `yes` or `no`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, get_type_hints

from fairkit import resources

__all__ = ["address", "index", "load", "longest_prefix", "plain"]

Row = TypeVar("Row")

_PROTOCOL = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(";") if word.strip())


_READERS: Mapping[Any, Callable[[str], object]] = {
    str: str,
    bool: {"yes": True, "no": False}.__getitem__,
    tuple[str, ...]: _words,
}


def load(name: str, row: Callable[..., Row]) -> tuple[Row, ...]:
    """The rows of `vocabularies/<name>.csv`, each made by the NamedTuple `row`.

    A cell too many or too few, or a cell that its column cannot hold, is a fault of the table: ValueError or KeyError.
    """
    readers = {column: _READERS[kind] for column, kind in get_type_hints(row).items()}
    lines = csv.reader(resources.read_bytes("vocabularies", f"{name}.csv").decode().splitlines())
    header = next(lines)
    return tuple(
        row(**{column: readers[column](cell) for column, cell in zip(header, cells, strict=True)}) for cells in lines
    )


def index(rows: Iterable[Row], spellings: Callable[[Row], Iterable[str]]) -> dict[str, Row]:
    """Each spelling and the row that it means; a spelling of two rows would mean neither, so it is a ValueError."""
    found: dict[str, Row] = {}
    for row in rows:
        for spelling in filter(None, spellings(row)):
            if found.setdefault(spelling, row) is not row:
                raise ValueError(f"{spelling!r} means both {found[spelling]} and {row}")
    return found


def plain(text: str) -> str:
    """Only the letters and digits of a spelling, in lower case: `Is-Part of` and `isPartOf` are one."""
    return "".join(filter(str.isalnum, text.casefold()))


def address(iri: str) -> str:
    """An IRI as it is compared: http and https are one, and neither `www.`, case nor the last `/` or `#` matter."""
    return _PROTOCOL.sub("", iri.strip()).casefold().rstrip("/#")


def longest_prefix(text: str, known: Mapping[str, Row]) -> Row | None:
    """The row under the longest key that begins an address and ends where one of its parts does, or none."""
    for end in range(min(len(text), max(map(len, known))), 0, -1):
        if (end == len(text) or not text[end].isalnum() or not text[end - 1].isalnum()) and text[:end] in known:
            return known[text[:end]]
    return None
