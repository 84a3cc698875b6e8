"""How a dialect reads: leniently, remembering where each value stood.

Strangers write the documents. A value of the wrong type is left out and named as a fault; it never stops the reading.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from fairkit.errors import UnreadableDocument
from fairkit.model.agent import Agent
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource, resource_class
from fairkit.vocab import identifiers

__all__ = ["Reading", "agent", "integer", "items", "parse_json", "text", "texts"]

_EMPTY: tuple[Any, ...] = (None, "", (), [], {})


def parse_json(document: Document) -> Any:
    """The parsed body of a JSON document.

    Raises:
        UnreadableDocument: if it is not JSON, or nested or sized beyond what the parser takes.
    """
    try:
        return json.loads(document.body)
    except (ValueError, RecursionError) as error:
        what = f"{document.url} is not readable JSON: {error}"
        raise UnreadableDocument(what, value=document.url, remedy="Is it complete, and saved as UTF-8?") from None


def text(value: Any) -> str | None:
    """A non-empty string, stripped; a number as a string; the text of a JSON-LD value; else None."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, Mapping):
        return text(value.get("@value"))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return text(value[0]) if isinstance(value, list) and value else None


def integer(value: Any) -> int | None:
    """A whole number at or above zero, also when written as text; else None."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) < 20:
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def items(value: Any) -> Iterator[tuple[str, Any]]:
    """What stands in a list, or the one thing itself, each with the end of its pointer (`/0`, or nothing)."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield f"/{index}", item
    elif value not in _EMPTY:
        yield "", value


def texts(value: Any) -> tuple[str, ...]:
    """The texts in a list, or the one text itself."""
    return tuple(found for _, item in items(value) if (found := text(item)))


def agent(name: Any, *, ids: tuple[Any, ...] = (), **more: Any) -> Agent | None:
    """An agent of a `name`, with those of `ids` that are identifiers; None without a name."""
    written = text(name)
    if written is None:
        return None
    known = tuple(found for value in ids if isinstance(value, str) and (found := identifiers.identify(value)))
    return Agent(name=written, identifiers=known, **more)


class Reading:
    """Values for the fields of a resource, each with the pointer to where it stood. The first value given stays."""

    def __init__(self, document: Document, data: Any) -> None:
        self.document = document
        self.data = data
        self.values: dict[str, Any] = {}
        self.pointers: dict[str, str] = {}
        self.how: dict[str, str] = {}
        self.faults: list[str] = []

    def put(self, field: str, value: Any, pointer: str, *, how: str = "given") -> None:
        """Give `field` a `value`, unless the value is empty or the field has one."""
        if field in self.values or value is None or value in _EMPTY:
            return
        self.values[field] = value
        self.pointers[field] = pointer
        if how != "given":
            self.how[field] = how

    def each(self, field: str, value: Any, pointer: str, read: Callable[[Any], Any | None]) -> None:
        """Give `field` the tuple of what `read` makes of each item of `value`, pointing at the first that counts."""
        found = [(end, made) for end, item in items(value) if (made := read(item)) is not None]
        if found:
            self.put(field, tuple(made for _, made in found), pointer + found[0][0])

    def identifiers(self, *named: tuple[Any, str]) -> None:
        """Give the identifiers that stand in `named` pairs of text and pointer, each identifier once."""
        found: dict[Identifier, str] = {}
        for value, pointer in named:
            known = identifiers.identify(value) if isinstance(value, str) and value.strip() else None
            if known is not None:
                found.setdefault(known, pointer)
        if found:
            self.put("identifiers", tuple(found), next(iter(found.values())))

    def view(self, kind: str, *, holds: frozenset[str], withheld: frozenset[str] = frozenset()) -> View:
        """The finished view; fields that the model refuses are left out and named."""
        resource = self._resource(kind)
        return View(
            self.document, resource, self.pointers, holds - withheld, withheld, self.how, tuple(self.faults), self.data
        )

    def _resource(self, kind: str) -> Resource:
        try:
            return resource_class(kind)(kind=kind, **self.values)
        except ValidationError as error:
            wrong = {str(fault["loc"][0]): fault["msg"] for fault in error.errors() if fault["loc"]}
            if not wrong.keys() & self.values.keys():
                raise
        for name, message in wrong.items():
            self.faults.append(f"{name}: {message}")
            self.values.pop(name, None)
            self.pointers.pop(name, None)
        return self._resource(kind)
