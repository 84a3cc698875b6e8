"""The model in JSON-LD: each field under the property that the model gives it, and back.

Places in a tuple that mean something (a shape, a range, a name with its value) are written as a list of JSON-LD, where
a place that is free is `fairkit:unbounded`: JSON-LD drops null from its lists.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import Any

from fairkit.model.base import Frozen, Term

from ._fields import hints, is_tuple, part
from ._jsonld import NAMESPACES, Node

__all__ = ["CONTEXT", "encode", "read_field", "terms"]

CONTEXT = {"@vocab": NAMESPACES["schema"], **{name: iri for name, iri in NAMESPACES.items() if name != "schema"}}
"""The context that our documents carry: written out, so that nobody needs to fetch it."""

_UNBOUNDED = "fairkit:unbounded"
_DEEPEST = 12


@cache
def terms(model: Any) -> dict[str, str]:
    """The property of each field of a model, as our context names it."""
    found = {}
    for name, annotation in hints(model).items():
        term = next((meta for meta in annotation.__metadata__ if isinstance(meta, Term)), None)
        if term is not None:
            found[name] = _compact(term.iri)
    return found


@cache
def _defaults(model: Any) -> dict[str, Any]:
    return {field.name: field.default for field in fields(model)}


def _compact(iri: str) -> str:
    """The name of a property in our context: `license`, `prov:used`, `fairkit:padding`."""
    for prefix, namespace in NAMESPACES.items():
        if iri.startswith(namespace):
            local = iri[len(namespace) :]
            return local if prefix == "schema" else f"{prefix}:{local}"
    return iri


def encode(value: Any) -> Any:
    """A value of the model in our terms; fields that have their default are left out, but for the kind."""
    if isinstance(value, Frozen):
        model: Any = type(value)
        node: dict[str, Any] = {"@type": f"fairkit:{model.__name__}"}
        for name, key in terms(model).items():
            field = getattr(value, name)
            if name == "kind" or field != _defaults(model).get(name):
                node[key] = encode(field)
        return node
    return _encode_tuple(value) if isinstance(value, tuple) else value


def _encode_tuple(values: tuple[Any, ...], *, inner: bool = False) -> Any:
    written = [_encode_tuple(item, inner=True) if isinstance(item, tuple) else encode(item) for item in values]
    if not inner and values and all(isinstance(item, Frozen | str) for item in values):
        return written
    return {"@list": [{"@id": _UNBOUNDED} if item is None else item for item in written]}


def read_field(model: Any, name: str, value: Any, node: Node, depth: int = 0) -> Any:
    """What a value says for one field, for the model to judge.

    One thing where several may stand is a list of one, as compacted JSON-LD has it. References inside the document are
    not followed: ours has none, and a hostile one could multiply them.
    """
    inner = part(model, name)
    if depth > _DEEPEST:
        return None
    if not is_tuple(model, name):
        return _one(inner, value, node, depth)
    if isinstance(value, dict) and "@list" in value:
        value = value["@list"]
    return [_one(inner, item, node, depth) for item in (value if isinstance(value, list) else [value])]


def _one(inner: Any | None, value: Any, node: Node, depth: int) -> Any:
    if not isinstance(value, dict):
        return value
    if value.get("@id") == _UNBOUNDED:
        return None
    if isinstance(value.get("@list"), list):
        return [_one(inner, item, node, depth + 1) for item in value["@list"]] if depth < _DEEPEST else None
    child = node.inner(value)
    if inner is None:
        return value.get("@value", child.value("name"))
    return _decode(inner, child, depth + 1)


def _decode(model: Any, node: Node, depth: int) -> dict[str, Any]:
    """What a node says for each field; a text may be empty, as the name of a table is that has a file to itself."""
    keys = ((name, node.key(key)) for name, key in terms(model).items())
    named = ((name, node.data[key]) for name, key in keys if key is not None)
    return {name: read_field(model, name, value, node, depth) for name, value in named if value is not None}
