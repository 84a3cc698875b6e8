"""CITATION.cff: how software and datasets ask to be cited (Citation File Format 1.2.0)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fairkit.errors import UnreadableDocument
from fairkit.model.agent import Agent
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Kind, Resource
from fairkit.vocab import licences

from ._cff_writing import MADE_FROM
from ._cff_writing import encode as encoded
from ._reading import Reading, agent
from ._values import identifier, items, text, texts
from ._writing import sound
from ._yaml import parse_yaml, yaml_bytes

__all__ = ["FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "read", "recognises", "write"]

TITLE = "Citation File Format (CITATION.cff)"
MEDIA_TYPE = "application/x-cff+yaml"
FILE_NAMES = ("CITATION.cff",)
HOLDS = frozenset({
    "identifiers", "title", "description", "keywords", "type", "creators", "contributors", "date_published", "version",
    "license", "code_repository", "landing_page", "relations",
})  # fmt: skip
_SIMPLE = {
    "title": "title",
    "description": "abstract",
    "version": "version",
    "date_published": "date-released",
    "code_repository": "repository-code",
    "landing_page": "url",
    "type": "type",
}


def recognises(data: Any) -> bool:
    """Whether parsed data are a citation file."""
    return isinstance(data, dict) and "cff-version" in data


def read(document: Document) -> View:
    """The work that a citation file describes.

    Raises:
        UnreadableDocument: if it is not YAML, or has no keys.
    """
    data = _parse(document)
    reading = Reading(document, data)
    for field, key in _SIMPLE.items():
        reading.put(field, text(data.get(key)), f"/{key}")
    reading.put("keywords", texts(data.get("keywords")), "/keywords")
    rows = [(row, f"/identifiers{end}") for end, row in items(data.get("identifiers")) if isinstance(row, dict)]
    named = [(_named(row), where) for row, where in rows]
    reading.identifiers((identifier(data.get("doi"), "doi"), "/doi"), *named)
    reading.each("creators", data.get("authors"), "/authors", _author)
    reading.each("contributors", data.get("contact"), "/contact", _author)
    _licence(reading, data)
    reading.each("relations", data.get("references"), "/references", _reference)
    return reading.view("dataset" if text(data.get("type")) == "dataset" else "software", holds=HOLDS)


def _parse(document: Document) -> Mapping[str, Any]:
    data = parse_yaml(document)
    if not isinstance(data, dict):
        remedy = "A citation file begins with a line like 'cff-version: 1.2.0'."
        raise UnreadableDocument(f"{document.url} is no citation file: no keys", value=document.url, remedy=remedy)
    return data


def _author(row: Any) -> Agent | None:
    if not isinstance(row, dict):
        return None
    family = " ".join(part for key in ("name-particle", "family-names", "name-suffix") if (part := text(row.get(key))))
    person = ", ".join(part for part in (family, text(row.get("given-names"))) if part)
    name = text(row.get("name")) or person or text(row.get("alias"))
    home = agent(row.get("affiliation"), type="organisation")
    kind = "organisation" if "name" in row else "person"
    ids = (identifier(row.get("orcid"), "orcid"),)
    return agent(name, ids=ids, type=kind, affiliations=(home,) if home else ())


def _licence(reading: Reading, data: Mapping[str, Any]) -> None:
    choice = " OR ".join(texts(data.get("license")))  # a list means a choice (CFF 1.2)
    for given, pointer in ((choice, "/license"), (text(data.get("license-url")), "/license-url")):
        known = licences.find(given) if given else None
        reading.put("license", known.id if known else given, pointer)


def _reference(row: Any) -> Relation | None:
    if not isinstance(row, dict):
        return None
    other = identifier(row.get("doi"), "doi") or identifier(row.get("url"))
    other = other or next((found for _, one in items(row.get("identifiers")) if (found := _named(one))), None)
    title = text(row.get("title"))
    kind = "IsDerivedFrom" if text(row.get("notes")) == MADE_FROM else "References"
    about: Kind | None = "dataset" if text(row.get("type")) == "data" else None
    return Relation(type=kind, identifier=other, title=title, kind=about) if other or title else None


def _named(row: Any) -> Identifier | None:
    return identifier(row.get("value"), text(row.get("type"))) if isinstance(row, dict) else None


def write(resource: Resource) -> bytes:
    """The work as a citation file; it is valid where the work has a title and creators, which the format asks for."""
    return yaml_bytes(encoded(sound(resource)))
