"""What a field of a word of the model, or of a table of pydantic, is made of, read from its annotation."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

__all__ = ["hints", "is_tuple", "part"]


@cache
def hints(kind: type) -> dict[str, Any]:
    """The annotation of each field of a dataclass or of a pydantic model, in their order."""
    if is_dataclass(kind):
        known = get_type_hints(kind, include_extras=True)  # a word may speak of itself, in quotes
        return {field.name: known[field.name] for field in fields(kind)}
    return {name: info.annotation for name, info in kind.model_fields.items()}  # type: ignore[attr-defined]


@cache
def part(kind: type, name: str) -> type | None:
    """The class that the field `name` holds, alone or in a tuple; None where it holds plain values."""
    found = (one for one in _pieces(hints(kind)[name]) if isinstance(one, type))
    return next((one for one in found if is_dataclass(one) or hasattr(one, "model_fields")), None)


@cache
def is_tuple(kind: type, name: str) -> bool:
    """Whether the field `name` holds several values."""
    return any(get_origin(one) is tuple for one in _pieces(hints(kind)[name]))


def _pieces(annotation: Any) -> list[Any]:
    """An annotation and all that it is made of; generic types stand for themselves, not for their class."""
    return [annotation, *(piece for inner in get_args(annotation) for piece in _pieces(inner))]
