"""Metadata dialects: each reads one kind of document into a view of the resource, and says what it can hold.

A dialect is a module with `TITLE`, `MEDIA_TYPE`, `HOLDS` (the fields that it can express), `recognises(data)` and
`read(document) -> View`; one that can also be written has `write(resource) -> bytes`, and one that is only written has
no `read`. One that is made for some kinds of work names those that it does not fit in `UNFIT`. A dialect that has no
place for an identifier or a title describes a part of a work, such as its variables, and is no export. One whose
documents can be edited says where a field stands: `base(data)` is the pointer to the record, `place(field)` the pointer
from there, and `encode(field, value)` the value in the dialect's own form, by such pointers. All are pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, Protocol, cast

from fairkit.errors import UnknownName, UnreadableDocument, UsageError
from fairkit.model.evidence import Document, Evidence
from fairkit.model.harvest import Harvest, View, merge
from fairkit.model.resource import Kind, Resource
from fairkit.registry import DIALECTS
from fairkit.vocab import media_types

from ._values import parsed

__all__ = ["Dialect", "Form", "dialect", "exports", "fits", "form", "harvest", "parsed", "reads"]


_NAMES = frozenset({"identifiers", "title"})


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


def reads(name: str) -> bool:
    """Whether documents of the dialect called `name` can be read: some are only written."""
    return hasattr(dialect(name), "read")


def exports() -> tuple[str, ...]:
    """The names of the dialects in which a whole work can be written down."""
    return tuple(name for name, module in DIALECTS if hasattr(module, "write") and _NAMES & module.HOLDS)


def fits(name: str, kind: Kind) -> bool:
    """Whether a work of this kind can be told in the dialect called `name`: tables of data say nothing of a model."""
    return kind not in getattr(dialect(name), "UNFIT", ())


class Form(NamedTuple):
    """A way to write a work down: a dialect, and one of its forms where it has several, as `dcat-ap:json-ld`."""

    name: str
    dialect: str
    media_type: str
    file_name: str
    """How such a file is called where nobody calls it otherwise."""
    write: Callable[[Resource], bytes]


def form(name: str) -> Form:
    """The form called `name`: a dialect, or a dialect and the name of a form with a colon between them.

    Raises:
        UnknownName: if there is no such dialect, or it has no such form.
        UsageError: if the dialect is only read, or describes a part of a work.
    """
    plain, colon, chosen = name.partition(":")
    module: Any = dialect(plain)
    known = exports()
    if plain not in known:
        what = f"{plain} is no form in which a work is exported"
        raise UsageError(what, value=name, remedy=f"These are: {', '.join(known)}.")
    forms: Mapping[str, str] = getattr(module, "FORMS", {})
    if not colon:
        return Form(plain, plain, module.MEDIA_TYPE, _file_name(plain, module.MEDIA_TYPE), module.write)
    if chosen not in forms:
        raise UnknownName(f"form of {plain}", chosen, forms)
    write = partial(module.write, form=chosen)
    return Form(name, plain, forms[chosen], _file_name(plain, forms[chosen]), write)


def _file_name(name: str, media_type: str) -> str:
    """The name that the format asks for, else that of the dialect with the usual ending."""
    module = DIALECTS.get(name)
    named: Sequence[str] = getattr(module, "FILE_NAMES", ()) if media_type == module.MEDIA_TYPE else ()
    known = media_types.find(media_type)
    ending = known.extensions[0] if known and known.extensions else "txt"
    return next(iter(named), f"{name.removesuffix(f'-{ending}')}.{ending}")


def harvest(evidence: Evidence) -> Harvest:
    """What the documents of the evidence tell, in their order.

    The gatherer keeps documents out that cannot be read; in evidence that somebody edited, one that is not what it
    claims to be is named among the faults, and the others are read.
    """
    views: list[View] = []
    unread: list[str] = []
    for document in evidence.documents:
        try:
            if not reads(document.representation):
                raise UnreadableDocument(f"{document.url}: fairkit writes {document.representation}, and reads it not")
            views.append(dialect(document.representation).read(document))
        except (UnreadableDocument, UnknownName) as error:
            unread.append(error.what)
    return merge(evidence, views, unread=tuple(unread))
