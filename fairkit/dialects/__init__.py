"""Metadata dialects: each reads one kind of document into a view of the resource, and says what it can hold.

A dialect is a module with `TITLE`, `MEDIA_TYPE`, `HOLDS` (the fields that it can express), `recognises(data)` and
`read(document) -> View`; one that can also be written has `write(resource) -> bytes`. One whose documents can be
edited says where a field stands: `base(data)` is the pointer to the record, `place(field)` the pointer from there, and
`encode(field, value)` the value in the dialect's own form, by such pointers. All are pure.
"""

from __future__ import annotations

from typing import Any, Protocol, cast

from fairkit.errors import UnknownName, UnreadableDocument
from fairkit.model.evidence import Document, Evidence
from fairkit.model.harvest import Harvest, View, merge
from fairkit.registry import DIALECTS

from ._values import parsed

__all__ = ["Dialect", "dialect", "harvest", "parsed"]


class Dialect(Protocol):
    """What a module of this package offers."""

    TITLE: str
    MEDIA_TYPE: str
    HOLDS: frozenset[str]

    def recognises(self, data: Any) -> bool:
        """Whether parsed data are a document of this dialect."""

    def read(self, document: Document) -> View:
        """The resource as the document tells it."""


def dialect(name: str) -> Dialect:
    """The dialect called `name`.

    Raises:
        UnknownName: listing the known ones.
    """
    return cast(Dialect, DIALECTS.get(name))


def harvest(evidence: Evidence) -> Harvest:
    """What the documents of the evidence tell, in their order.

    The gatherer keeps documents out that cannot be read; in evidence that somebody edited, one that is not what it
    claims to be is named among the faults, and the others are read.
    """
    views: list[View] = []
    unread: list[str] = []
    for document in evidence.documents:
        try:
            views.append(dialect(document.representation).read(document))
        except (UnreadableDocument, UnknownName) as error:
            unread.append(error.what)
    return merge(evidence, views, unread=tuple(unread))
