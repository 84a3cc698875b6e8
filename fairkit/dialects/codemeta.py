"""CodeMeta (codemeta.json): software, and what else comes with code, in the words of schema.org and some of its own.

The context is that of CodeMeta 3.0 and is never fetched: a bare name means what schema.org means by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fairkit.model.agent import Agent, Funding
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.provenance import Relation
from fairkit.model.resource import Kind, Resource
from fairkit.vocab import relations

from . import _schema_org_wild as wild
from ._jsonld import Node, main_node
from ._reading import Reading
from ._sizes import byte_size
from ._used_data import related
from ._values import items, parse_json, text
from ._writing import address, json_bytes, licence_url, sound, stated

__all__ = ["FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "read", "recognises", "write"]

TITLE = "CodeMeta (codemeta.json)"
MEDIA_TYPE = "application/ld+json"
FILE_NAMES = ("codemeta.json",)
HOLDS = frozenset({
    "access", "byte_size", "code_repository", "contributors", "creators", "date_created", "date_modified",
    "date_published", "description", "embargo_until", "formats", "funding", "identifiers", "keywords", "landing_page",
    "license", "publisher", "relations", "requirements", "title", "version",
})  # fmt: skip

_CONTEXT = "https://w3id.org/codemeta/3.0"
_TYPES = {"software": "SoftwareSourceCode", "dataset": "schema:Dataset"}
_AGENTS = {"person": "Person", "organisation": "Organization"}
_DOCUMENTED = ("referencePublication", "softwareHelp", "readme")
_RELATED = {"isPartOf": "IsPartOf", "hasPart": "HasPart", "citation": "Cites", "relatedLink": "Relates"}
"""The properties that lead to other works; those that CodeMeta lacks are read, and not written."""
_MADE_FROM, _BASED = "IsDerivedFrom", "isBasedOn"
"""What CodeMeta's context lacks, and is written as schema.org's: what a model was trained on has no other word."""


def recognises(data: Any) -> bool:
    """Whether parsed JSON names a context of CodeMeta."""
    context = data.get("@context") if isinstance(data, dict) else None
    return any("codemeta" in part.lower() for _, part in items(context) if isinstance(part, str))


def read(document: Document) -> View:
    """The software, or other work, that the file describes.

    Raises:
        UnreadableDocument: if it is not JSON.
    """
    data = parse_json(document)
    node, reading = main_node(data), Reading(document, data)
    reading.found("funding", _funding(node))
    value, pointer = node.get("embargoEndDate", "embargoDate")
    reading.put("embargo_until", text(value), pointer)
    value, pointer = node.get("fileSize")
    reading.put("byte_size", byte_size(value), pointer)
    reading.found("relations", _relations(node))
    left = {key for name in ("funding", "funder", _BASED, *_RELATED) if (key := node.key(name))}
    wild.read(reading, node.inner({key: value for key, value in node.data.items() if key not in left}))
    for name in reading.values.keys() - HOLDS:
        reading.values.pop(name)
        reading.pointers.pop(name)
        reading.how.pop(name, None)
    return reading.view(wild.kind(node) if node.types else "software", holds=HOLDS)


def _funding(node: Node) -> Iterator[tuple[Funding, str]]:
    """Who paid; the number of the grant stands apart, in `funding`, and belongs to the only funder."""
    award = node.text("funding")
    value, pointer = node.get("funder")
    funders = [(found, pointer + end) for end, item in items(value) if (found := wild.agent_of(node, item))]
    for funder, where in funders:
        yield Funding(funder=funder, award=award if len(funders) == 1 else None), where


def _relations(node: Node) -> Iterator[tuple[Relation, str]]:
    named = {**_RELATED, **dict.fromkeys(_DOCUMENTED, "IsDocumentedBy"), "isSourceCodeOf": "IsSourceOf"}
    named[_BASED] = _MADE_FROM
    for name, kind in named.items():
        value, pointer = node.get(name)
        for end, item in items(value):
            child = node.child(item)
            other = wild.identifier_of(child, child.value("identifier")) if child else None
            other = other or wild.identifier_of(node, item)
            title = child.text("name") if child else None if other else text(item)
            if other or title:
                about: Kind | None = "dataset" if child and name == _BASED and "Dataset" in child.types else None
                yield Relation(type=kind, identifier=other, title=title, kind=about), pointer + end


def write(resource: Resource) -> bytes:
    """The work as a codemeta.json of CodeMeta 3.0; a kind that it has no type for is a CreativeWork."""
    resource = sound(resource)
    return json_bytes(
        stated(
            {
                "@context": _CONTEXT,
                "type": _TYPES.get(resource.kind, "schema:CreativeWork"),
                "id": next((url for one in resource.identifiers if (url := address(one))), None),
                "identifier": [address(one) or str(one) for one in resource.identifiers],
                "name": resource.title,
                "description": resource.description,
                "version": resource.version,
                "license": licence_url(resource.license) or resource.license,
                "keywords": list(resource.keywords),
                "author": [_agent(one) for one in resource.creators],
                "contributor": [_agent(one) for one in resource.contributors],
                "publisher": _agent(resource.publisher) if resource.publisher else None,
                "funder": [_agent(one.funder) for one in resource.funding],
                "funding": next((one.award for one in resource.funding if one.award), None),
                "dateCreated": resource.date_created,
                "datePublished": resource.date_published,
                "dateModified": resource.date_modified,
                "embargoEndDate": resource.embargo_until,
                "isAccessibleForFree": True if resource.access == "open" else None,
                "url": resource.landing_page,
                "codeRepository": resource.code_repository,
                "softwareRequirements": list(resource.requirements),
                "fileFormat": list(resource.formats),
                "fileSize": f"{resource.byte_size}B" if resource.byte_size is not None else None,
                f"schema:{_BASED}": [_origin(one) for one in related(resource) if _is_origin(one)],
                **_links(resource),
            }
        )
    )


def _agent(one: Agent, *, at_home: bool = False) -> dict[str, Any]:
    family, comma, given = one.name.partition(", ")
    parts = {"familyName": family, "givenName": given} if comma and one.type == "person" else {}
    homes = [] if at_home else [_agent(home, at_home=True) for home in one.affiliations]
    own = next((url for known in one.identifiers if (url := address(known))), None)
    return stated({"type": _AGENTS.get(one.type), "id": own, "name": one.name, **parts, "affiliation": homes})


def _links(resource: Resource) -> dict[str, list[str]]:
    """The relations for which CodeMeta has a property, by where they lead."""
    words = {kind: name for name, kind in _RELATED.items()} | {"IsDocumentedBy": "referencePublication"}
    found: dict[str, list[str]] = {}
    for one in resource.relations:
        kind = relations.find(one.type)
        word, url = words.get(kind.type) if kind else None, address(one.identifier)
        if word and url:
            found.setdefault(word, []).append(url)
    return found


def _is_origin(one: Relation) -> bool:
    kind = relations.find(one.type)
    return kind is not None and kind.type == _MADE_FROM and address(one.identifier) is not None


def _origin(one: Relation) -> dict[str, Any]:
    """A work that this one was made from, as a node: the context does not say that a text is an address there."""
    kind = _TYPES.get(one.kind or "", "schema:CreativeWork")
    return stated({"id": address(one.identifier), "type": kind, "name": one.title})
