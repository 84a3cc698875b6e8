"""Steps in the terms of PROV-O: what an activity used and made, the software that ran it, who and when.

Everything has a name, be it one inside the document only: readers of PROV want none without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fairkit.model.agent import Agent
from fairkit.model.provenance import Activity, Entity

from ._rdf import Node, checksum, moment
from ._writing import address, stated

__all__ = ["activities", "agent", "entity", "entity_name"]

_AGENTS = {"person": "prov:Person", "organisation": "prov:Organization"}


def activities(steps: Iterable[Activity]) -> list[Node]:
    """The steps, each with all that belongs to it; what one made and another used is one thing."""
    return [_activity(step, number) for number, step in enumerate(steps, 1)]


def _activity(step: Activity, number: int) -> Node:
    own = f"#step{number}"
    return stated(
        {
            "@id": own,
            "@type": "prov:Activity",
            "rdfs:label": step.name,
            "dct:description": step.description,
            "prov:startedAtTime": _moment(step.started),
            "prov:endedAtTime": _moment(step.ended),
            "prov:used": [entity(one) for one in step.used],
            "prov:generated": [entity(one) | {"prov:wasGeneratedBy": {"@id": own}} for one in step.generated],
            "prov:wasAssociatedWith": list(_who(step)),
            "fairkit:parameter": [_parameter(name, value) for name, value in step.parameters],
        }
    )


def _moment(text: str | None) -> Node | None:
    """PROV takes whole moments only."""
    found = moment(text)
    return found if found and found["@type"] == "xsd:dateTime" else None


def _who(step: Activity) -> Iterator[Node]:
    if step.agent:
        yield agent(step.agent)
    for one in step.software:
        yield stated(
            {
                "@id": address(one.identifier) or f"#{entity_name('software', one.name, one.version)}",
                "@type": ["prov:Agent", "prov:SoftwareAgent"],
                "rdfs:label": one.name,
                "schema:softwareVersion": one.version,
            }
        )


def _parameter(name: str, value: str) -> Node:
    return {"@type": "schema:PropertyValue", "schema:name": name, "schema:value": value}


def agent(one: Agent) -> Node:
    """Who is responsible for something."""
    return stated(
        {
            "@id": next((url for each in one.identifiers if (url := address(each))), None),
            "@type": ["prov:Agent", *([_AGENTS[one.type]] if one.type in _AGENTS else [])],
            "foaf:name": one.name,
        }
    )


def entity(one: Entity) -> Node:
    """A thing that was used or made, by where it leads, else by its name and its digest."""
    return stated(
        {
            "@id": address(one.identifier) or f"#{entity_name('thing', one.name, one.version, *_sums(one))}",
            "@type": "prov:Entity",
            "rdfs:label": one.name,
            "schema:version": one.version,
            "dct:identifier": str(one.identifier) if one.identifier and not address(one.identifier) else None,
            "spdx:checksum": checksum(one.checksums),
        }
    )


def _sums(one: Entity) -> list[str]:
    """The strongest digest alone: one document tells several of a file, another only that."""
    strongest = checksum(one.checksums)
    return [strongest["spdx:checksumValue"]["@value"]] if strongest else []


def entity_name(kind: str, *parts: str | None) -> str:
    """A name inside the document that the same thing has again."""
    import hashlib

    told = "\x00".join(part or "" for part in parts)
    return kind + hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]
