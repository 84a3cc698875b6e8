"""The documents of a package: which there are, and how each is made from the resource."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from fairkit.dialects import fits
from fairkit.errors import FairkitError
from fairkit.model.resource import Resource
from fairkit.registry import DIALECTS
from fairkit.vocab import licences

if TYPE_CHECKING:
    from .description import Description

__all__ = ["DOCUMENTS", "Made", "Unmade", "always_made", "made", "stands"]

DOCUMENTS: tuple[tuple[str, str | None], ...] = (
    ("ro-crate-metadata.json", "ro-crate"),
    ("croissant.json", "croissant"),
    ("fair4ml.jsonld", "fair4ml"),
    ("bom.cdx.json", "cyclonedx"),
    ("datacite.json", "datacite"),
    ("CITATION.cff", "cff"),
    ("provenance.jsonld", "provenance"),
    ("MODEL_CARD.md", "hf-card"),
    ("DATASHEET.md", None),
    ("LICENSE", None),
)
"""The documents that a package may have, and the dialect of each; those without one are texts."""
_OF_MODELS = frozenset({"fair4ml.jsonld", "bom.cdx.json", "MODEL_CARD.md"})
_OF_DATA = frozenset({"DATASHEET.md"})
_ANEW = frozenset({"ro-crate-metadata.json", "croissant.json", "datacite.json", "fair4ml.jsonld", "bom.cdx.json"})
"""Made anew whatever the folder has: what they told there is in the resource. The others stay as they are."""
_LICENCES = ("LICENSE", "LICENCE", "COPYING")


class Made(NamedTuple):
    """A document."""

    name: str
    body: bytes


class Unmade(NamedTuple):
    """A document that could not be made, and why."""

    name: str
    why: str


def always_made(name: str) -> bool:
    """Whether a package has a document of its own in the place of one of this name in the folder."""
    return name in _ANEW


def stands(name: str, there: frozenset[str]) -> bool:
    """Whether a document, or one that does its work, is `there`: a COPYING is a licence."""
    if name == "LICENSE":
        return any(one.upper().partition(".")[0] in _LICENCES for one in there if "/" not in one)
    return name in there


def made(description: Description, *, there: frozenset[str]) -> Iterator[Made | Unmade]:
    """The documents of a package, but for those that the user wrote and that are `there`."""
    kind = description.resource.kind
    unfit = _OF_DATA if kind == "model" else _OF_MODELS
    for name, form in DOCUMENTS:
        if stands(name, there) or name in unfit or (form and not fits(form, kind)):
            continue
        try:
            body = _text(name, description) if form is None else _document(form, description.resource)
        except FairkitError as error:
            yield Unmade(name, error.what)
            continue
        if body:
            yield Made(name, body)
        elif name == "LICENSE":
            yield Unmade(name, "no licence is stated")


def _document(form: str, resource: Resource) -> bytes:
    """The resource in a dialect; the journal has the steps alone, where there are any."""
    module: Any = DIALECTS.get(form)
    if form == "provenance":
        return bytes(module.write(resource.activities)) if resource.activities else b""
    return bytes(module.write(resource))


def _text(name: str, description: Description) -> bytes:
    if name == "LICENSE":
        return _licence(description.resource)
    from .datasheet import markdown

    return markdown(description).encode()


def _licence(resource: Resource) -> bytes:
    """Which licence it is and where its text can be read: the text itself belongs to who wrote it."""
    if resource.license is None:
        return b""
    known = licences.find(resource.license)
    title = f"{resource.title}\n\n" if resource.title else ""
    if known is None:
        return f"{title}Licence: {resource.license}\n".encode()
    lines = [f"{title}Licence: {known.name}", f"SPDX-License-Identifier: {known.id}"]
    return ("\n".join([*lines, *([f"Text: {known.url}"] if known.url else [])]) + "\n").encode()
