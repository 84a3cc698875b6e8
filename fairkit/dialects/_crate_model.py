"""What only a model has, in a crate: each field a property with its value in JSON, since its nodes stand side by side.

RO-Crate's context has no words for tensors, channels and results; FAIR4ML's document beside it has them in full.
"""

from __future__ import annotations

import json
from typing import Any

from fairkit.model.base import adapter, plain
from fairkit.model.resource import FIELDS, OF_MODELS, Resource

from ._jsonld import Node
from ._reading import Reading
from ._values import items, parsed

__all__ = ["read", "written"]

_PREFIX = "fairkit:"


def written(resource: Resource) -> list[dict[str, Any]]:
    """A property for each field of a model that says something."""
    told = ((name, getattr(resource, name)) for name in FIELDS if name in OF_MODELS)
    return [
        {"@type": "PropertyValue", "name": f"{_PREFIX}{name}", "value": json.dumps(plain(value), ensure_ascii=False)}
        for name, value in told
        if value is not None and value != ()
    ]


def read(reading: Reading, node: Node) -> None:
    """Give the fields that stand so in the node of a work; what is none is left aside."""
    value, pointer = node.get("additionalProperty")
    for end, item in items(value):
        child = node.child(item)
        name = (child.text("name") or "").removeprefix(_PREFIX) if child else ""
        if child and name in OF_MODELS:
            reading.put(name, _value(name, child.value("value")), pointer + end)


def _value(name: str, text: Any) -> Any:
    from pydantic import ValidationError

    if not isinstance(text, str):
        return None
    try:
        return getattr(adapter(Resource).validate_python({name: parsed(text.encode())}), name)
    except (ValidationError, ValueError, RecursionError):
        return None
