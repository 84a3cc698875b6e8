"""`fairkit describe MODEL`: what a file with a model in it says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from .bytes_shown import harmless

if TYPE_CHECKING:
    from fairkit.model.ai import ModelFile, Tensor

__all__ = ["described", "model_in"]

_MOST_SHOWN = 20


def model_in(path: str) -> ModelFile | None:
    """The model in a file; None where it holds none, or cannot be told from other files.

    Raises:
        UnreadableDocument: if it is a model that is broken or hostile.
    """
    import os

    from fairkit.errors import UnreadableDocument
    from fairkit.formats import find
    from fairkit.formats._open import facts_of

    if not os.path.isfile(path):
        return None
    try:
        name = find(path)
    except UnreadableDocument:
        return None
    return facts_of(path, format=name).model if name in ("onnx", "safetensors", "torch", "keras") else None


def described(path: str, found: ModelFile, *, digest: bool, json: bool, verbose: bool) -> bytes:
    """The model, as JSON or for people."""
    from .looks import json_of

    if digest:
        found = replace(found, digest=f"sha256:{_digest(path)}")
    if json:
        return json_of(found)
    lines = _text(path, found, every=verbose)
    return "\n".join(map(harmless, lines)).encode("utf-8", "replace") + b"\n"


def _digest(path: str) -> str:
    import hashlib

    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _text(path: str, found: ModelFile, *, every: bool) -> Iterator[str]:
    versions = [f"opset {found.opset}" if found.opset else "", f"IR {found.ir_version}" if found.ir_version else ""]
    about = ", ".join(filter(None, (found.format, *versions, found.producer)))
    yield f"{path}: a model ({about})"
    if found.description:
        yield f"  {found.description}"
    if found.parameters is not None:
        constants = f", and {found.constants:,} in constants" if found.constants else ""
        yield f"  parameters  {found.parameters:,}{constants}"
    for name, rows in (("input", found.inputs), ("output", found.outputs)):
        yield from (f"  {name:10}  {_tensor(one)}" for one in rows)
    shown = found.tensors if every else found.tensors[:_MOST_SHOWN]
    yield from (f"  weight      {_tensor(one)}" for one in shown)
    if len(found.tensors) > len(shown):
        yield f"  and {len(found.tensors) - len(shown):,} more weights: -v tells them"
    if found.operators:
        yield f"  operators   {', '.join(f'{name} {count}' for name, count in found.operators[:40])}"
    yield from (f"  {key} = {value}" for key, value in found.metadata[:40])
    yield from (f"  beside it   {name}" for name in found.external[:40])
    if found.globals:
        yield f"  calls       {', '.join(found.globals[:40])}"
    if found.digest:
        yield f"  digest      {found.digest}"
    if found.runs_code:
        yield "  ! opening it the usual way may run code that lies in it"
    yield from (f"  – {note}" for note in found.notes)


def _tensor(one: Tensor) -> str:
    sizes = "" if one.shape is None else f" ({', '.join('?' if size is None else str(size) for size in one.shape)})"
    return f"{one.name}: {one.dtype or 'of an unknown type'}{sizes}"
