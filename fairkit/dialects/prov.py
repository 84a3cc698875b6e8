"""PROV-O: where a work comes from, as a graph of entities, activities and agents, in JSON-LD or Turtle.

The work is a collection of its files; each file that a step used or made is the same entity wherever it comes again,
known by its name and digest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from fairkit.model.distribution import Distribution
from fairkit.model.provenance import Activity, Entity, Relation
from fairkit.model.resource import Resource
from fairkit.vocab import relations

from ._rdf import FORMS, Node, iri, moment, typed, written
from ._rdf_prov import activities, agent, entity, entity_name
from ._used_data import implied
from ._writing import address, sound, stated

__all__ = ["FORMS", "HOLDS", "MEDIA_TYPE", "TITLE", "recognises", "write"]

TITLE = "PROV-O (JSON-LD or Turtle)"
MEDIA_TYPE = "application/ld+json"
HOLDS = frozenset({
    "activities", "creators", "date_created", "date_published", "description", "distributions", "identifiers",
    "landing_page", "listing", "relations", "superseded_by", "supersedes", "title", "version",
})  # fmt: skip

_RELATED = {
    "IsDerivedFrom": "prov:wasDerivedFrom",
    "IsNewVersionOf": "prov:wasRevisionOf",
    "IsVersionOf": "prov:specializationOf",
}
"""The relations that PROV has a word for; others are influences."""


def recognises(data: Any) -> bool:
    """Never: it is written for others; the journal of a folder is read by `provenance`."""
    return False


def write(resource: Resource, *, form: str = "json-ld") -> bytes:
    """The work, its files, the steps that made them and who took them."""
    return written(_work(sound(resource)), form)


def _work(one: Resource) -> Node:
    own = next((url for each in one.identifiers if (url := address(each))), None)
    return stated(
        {
            "@id": own or iri(one.landing_page) or "#work",
            "@type": ["prov:Entity", "prov:Collection"],
            "dct:identifier": [address(each) or str(each) for each in one.identifiers],
            "dct:title": one.title,
            "dct:description": one.description,
            "schema:url": typed(one.landing_page, "xsd:anyURI") if iri(one.landing_page) else None,
            "schema:version": one.version,
            "prov:generatedAtTime": _whole_moment(one.date_created),
            "dct:created": moment(one.date_created),
            "dct:issued": moment(one.date_published),
            "prov:wasAttributedTo": [agent(each) for each in one.creators],
            "prov:hadMember": [_file(each) for each in one.distributions],
            "prov:wasGeneratedBy": activities(_digested(one)),
            **_related(one),
        }
    )


def _digested(one: Resource) -> Iterator[Activity]:
    """The steps, of which what is a file of the work has its digests, so that it is one with that file."""
    sums = {file.name: file.checksums for file in one.distributions}

    def known(things: tuple[Entity, ...]) -> tuple[Entity, ...]:
        return tuple(each if each.checksums else replace(each, checksums=sums.get(each.name, ())) for each in things)

    for step in one.activities:
        yield replace(step, used=known(step.used), generated=known(step.generated))


def _whole_moment(text: str | None) -> Node | None:
    found = moment(text)
    return found if found and found["@type"] == "xsd:dateTime" else None


def _file(one: Distribution) -> Node:
    """A file as the entity that steps know it as, with its size and where it is."""
    node = entity(Entity(name=one.name, checksums=one.checksums))
    url = iri(one.content_url)
    return node | stated(
        {
            "schema:contentUrl": {"@id": url} if url else None,
            "schema:contentSize": typed(one.byte_size, "xsd:nonNegativeInteger") if one.byte_size is not None else None,
            "dct:format": one.media_type,
        }
    )


def _related(one: Resource) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    made_from = [each for each in implied(one) if each.type in _RELATED]  # what only tested it is no influence
    for each in (*one.relations, *made_from):
        known = relations.find(each.type)
        word = _RELATED.get(known.type if known else "", "prov:wasInfluencedBy")
        found.setdefault(word, []).append(_other(each))
    found.setdefault("prov:wasRevisionOf", []).extend(
        {"@id": url, "@type": "prov:Entity"} for each in one.supersedes if (url := address(each))
    )
    found["dct:isReplacedBy"] = [{"@id": url} for each in one.superseded_by if (url := address(each))]
    return found


def _other(each: Relation) -> Node:
    return stated(
        {
            "@id": address(each.identifier) or f"#{entity_name('work', str(each.identifier or ''), each.title)}",
            "@type": "prov:Entity",
            "dct:title": each.title,
            "dct:identifier": str(each.identifier) if each.identifier and not address(each.identifier) else None,
        }
    )
