"""channels.csv: which variable of the data goes into which channel of a model, as `fairkit bind` writes it.

One row for each channel. The columns are the keys of a channel; the bounds of `clip` and `range` have a column each.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from fairkit.errors import UnreadableDocument
from fairkit.model.ai import Channel
from fairkit.model.base import adapter
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.resource import Resource

from ._reading import Reading
from .variables_csv import separated, separator

__all__ = ["COLUMNS", "FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "claims", "read", "recognises", "write"]

TITLE = "channels.csv, the channels of a model"
MEDIA_TYPE = "text/csv"
FILE_NAMES = ("channels.csv",)
HOLDS = frozenset({"channels"})
COLUMNS = (
    "input", "index", "variable", "unit", "description", "shift", "scale", "clip_min", "clip_max", "padding",
    "range_min", "range_max",
)  # fmt: skip

_NEEDED = ("input", "index", "variable")
_NUMBERS = ("shift", "scale")
_BOUNDS = ("clip", "range")


def recognises(data: Any) -> bool:
    """Never: it is no JSON; `claims` knows it."""
    return False


def claims(body: bytes) -> bool:
    """Whether the first line names the columns that each channel needs."""
    first = body.decode("utf-8-sig", "replace").lstrip().partition("\n")[0]
    heads = {cell.strip().strip('"').casefold() for cell in first.split(separator(first))}
    return heads.issuperset(_NEEDED)


def read(document: Document) -> View:
    """The channels that stand there; a row that is none is a fault, and the others are read.

    Raises:
        UnreadableDocument: if it is no table with the columns `input`, `index` and `variable`.
    """
    try:
        rows = list(_rows(document.body.decode("utf-8-sig", "replace")))
    except csv.Error as error:
        raise UnreadableDocument(f"{document.url} is not readable CSV: {error}", value=document.url) from None
    heads = [cell.casefold() for cell in rows[0]] if rows else []
    if not set(heads).issuperset(_NEEDED):
        remedy = f"Its first line names the columns: {', '.join(COLUMNS)}."
        raise UnreadableDocument(f"{document.url} has no columns of channels", value=document.url, remedy=remedy)
    told = [{head: cell for head, cell in zip(heads, row, strict=False) if head and cell} for row in rows[1:]]
    reading = Reading(document, told)
    every = [(_channel(row), number) for number, row in enumerate(told)]
    reading.faults += [f"/{number}: {found}" for found, number in every if isinstance(found, str)]
    reading.faults += [f": no such column {head!r}" for head in heads if head and head not in COLUMNS]
    reading.put("channels", tuple(one for one, _ in every if isinstance(one, Channel)), "")
    return reading.view("model", holds=HOLDS)


def write(resource: Resource) -> bytes:
    """The table of the channels of a resource, with the columns that any of them needs."""
    rows = [_cells(one) for one in resource.channels]
    heads = [name for name in COLUMNS if name in _NEEDED or any(row[name] for row in rows)]
    return separated([heads, *([row[name] for name in heads] for row in rows)], ",").encode()


def _rows(text: str) -> Iterator[list[str]]:
    cells = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), skipinitialspace=True, strict=True)
    return ([cell.strip() for cell in row] for row in cells if any(cell.strip() for cell in row))


def _channel(row: dict[str, str]) -> Channel | str:
    """A channel, or why it is none."""
    from pydantic import ValidationError

    told: dict[str, Any] = {name: row[name] for name in row if name in Channel.__dataclass_fields__}
    try:
        told["index"] = int(row.get("index", ""))
        told |= {name: float(row[name]) for name in _NUMBERS if name in row}
        for name in _BOUNDS:
            told.pop(name, None)
            bounds = [row.get(f"{name}_{end}") for end in ("min", "max")]
            if any(bounds):
                told[name] = tuple(None if bound is None else float(bound) for bound in bounds)
        return adapter(Channel).validate_python(told)
    except ValidationError as error:
        return "; ".join(f"{'/'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
    except ValueError as error:
        return str(error)


def _cells(one: Channel) -> dict[str, str]:
    told: dict[str, Any] = {name: getattr(one, name, None) for name in COLUMNS}
    for name in _BOUNDS:
        told[f"{name}_min"], told[f"{name}_max"] = getattr(one, name) or (None, None)
    return {name: "" if value is None else str(value) for name, value in told.items()}
