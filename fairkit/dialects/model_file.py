"""What a file with a model in it says of itself, as it was read from its header: inputs, outputs, weights."""

from __future__ import annotations

from typing import Any

from fairkit.model.ai import Tensor
from fairkit.model.evidence import Document
from fairkit.model.harvest import View

from ._reading import Reading
from ._values import integer, items, parse_json, text

__all__ = ["HOLDS", "MEDIA_TYPE", "TITLE", "read", "recognises"]

TITLE = "Header of a model file"
MEDIA_TYPE = "application/vnd.fairkit.model-file+json"
HOLDS = frozenset({"inputs", "outputs", "parameter_count", "formats"})


def recognises(data: Any) -> bool:
    """Never: it is made by looking, not found in a file."""
    return False


def read(document: Document) -> View:
    """The model that a file holds.

    Raises:
        UnreadableDocument: if it is not JSON.
    """
    data = parse_json(document)
    reading = Reading(document, data)
    told = data if isinstance(data, dict) else {}
    for field in ("inputs", "outputs"):
        reading.put(field, tuple(_tensors(told.get(field))), f"/{field}", how="extracted")
    reading.put("parameter_count", integer(told.get("parameters")), "/parameters", how="extracted")
    name = text(told.get("format"))
    reading.put("formats", (name,) if name else (), "/format", how="extracted")
    return reading.view("model", holds=HOLDS)


def _tensors(rows: Any) -> list[Tensor]:
    found = []
    for _, row in items(rows):
        name = row.get("name") if isinstance(row, dict) else None
        if isinstance(name, str):
            shape = row.get("shape")
            sizes = (
                [size if isinstance(size, int | str) else None for size in shape] if isinstance(shape, list) else None
            )
            dtype = row.get("dtype")
            whole = None if sizes is None else tuple(sizes)
            found.append(Tensor(name=name, dtype=dtype if isinstance(dtype, str) else None, shape=whole))
    return found
