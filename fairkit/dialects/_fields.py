"""What a field of a pydantic model is made of, read from its annotation."""

from __future__ import annotations

from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

__all__ = ["is_tuple", "part"]


@cache
def part(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    """The model that the field `name` holds, alone or in a tuple; None where it holds plain values."""
    found = (one for one in _pieces(model.model_fields[name].annotation) if isinstance(one, type))
    return next((one for one in found if issubclass(one, BaseModel)), None)


@cache
def is_tuple(model: type[BaseModel], name: str) -> bool:
    """Whether the field `name` holds several values."""
    return any(get_origin(one) is tuple for one in _pieces(model.model_fields[name].annotation))


def _pieces(annotation: Any) -> list[Any]:
    """An annotation and all that it is made of; generic types stand for themselves, not for their class."""
    return [annotation, *(piece for inner in get_args(annotation) for piece in _pieces(inner))]
