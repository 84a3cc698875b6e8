"""schema.org in JSON-LD: what pages embed, what search engines read, and how fairkit writes a resource down.

Reading takes what is found in the wild; writing uses the terms that the model carries, so that what fairkit wrote is
read back whole. Contexts are written out in the document and never fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from fairkit.model.agent import Agent, Funding
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import FIELDS, Resource, Subject
from fairkit.model.variable import Variable
from fairkit.vocab import identifiers, licences

from . import _schema_org_own as own
from ._html import plain
from ._jsonld import Node, main_node, mentions_schema_org
from ._reading import Reading, items, parse_json, text, texts
from ._sizes import byte_size

__all__ = ["HOLDS", "MEDIA_TYPE", "TITLE", "read", "recognises", "write"]

TITLE = "schema.org (JSON-LD)"
MEDIA_TYPE = "application/ld+json"
HOLDS = frozenset(FIELDS) - {"implied_license"}

_KINDS = {
    "Dataset": "dataset",
    "DataFeed": "dataset",
    "MLModel": "model",
    "SoftwareSourceCode": "software",
    "SoftwareApplication": "software",
}
_SIMPLE = {  # fields that are one text
    "title": ("name", "headline"),
    "alternate_title": ("alternateName",),
    "description": ("description", "abstract"),
    "date_created": ("dateCreated",),
    "date_published": ("datePublished",),
    "date_modified": ("dateModified",),
    "version": ("version", "softwareVersion"),
    "language": ("inLanguage",),
    "citation": ("creditText",),
    "methodology": ("measurementTechnique",),
    "usage": ("usageInfo",),
    "code_repository": ("codeRepository",),
    "access_conditions": ("conditionsOfAccess",),
}
_RELATED = {
    "isBasedOn": "IsDerivedFrom",
    "prov:wasDerivedFrom": "IsDerivedFrom",
    "isPartOf": "IsPartOf",
    "hasPart": "HasPart",
    "citation": "Cites",
    "subjectOf": "IsDocumentedBy",
    "mentions": "References",
    "isRelatedTo": "Relates",
}
_DIGESTS = ("sha256", "md5", "sha1", "sha512")


def recognises(data: Any) -> bool:
    """Whether parsed JSON is JSON-LD that speaks schema.org."""
    return mentions_schema_org(data)


def read(document: Document) -> View:
    """The resource that a JSON-LD document is about.

    Raises:
        UnreadableDocument: if it is not JSON.
    """
    data = parse_json(document)
    node = main_node(data)
    reading = Reading(document, data)
    if own.read(reading, node):
        return reading.view(str(own.kind(node)), holds=HOLDS)
    _identity(reading, node)
    _description(reading, node)
    _people(reading, node)
    _rights(reading, node)
    _files(reading, node)
    found = list(_relations(node))
    if found:
        reading.put("relations", tuple(relation for relation, _ in found), found[0][1])
    return reading.view(next((_KINDS[t] for t in node.types if t in _KINDS), "documentation"), holds=HOLDS)


def write(resource: Resource) -> bytes:
    """The resource as a JSON-LD document with its context written out; UTF-8, keys in the order of the model."""
    return json.dumps(own.node(resource), ensure_ascii=False, indent=2).encode() + b"\n"


def _identity(reading: Reading, node: Node) -> None:
    named: list[tuple[Any, str]] = []
    value, pointer = node.get("identifier")
    for end, item in items(value):
        child = node.child(item)
        written = (child.value("value") or child.value("url") or child.data.get("@id")) if child else item
        scheme = text(child.value("propertyID")) if child else None
        if isinstance(written, str) and scheme and identifiers.identify(written) is None:
            written = f"{scheme}:{written}"
        named.append((written, pointer + end))
    own_id = node.data.get("@id")
    if isinstance(own_id, str) and not own_id.startswith(("_:", "#", "./")):
        named.append((own_id, f"{node.pointer}/@id"))
    reading.identifiers(*named)
    page, pointer = node.get("url", "mainEntityOfPage")
    reading.put("landing_page", _text_of(node, page), pointer)
    catalogue, pointer = node.get("includedInDataCatalog")
    reading.put("catalogue", _text_of(node, catalogue), pointer)


def _text_of(node: Node, value: Any) -> str | None:
    """The text of a value that may be a node: its name, else its address."""
    first = next((item for _, item in items(value)), None)
    child = node.child(first)
    if child is None:
        return text(first)
    return text(child.value("name")) or text(child.value("url")) or text(child.data.get("@id")) or text(first)


def _description(reading: Reading, node: Node) -> None:
    for field, names in _SIMPLE.items():
        value, pointer = node.get(*names)
        found = _text_of(node, value)
        reading.put(field, plain(found) if field in ("title", "description") else found, pointer)
    value, pointer = node.get("keywords")
    words = value.split(",") if isinstance(value, str) else [_text_of(node, item) for _, item in items(value)]
    reading.put("keywords", tuple(dict.fromkeys(word.strip() for word in words if word and word.strip())), pointer)
    value, pointer = node.get("about")
    reading.each("subjects", value, pointer, lambda item: _subject(node, item))
    for field, names in {
        "conforms_to": ("dct:conformsTo", "conformsTo"),
        "requirements": ("softwareRequirements",),
    }.items():
        key = next((name for name in names if name in node.data), names[0])
        value, pointer = (node.data[key], f"{node.pointer}/{key}") if key in node.data else node.get(names[0])
        reading.each(
            field, value, pointer, lambda item: text(item.get("@id")) if isinstance(item, Mapping) else text(item)
        )


def _subject(node: Node, item: Any) -> Subject | None:
    child, name = node.child(item), _text_of(node, item)
    if name is None:
        return None
    scheme = _text_of(node, child.value("inDefinedTermSet")) if child else None
    term = text(child.value("termCode")) or text(child.data.get("@id")) if child else None
    return Subject(name=name, scheme=scheme, term=term)


def _people(reading: Reading, node: Node) -> None:
    for field, names in {"creators": ("creator", "author"), "contributors": ("contributor",)}.items():
        value, pointer = node.get(*names)
        reading.each(field, value, pointer, lambda item: _agent(node, item))
    value, pointer = node.get("publisher", "provider")
    publishers = (_agent(node, item) for _, item in items(value))
    reading.put("publisher", next(publishers, None), pointer)
    value, pointer = node.get("funding", "funder")
    reading.each("funding", value, pointer, lambda item: _funding(node, item))


def _agent(node: Node, item: Any) -> Agent | None:
    child = node.child(item)
    name = _text_of(node, child.value("name") if child else item)
    if child and name is None:
        name = " ".join(texts([child.value("givenName"), child.value("familyName")])) or text(child.data.get("@id"))
    if name is None:
        return None
    if child is None:
        return Agent(name=name)
    ids = [child.data.get("@id"), *texts(child.value("sameAs"))]
    ids += [
        _text_of(child, inner.get("value") if isinstance(inner, Mapping) else inner)
        for _, inner in items(child.value("identifier"))
    ]
    known = dict.fromkeys(
        i for i in (identifiers.identify(v) for v in ids if isinstance(v, str)) if i and i.scheme != "url"
    )
    homes = tuple(home for _, place in items(child.value("affiliation")) if (home := _agent(child, place)))
    kind = "person" if "Person" in child.types else "organisation" if child.types else "agent"
    return Agent(name=name, type=kind, identifiers=tuple(known), affiliations=homes, role=text(child.value("roleName")))


def _funding(node: Node, item: Any) -> Funding | None:
    child = node.child(item)
    funder = _agent(node, child.value("funder")) if child and child.value("funder") else None
    if funder is None:
        agent = _agent(node, item)
        return Funding(funder=agent) if agent else None
    assert child is not None
    award, url = text(child.value("identifier")), text(child.value("url"))
    return Funding(funder=funder, award=award, title=text(child.value("name")), url=url)


def _rights(reading: Reading, node: Node) -> None:
    value, pointer = node.get("license")
    for end, item in items(value):
        child = node.child(item)
        spellings = [child.data.get("@id"), child.value("url"), child.value("name")] if child else [item]
        written = [found for found in map(text, spellings) if found]
        known = next((licence for w in written if (licence := licences.find(w))), None)
        reading.put("license", known.id if known else next(iter(written), None), pointer + end)
    value, pointer = node.get("isAccessibleForFree")
    if str(value).lower() == "true":
        reading.put("access", "open", pointer)


def _files(reading: Reading, node: Node) -> None:
    value, pointer = node.get("distribution", "encoding")
    reading.each("distributions", value, pointer, lambda item: _distribution(node, item))
    if "distributions" in reading.values:
        reading.put("listing", "complete", reading.pointers["distributions"], how="extracted")
    value, pointer = node.get("encodingFormat", "fileFormat")
    reading.each("formats", value, pointer, text)
    value, pointer = node.get("contentSize", "size")
    sized = next((size for _, item in items(value) if (size := byte_size(_number(node, item))) is not None), None)
    reading.put("byte_size", sized, pointer)
    value, pointer = node.get("variableMeasured")
    reading.each("variables", value, pointer, lambda item: _variable(node, item))


def _number(node: Node, item: Any) -> Any:
    child = node.child(item)
    return child.value("value") if child else item


def _distribution(node: Node, item: Any) -> Distribution | None:
    child = node.child(item)
    if child is None:
        url = text(item)
        return Distribution(name=url.rstrip("/").rpartition("/")[2] or url, content_url=url) if url else None
    url = text(child.value("contentUrl")) or text(child.value("url"))
    name = text(child.value("name")) or (url.rstrip("/").rpartition("/")[2] if url else None)
    if not name:
        return None
    digests = tuple(
        Checksum(algorithm=kind, value=found.lower()) for kind in _DIGESTS if (found := text(child.value(kind)))
    )
    size = byte_size(_number(child, child.value("contentSize")))
    media_type = text(child.value("encodingFormat", "fileFormat"))
    return Distribution(name=name, content_url=url, byte_size=size, media_type=media_type, checksums=digests)


def _variable(node: Node, item: Any) -> Variable | None:
    child, name = node.child(item), _text_of(node, item)
    if name is None:
        return None
    if child is None:
        return Variable(name=name)
    unit, term = text(child.value("unitText", "unitCode")), text(child.value("propertyID"))
    return Variable(name=name, description=plain(child.value("description")), unit=unit, term=term)


def _relations(node: Node) -> Iterator[tuple[Relation, str]]:
    for name, kind in _RELATED.items():
        value, pointer = node.get(name)
        for end, item in items(value):
            child = node.child(item)
            written = text(child.data.get("@id")) or text(child.value("identifier", "url")) if child else text(item)
            other: Identifier | None = identifiers.identify(written) if written else None
            title = text(child.value("name")) if child else None if other else written
            if other or title:
                yield Relation(type=kind, identifier=other, title=title), pointer + end
