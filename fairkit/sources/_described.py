"""All that the page of a work gives: what stands in it, and what its typed links lead to."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import NamedTuple

from fairkit.model.evidence import Document, Observation
from fairkit.model.identifier import Identifier

from . import _landing, _links
from ._plan import Answer, Ask, Fetch

__all__ = ["Found", "follow", "lost"]

_DESCRIBING = ("describedby", "alternate")
_DESCRIBES = frozenset({"describedby", "item", "cite-as"})


class Found(NamedTuple):
    """The documents of a page, the richest first; how many requests they took beyond the page; notes for the user."""

    jsonld: tuple[Document, ...]
    others: tuple[Document, ...]
    requests: int
    notes: tuple[str, ...]
    tried: tuple[Observation, ...]


def follow(page: Answer, named: Iterable[Identifier]) -> Generator[Ask, Answer, Found]:
    """Read the page; where it embeds no JSON-LD, follow its link set and one link to JSON-LD: two requests at most."""
    landing = _landing.read(page, named)
    own = [link for link in (*landing.header, *landing.links) if _is_of(link, page.url)]
    jsonld, in_set, tried, requests = landing.jsonld, tuple[_links.Link, ...](), tuple[Observation, ...](), 0
    sets = [link for link in own if link.rel == "linkset" and link.type == _links.LINKSET]
    if not jsonld and sets and _DESCRIBES.isdisjoint(link.rel for link in own):
        answer = yield Fetch(sets[0].href, _links.LINKSET)
        in_set, requests = tuple(_links.linkset(answer.body, answer.url)) if answer.ok else (), 1
    promised = _promised([*own, *(link for link in in_set if _is_of(link, page.url))])
    if not jsonld and promised:
        answer = yield Fetch(promised, _landing.JSONLD)
        jsonld, tried = _answered(answer, promised)
        requests += 1
    typed = _links.document(page.url, header=landing.header, html=landing.links, linkset=in_set)
    others = (*([typed] if typed else ()), *landing.html)
    return Found(jsonld, others, requests, landing.notes, tried)


def lost(page: Answer) -> list[Observation]:
    """What could not be read, where a page could not be had; a server that is at fault says nothing about the work."""
    fault = page.error or (f"{page.url} answered with status {page.status}" if page.status >= 500 else None)
    names = ("document:schema-org", "document:html") if fault else ()
    return [Observation(name=name, source=page.url, error=fault) for name in names]


def _promised(links: list[_links.Link]) -> str | None:
    """Where the first link leads that promises JSON-LD about the work."""
    typed = [link for link in links if (link.type or "").partition(";")[0].strip().lower() == _landing.JSONLD]
    return next((link.href for rel in _DESCRIBING for link in typed if link.rel == rel), None)


def _answered(answer: Answer, address: str) -> tuple[tuple[Document, ...], tuple[Observation, ...]]:
    """The document that was promised at an address, or why it could not be had."""
    if answer.ok and "json" in answer.media_type:
        kept = Document(representation="schema-org", media_type=_landing.JSONLD, url=address, body=answer.body)
        return (kept,), ()
    if answer.error is None and answer.status < 500:
        return (), ()  # the link is dead, and there is no such document
    why = answer.error or f"{address} answered with status {answer.status}"
    return (), (Observation(name="document:schema-org", source=address, error=why),)


def _is_of(link: _links.Link, page: str) -> bool:
    """Whether a link is about this page and not, by its anchor, about another thing."""
    return link.anchor is None or _landing.same_page(link.anchor, page)
