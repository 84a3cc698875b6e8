"""JSON-LD without a network: finding nodes and properties under any spelling, and writing the model's own terms.

A document's context says which prefix means which namespace; remote contexts are never fetched. What we do not need
to resolve is read as schema.org, http and https alike: that is what pages in the wild mean by a bare name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from fairkit.model.base import FAIRKIT, PROV, SDO, Frozen, Term

__all__ = ["CONTEXT", "Node", "compact", "encode", "main_node", "mentions_schema_org", "terms"]

_NAMESPACES = {
    "schema": str(SDO),
    "prov": str(PROV),
    "fairkit": str(FAIRKIT),
    "dct": "http://purl.org/dc/terms/",
}
CONTEXT = {"@vocab": str(SDO), **{prefix: iri for prefix, iri in _NAMESPACES.items() if prefix != "schema"}}
"""The context that our documents carry: written out, so that nobody needs to fetch it."""

_DATA_TYPES = ("Dataset", "MLModel", "SoftwareSourceCode", "SoftwareApplication", "CreativeWork", "DigitalDocument")
_MAX_NODES = 50_000


def mentions_schema_org(data: Any) -> bool:
    """Whether parsed JSON is JSON-LD that speaks schema.org, or our own terms beside it."""
    nodes = data if isinstance(data, list) else [data]
    return any(isinstance(node, Mapping) and "schema.org" in str(node.get("@context", ""))[:5000] for node in nodes)


class Node:
    """One JSON-LD node, whose properties are found whatever prefix they are written with."""

    __slots__ = ("_prefixes", "data", "nodes", "pointer")

    def __init__(
        self, data: Mapping[str, Any], pointer: str, prefixes: Mapping[str, str], nodes: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self.data = data
        self.pointer = pointer
        self.nodes = nodes
        self._prefixes = prefixes

    def key(self, name: str) -> str | None:
        """The key under which the property `name` (`license`, `prov:used`) stands in this node."""
        if name in self.data:
            return name
        prefix, _, local = name.rpartition(":")
        iri = _NAMESPACES[prefix or "schema"]
        twin = iri.replace("https:", "http:") if iri.startswith("https:") else iri.replace("http:", "https:")
        own = (p for p, space in self._prefixes.items() if space in (iri, twin))
        spellings = [f"{prefix or 'schema'}:{local}", iri + local, twin + local, *(f"{p}:{local}" for p in own)]
        return next((spelling for spelling in spellings if spelling in self.data), None)

    def get(self, *names: str) -> tuple[Any, str]:
        """The value of the first of `names` that the node has, and its pointer; `(None, "")` if it has none."""
        for name in names:
            key = self.key(name)
            if key is not None and self.data[key] not in (None, "", []):
                return self.data[key], f"{self.pointer}/{key.replace('~', '~0').replace('/', '~1')}"
        return None, ""

    def value(self, *names: str) -> Any:
        """The value of the first of `names` that the node has."""
        return self.get(*names)[0]

    def child(self, value: Any) -> Node | None:
        """The node that a value is, or refers to by its `@id`."""
        if not isinstance(value, Mapping):
            return None
        if set(value) == {"@id"} and isinstance(value["@id"], str):
            value = self.nodes.get(value["@id"], value)
        return Node(value, self.pointer, self._prefixes, self.nodes)

    @property
    def types(self) -> tuple[str, ...]:
        """The names of its types without namespace."""
        written = self.data.get("@type", self.data.get("type", ()))
        every = written if isinstance(written, list) else [written]
        return tuple(str(t).rstrip("/").rpartition("/")[2].rpartition(":")[2].rpartition("#")[2] for t in every if t)


def main_node(data: Any) -> Node:
    """The node that a document is about: the first of a kind that we know, in lists and `@graph` too."""
    found = list(_nodes(data, "", 0))
    prefixes = _prefixes(data)
    by_id = {str(node["@id"]): node for _, node in found if "@id" in node}
    every = [Node(node, pointer, prefixes, by_id) for pointer, node in found]
    for wanted in _DATA_TYPES:
        for node in every:
            if wanted in node.types:
                return node
    return every[0] if every else Node({}, "", {}, {})


def _nodes(data: Any, pointer: str, depth: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(data, list) and depth < 4:
        for index, item in enumerate(data[:_MAX_NODES]):
            yield from _nodes(item, f"{pointer}/{index}", depth + 1)
    elif isinstance(data, Mapping):
        if isinstance(data.get("@graph"), list):
            yield from _nodes(data["@graph"], f"{pointer}/@graph", depth + 1)
        else:
            yield pointer, data
            if isinstance(data.get("mainEntity"), Mapping) and depth < 4:
                yield from _nodes(data["mainEntity"], f"{pointer}/mainEntity", depth + 1)


def _prefixes(data: Any) -> dict[str, str]:
    """The prefixes that the context of a document declares itself."""
    first = data[0] if isinstance(data, list) and data else data
    context = first.get("@context") if isinstance(first, Mapping) else None
    declared: dict[str, str] = {}
    for part in context if isinstance(context, list) else [context]:
        if isinstance(part, Mapping):
            declared |= {name: iri for name, iri in part.items() if isinstance(iri, str) and not name.startswith("@")}
    return declared


def compact(iri: str) -> str:
    """The name of a property in our context: `license`, `prov:used`, `fairkit:padding`."""
    for prefix, namespace in _NAMESPACES.items():
        if iri.startswith(namespace):
            local = iri[len(namespace) :]
            return local if prefix == "schema" else f"{prefix}:{local}"
    return iri


@cache
def terms(model: type[Frozen]) -> dict[str, str]:
    """The property of each field of a model, as our context names it."""
    found = {}
    for name, info in model.model_fields.items():
        term = next((meta for meta in info.metadata if isinstance(meta, Term)), None)
        if term is not None:
            found[name] = compact(term.iri)
    return found


def encode(value: Any) -> Any:
    """A value of the model in our JSON-LD terms: each field under its property, empty ones left out."""
    if isinstance(value, Frozen):
        node = {"@type": f"fairkit:{type(value).__name__}"}
        fields = ((key, getattr(value, name)) for name, key in terms(type(value)).items())
        return node | {key: encode(field) for key, field in fields if field not in (None, ())}
    if isinstance(value, tuple):
        return {"@list": [encode(item) for item in value]} if _has_order(value) else [encode(item) for item in value]
    return value


def _has_order(value: tuple[Any, ...]) -> bool:
    """Whether the places in a tuple mean something: a shape, a range, a name with its value."""
    return any(item is None or isinstance(item, int | float | tuple) for item in value)
