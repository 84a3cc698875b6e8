"""What only a model has, in a crate: each field a property with its value in JSON, since its nodes stand side by side.

RO-Crate's context has no words for tensors, channels and results; FAIR4ML's document beside it has them in full.
"""

from __future__ import annotations

import json
from typing import Any

from fairkit.model.base import adapter, plain
from fairkit.model.provenance import Relation
from fairkit.model.resource import FIELDS, OF_MODELS, Kind, Resource
from fairkit.vocab import identifiers

from ._jsonld import Node
from ._reading import Reading
from ._used_data import implied
from ._values import items, parsed, text

__all__ = ["leave_implied", "read", "written"]

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
    """Give the fields that stand so in the node of a work; a value that is none of its field is named as a fault."""
    value, pointer = node.get("additionalProperty")
    for end, item in items(value):
        child = node.child(item)
        name = (child.text("name") or "") if child else ""
        field = name.removeprefix(_PREFIX)
        if child and field in OF_MODELS:
            made, why = _value(field, child.value("value"))
            reading.put(field, made, pointer + end)
            if why and name.startswith(_PREFIX):  # the word of somebody else may mean something else
                reading.faults.append(f"{pointer}{end}: {name} {why}")


def _value(name: str, written: Any) -> tuple[Any, str | None]:
    """What a field is given, or why nothing can be made of what is written."""
    from pydantic import ValidationError

    if not isinstance(written, str):
        return None, "is no text with JSON in it"
    try:
        value = parsed(written.encode(errors="replace"))
    except (ValueError, RecursionError):
        return None, "is no JSON"
    try:
        return getattr(adapter(Resource).validate_python({name: value}), name), None
    except ValidationError as error:
        first = error.errors()[0]
        where = "/".join(map(str, first["loc"][1:]))
        return None, f"at {where}: {first['msg']}" if where else f"is none: {first['msg']}"
    except (ValueError, RecursionError):
        return None, "is nested beyond reason"


def leave_implied(reading: Reading, kind: Kind) -> None:
    """Leave out the relations that were written for others, and say no more than the data of the model do."""
    uses = reading.values.get("data_uses", ())
    told = {_key(one) for one in implied(Resource(kind=kind, data_uses=uses))}
    if not told or "relations" not in reading.values:
        return
    left = tuple(one for one in reading.values["relations"] if _key(one) not in told)
    reading.values["relations"] = left
    if not left:
        del reading.values["relations"], reading.pointers["relations"]


def _key(one: Relation) -> object:
    return one.type, identifiers.key(one.identifier) if one.identifier else None, text(one.title), one.kind
