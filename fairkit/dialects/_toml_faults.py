"""What is wrong in a `fairkit.toml`: each fault in words with its place, and the rest of the tables without it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ._fields import part
from ._toml_tables import FairkitToml

__all__ = ["Place", "checked"]

Place = tuple[int | str, ...]
_QUOTED = 60


def checked(data: dict[str, Any]) -> tuple[FairkitToml, list[str]]:
    """The tables of a file, without what is wrong in it, and the faults in words.

    What is wrong is a key; where a key is missing, it is the table that must have it. Ends, since each round leaves
    something out.
    """
    faults: list[str] = []
    while True:
        try:
            return FairkitToml.model_validate(data), faults
        except ValidationError as error:
            wrong: dict[Place, str] = {}
            for fault in error.errors(include_url=False, include_context=False):
                place = _existing(data, fault["loc"])
                wrong.setdefault(place, _message(fault, place))
            faults = faults or list(wrong.values())  # later rounds only find what is missing for being left out
            data = _without(data, wrong)


def _existing(data: Any, place: Place) -> Place:
    """The longest beginning of a place that leads to something in the data."""
    for depth, step in enumerate(place):
        here = step < len(data) if isinstance(data, list) and isinstance(step, int) else isinstance(data, dict)
        if not here or (isinstance(data, dict) and step not in data):
            return place[:depth]
        data = data[step]
    return place


_END = -1
"""Marks in a tree of places that one ends here; no index is negative, and keys are texts."""


def _without(data: dict[str, Any], places: Iterable[Place]) -> dict[str, Any]:
    """A copy of the data without what stands at the places."""
    doomed: dict[int | str, Any] = {}
    for place in places:
        branch = doomed
        for step in place:
            branch = branch.setdefault(step, {})
        branch[_END] = {}
    kept: dict[str, Any] = {} if _END in doomed else _pruned(data, doomed)
    return kept


def _pruned(data: Any, doomed: Mapping[int | str, Any]) -> Any:
    if not doomed:
        return data
    every = enumerate(data) if isinstance(data, list) else data.items()
    kept = [(step, _pruned(value, below)) for step, value in every if _END not in (below := doomed.get(step, {}))]
    return [value for _, value in kept] if isinstance(data, list) else dict(kept)


def _message(fault: ErrorDetails, existing: Place) -> str:
    """A fault in words; a place in a union of types goes deeper than what exists, and is cut."""
    kind, said, value = fault["type"], fault["msg"].removeprefix("Value error, "), fault["input"]
    where = ".".join(str(step) for step in (fault["loc"] if kind == "missing" else existing))
    if kind == "extra_forbidden":
        return f"{where}: no such key{_instead(existing)}"
    told = isinstance(value, str | int | float) and kind != "value_error"
    return f"{where}: {said}, not {str(value)[:_QUOTED]!r}" if told else f"{where}: {said}"


def _instead(place: Place) -> str:
    """What an unknown key may have been meant for: one of another table, or a near one."""
    key = str(place[-1])
    for name in FairkitToml.model_fields:
        if len(place) == 1 and key in _keys(part(FairkitToml, name)):
            return f"; it belongs into [{name}]"
    near = difflib.get_close_matches(key, _keys(_table(place)), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _keys(table: type[BaseModel] | None) -> list[str]:
    return list(table.model_fields) if table else []


def _table(place: Place) -> type[BaseModel]:
    """The table in which the last key of a place stands."""
    table: type[BaseModel] = FairkitToml
    for step in place[:-1]:
        if isinstance(step, str) and step in table.model_fields:
            table = part(table, step) or table
    return table
