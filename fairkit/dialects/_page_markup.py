"""Microdata and RDFa of a page as JSON-LD nodes, by extruct where it is installed (`fairkit[web]`).

extruct reads the page alone: no vocabulary, context, schema or DTD is loaded. It builds a tree, which a stranger could
make as large and as deep as he likes: a page that is heavy in this way is not given to it.
"""

from __future__ import annotations

import importlib.util
import json
import warnings
from collections.abc import Iterator, Mapping
from itertools import count, islice
from typing import Any

from ._page import Page

__all__ = ["SYNTAXES", "is_available", "nodes"]

SYNTAXES = ("microdata", "rdfa")

_MOST_CHARACTERS = 1_000_000
_MOST_SOUGHT = 1_000
_BLANK = "_:"
_VOCABULARY = "http://www.w3.org/ns/rdfa#usesVocabulary"  # said of the page by itself
_DC, _DCT, _DCAT = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/", "http://www.w3.org/ns/dcat#"
_SAME_IN_DC = {
    "abstract": "description", "conformsTo": "dct:conformsTo", "contributor": "contributor", "created": "dateCreated",
    "creator": "creator", "date": "datePublished", "description": "description", "format": "encodingFormat",
    "hasPart": "hasPart", "identifier": "identifier", "isPartOf": "isPartOf", "issued": "datePublished",
    "language": "inLanguage", "license": "license", "modified": "dateModified", "publisher": "publisher",
    "references": "mentions", "relation": "isRelatedTo", "source": "isBasedOn", "subject": "keywords", "title": "name",
}  # fmt: skip
_SAME_IN_DCAT = {
    "byteSize": "contentSize", "distribution": "distribution", "downloadURL": "contentUrl", "keyword": "keywords",
    "landingPage": "url", "mediaType": "encodingFormat", "version": "version",
}  # fmt: skip
_SAME = {
    **{space + name: same for space in (_DC, _DCT) for name, same in _SAME_IN_DC.items()},
    **{_DCAT + name: same for name, same in _SAME_IN_DCAT.items()},
    "http://xmlns.com/foaf/0.1/name": "name",
}
"""Properties of Dublin Core, DCAT and FOAF, each with the one of schema.org that says the same."""


def is_available() -> bool:
    """Whether what reads microdata and RDFa is installed."""
    return importlib.util.find_spec("extruct") is not None


def nodes(text: str, page: Page, url: str) -> tuple[dict[str, list[Any]], tuple[str, ...]]:
    """The nodes in each of the `SYNTAXES`, and what went wrong. Always the same for the same page."""
    if not is_available() or not (page.has_microdata or page.has_rdfa):
        return {}, ()
    if page.is_heavy or len(text) > _MOST_CHARACTERS:
        return {}, ("the page is too large, or too deep in itself, for its microdata and RDFa to be read",)
    found: dict[str, list[Any]] = {}
    faults = []
    for syntax, there in zip(SYNTAXES, (page.has_microdata, page.has_rdfa), strict=True):
        if not there:
            continue
        try:
            found[syntax] = _extracted(text, url, syntax)
        except Exception as error:  # four libraries in a row meet a stranger's page: any of them may raise anything
            faults.append(f"the {syntax} of the page cannot be read: {type(error).__name__}")
    if found.get("rdfa"):
        found["rdfa"] = _ordered(found["rdfa"], text)
    return found, tuple(faults)


def _extracted(text: str, url: str, syntax: str) -> list[Any]:
    import extruct

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what the libraries will do in future
        found = extruct.extract(text, base_url=url, syntaxes=[syntax], uniform=True)[syntax]
    made: list[Any] = json.loads(json.dumps(found))  # plain values only
    return made


def _ordered(graph: list[Any], text: str) -> list[Any]:
    """The nodes of a graph, which has no order, in that of the page, with names for those that have none."""
    every = {node["@id"]: node for node in graph if "@id" in node and (_VOCABULARY not in node or "@type" in node)}
    places = _Places(every, text)
    ordered = sorted(every.values(), key=places.of_node)
    numbers = count()
    names = {node["@id"]: f"{_BLANK}{next(numbers)}" for node in ordered if node["@id"].startswith(_BLANK)}
    return [_renamed(node, places, names) for node in ordered]


def _renamed(node: Mapping[str, Any], places: _Places, names: Mapping[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, values in sorted(node.items()):
        name = _SAME.get(key, key)
        if key.startswith("@") or not isinstance(values, list):
            made[name] = names.get(values, values) if key == "@id" else values
            continue
        rows = sorted(values, key=places.of_value)
        made.setdefault(name, []).extend(
            {**row, "@id": names.get(row["@id"], row["@id"])} if "@id" in row else row for row in rows
        )
    return made


class _Places:
    """Where values stand in a page: at the first text or address in them that is found there."""

    def __init__(self, nodes: Mapping[str, Mapping[str, Any]], text: str) -> None:
        self._nodes = nodes
        self._text = text
        self._known: dict[str, int] = {}

    def of_value(self, value: Any) -> tuple[int, str]:
        named = str(value.get("@id", ""))
        if named.startswith(_BLANK) and named in self._nodes:
            return self.of_node(self._nodes[named])
        written = str(value.get("@value", named))
        return self._first([written]), written

    def of_node(self, node: Mapping[str, Any]) -> tuple[int, str]:
        written = sorted(islice(_plain(node), 50))
        return self._first(written), "\n".join(written)

    def _first(self, written: list[str]) -> int:
        """The place of the first in the page; beyond it for what is not there, or is one too many to look for."""
        places = []
        for one in written:
            if one not in self._known and len(self._known) < _MOST_SOUGHT:
                place = self._text.find(one)
                self._known[one] = place if place >= 0 else len(self._text)
            places.append(self._known.get(one, len(self._text)))
        return min(places, default=len(self._text))


def _plain(node: Mapping[str, Any]) -> Iterator[str]:
    """The texts and addresses of a node, without those of the nodes that it refers to."""
    for values in node.values():
        for value in values if isinstance(values, list) else [values]:
            written = value.get("@value", value.get("@id", "")) if isinstance(value, dict) else value
            if written and not str(written).startswith(_BLANK):
                yield str(written)
