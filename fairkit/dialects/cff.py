"""CITATION.cff: how software and datasets ask to be cited (Citation File Format 1.2.0)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fairkit.errors import UnreadableDocument
from fairkit.model.agent import Agent
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.provenance import Relation
from fairkit.vocab import identifiers, licences

from ._reading import Reading, agent, items, text, texts

__all__ = ["FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "read", "recognises"]

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
    return isinstance(data, Mapping) and "cff-version" in data


def read(document: Document) -> View:
    """The work that a citation file describes.

    Raises:
        UnreadableDocument: if it is not YAML.
    """
    data = _parse(document)
    reading = Reading(document, data)
    for field, key in _SIMPLE.items():
        value = data.get(key)
        reading.put(field, text(value) or (str(value) if value is not None else None), f"/{key}")
    reading.put("keywords", texts(data.get("keywords")), "/keywords")
    named = [(data.get("doi"), "/doi")]
    named += [(row.get("value"), f"/identifiers{end}") for end, row in _rows(data, "identifiers")]
    reading.identifiers(*named)
    reading.each("creators", data.get("authors"), "/authors", _author)
    reading.each("contributors", data.get("contact"), "/contact", _author)
    _licence(reading, data)
    reading.each("relations", data.get("references"), "/references", _reference)
    return reading.view("dataset" if data.get("type") == "dataset" else "software", holds=HOLDS)


def _parse(document: Document) -> Mapping[str, Any]:
    import yaml

    try:
        data = yaml.safe_load(document.body)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        what = f"{document.url} is not readable YAML: {str(error).splitlines()[0]}"
        raise UnreadableDocument(what, value=document.url, remedy="Check its indentation and quotes.") from None
    return data if isinstance(data, Mapping) else {}


def _rows(data: Mapping[str, Any], name: str) -> list[tuple[str, Mapping[str, Any]]]:
    return [(end, row) for end, row in items(data.get(name)) if isinstance(row, Mapping)]


def _author(row: Any) -> Agent | None:
    if not isinstance(row, Mapping):
        return None
    family = " ".join(part for key in ("name-particle", "family-names", "name-suffix") if (part := text(row.get(key))))
    person = ", ".join(part for part in (family, text(row.get("given-names"))) if part)
    name = text(row.get("name")) or person or text(row.get("alias"))
    home = agent(row.get("affiliation"), type="organisation")
    kind = "organisation" if "name" in row else "person"
    return agent(name, ids=(row.get("orcid"),), type=kind, affiliations=(home,) if home else ())


def _licence(reading: Reading, data: Mapping[str, Any]) -> None:
    given = " OR ".join(texts(data.get("license"))) or text(data.get("license-url"))  # a list means a choice (CFF 1.2)
    known = licences.find(given) if given else None
    reading.put("license", known.id if known else given, "/license" if "license" in data else "/license-url")


def _reference(row: Any) -> Relation | None:
    if not isinstance(row, Mapping):
        return None
    written = text(row.get("doi")) or text(row.get("url"))
    other = identifiers.identify(written) if written else None
    title = text(row.get("title"))
    return Relation(type="References", identifier=other, title=title) if other or title else None
