"""Inputs and outputs of models as other tools write them down: types by many names, free lengths as -1 or nothing."""

from __future__ import annotations

from typing import Any

from ._values import text

__all__ = ["dtype", "shape"]

_TYPES = {
    "binary": "bytes", "boolean": "bool", "complex": "complex128", "datetime": "timestamp[ns]", "double": "float64",
    "float": "float32", "half": "float16", "int": "int32", "integer": "int32", "long": "int64", "object": "struct",
    "str": "string",
}  # fmt: skip
_MOST = 32
"""Axes of a tensor: NumPy has 64, and nobody uses more than a few."""


def dtype(written: Any, more: dict[str, str] | None = None) -> str | None:
    """A type by NumPy's name, where we know what is meant, `more` being what the format calls its types; as written."""
    name = text(written)
    return (more or {}).get(name.lower()) or _TYPES.get(name.lower(), name) if name else None


def shape(written: Any) -> tuple[int | str | None, ...] | None:
    """The lengths of the axes, None where one is free: below zero, `None`, or no number at all."""
    if not isinstance(written, list) or len(written) > _MOST:
        return None
    return tuple(_length(one) for one in written)


def _length(written: Any) -> int | str | None:
    known = text(written)
    if known is None or known.lower() in ("none", "null", "?"):
        return None
    if known.removeprefix("-").isascii() and known.removeprefix("-").isdigit() and len(known) < 20:
        return None if known.startswith("-") else int(known)
    return known
