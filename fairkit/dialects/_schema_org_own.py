"""The JSON-LD that fairkit writes: schema.org where it has the word, PROV, Dublin Core or our own terms elsewhere.

The properties come from the model, so that a field has one name in the program and one on the web. Such a document
says `fairkit:kind` and is read back field by field; any other is read as what it is, schema.org from the wild.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fairkit.model.base import adapter
from fairkit.model.resource import KINDS, Kind, Resource
from fairkit.vocab import identifiers, licences, relations

from ._jsonld import Node
from ._jsonld_terms import CONTEXT, encode, read_field, terms
from ._reading import Reading
from ._used_data import related

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
_NOT_READ = frozenset({"kind", "implied_license"})
"""The kind is read before; what a repository implies is its own to say, whatever a document claims."""
_AGENTS = {"person": "Person", "organisation": "Organization"}


def node(resource: Resource) -> dict[str, Any]:
    """The resource as one JSON-LD node with its context."""
    main = _typed(encode(resource))
    found = (identifiers.url(identifier) for identifier in resource.identifiers)
    own_id = next((url for url in found if url), None)
    head = {"@context": CONTEXT, "@type": _TYPES[resource.kind], **({"@id": own_id} if own_id else {})}
    return head | {key: value for key, value in main.items() if key != "@type"} | dict(_for_others(resource))


def _for_others(resource: Resource) -> Iterator[tuple[str, Any]]:
    """What schema.org readers look for beside our own terms, or in another form."""
    licence = licences.find(resource.license) if resource.license else None
    if licence and licence.url and licences.find(licence.url) == licence:
        yield "license", licence.url
    if resource.access == "open":
        yield "isAccessibleForFree", True
    if resource.catalogue:
        yield "includedInDataCatalog", {"@type": "DataCatalog", "name": resource.catalogue}
    yield from _links(resource).items()


def _links(resource: Resource) -> dict[str, list[dict[str, str]]]:
    """The relations, and those to the data of a model, as properties of schema.org where no field has these."""
    fields = set(terms(Resource).values())
    linked: dict[str, list[dict[str, str]]] = {}
    for relation in related(resource):
        kind = relations.find(relation.type)
        url = identifiers.url(relation.identifier) if relation.identifier else None
        if kind and kind.schema_org and kind.schema_org not in fields and url:
            linked.setdefault(kind.schema_org, []).append({"@id": url})
    return linked


def _typed(value: Any) -> Any:
    """The encoded value with the types that others know in place of our class names."""
    if isinstance(value, list):
        return [_typed(item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: _typed(item) for key, item in value.items()}
    if found.get("@type") == "fairkit:Agent":
        found["@type"] = _AGENTS.get(found.get("fairkit:agentType", ""), "Thing")
    elif "@type" in found:
        found["@type"] = _NODE_TYPES.get(found["@type"], found["@type"])
    return found


def kind(node: Node) -> Kind | None:
    """The kind that one of our own documents states; None for any other document."""
    stated = node.text("fairkit:kind")
    return next((kind for kind in KINDS if kind == stated), None)


def read(reading: Reading, node: Node) -> None:
    """Give every field of one of our own documents that the model takes; licences in the spelling of SPDX."""
    for name, key in terms(Resource).items():
        value, pointer = node.get(key)
        if name not in _NOT_READ and value is not None:
            reading.put(name, read_field(Resource, name, value, node), pointer)
    _judge(reading)
    given = reading.values.get("license")
    licence = licences.find(given) if isinstance(given, str) else None
    if licence:
        reading.values["license"] = licence.id


def _judge(reading: Reading) -> None:
    """Make words of the model of the values; a field that the model refuses is left out and named."""
    from pydantic import ValidationError

    while True:
        try:
            resource = adapter(Resource).validate_python(reading.values)
        except ValidationError as error:
            for name, why in {str(fault["loc"][0]): fault["msg"] for fault in error.errors()}.items():
                reading.drop(name, why)
        else:
            reading.values = {name: getattr(resource, name) for name in reading.values}
            return
