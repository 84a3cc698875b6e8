"""schema.org as it is found in the wild: one thing in many spellings, each of which somebody writes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from fairkit.model.agent import Agent, Funding
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Kind, Subject
from fairkit.model.variable import Variable
from fairkit.vocab import licences

from ._html import plain
from ._jsonld import Node
from ._reading import Reading, agent
from ._sizes import byte_size
from ._values import identifier, items, text, texts

__all__ = ["agent_of", "distribution_of", "identifier_of", "kind", "read", "variable_of"]

_KINDS: dict[str, Kind] = {
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
    "landing_page": ("url", "mainEntityOfPage"),
    "catalogue": ("includedInDataCatalog",),
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
_ANYBODY: tuple[tuple[str, ...], ...] = ((), ("Thing",))
_DIGESTS = ("sha256", "md5", "sha1", "sha512")


def kind(node: Node) -> Kind:
    """The kind of the first type that we know; anything else is read as a document."""
    return next((_KINDS[name] for name in node.types if name in _KINDS), "documentation")


def read(reading: Reading, node: Node) -> None:
    """Give every field that a node of schema.org has."""
    _identity(reading, node)
    _description(reading, node)
    _people(reading, node)
    _rights(reading, node)
    _files(reading, node)
    reading.found("relations", _relations(node))


def _identity(reading: Reading, node: Node) -> None:
    value, pointer = node.get("identifier")
    named = [(identifier_of(node, item), pointer + end) for end, item in items(value)]
    reading.identifiers(*named, (identifier(node.id), f"{node.pointer}/@id"))


def identifier_of(node: Node, item: Any) -> Identifier | None:
    """The identifier that a text, a PropertyValue or a reference is."""
    child = node.child(item)
    if child is None:
        return identifier(item)
    return identifier(child.text("value") or child.text("url") or child.id or text(item), child.text("propertyID"))


def _words(node: Node, value: Any) -> str | None:
    """The text of a value that may be a node: its name, else its address."""
    child = node.child(value)
    found = child and (child.text("name") or child.text("url") or text(child.data.get("@id")))
    return found or text(value)


def _description(reading: Reading, node: Node) -> None:
    for field, names in _SIMPLE.items():
        value, pointer = node.get(*names)
        found = _words(node, value)
        reading.put(field, plain(found) if field in ("title", "description") else found, pointer)
    value, pointer = node.get("keywords")
    reading.put("keywords", _keywords(node, value), pointer)
    value, pointer = node.get("about")
    reading.each("subjects", value, pointer, lambda item: _subject(node, item))
    value, pointer = node.get("dct:conformsTo", "conformsTo")
    reading.each("conforms_to", value, pointer, lambda item: _address(node, item))
    value, pointer = node.get("softwareRequirements")
    reading.each("requirements", value, pointer, lambda item: _words(node, item))


def _keywords(node: Node, value: Any) -> tuple[str, ...]:
    """Each keyword once; a single text may hold several, with commas between them."""
    found = [word for _, item in items(value) if (word := _words(node, item))]
    single = found[0].split(",") if len(found) == 1 else found
    return tuple(dict.fromkeys(word.strip() for word in single if word.strip()))


def _address(node: Node, item: Any) -> str | None:
    child = node.child(item)
    return (child.id if child else None) or _words(node, item)


def _subject(node: Node, item: Any) -> Subject | None:
    child, name = node.child(item), _words(node, item)
    if name is None:
        return None
    if child is None:
        return Subject(name=name)
    return Subject(
        name=name, scheme=_words(node, child.value("inDefinedTermSet")), term=child.text("termCode") or child.id
    )


def _people(reading: Reading, node: Node) -> None:
    for field, names in {"creators": ("creator", "author"), "contributors": ("contributor",)}.items():
        value, pointer = node.get(*names)
        reading.each(field, value, pointer, lambda item: agent_of(node, item))
    value, pointer = node.get("publisher", "provider")
    publishers = (found for _, item in items(value) if (found := agent_of(node, item)))
    reading.put("publisher", next(publishers, None), pointer)
    value, pointer = node.get("funding", "funder")
    reading.each("funding", value, pointer, lambda item: _funding(node, item))


def agent_of(node: Node, item: Any, *, at_home: bool = False) -> Agent | None:
    """A person or an organisation; `at_home`: one that another works for, whose own affiliations are not asked."""
    child = node.child(item)
    if child is None:
        return agent(item)
    if "Role" in child.types:
        return _in_role(child)
    own = " ".join(texts([child.value("givenName"), child.value("familyName")]))
    ids = [identifier(child.id), *(identifier(same) for _, same in items(child.value("sameAs")))]
    ids += [identifier_of(child, inner) for _, inner in items(child.value("identifier"))]
    places = () if at_home else items(child.value("affiliation"))
    return agent(
        child.text("name") or own or _words(node, item),
        ids=[known for known in ids if known and known.scheme != "url"],
        type="person" if "Person" in child.types else "agent" if child.types in _ANYBODY else "organisation",
        affiliations=tuple(home for _, place in places if (home := agent_of(child, place, at_home=True))),
        role=child.text("roleName"),
    )


def _in_role(node: Node) -> Agent | None:
    """Who is in a role: they stand under the property that has the role (schema.org/Role)."""
    value = node.value("contributor", "creator", "author")
    child = node.child(value)
    inner = None if child and "Role" in child.types else agent_of(node, value)
    return replace(inner, role=node.text("roleName")) if inner else None


def _funding(node: Node, item: Any) -> Funding | None:
    """A grant with its funder, or a funder alone."""
    child = node.child(item)
    funder = agent_of(node, child.value("funder", "sponsor")) if child else None
    if child is None or funder is None:
        alone = agent_of(node, item)
        return Funding(funder=alone) if alone else None
    return Funding(funder=funder, award=child.text("identifier"), title=child.text("name"), url=child.text("url"))


def _rights(reading: Reading, node: Node) -> None:
    value, pointer = node.get("license")
    for end, item in items(value):
        child = node.child(item)
        spellings = [child.id, child.text("url"), child.text("name"), text(item)] if child else [text(item)]
        written = [found for found in spellings if found]
        known = next((licence for spelling in written if (licence := licences.find(spelling))), None)
        reading.put("license", known.id if known else next(iter(written), None), pointer + end)
    value, pointer = node.get("isAccessibleForFree")
    first = next((item for _, item in items(value)), None)
    free = first.get("@value") if isinstance(first, dict) else first
    if free is True or (text(free) or "").lower().removeprefix("https://schema.org/") == "true":
        reading.put("access", "open", pointer)


def _files(reading: Reading, node: Node) -> None:
    value, pointer = node.get("distribution", "encoding")
    reading.each("distributions", value, pointer, lambda item: distribution_of(node, item))
    if "distributions" in reading.values:
        reading.put("listing", "complete", reading.pointers["distributions"], how="extracted")
    value, pointer = node.get("encodingFormat", "fileFormat")
    reading.each("formats", value, pointer, text)
    value, pointer = node.get("contentSize", "size")
    sizes = (size for _, item in items(value) if (size := _size(node, item)) is not None)
    reading.put("byte_size", next(sizes, None), pointer)
    value, pointer = node.get("variableMeasured")
    reading.each("variables", value, pointer, lambda item: variable_of(node, item))


def _size(node: Node, item: Any) -> int | None:
    """A size in bytes: a text, a number, or a QuantitativeValue with its unit."""
    child = node.child(item)
    if child is None:
        return byte_size(text(item))
    return byte_size(" ".join(texts([child.value("value"), child.value("unitText", "unitCode")])))


def distribution_of(node: Node, item: Any) -> Distribution | None:
    child = node.child(item)
    url = (child.text("contentUrl", "url") or _address(node, child.value("contentUrl"))) if child else text(item)
    name = (child.text("name") if child else None) or (url and _file_name(url))
    if not name:
        return None
    if child is None:
        return Distribution(name=name, content_url=url)
    digests = ((kind, child.text(kind)) for kind in _DIGESTS)
    return Distribution(
        name=name,
        content_url=url,
        byte_size=_size(child, child.value("contentSize")),
        media_type=child.text("encodingFormat", "fileFormat"),
        checksums=tuple(Checksum(algorithm=kind, value=found.lower()) for kind, found in digests if found),
    )


def _file_name(url: str) -> str:
    """The last part of an address; InvenioRDM, whose exports name no file, has `/files/NAME/content`."""
    path = url.rstrip("/")
    if "/files/" in path:
        path = path.removesuffix("/content")
    return path.rpartition("/")[2] or url


def variable_of(node: Node, item: Any) -> Variable | None:
    child, name = node.child(item), _words(node, item)
    if name is None:
        return None
    if child is None:
        return Variable(name=name)
    unit, term = child.text("unitText", "unitCode"), _address(node, child.value("propertyID"))
    least, most = _number(child.value("minValue")), _number(child.value("maxValue"))
    span = None if least is most is None else (least, most)
    return Variable(name=name, description=plain(child.text("description")), unit=unit, term=term, range=span)


def _number(value: Any) -> float | None:
    """A number that is one, also when written as text."""
    try:
        found = float(text(value) or "nan")
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _relations(node: Node) -> Iterator[tuple[Relation, str]]:
    for name, kind in _RELATED.items():
        value, pointer = node.get(name)
        for end, item in items(value):
            child = node.child(item)
            written = (child.id or child.text("url") if child else None) or text(item)
            other = identifier(written) or (identifier_of(node, child.value("identifier")) if child else None)
            title = child.text("name") if child else None if other else written
            if other or title:
                yield Relation(type=kind, identifier=other, title=title), pointer + end
