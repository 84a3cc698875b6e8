"""The meta tags of a page: Dublin Core, `citation_…` (those of Google Scholar), Open Graph, and plain HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Kind
from fairkit.vocab import licences, relations

from ._access import access
from ._html import plain
from ._kinds import kind_of
from ._page import Meta
from ._reading import Reading, agent
from ._sizes import byte_size
from ._values import identifier

__all__ = ["HOLDS", "read", "speak"]

HOLDS = frozenset({
    "access", "access_conditions", "alternate_title", "byte_size", "catalogue", "citation", "conforms_to",
    "contributors", "creators", "date_created", "date_modified", "date_published", "description", "formats",
    "identifiers", "keywords", "landing_page", "language", "license", "publisher", "relations", "superseded_by",
    "supersedes", "title", "type", "version",
})  # fmt: skip

# The names of each field, the most telling first; `dc.` stands for `dc.`, `dcterms.` and their spellings with a colon.
_TEXTS = {
    "title": ("dc.title", "citation_title", "og:title"),
    "alternate_title": ("dc.alternative",),
    "description": ("dc.abstract", "dc.description", "citation_abstract", "og:description", "description"),
    "citation": ("dc.bibliographiccitation",),
    "catalogue": ("og:site_name",),
    "language": ("dc.language", "citation_language", "og:locale"),
    "version": ("dc.hasversion", "citation_version"),
    "landing_page": ("citation_abstract_html_url", "og:url"),
}
_DATES = {
    "date_created": ("dc.created", "dc.date.created"),
    "date_published": (
        "dc.issued", "dc.date.issued", "dc.date", "citation_publication_date", "citation_date",
        "citation_online_date", "article:published_time", "dc.available",
    ),
    "date_modified": ("dc.modified", "dc.date.modified", "article:modified_time"),
}  # fmt: skip
_NAMED = ("dc.identifier", "citation_doi", "dc.identifier.doi", "dc.identifier.uri")
_WORDS = ("dc.subject", "citation_keywords", "keywords")
_RELATED = (
    "relation", "source", "ispartof", "haspart", "references", "isreferencedby", "requires", "isrequiredby",
    "isversionof", "isformatof",
)  # fmt: skip
_PREFIX = re.compile(r"(?:dc|dcterms|dct)(?:[.:]terms)?[.:]", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})(?:/(\d{1,2}))?")


class _Tag(NamedTuple):
    content: str
    pointer: str


class _Tags:
    """The tags by their names, in lower case and with one spelling of the prefix."""

    def __init__(self, metas: Sequence[Meta]) -> None:
        self.every = [(_PREFIX.sub("dc.", meta.name.lower(), count=1), meta.content, i) for i, meta in enumerate(metas)]
        self._by_name: dict[str, list[_Tag]] = {}
        for name, content, index in self.every:
            self._by_name.setdefault(name, []).append(_Tag(content, f"/meta/{index}/content"))

    def of(self, *names: str) -> Iterator[_Tag]:
        """The tags of the names, all of the first name before those of the next."""
        return (tag for name in names for tag in self._by_name.get(name, ()))

    def first(self, *names: str) -> list[_Tag]:
        """The tags of the first of the names that has any: other names say the same again."""
        return next((self._by_name[name] for name in names if name in self._by_name), [])


def speak(metas: Sequence[Meta]) -> bool:
    """Whether there are tags made for describing works, so that what they leave out is missing."""
    return any(_PREFIX.match(meta.name) or meta.name.lower().startswith("citation_") for meta in metas)


def read(reading: Reading, metas: Sequence[Meta]) -> Kind | None:
    """Give every field that the tags have; the kind that they state, if any."""
    tags = _Tags(metas)
    for field, names in _TEXTS.items():
        for tag in tags.of(*names):
            reading.put(field, plain(tag.content), tag.pointer)
    if "language" in reading.values:
        reading.values["language"] = reading.values["language"].replace("_", "-")  # as Open Graph has it: en_GB
    for field, names in _DATES.items():
        for tag in tags.of(*names):
            reading.put(field, _day(tag.content), tag.pointer)
    _identity(reading, tags)
    _people(reading, tags)
    _rights(reading, tags)
    for tag in tags.of("dc.extent", "dc.format.extent"):
        reading.put("byte_size", byte_size(tag.content), tag.pointer)
    reading.found("formats", [(tag.content, tag.pointer) for tag in tags.first("dc.format", "citation_format")])
    reading.found("conforms_to", list(tags.of("dc.conformsto")))
    return _kind(reading, tags)


def _day(written: str) -> str:
    """A date with hyphens, as ISO 8601 has it: `2025/3/14` is usual in `citation_` tags."""
    slashed = _SLASHED.fullmatch(written)
    return "-".join(part.zfill(2) for part in slashed.groups() if part) if slashed else written


def _identity(reading: Reading, tags: _Tags) -> None:
    reading.identifiers(*[(identifier(tag.content), tag.pointer) for tag in tags.of(*_NAMED)])
    reading.found("keywords", _keywords(tags.first(*_WORDS)))
    reading.found("relations", _relations(tags))
    for field, name in (("supersedes", "dc.replaces"), ("superseded_by", "dc.isreplacedby")):
        reading.found(field, [(other, tag.pointer) for tag in tags.of(name) if (other := identifier(tag.content))])


def _keywords(tags: Sequence[_Tag]) -> Iterator[tuple[str, str]]:
    """A keyword for each tag; one tag alone may hold them all."""
    for tag in tags:
        parts = tag.content.split(";" if ";" in tag.content else ",") if len(tags) == 1 else [tag.content]
        yield from ((word, tag.pointer) for part in parts if (word := plain(part)))


def _relations(tags: _Tags) -> Iterator[tuple[Relation, str]]:
    for name in _RELATED:
        known = relations.find(f"dcterms:{name}")
        for tag in tags.of(f"dc.{name}"):
            other = identifier(tag.content)
            title = None if other else plain(tag.content)
            if known and (other or title):
                yield Relation(type=known.type, identifier=other, title=title), tag.pointer


def _people(reading: Reading, tags: _Tags) -> None:
    for field, names in (("creators", ("dc.creator",)), ("contributors", ("dc.contributor",))):
        made = [(agent(plain(tag.content)), tag.pointer) for tag in tags.of(*names)]
        reading.found(field, [(one, pointer) for one, pointer in made if one])
    reading.found("creators", _authors(tags))
    for tag in tags.of("author"):
        reading.each("creators", tag.content, tag.pointer, agent)
    for tag in tags.of("dc.publisher", "citation_publisher", "citation_technical_report_institution"):
        reading.put("publisher", agent(plain(tag.content), type="organisation"), tag.pointer)


def _authors(tags: _Tags) -> Iterator[tuple[Agent, str]]:
    """The authors of `citation_` tags, each with the institutions and the ORCID in the tags after its own."""
    rows: list[tuple[str, str, list[Identifier | None], list[str]]] = []
    for name, content, index in tags.every:
        if name == "citation_author":
            rows.append((content, f"/meta/{index}/content", [], []))
        elif name == "citation_author_orcid" and rows:
            rows[-1][2].append(identifier(content))
        elif name == "citation_author_institution" and rows:
            rows[-1][3].append(content)
    for content, pointer, ids, places in rows:
        homes = tuple(home for place in places if (home := agent(plain(place), type="organisation")))
        made = agent(plain(content), ids=ids, type="person", affiliations=homes)
        if made:
            yield made, pointer


def _rights(reading: Reading, tags: _Tags) -> None:
    """A licence, or who gets the data: `DC.rights` says one or the other."""
    for tag in tags.of("dc.license", "dc.rights.license", "license", "citation_license", "dc.rights"):
        known, stated = licences.find(tag.content), access(tag.content)
        reading.put("license", known.id if known else None, tag.pointer)
        reading.put("access", stated, tag.pointer)
    for tag in tags.of("dc.accessrights", "dc.rights.accessrights"):
        reading.put("access", access(tag.content), tag.pointer)
        reading.put("access_conditions", None if access(tag.content) else plain(tag.content), tag.pointer)
    for tag in tags.of("dc.license", "dc.rights.license", "license", "citation_license", "dc.rights"):
        reading.put("license", None if access(tag.content) else plain(tag.content), tag.pointer)


def _kind(reading: Reading, tags: _Tags) -> Kind | None:
    """The kind of the first type that we know; the type is the first that is stated."""
    stated = list(tags.of("dc.type", "citation_type", "og:type"))
    kind = next((found for tag in stated if (found := kind_of(tag.content))), None)
    for tag in stated:
        reading.put("type", tag.content, tag.pointer)
    return kind
