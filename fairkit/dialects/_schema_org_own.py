"""The JSON-LD that fairkit writes: schema.org where it has the word, PROV, Dublin Core or our own terms elsewhere.

The properties come from the model, so that a field has one name in the program and one on the web. Such a document
says `fairkit:kind` and is read back field by field; any other is read as what it is, schema.org from the wild.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from fairkit.model.base import Frozen
from fairkit.model.resource import KINDS, Resource, resource_class
from fairkit.vocab import identifiers, licences, relations

from ._jsonld import CONTEXT, Node, encode, terms
from ._reading import Reading

__all__ = ["kind", "node", "read"]

_TYPES = {
    "dataset": "Dataset",
    "model": "CreativeWork",
    "software": "SoftwareSourceCode",
    "environment": "CreativeWork",
    "documentation": "CreativeWork",
    "supplementary": "CreativeWork",
}
_NODE_TYPES = {
    "fairkit:Identifier": "PropertyValue",
    "fairkit:Variable": "PropertyValue",
    "fairkit:Distribution": "DataDownload",
    "fairkit:Subject": "DefinedTerm",
    "fairkit:Funding": "Grant",
    "fairkit:Activity": "prov:Activity",
    "fairkit:Entity": "prov:Entity",
}
_AGENTS = {"person": "Person", "organisation": "Organization", "agent": "Thing"}


def node(resource: Resource) -> dict[str, Any]:
    """The resource as one JSON-LD node with its context."""
    main = _typed(encode(resource))
    found = (identifiers.url(identifier) for identifier in resource.identifiers)
    own_id = next((url for url in found if url), None)
    head = {"@context": CONTEXT, "@type": _TYPES[resource.kind], **({"@id": own_id} if own_id else {})}
    return head | {key: value for key, value in main.items() if key != "@type"} | dict(_for_others(resource))


def _for_others(resource: Resource) -> Iterator[tuple[str, Any]]:
    """What schema.org readers look for beside our own terms."""
    licence = licences.find(resource.license) if resource.license else None
    if licence and licence.url and licences.find(licence.url) == licence:
        yield "license", licence.url
    if resource.access == "open":
        yield "isAccessibleForFree", True
    if resource.catalogue:
        yield "includedInDataCatalog", {"@type": "DataCatalog", "name": resource.catalogue}
    linked: dict[str, list[Any]] = {}
    for relation in resource.relations:
        kind = relations.find(relation.type)
        url = identifiers.url(relation.identifier) if relation.identifier else None
        if kind and kind.schema_org and url:
            linked.setdefault(kind.schema_org, []).append({"@id": url})
    yield from linked.items()


def _typed(value: Any) -> Any:
    """The encoded value with the types that others know in place of our class names."""
    if isinstance(value, list):
        return [_typed(item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: _typed(item) for key, item in value.items()}
    if found.get("@type") == "fairkit:Agent":
        found["@type"] = _AGENTS[found["fairkit:agentType"]]
    elif "@type" in found:
        found["@type"] = _NODE_TYPES.get(found["@type"], found["@type"])
    return found


def kind(node: Node) -> str | None:
    """The kind that one of our own documents states; None for any other document."""
    stated = node.value("fairkit:kind")
    return stated if stated in KINDS else None


def read(reading: Reading, node: Node) -> bool:
    """Give every field of one of our own documents; False, with nothing given, for any other document."""
    stated = kind(node)
    if stated is None:
        return False
    model = resource_class(stated)
    for name, key in terms(model).items():
        value, pointer = node.get(key)
        if name != "kind" and value is not None:
            reading.put(name, _decode(_inner(model, name), value), pointer)
    licence = licences.find(str(reading.values.get("license", "")))
    if licence:
        reading.values["license"] = licence.id
    return True


@cache
def _inner(model: type[Frozen], name: str) -> type[Frozen] | None:
    """The model of which a field is made, inside its tuple or its union with None; None for plain values."""
    waiting = [model.model_fields[name].annotation]
    while waiting:
        found = waiting.pop()
        if isinstance(found, type) and issubclass(found, Frozen):
            return found
        waiting += get_args(found)
    return None


def _decode(model: type[Frozen] | None, value: Any) -> Any:
    if isinstance(value, Mapping) and "@list" in value:
        value = value["@list"]
    if isinstance(value, list):
        return [_decode(model, item) for item in value]
    if model is None:
        return value.get("name") if isinstance(value, Mapping) else value
    if not isinstance(value, Mapping):
        return value
    fields = ((name, value.get(key)) for name, key in terms(model).items())
    return {name: _decode(_inner(model, name), field) for name, field in fields if field is not None}
