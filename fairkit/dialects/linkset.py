"""Link sets (RFC 9264, JSON): the typed links that tell machines what a page is about, as FAIR Signposting has them.

Whoever serves a page for a work links to such a file from it (`rel="linkset"`). The context of the first links is the
page; each file has a context of its own, with a link back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from fairkit.model.agent import Agent
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource
from fairkit.vocab import licences, relations

from . import signposting
from ._reading import Reading
from ._values import identifier, items, parse_json, text
from ._writing import address, json_bytes, sound, stated
from .signposting import Link, tell

__all__ = ["HOLDS", "MEDIA_TYPE", "TITLE", "read", "recognises", "write"]

TITLE = "Link set for a landing page (RFC 9264, FAIR Signposting)"
MEDIA_TYPE = "application/linkset+json"
HOLDS = signposting.HOLDS | {"landing_page", "superseded_by", "supersedes"}

_PAGE = "https://schema.org/AboutPage"
_TYPES = {
    "dataset": "https://schema.org/Dataset",
    "software": "https://schema.org/SoftwareSourceCode",
    "model": "https://w3id.org/fair4ml/MLModel",
}
_VERSIONS = {"supersedes": "predecessor-version", "superseded_by": "successor-version"}  # RFC 5829


def recognises(data: Any) -> bool:
    """Whether parsed JSON is a link set."""
    rows = data.get("linkset") if isinstance(data, dict) else None
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def read(document: Document) -> View:
    """What the links of the first context say of the work.

    Raises:
        UnreadableDocument: if it is not JSON.
    """
    data = parse_json(document)
    reading = Reading(document, data)
    rows = data.get("linkset") if isinstance(data, dict) else None
    where, context = next(((end, row) for end, row in items(rows) if isinstance(row, dict)), ("", {}))
    every = list(_links(context, f"/linkset{where}"))
    kind, holds = tell(reading, every)
    anchor = text(context.get("anchor"))
    reading.put("landing_page", anchor if every else None, f"/linkset{where}/anchor")
    for field, rel in _VERSIONS.items():
        found = [(known, link.pointer) for link in every if link.rel == rel and (known := identifier(link.href))]
        reading.found(field, found)
    return reading.view(kind, holds=holds | (HOLDS - signposting.HOLDS if holds else frozenset()))


def _links(context: dict[str, Any], where: str) -> Iterator[Link]:
    for rel, targets in context.items():
        pointer = f"{where}/{rel.replace('~', '~0').replace('/', '~1')}"
        for end, target in items(targets if isinstance(targets, list) else None):
            href = text(target.get("href")) if isinstance(target, dict) else None
            if href:
                yield Link(href, rel.lower(), text(target.get("type")), pointer + end)


def write(resource: Resource) -> bytes:
    """The links of the landing page, and of each file that has an address back to it."""
    resource = sound(resource)
    page = _iri(resource.landing_page)
    wholes = [one.identifier for one in resource.relations if _is_whole(one.type)]
    own = stated(
        {
            "anchor": page,
            "cite-as": _leading(resource.identifiers)[:1],
            "type": [{"href": iri} for iri in (_PAGE, _TYPES.get(resource.kind)) if iri],
            "author": [{"href": url} for one in resource.creators if (url := _agent(one))],
            "license": [{"href": url} for url in _licence(resource.license)],
            "item": list(_items(resource)),
            "collection": _leading(wholes),
            **{rel: _leading(getattr(resource, field)) for field, rel in _VERSIONS.items()},
        }
    )
    back = [{"href": page, "type": "text/html"}]
    others = [{"anchor": item["href"], "collection": back} for item in own.get("item", ()) if page]
    return json_bytes({"linkset": [own, *others]})


def _leading(every: Iterable[Identifier | None]) -> list[dict[str, str]]:
    return [{"href": url} for one in every if (url := address(one))]


def _iri(url: str | None) -> str | None:
    """An address of the web, with what a link may not have encoded; None for any other text."""
    if url is None or not url.startswith(("http://", "https://")) or not url.isprintable():
        return None
    return quote(url, safe="/:;()@!$&'*+,=-._?#[]%~")


def _agent(one: Agent) -> str | None:
    return next((url for known in one.identifiers if (url := address(known))), None)


def _licence(written: str | None) -> Iterator[str]:
    """Where each licence can be read that may be chosen."""
    known = licences.find(written) if written else None
    for one in known.id.split(" OR ") if known else []:
        page = licences.find(one)
        if page and page.url:
            yield page.url
    if known is None and (url := _iri(written)):
        yield url


def _items(resource: Resource) -> Iterator[dict[str, str]]:
    for file in resource.distributions:
        url = _iri(file.content_url)
        if url:
            yield stated({"href": url, "type": file.media_type})


def _is_whole(type_: str) -> bool:
    known = relations.find(type_)
    return known is not None and known.type == "IsPartOf"
