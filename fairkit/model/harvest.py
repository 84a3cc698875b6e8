"""The harvest: what each document of the evidence tells, and what they tell together.

A view keeps one pointer per field (an origin object per value would cost five times as much); origins are made when
they are asked for. A field that a view has is a field that its `pointers` name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from .evidence import Document, Evidence
from .resource import FIELDS, Resource

__all__ = ["Harvest", "Origin", "View", "merge", "resolve"]


class Origin(NamedTuple):
    """Where a value stands: the document, the pointer in it, and how it got there."""

    document: Document
    pointer: str
    how: str
    """given, extracted (read out of a text or a path), guessed, or asked."""
    value: Any


@dataclass(frozen=True, slots=True)
class View:
    """The resource as one document alone tells it."""

    document: Document
    resource: Resource
    pointers: Mapping[str, str]
    known: frozenset[str]
    """The fields on which this document speaks, or its silence does: its dialect can hold them, and nothing was cut."""
    withheld: frozenset[str] = frozenset()
    """The fields that the dialect holds but this document left out on purpose (a search answer without files)."""
    how: Mapping[str, str] = field(default_factory=dict)
    """How a field got there, where it was not simply given."""
    faults: tuple[str, ...] = ()
    """What was found in the document but could not be understood."""
    data: Any = None
    """The parsed document that the pointers point into."""

    @property
    def representation(self) -> str:
        return self.document.representation

    @property
    def representations(self) -> tuple[str, ...]:
        """The dialects that speak here: this one."""
        return (self.document.representation,)

    @property
    def views(self) -> tuple[View, ...]:
        """The documents that speak here: this one."""
        return (self,)

    @property
    def given(self) -> Collection[str]:
        """The fields that this document has."""
        return self.pointers.keys()

    def told(self, name: str) -> str | None:
        """How the field `name` got there: given, extracted, guessed or asked; None if it is not there."""
        return self.how.get(name, "given") if name in self.pointers else None

    def origin(self, name: str) -> Origin | None:
        """Where the value of the field `name` stands, or None if this view does not have it."""
        pointer = self.pointers.get(name)
        if pointer is None:
            return None
        return Origin(self.document, pointer, self.how.get(name, "given"), resolve(self.data, pointer))


@dataclass(frozen=True, slots=True)
class Harvest:
    """What the documents of some evidence tell: one view each, and `resource`, their merge."""

    evidence: Evidence
    views: tuple[View, ...]
    resource: Resource
    owners: Mapping[str, View]
    """Which view each field of the merge comes from."""
    withheld: frozenset[str]
    """The fields that no view at hand may speak about."""
    unread: tuple[str, ...] = ()
    """Why documents of the evidence could not be read at all."""

    @property
    def representations(self) -> tuple[str, ...]:
        """The dialects that speak here."""
        return tuple(view.representation for view in self.views)

    @property
    def faults(self) -> tuple[str, ...]:
        """What could not be understood in any document, whole documents first."""
        return (*self.unread, *(fault for view in self.views for fault in view.faults))

    @property
    def given(self) -> Collection[str]:
        """The fields that any document has."""
        return self.owners.keys()

    def told(self, name: str) -> str | None:
        """How the merged value of the field `name` got there; None if no view has it."""
        owner = self.owners.get(name)
        return owner.told(name) if owner else None

    def origin(self, name: str) -> Origin | None:
        """Where the merged value of the field `name` stands."""
        owner = self.owners.get(name)
        return owner.origin(name) if owner else None


def merge(evidence: Evidence, views: Sequence[View], *, unread: tuple[str, ...] = ()) -> Harvest:
    """Merge `views`, in the order of the source: the first view that has a field gives it.

    Without any view nothing is known: an empty dataset, of which every field is withheld.
    """
    if not views:
        return Harvest(evidence, (), Resource(), {}, frozenset(FIELDS), unread)
    first = views[0]
    owners: dict[str, View] = {}
    for view in views:
        for name in view.pointers:
            owners.setdefault(name, view)
    borrowed = {name: getattr(view.resource, name) for name, view in owners.items() if view is not first}
    resource = replace(first.resource, **borrowed) if borrowed else first.resource
    known = frozenset().union(*(view.known for view in views))
    withheld = frozenset().union(*(view.withheld for view in views)) - known - owners.keys()
    return Harvest(evidence, tuple(views), resource, owners, withheld, unread)


def resolve(data: Any, pointer: str) -> Any:
    """The value at a JSON pointer (RFC 6901) in parsed data, or None where it leads nowhere."""
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(data, Mapping):
            data = data.get(key)
        elif isinstance(data, list) and key.isascii() and key.isdigit() and len(key) < 10 and int(key) < len(data):
            data = data[int(key)]
        else:
            return None
    return data
