"""How a table of text is written: its delimiter, its header, its comments, its decimal sign, told by its beginning."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

__all__ = ["Dialect", "NoTable", "sniff"]

_DELIMITERS = ",\t;| "
_ROWS = 200
"""Rows that are looked at: what they do not show is seldom."""
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|[+-]?(nan|inf|infinity)", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+([eE][+-]?\d+)?")
_DECIMAL_POINT = re.compile(r"[+-]?\d*\.\d+([eE][+-]?\d+)?")
_MISSING = frozenset({"", "NA", "N/A", "NULL", "null"})


class NoTable(ValueError):  # noqa: N818 (named by what is wrong, as the errors of the house are)
    """There is no table in the text."""


class Dialect(NamedTuple):
    """`skip` lines stand before the first row; `names` are unique, made up where there is no header."""

    delimiter: str
    encoding: str
    decimal: str
    skip: int
    names: tuple[str, ...]
    header: bool
    comments: tuple[str, ...]
    notes: tuple[str, ...]


def sniff(head: bytes, *, prefer: str | None = None, whole: bool = True) -> Dialect:
    """The dialect of a table that begins so; `whole` says that this is all of it, else its last line is cut off.

    Raises:
        NoTable: if it is no text, or has no rows.
    """
    encoding = _encoding(head)
    text = head.decode(encoding, "ignore")
    if "\0" in text:
        raise NoTable("it is no text")
    lines = text.lstrip("\ufeff").splitlines(keepends=True)
    comments = _leading(lines)
    body = [line for line in lines[len(comments) :] if line.strip() and not line.startswith("#")]
    body = body[: _ROWS if whole or len(body) > _ROWS else max(len(body) - 1, 1)]
    if not body:
        raise NoTable("it has no rows")
    delimiter = _delimiter(body, prefer)
    rows = _rows(body, delimiter)
    decimal = "," if delimiter != "," and _has_decimal_commas(rows) else "."
    said = tuple(line.lstrip("#").strip() for line in comments if line.startswith("#"))
    header, names, lengths = _names(body, rows, delimiter, decimal, said)
    unique = _unique(names)
    notes = ("columns of the same name are told apart by a number",) if unique != tuple(names) else ()
    return Dialect(delimiter, encoding, decimal, len(comments) + lengths, unique, header, said, notes)


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _leading(lines: Sequence[str]) -> list[str]:
    """The comments and empty lines before the table."""
    first = next((n for n, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    return list(lines[:first])


def _delimiter(lines: Sequence[str], prefer: str | None) -> str:
    """The one that divides every row into the same number of cells, the largest there is, and then into most numbers;
    a comma if none does."""
    found = {each: _rows(lines, each) for each in _DELIMITERS}
    even = {each: len(rows[0]) for each, rows in found.items() if len({len(row) for row in rows}) == 1}
    if prefer is not None and even.get(prefer, 0) > 1:
        return prefer
    if max(even.values(), default=0) > 1:
        return max(even, key=lambda each: (even[each], _count_numbers(found[each], each)))
    return prefer or next((each for each in _DELIMITERS[:-1] if each in lines[0]), ",")


def _count_numbers(rows: Sequence[Sequence[str]], delimiter: str) -> int:
    decimals = "." if delimiter == "," else ".,"
    return sum(any(_is_number(cell, decimal) for decimal in decimals) for row in rows for cell in row)


def _rows(lines: Iterable[str], delimiter: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error as error:
        raise NoTable(str(error)) from None


def _has_decimal_commas(rows: Sequence[Sequence[str]]) -> bool:
    cells = [cell.strip() for row in rows[1:] for cell in row]
    return any(map(_DECIMAL_COMMA.fullmatch, cells)) and not any(map(_DECIMAL_POINT.fullmatch, cells))


def _names(
    body: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str, decimal: str, comments: Sequence[str]
) -> tuple[bool, list[str], int]:
    """Whether there is a header, the names, and the lines that the header takes in the table itself."""
    if _is_header(rows, decimal):
        reader = csv.reader(body, delimiter=delimiter)
        names = [cell.strip() for cell in next(reader)]
        return True, [name or f"f{i}" for i, name in enumerate(names)], reader.line_num
    if comments:
        said = [cell.strip() for cell in _rows([comments[-1]], delimiter)[0]] if comments[-1] else []
        if len(said) == len(rows[0]) and all(said) and not any(_is_number(cell, decimal) for cell in said):
            return True, said, 0  # as numpy.savetxt(header=…) writes it
    return False, [f"f{i}" for i in range(len(rows[0]))], 0


def _is_header(rows: Sequence[Sequence[str]], decimal: str) -> bool:
    """A word above numbers is a header; so are different words above other words."""
    first, rest = rows[0], rows[1:]
    for i, cell in enumerate(first):
        below = [row[i] for row in rest if len(row) > i and row[i].strip() not in _MISSING]
        if cell.strip() and not _is_number(cell, decimal) and below and all(_is_number(c, decimal) for c in below):
            return True
    filled = [cell.strip() for cell in first]
    return all(filled) and len(set(filled)) == len(filled) and not any(_is_number(cell, decimal) for cell in filled)


def _is_number(cell: str, decimal: str) -> bool:
    return _NUMBER.fullmatch(cell.strip().replace(decimal, ".")) is not None


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    """Names of which the second of its kind has a `_2`, and so on."""
    found: dict[str, None] = {}
    for name in names:
        number, made = 1, name
        while made in found:
            number += 1
            made = f"{name}_{number}"
        found[made] = None
    return tuple(found)
