"""How a dialect reads: leniently, remembering where each value stood.

Strangers write the documents. A value of the wrong type is left out and named as a fault; it never stops the reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from fairkit.model.agent import Agent
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Kind, Resource
from fairkit.vocab import identifiers

from ._values import EMPTY, items, text

__all__ = ["Reading", "agent"]


def agent(name: Any, *, ids: Iterable[Identifier | None] = (), **more: Any) -> Agent | None:
    """An agent of a `name`, with those of `ids` that are well formed, each once; None without a name."""
    written = text(name)
    if written is None:
        return None
    known = dict.fromkeys([found for found in ids if found and identifiers.is_valid(found)])
    return Agent(name=written, identifiers=tuple(known), **more)


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
        if field in self.values or value in EMPTY:
            return
        self.values[field] = value
        self.pointers[field] = pointer
        if how != "given":
            self.how[field] = how

    def each(self, field: str, value: Any, pointer: str, read: Callable[[Any], Any | None]) -> None:
        """Give `field` the tuple of what `read` makes of each item of `value`, pointing at the first that counts."""
        if not isinstance(value, list):
            self.found(field, [(made, pointer) for _, item in items(value) if (made := read(item)) is not None])
            return
        every = [(made, index) for index, item in enumerate(value) if (made := read(item)) is not None]
        if every:  # of thousands of items, the pointer of one is written out
            self.put(field, tuple([made for made, _ in every]), f"{pointer}/{every[0][1]}")

    def found(self, field: str, made: Iterable[tuple[Any, str]], *, how: str = "given") -> None:
        """Give `field` the tuple of what was made, pointing at where the first stood."""
        every = list(made)
        if every:
            self.put(field, tuple(value for value, _ in every), every[0][1], how=how)

    def identifiers(self, *named: tuple[Identifier | None, str]) -> None:
        """Give the identifiers that are any, with where they stood, each once."""
        first: dict[Identifier, str] = {}
        for known, pointer in named:
            if known is not None:
                first.setdefault(known, pointer)
        self.found("identifiers", first.items())

    def drop(self, field: str, why: str) -> None:
        """Leave out what was given for `field`, and name the fault."""
        self.faults.append(f"{self.pointers.get(field, field)}: {why}")
        for told in (self.values, self.pointers, self.how):
            told.pop(field, None)

    def view(self, kind: Kind, *, holds: frozenset[str], withheld: frozenset[str] = frozenset()) -> View:
        """The finished view."""
        resource = Resource(kind=kind, **self.values)
        known = (holds | self.pointers.keys()) - withheld
        return View(self.document, resource, self.pointers, known, withheld, self.how, tuple(self.faults), self.data)
