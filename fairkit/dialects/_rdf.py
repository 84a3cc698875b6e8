"""Graphs that fairkit writes: nodes of JSON-LD with prefixes alone in their context, and the same in Turtle.

What strangers wrote becomes an IRI only where it can be one; everything else stays a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fairkit.model.distribution import Checksum

from ._values import items, tamed
from ._writing import json_bytes

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import IdentifiedNode, Literal, URIRef

__all__ = ["FORMS", "Node", "checksum", "iri", "moment", "relative", "typed", "written"]

Node = dict[str, Any]

FORMS = {"turtle": "text/turtle", "json-ld": "application/ld+json"}
"""The forms in which a graph is written, and their media types."""

_PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "fairkit": "https://w3id.org/fairkit/terms#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_SAFE = "/:;()@!$&'*+,=-._?#%~"
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]{1,20}:(?://)?[^\s/]", re.IGNORECASE)
_ESCAPED = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SUMS = {"adler32", "md5", "sha1", "sha224", "sha256", "sha384", "sha512"}
_BEST = ("sha256", "sha512", "sha384", "sha1", "md5")


def written(node: Node, form: str) -> bytes:
    """A document of one node, and what stands in it, in one of the `FORMS`."""
    if form == "json-ld":
        body = json_bytes(node).decode()
        used = {prefix: space for prefix, space in _PREFIXES.items() if f'"{prefix}:' in body}
        return json_bytes({"@context": used, **node})
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    for prefix, space in _PREFIXES.items():
        graph.bind(prefix, space)
    _Writer(graph).node(tamed(node))
    turtle: bytes = graph.serialize(format="turtle", encoding="utf-8")
    return turtle


class _Writer:
    """Puts nodes into a graph; those without a name are numbered, so that the same work gives the same document."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._nameless = 0

    def node(self, node: Node) -> IdentifiedNode:
        from rdflib import RDF

        own = self._name(node.get("@id"))
        for _, kind in items(node.get("@type")):
            self._graph.add((own, RDF.type, _named(kind)))
        for key, value in node.items():
            for _, one in items(value if not key.startswith("@") else None):
                self._graph.add((own, _named(key), self._value(one)))
        return own

    def _name(self, written: str | None) -> IdentifiedNode:
        from rdflib import BNode, URIRef

        if written is None:
            self._nameless += 1
            return BNode(f"n{self._nameless}")
        return BNode(written[2:]) if written.startswith("_:") else URIRef(written)

    def _value(self, value: Any) -> IdentifiedNode | Literal:
        from rdflib import Literal

        if isinstance(value, dict) and "@value" not in value:
            return self.node(value)
        if isinstance(value, dict):
            return Literal(value["@value"], datatype=_named(value["@type"]), normalize=False)
        return Literal(value)


def _named(key: str) -> URIRef:
    from rdflib import URIRef

    prefix, _, local = key.partition(":")
    return URIRef(_PREFIXES[prefix] + local if prefix in _PREFIXES else key)


def iri(text: str | None) -> str | None:
    """An absolute IRI that a text is, what it may not hold encoded; None for any other text."""
    if text is None or not text.isprintable() or not _ABSOLUTE.match(text) or text.partition(":")[0] in _PREFIXES:
        return None
    return _ESCAPED.sub("%25", quote(text, safe=_SAFE))


def relative(path: str) -> str:
    """The path of a file as an IRI, which begins where the document lies."""
    return "./" + quote(path.encode(errors="replace"), safe="/")


def typed(value: Any, kind: str) -> Node:
    """A literal of a datatype."""
    return {"@value": str(value), "@type": kind}


def moment(text: str | None) -> Node | None:
    """A year, a month, a day or a moment as the literal that it is; None for what is none."""
    if text is None:
        return None
    for shape, kind, rest in (
        (r"\d{4}", "xsd:gYear", "-01-01"),
        (r"\d{4}-\d\d", "xsd:gYearMonth", "-01"),
        (r"\d{4}-\d\d-\d\d", "xsd:date", ""),
    ):
        if re.fullmatch(shape, text, re.ASCII):
            return typed(text, kind) if _is_day(text + rest) else None
    whole = re.fullmatch(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,9})?)(Z|[+-]\d\d:\d\d)?", text, re.ASCII)
    return typed(f"{whole[1]}T{whole[2]}{whole[3] or ''}", "xsd:dateTime") if whole and _is_moment(whole) else None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_moment(whole: re.Match[str]) -> bool:
    try:
        datetime.fromisoformat(f"{whole[1]}T{whole[2][:8]}{whole[3] or ''}")
    except ValueError:
        return False
    return True


def checksum(every: Iterable[Checksum]) -> Node | None:
    """The strongest of the checksums for which SPDX has a name."""
    known = [one for one in every if one.algorithm in _SUMS and re.fullmatch(r"(?:[0-9a-f]{2})+", one.value)]
    known.sort(key=lambda one: _BEST.index(one.algorithm) if one.algorithm in _BEST else len(_BEST))
    if not known:
        return None
    algorithm = f"{_PREFIXES['spdx']}checksumAlgorithm_{known[0].algorithm}"
    return {
        "@type": "spdx:Checksum",
        "spdx:algorithm": {"@id": algorithm, "@type": "spdx:ChecksumAlgorithm"},
        "spdx:checksumValue": typed(known[0].value, "xsd:hexBinary"),
    }
