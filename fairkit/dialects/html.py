"""A web page: title, language, meta tags, and the microdata and RDFa in its text.

What is marked up as schema.org, Dublin Core or DCAT says most and is read first; then come the meta tags, and last the
title of the page. Embedded JSON-LD and typed links are documents of their own. Microdata and RDFa need `fairkit[web]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.resource import Kind

from . import _meta_tags, _page, _page_markup, schema_org
from . import _schema_org_wild as wild
from ._html import plain
from ._jsonld import main_node
from ._reading import Reading

__all__ = ["HOLDS", "MEDIA_TYPE", "TITLE", "read", "recognises"]

TITLE = "Web page (meta tags, microdata, RDFa)"
MEDIA_TYPE = "text/html"
HOLDS = schema_org.HOLDS | _meta_tags.HOLDS


def recognises(data: Any) -> bool:
    """Whether parsed JSON is a page, which it is not."""
    return False


def read(document: Document) -> View:
    """What a page tells about the work that it is about. Anything can be read as a page.

    A page without metadata, as far as this dialect reads them, is not asked for what it does not tell.
    """
    page = _page.parse(document.body, document.url, _charset(document.media_type))
    data: dict[str, Any] = {
        "url": document.url,
        "lang": page.lang,
        "title": page.title,
        "meta": [meta._asdict() for meta in page.metas],
        "link": [link._asdict() for link in page.links],
    }
    reading = Reading(document, data)
    kind = _marked_up(reading, page, document)
    kind = _meta_tags.read(reading, page.metas) or kind
    reading.put("title", plain(page.title), "/title", how="guessed")
    reading.put("language", page.lang, "/lang", how="guessed")
    canonical = next((at for at, link in enumerate(page.links) if link.rel == "canonical"), None)
    if canonical is not None:
        reading.put("landing_page", page.links[canonical].href, f"/link/{canonical}/href")
    reading.put("landing_page", document.url, "/url", how="extracted")
    return reading.view(kind or "documentation", holds=_places(page, data))


def _places(page: _page.Page, data: Mapping[str, Any]) -> frozenset[str]:
    """The fields that the page could have told with the words that it uses."""
    if not data.keys().isdisjoint(_page_markup.SYNTAXES):
        return HOLDS
    return _meta_tags.HOLDS if _meta_tags.speak(page.metas) else frozenset()


def _charset(media_type: str) -> str | None:
    """The charset that the server stated, which the gatherer keeps where it is not UTF-8."""
    return media_type.partition("charset=")[2].strip() or None


def _marked_up(reading: Reading, page: _page.Page, document: Document) -> Kind | None:
    """Give what microdata and RDFa say, and the kind of the work that they are about."""
    text = _page.decoded(document.body[: _page.MOST_BYTES], _charset(document.media_type))
    found, faults = _page_markup.nodes(text, page, document.url)
    reading.faults += faults
    kinds = [_of_syntax(reading, syntax, found[syntax]) for syntax in _page_markup.SYNTAXES if found.get(syntax)]
    return next((kind for kind in kinds if kind), None)


def _of_syntax(reading: Reading, syntax: str, nodes: list[Any]) -> Kind | None:
    node = main_node(nodes)
    if not node.types:
        return None
    reading.data[syntax] = nodes
    inner = Reading(reading.document, nodes)
    wild.read(inner, node)
    for field, value in inner.values.items():
        reading.put(field, value, f"/{syntax}{inner.pointers[field]}", how=inner.how.get(field, "given"))
    return wild.kind(node)
