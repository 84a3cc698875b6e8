"""variables.csv: the variables of a dataset in a table of their own, where there are too many for fairkit.toml.

One row for each. The columns are the keys of `[[variables]]`; the range is in `range_min` and `range_max`, a shape is
written `-1 5`, classes `0=light; 1=b`. What spreadsheets make of such a file is read as well: a byte order mark,
semicolons or tabs between the cells, a comma in a number.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from fairkit.errors import UnreadableDocument
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.resource import Resource
from fairkit.model.variable import Variable

from ._reading import Reading
from ._toml_faults import checked
from ._toml_placing import encode
from .fairkit_toml import variable

__all__ = [
    "COLUMNS", "FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "claims", "lines", "read", "recognises", "separated",
    "separator", "write",
]  # fmt: skip

TITLE = "variables.csv, a table of variables"
MEDIA_TYPE = "text/csv"
FILE_NAMES = ("variables.csv",)
HOLDS = frozenset({"variables"})
COLUMNS = (
    "name", "type", "unit", "description", "role", "group", "shape", "padding", "missing", "range_min", "range_max",
    "term", "count", "columns", "classes",
)  # fmt: skip

_OPEN = {"range_min": "-inf", "range_max": "inf"}
_BETWEEN = re.compile(r"[\s,;x×]+")
_COMMA = re.compile(r"[+-]?\d+,\d+")


def recognises(data: Any) -> bool:
    """Never: it is no JSON; `claims` knows it."""
    return False


def claims(body: bytes) -> bool:
    """Whether the first line names our columns: somebody else's variables.csv may be data."""
    heads = _heads(_text(body).lstrip().partition("\n")[0])
    return "name" in heads and (len(heads) == 1 or len(set(heads) & set(COLUMNS)) > 1)


def read(document: Document) -> View:
    """The variables that a table describes; what is wrong in a row is a fault, and the rest of it is read.

    Raises:
        UnreadableDocument: if it is no table with a column `name`.
    """
    try:
        rows = list(_rows(_text(document.body)))
    except csv.Error as error:
        raise UnreadableDocument(f"{document.url} is not readable CSV: {error}", value=document.url) from None
    if not rows or "name" not in rows[0]:
        remedy = f"Its first line names the columns: {', '.join(COLUMNS)}."
        raise UnreadableDocument(f"{document.url} has no column 'name'", value=document.url, remedy=remedy)
    heads, told = rows[0], [_row(rows[0], cells) for cells in rows[1:]]
    reading = Reading(document, told)
    reading.faults = _strange(heads)
    made: list[Variable] = []
    for number, row in enumerate(told):
        made += _variable(row, number, reading.faults)
    reading.put("variables", tuple(made), "")  # the whole table; a row of it is at /0
    return reading.view("dataset", holds=HOLDS)


def write(resource: Resource) -> bytes:
    """The table of the variables of a resource, with the columns that any of them needs."""
    rows = lines(resource.variables)
    heads = [name for name in COLUMNS if name == "name" or any(row.get(name) for row in rows)]
    return separated([heads, *([row.get(name, "") for name in heads] for row in rows)], ",").encode()


def lines(variables: Iterable[Variable]) -> list[dict[str, str]]:
    """Variables as cells by their columns."""
    told: list[dict[str, Any]] = encode("variables", tuple(variables))["/variables"]
    return [_cells(row) for row in told]


def separated(rows: Iterable[Sequence[str]], sign: str) -> str:
    """Rows of cells as lines of text."""
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator="\n").writerows(rows)
    return out.getvalue()


def separator(text: str) -> str:
    """What stands between the cells, by the first line: a comma unless there are more semicolons or tabs."""
    first = text.lstrip().partition("\n")[0]
    return max(",;\t", key=first.count)


def _text(body: bytes) -> str:
    return body.decode("utf-8-sig", "replace")


def _heads(line: str) -> list[str]:
    return [cell.strip().strip('"').casefold() for cell in line.split(separator(line))]


def _rows(text: str) -> Iterator[list[str]]:
    """The cells of each line that has any, the names of the columns in lower case."""
    cells = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), skipinitialspace=True, strict=True)
    filled = ([cell.strip() for cell in row] for row in cells if any(cell.strip() for cell in row))
    for number, row in enumerate(filled):
        yield [cell.casefold() for cell in row] if number == 0 else row


def _row(heads: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {head: cell for head, cell in zip(heads, cells, strict=False) if head and cell}


def _strange(heads: Sequence[str]) -> list[str]:
    """The columns that nobody knows, or that stand there twice."""
    faults = []
    for number, head in enumerate(heads):
        near = difflib.get_close_matches(head, COLUMNS, n=1)
        if head in heads[:number]:
            faults.append(f": the column {head!r} stands there twice" if head else "")
        elif head and head not in COLUMNS:
            faults.append(f": no such column {head!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    return [fault for fault in faults if fault]


def _variable(row: dict[str, str], number: int, faults: list[str]) -> list[Variable]:
    """The variable of a row; none where it has no name."""
    try:
        told = _plain({name: cell for name, cell in row.items() if name in COLUMNS})
    except ValueError as error:
        faults.append(f"/{number}: {error}")
        told = _plain({name: cell for name, cell in row.items() if name in ("name", "type", "unit", "description")})
    form, wrong = checked({"variables": [told]})
    for fault in wrong:
        place, _, said = fault.partition(": ")
        faults.append(f"/{number}{place.removeprefix('variables.0').replace('.', '/')}: {said}")
    return [variable(each) for each in form.variables]


def _plain(cells: dict[str, str]) -> dict[str, Any]:
    """The cells as the table [[variables]] has them.

    Raises:
        ValueError: naming the column with a value that is none.
    """
    told: dict[str, Any] = dict(cells)
    if "shape" in told:
        told["shape"] = _shape(told["shape"])
    bounds = {name: told.pop(name, None) for name in _OPEN}
    if any(bounds.values()):
        told["range"] = [_number(name, bound or _OPEN[name]) for name, bound in bounds.items()]
    if "classes" in told:
        pairs = [part.partition("=") for part in told["classes"].split(";") if part.strip()]
        if not all(sign and name.strip() for _, sign, name in pairs):
            raise ValueError(f"classes: {told['classes']!r} is no list as in '0=light; 1=b'")
        told["classes"] = {value.strip(): name.strip() for value, _, name in pairs}
    return told


def _shape(cell: str) -> list[int]:
    lengths = [part for part in _BETWEEN.split(cell.strip("[]() ")) if part and part != "scalar"]
    try:
        return [int(length) for length in lengths]
    except ValueError:
        raise ValueError(f"shape: {cell!r} is no list of lengths as in '-1 5'") from None


def _number(name: str, cell: str) -> float:
    try:
        return float(cell.replace(",", ".") if _COMMA.fullmatch(cell) else cell)
    except ValueError:
        raise ValueError(f"{name}: {cell!r} is no number") from None


def _cells(row: dict[str, Any]) -> dict[str, str]:
    """One variable; meanings by another variable have no column."""
    told = {name: str(row[name]) for name in COLUMNS if name in row}
    if "shape" in row:
        told["shape"] = " ".join(map(str, row["shape"])) or "scalar"
    for name, bound, open_end in zip(_OPEN, row.get("range", ()), _OPEN.values(), strict=False):
        told[name] = "" if str(bound) == open_end else str(bound).removesuffix(".0")
    if "classes" in row:
        told["classes"] = "; ".join(f"{value}={name}" for value, name in row["classes"].items())
    return told
