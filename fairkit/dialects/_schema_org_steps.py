"""The steps that made a work, as actions of schema.org (RO-Crate) or activities of PROV (Croissant), and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from fairkit.model.distribution import Checksum
from fairkit.model.provenance import Activity, Entity

from ._jsonld import Node
from ._schema_org_nodes import agent, checksums, named, property_value
from ._schema_org_wild import agent_of, identifier_of
from ._values import identifier, items, text
from ._writing import address

__all__ = ["ACTION", "PROV", "Words", "checksums_of", "step", "step_of"]


class Words(NamedTuple):
    """How a vocabulary calls a step and its parts; `programs` and `things` are types."""

    type: str
    used: str
    generated: str
    software: str
    agent: str
    started: str
    ended: str
    programs: str
    things: str


ACTION = Words(
    "CreateAction", "object", "result", "instrument", "agent", "startTime", "endTime", "SoftwareApplication", "Thing"
)
PROV = Words(
    "prov:Activity", "prov:used", "prov:generated", "prov:wasAssociatedWith", "prov:wasAssociatedWith",
    "prov:startedAtTime", "prov:endedAtTime", "prov:SoftwareAgent", "prov:Entity",
)  # fmt: skip
_DIGESTS = ("sha256", "md5", "sha1", "sha512")
_SUM = re.compile(r"([a-z][a-z0-9]{2,11}):([0-9a-fA-F]{8,128})")


def step(activity: Activity, words: Words, *, files: Mapping[str, dict[str, Any]] | None = None) -> dict[str, Any]:
    """A step; what it used or made and is among the `files`, by name, is referred to and not told again."""
    known = files or {}
    node = named(words.type, activity.name, description=activity.description)
    _add(node, words.used, [_thing(one, words.things, known) for one in activity.used])
    _add(node, words.used, [{"@type": "PropertyValue", "name": name, "value": v} for name, v in activity.parameters])
    _add(node, words.generated, [_thing(one, words.things, known) for one in activity.generated])
    _add(node, words.software, [_thing(one, words.programs, {}) for one in activity.software])
    _add(node, words.agent, [agent(activity.agent)] if activity.agent else [])
    times = {words.started: activity.started, words.ended: activity.ended}
    return node | {word: value for word, value in times.items() if value}


def _add(node: dict[str, Any], word: str, more: list[Any]) -> None:
    if more:
        node[word] = [*node.get(word, ()), *more]


def _thing(one: Entity, kind: str, files: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    if one.name in files and not one.version and not one.identifier:
        return files[one.name]
    own = address(one.identifier)
    known = {**checksums(one.checksums, "sha256"), "version": one.version}
    if one.identifier and not own:
        known["identifier"] = [property_value(one.identifier), *known.get("identifier", ())]
    if kind == "SoftwareApplication":  # RO-Crate asks a page of such, which many a program has not
        kind, known["url"] = (kind if own else "CreativeWork"), own
    return {**({"@id": own} if own else {}), **named(kind, one.name, **known)}


def step_of(node: Node, item: Any, words: Words) -> Activity | None:
    """The step that a value is, if it has a name."""
    child = node.child(item)
    name = child.text("name") if child else None
    if child is None or name is None:
        return None
    inputs, makers = list(_nodes(child, words.used)), list(_nodes(child, words.software))
    given = [one for one in inputs if "PropertyValue" in one.types]
    shared = words.software == words.agent  # PROV tells programs from people by their types
    programs = [one for one in makers if _is_program(one)] if shared else makers
    people = [one for one in makers if one not in programs] if shared else list(_nodes(child, words.agent))
    settings = ((one.text("name"), one.text("value")) for one in given)
    return Activity(
        name=name,
        description=child.text("description"),
        used=_entities(one for one in inputs if one not in given),
        generated=_entities(_nodes(child, words.generated)),
        software=_entities(programs),
        parameters=tuple((name, value) for name, value in settings if name and value),
        agent=agent_of(child, people[0].data) if people else None,
        started=child.text(words.started),
        ended=child.text(words.ended),
    )


def _nodes(node: Node, word: str) -> Iterator[Node]:
    return (child for _, item in items(node.value(word)) if (child := node.child(item)))


def _is_program(node: Node) -> bool:
    return bool({"SoftwareAgent", "SoftwareApplication", "SoftwareSourceCode"} & set(node.types))


def _entities(nodes: Iterator[Node] | list[Node]) -> tuple[Entity, ...]:
    return tuple(found for node in nodes if (found := _entity(node)))


def _entity(node: Node) -> Entity | None:
    name = node.text("name") or node.id
    if name is None:
        return None
    listed = (identifier_of(node, item) for _, item in items(node.value("identifier")) if isinstance(item, dict))
    named = node.id if node.id and "://" in node.id else node.text("sameAs")
    own = identifier(named)
    known = own or next((found for found in listed if found), None)
    version = node.text("version", "softwareVersion")
    return Entity(name=name, version=version, identifier=known, checksums=checksums_of(node))


def checksums_of(node: Node) -> tuple[Checksum, ...]:
    """The checksums of a file: by the names of their algorithms, and `algorithm:digits` among its identifiers."""
    found = [Checksum(algorithm=kind, value=told.lower()) for kind in _DIGESTS if (told := node.text(kind))]
    for _, item in items(node.value("identifier")):
        written = _SUM.fullmatch(text(item) or "") if isinstance(item, str) else None
        if written:
            found.append(Checksum(algorithm=written[1], value=written[2].lower()))
    return tuple(dict.fromkeys(found))
