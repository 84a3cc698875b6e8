"""Signposting: the typed links of a page, from its header, its HTML and its link set, as one list.

Each link has `href` (absolute), `rel`, `type`, `profile`, `anchor` and `from`, which says where it stood. The relations
are those of the FAIR Signposting profile; only links about the page itself count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from fairkit.model.agent import Agent
from fairkit.model.distribution import Distribution
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Kind
from fairkit.vocab import identifiers, licences

from ._kinds import kind_of
from ._reading import Reading, agent
from ._values import identifier, items, parse_json, text

__all__ = ["HOLDS", "MEDIA_TYPE", "TITLE", "Link", "read", "recognises", "tell"]

TITLE = "Signposting (typed links)"
MEDIA_TYPE = "application/linkset+json"
HOLDS = frozenset({
    "creators", "distributions", "formats", "identifiers", "license", "listing", "relations", "type",
})  # fmt: skip

# Without one of these a page has links, such as to its icon's licence, but no Signposting that could lack something.
_DESCRIBES = frozenset({"cite-as", "describedby", "item"})


def recognises(data: Any) -> bool:
    """Whether parsed JSON is a list of typed links as fairkit keeps it."""
    rows = data if isinstance(data, list) else []
    return bool(rows) and all(isinstance(row, dict) and {"href", "rel", "from"} <= row.keys() for row in rows)


def read(document: Document) -> View:
    """What the typed links of a page say of the work.

    Raises:
        UnreadableDocument: if they are not JSON.
    """
    data = parse_json(document)
    reading = Reading(document, data)
    kind, holds = tell(reading, _links(data, document.url))
    return reading.view(kind, holds=holds)


def tell(reading: Reading, every: Iterable[Link]) -> tuple[Kind, frozenset[str]]:
    """Give what the links of a page say; return the kind of the work, and the fields on which they speak."""
    links: dict[str, list[Link]] = {}
    for link in every:
        links.setdefault(link.rel, []).append(link)
    reading.identifiers(*[(identifier(link.href), link.pointer) for link in links.get("cite-as", [])])
    reading.found("creators", [(made, link.pointer) for link in links.get("author", []) if (made := _author(link))])
    for link in links.get("license", []):
        known = licences.find(link.href)
        reading.put("license", known.id if known else link.href, link.pointer)
    for link in links.get("type", []):
        reading.put("type", link.href if kind_of(link.href) else None, link.pointer)
    _files(reading, links.get("item", []))
    reading.found("relations", [(_part_of(link), link.pointer) for link in links.get("collection", [])])
    holds = frozenset[str]() if _DESCRIBES.isdisjoint(links) else HOLDS
    return kind_of(reading.values.get("type", "")) or "documentation", holds


class Link(NamedTuple):
    """A typed link about the page, and where it stands."""

    href: str
    rel: str
    type: str | None
    pointer: str


def _links(data: Any, page: str) -> Iterator[Link]:
    """The links about the page at this address: an anchor may make a link one about another thing."""
    own = Identifier(scheme="url", value=page)
    seen = set()
    for end, row in items(data):
        href, rel = (text(row.get("href")), text(row.get("rel"))) if isinstance(row, dict) else (None, None)
        if not href or not rel or (href, rel) in seen:
            continue
        anchor = text(row.get("anchor"))
        if anchor is None or identifiers.same(own, Identifier(scheme="url", value=anchor)):
            seen.add((href, rel))
            yield Link(href, rel.lower(), text(row.get("type")), end)


def _author(link: Link) -> Agent | None:
    """Whoever is at the address; the link does not tell the name."""
    known = identifier(link.href)
    return agent(link.href, ids=(known,), type="person" if known and known.scheme == "orcid" else "agent")


def _files(reading: Reading, links: list[Link]) -> None:
    files = [
        (Distribution(name=_name(one.href), content_url=one.href, media_type=one.type), one.pointer) for one in links
    ]
    reading.found("distributions", files)
    if files:
        reading.put("listing", "complete", files[0][1], how="extracted")
    formats: dict[str, str] = {}
    for file, pointer in files:
        if file.media_type:
            formats.setdefault(file.media_type, pointer)
    reading.found("formats", formats.items())


def _name(href: str) -> str:
    """The name of a file at an address: the end of its path."""
    try:
        path = urlsplit(href).path
    except ValueError:  # such as http://[
        return href
    return unquote(path.rstrip("/").rpartition("/")[2], errors="replace") or href


def _part_of(link: Link) -> Relation:
    known = identifier(link.href)
    return Relation(type="IsPartOf", identifier=known, title=None if known else link.href)
