"""JSON-LD without a network: finding nodes and properties under any spelling.

A document's context says which prefix means which namespace; remote contexts are never fetched. What we do not need
to resolve is read as schema.org, http and https alike: that is what pages in the wild mean by a bare name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fairkit.model.ai import FAIR4ML
from fairkit.model.base import FAIRKIT, PROV, SDO

from ._values import EMPTY, items, text

__all__ = ["NAMESPACES", "Node", "main_node", "mentions_schema_org", "node_of"]

NAMESPACES = {
    "schema": str(SDO),
    "prov": str(PROV),
    "fairkit": str(FAIRKIT),
    "dct": "http://purl.org/dc/terms/",
    "fair4ml": str(FAIR4ML),
}
_SPACES = [(iri, f"{prefix}:" if prefix != "schema" else "") for prefix, iri in NAMESPACES.items()]
_SPACES += [("http" + iri.removeprefix("https"), "") for iri, short in _SPACES if not short]
_DATA_TYPES = ("Dataset", "MLModel", "SoftwareSourceCode", "SoftwareApplication", "CreativeWork", "DigitalDocument")
_DEEPEST = 4
_REFERENCE = frozenset({"@id", "@type"})


def mentions_schema_org(data: Any) -> bool:
    """Whether parsed JSON is JSON-LD that speaks schema.org: by its context, or in IRIs written out."""
    for _, node in items(data):
        if isinstance(node, dict):
            named = [iri for _, part in items(node.get("@context")) for iri in _iris(part)]
            if any("schema.org" in iri for iri in named) or any(_is_schema_org(key) for key in node):
                return True
    return False


def _iris(context: Any) -> list[str]:
    """The IRIs in one part of a context: its own, or those of its terms."""
    values = context.values() if isinstance(context, dict) else [context]
    return [value for value in values if isinstance(value, str)]


def _is_schema_org(key: str) -> bool:
    return key.startswith(("http://schema.org/", "https://schema.org/"))


class _Context:
    """What the document says about its keys and its nodes, for all of them."""

    def __init__(self, declared: Mapping[str, str], nodes: Mapping[str, Mapping[str, Any]]) -> None:
        self.nodes = nodes
        self._declared = declared

    def name(self, key: str) -> str:
        """The name of the property that a key means: `license`, `prov:used`; a key that we do not know as it is."""
        if ":" not in key and key not in self._declared:
            return key
        iri = self._declared.get(key, key)
        prefix, _, local = iri.partition(":")
        if not local.startswith("//"):
            iri = self._declared.get(prefix, NAMESPACES.get(prefix, f"{prefix}:")) + local
        return next((short + iri[len(space) :] for space, short in _SPACES if iri.startswith(space)), key)


class Node:
    """One JSON-LD node, whose properties are found whatever prefix they are written with."""

    __slots__ = ("_context", "_keys", "data", "pointer")

    def __init__(self, data: Mapping[str, Any], pointer: str, context: _Context) -> None:
        self.data = data
        self.pointer = pointer
        self._context = context
        self._keys = {context.name(key): key for key in data}

    def key(self, name: str) -> str | None:
        """The key under which the property `name` (`license`, `prov:used`) stands in this node."""
        return name if name in self.data else self._keys.get(name)

    def get(self, *names: str) -> tuple[Any, str]:
        """The value of the first of `names` that the node has, and its pointer; `(None, "")` if it has none."""
        for name in names:
            key = self.key(name)
            if key is not None and self.data[key] not in EMPTY:
                return self.data[key], f"{self.pointer}/{key.replace('~', '~0').replace('/', '~1')}"
        return None, ""

    def value(self, *names: str) -> Any:
        """The value of the first of `names` that the node has."""
        return self.get(*names)[0]

    def text(self, *names: str) -> str | None:
        """The text of the first of `names` that the node has."""
        return text(self.value(*names))

    def child(self, value: Any) -> Node | None:
        """The node that a value, or the first of a list, is or refers to by its `@id`; None for a plain value."""
        value = next((item for _, item in items(value)), None)
        if not isinstance(value, dict) or "@value" in value:
            return None
        name = value.get("@id")
        if isinstance(name, str) and _REFERENCE.issuperset(value):
            value = self._context.nodes.get(name, value)
        return Node(value, self.pointer, self._context)

    def inner(self, value: Mapping[str, Any]) -> Node:
        """The node that a value is; a reference is not followed."""
        return Node(value, self.pointer, self._context)

    @property
    def id(self) -> str | None:
        """Its `@id`, unless that is a name inside the document only."""
        own = text(self.data.get("@id", self.data.get("id")))
        return own if own and not own.startswith(("_:", "#", "./")) else None

    @property
    def types(self) -> tuple[str, ...]:
        """The names of its types without namespace."""
        written = self.data.get("@type", self.data.get("type"))
        names = (text(one) or "" for _, one in items(written))
        return tuple(name.rstrip("/").rpartition("/")[2].rpartition(":")[2].rpartition("#")[2] for name in names)


def main_node(data: Any) -> Node:
    """The node that a document is about: the first of a kind that we know, in lists and `@graph` too."""
    every = _every(data)
    for wanted in _DATA_TYPES:
        for node in every:
            if wanted in node.types:
                return node
    return every[0]


def node_of(data: Any, name: str) -> Node:
    """The node of this `@id`; the main one where there is none."""
    return next((node for node in _every(data) if node.data.get("@id") == name), None) or main_node(data)


def _every(data: Any) -> list[Node]:
    """All nodes of a document that do not stand within others; an empty one where there is none."""
    found = list(_nodes(data, "", 0))
    by_id = {node["@id"]: node for _, node in found if isinstance(node.get("@id"), str) and len(node) > 1}
    context = _Context(_declared(data), by_id)
    return [Node(node, pointer, context) for pointer, node in found] or [Node({}, "", context)]


def _nodes(data: Any, pointer: str, depth: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _nodes(item, f"{pointer}/{index}", depth + 1)
    elif isinstance(data, dict):
        if isinstance(data.get("@graph"), list):
            yield from _nodes(data["@graph"], f"{pointer}/@graph", depth + 1)
        else:
            yield pointer, data
            yield from _nodes(data.get("mainEntity"), f"{pointer}/mainEntity", depth + 1)


def _declared(data: Any) -> dict[str, str]:
    """The prefixes and names that the context of a document declares itself, each with its IRI."""
    first = next((item for _, item in items(data)), None)
    context = first.get("@context") if isinstance(first, dict) else None
    declared: dict[str, str] = {}
    for _, part in items(context):
        for name, meaning in part.items() if isinstance(part, dict) else ():
            iri = meaning.get("@id") if isinstance(meaning, dict) else meaning
            if isinstance(iri, str) and not name.startswith("@"):
                declared[name] = iri
    return declared
