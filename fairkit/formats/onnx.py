"""ONNX: inputs, outputs and weights as its header tells them; nothing is run, and no weight is read.

Inputs that are weights, as files of the IR before 4 list them, are no inputs. Weights in files beside it are named
where they lie in its folder, and refused where they would lead out of it.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fairkit.model.ai import ModelFile, Tensor

from . import MOST_BYTES, Facts
from ._models import no_rows, unreadable
from ._onnx_walk import Broken, Model, Value, walk

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["EXTENSIONS", "SANDBOXED", "TITLE", "batches", "claims", "facts", "leads_out"]

TITLE = "ONNX models (header only)"
EXTENSIONS = (".onnx",)
SANDBOXED = False
"""The walk is plain Python over bytes, with bounds of its own: there is no library that a file could break."""

_MOST_TENSORS = 10_000
_MOST_OPERATORS = 1_000


def claims(head: bytes) -> bool:
    """It has no first bytes of its own: the name tells."""
    return False


def facts(path: str) -> Facts:
    """What the header tells, whatever the size of the file in little time.

    Raises:
        UnreadableDocument: if it is no ONNX, or contradicts itself.
    """
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            if not size:
                raise Broken("it is empty")
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped, memoryview(mapped) as view:
                found = walk(view)
    except (OSError, Broken) as error:
        raise unreadable(path, "ONNX", str(error)) from None
    except RecursionError:
        raise unreadable(path, "ONNX", "its parts lie too deep in each other") from None
    return Facts(format="onnx", software=_producer(found), model=_told(found, path, size))


def _told(found: Model, path: str, size: int) -> ModelFile:
    graph = found.graph
    weights = {tensor.name for tensor in graph.initializers}
    every = [*graph.initializers, *graph.inner]
    notes = list(_notes(found, path))
    if len(every) > _MOST_TENSORS:
        notes.append(f"it has {len(every):,} weights, of which {_MOST_TENSORS:,} are named")
    default = [version for domain, version in found.opsets if domain in ("", "ai.onnx")]
    operators = sorted(graph.operators.items())[:_MOST_OPERATORS]
    inside = [place for place in dict.fromkeys(graph.locations) if leads_out(path, place) is None]
    return ModelFile(
        format="onnx",
        inputs=tuple(_tensor(value) for value in graph.inputs if value.name not in weights),
        outputs=tuple(_tensor(value) for value in graph.outputs),
        parameters=sum(tensor.numbers for tensor in every),
        constants=graph.constants,
        tensors=tuple(Tensor(name=t.name, dtype=t.dtype, shape=t.dims) for t in every[:_MOST_TENSORS]),
        opset=max(default) if default else None,
        opsets=found.opsets,
        operators=tuple(operators),
        ir_version=found.ir_version,
        producer=_producer(found),
        model_version=None if not found.model_version else str(found.model_version),
        description=found.description or None,
        metadata=found.metadata,
        external=tuple(inside),
        byte_size=size,
        notes=tuple(notes),
    )


def _producer(found: Model) -> str | None:
    return " ".join(filter(None, (found.producer, found.producer_version))) or None


def _tensor(value: Value) -> Tensor:
    return Tensor(name=value.name, dtype=value.dtype, shape=value.shape, description=value.description.strip() or None)


def _notes(found: Model, path: str) -> Iterator[str]:
    listed = len(found.graph.inputs)
    weights = {tensor.name for tensor in found.graph.initializers}
    among = sum(value.name in weights for value in found.graph.inputs)
    if among:
        yield f"of {listed} inputs that it lists {among} are weights"
    for place in dict.fromkeys(found.graph.locations):
        why = leads_out(path, place)
        if why is not None:
            yield f"weights in {place[:200]!r} are refused: {why}"


def leads_out(path: str, location: str) -> str | None:
    """Why weights that lie at a `location` beside a file are not to be read; None if they lie in its folder.

    A file with several names is refused too: one of them may be anywhere.
    """
    parts = location.replace("\\", "/").split("/")
    if not location or "\0" in location or location.startswith(("/", "\\")) or ":" in parts[0] or "\\" in location:
        return "the path is absolute, or none"
    if ".." in parts:
        return "the path leads out of the folder"
    root = Path(os.path.realpath(os.path.dirname(os.path.abspath(path))))
    target = root / location
    if root not in Path(os.path.realpath(target)).parents:
        return "it is a link out of the folder"
    here = root
    for part in Path(location).parts:
        here = here / part
        if here.is_symlink():
            return "it is a link, or lies behind one"
    try:
        return "it has more than one name" if os.lstat(target).st_nlink > 1 and target.is_file() else None
    except OSError:
        return None


def batches(
    path: str, table: str | None = None, *, columns: Sequence[str] | None = None, most_bytes: int = MOST_BYTES
) -> Iterator[pa.RecordBatch]:
    """None: a model has no rows.

    Raises:
        UnreadableDocument: always.
    """
    raise no_rows(path)
