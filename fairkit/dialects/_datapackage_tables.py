"""The fields of a Table Schema, as Data Packages have it, and variables."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from fairkit.model.variable import Variable

from ._html import plain
from ._values import items, text, texts
from ._writing import stated

__all__ = ["field", "fields", "variable"]

_KINDS = (
    ("float", "number"), ("double", "number"), ("real", "number"), ("number", "number"), ("uint", "integer"),
    ("int", "integer"), ("long", "integer"), ("short", "integer"), ("ulong", "integer"), ("bool", "boolean"),
    ("string", "string"), ("str", "string"), ("timestamp", "datetime"), ("date", "date"), ("struct", "object"),
)  # fmt: skip
"""The types of Table Schema, by how those of files begin, in any case: `Float_t`, `int64`."""


def fields(row: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The fields of the table that a resource is, each with the end of its pointer."""
    schema = row.get("schema")
    for end, one in items(schema.get("fields") if isinstance(schema, dict) else None):
        if isinstance(one, dict):
            yield end, one


def variable(row: Mapping[str, Any]) -> Variable | None:
    """The variable that a field is."""
    name = text(row.get("name"))
    if name is None:
        return None
    limits = row.get("constraints")
    limits = limits if isinstance(limits, dict) else {}
    least, most = _number(limits.get("minimum")), _number(limits.get("maximum"))
    return Variable(
        name=name,
        dtype=text(row.get("type")),
        unit=text(row.get("unit")),
        description=plain(row.get("description")) or plain(row.get("title")),
        range=None if least is most is None else (least, most),
        missing=next(iter(texts(row.get("missingValues"))), None),
        term=text(row.get("rdfType")),
        classes=tuple(_classes(row.get("categories"))),
    )


def _number(value: Any) -> float | None:
    try:
        found = float(text(value) or "nan")
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _classes(rows: Any) -> Iterator[tuple[str, str]]:
    for _, row in items(rows):
        value, label = (text(row.get(key)) for key in ("value", "label")) if isinstance(row, dict) else (text(row), "")
        if value and label:
            yield value, label


def field(one: Variable) -> dict[str, Any]:
    """A variable as a field; what a value is beyond Table Schema's few types, and in which role, it cannot say."""
    least, most = one.range or (None, None)
    kind = _kind(one)
    number = kind in ("number", "integer")
    limits = {"minimum": _limit(least, kind), "maximum": _limit(most, kind)} if number else {}
    return stated(
        {
            "name": one.name,
            "type": kind,
            "description": one.description,
            "unit": one.unit,
            "constraints": stated(limits),
            "missingValues": [one.missing] if one.missing else None,
            "rdfType": one.term,
            "categories": list(_categories(one)) if kind in ("integer", "string") else None,
        }
    )


def _kind(one: Variable) -> str:
    if one.shape:
        return "array"
    named = (one.dtype or "").lower()
    return next((kind for start, kind in _KINDS if named.startswith(start)), "any")


def _limit(value: float | None, kind: str) -> float | int | None:
    return int(value) if value is not None and kind == "integer" and float(value).is_integer() else value


def _categories(one: Variable) -> Iterator[dict[str, Any]]:
    """The classes of a label; of integers their values must be some."""
    whole = all(value.lstrip("-").isascii() and value.lstrip("-").isdigit() for value, _ in one.classes)
    if one.classes and (whole or _kind(one) == "string"):
        for value, label in one.classes:
            yield {"value": int(value) if _kind(one) == "integer" else value, "label": label}
