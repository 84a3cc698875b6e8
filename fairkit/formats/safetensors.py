"""Safetensors: names, types and shapes of weights, from a header in JSON; the weights are not read.

Eight bytes tell the length of the header, then it comes, then the numbers; they must lie one after the other and fill
the file (https://github.com/huggingface/safetensors, format).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from fairkit.model.ai import ModelFile, Tensor

from . import MOST_BYTES, Facts
from ._models import no_rows, unreadable

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["EXTENSIONS", "SANDBOXED", "TITLE", "batches", "claims", "facts"]

TITLE = "Safetensors (header only)"
EXTENSIONS = (".safetensors",)
SANDBOXED = False
"""JSON and eight bytes, bounded: there is no library that a file could break."""

_MOST_HEADER = 100 * 1000 * 1000
_TYPES = {
    "F64": ("float64", 64), "F32": ("float32", 32), "F16": ("float16", 16), "BF16": ("bfloat16", 16),
    "I64": ("int64", 64), "I32": ("int32", 32), "I16": ("int16", 16), "I8": ("int8", 8), "U64": ("uint64", 64),
    "U32": ("uint32", 32), "U16": ("uint16", 16), "U8": ("uint8", 8), "BOOL": ("bool", 8), "C64": ("complex64", 64),
    "F8_E4M3": ("float8_e4m3fn", 8), "F8_E5M2": ("float8_e5m2", 8), "F8_E8M0": ("float8_e8m0fnu", 8),
    "F4": ("float4_e2m1fn", 4), "F6_E2M3": ("float6_e2m3fn", 6), "F6_E3M2": ("float6_e3m2fn", 6),
}  # fmt: skip


class _Broken(ValueError):  # noqa: N818 - a verdict
    """It contradicts itself."""


def claims(head: bytes) -> bool:
    """Whether it begins with a small number and an opening brace."""
    return len(head) > 9 and head[8:9] == b"{" and 2 <= int.from_bytes(head[:8], "little") <= _MOST_HEADER


def facts(path: str) -> Facts:
    """What the header tells.

    Raises:
        UnreadableDocument: if it is none, or contradicts itself.
    """
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            length = int.from_bytes(file.read(8), "little")
            if not 2 <= length <= min(_MOST_HEADER, size - 8):
                raise _Broken(f"its header has {length:,} bytes, and the file {size:,}")
            told = json.loads(file.read(length))
        tensors, metadata = _tensors(told, size - 8 - length)
    except (OSError, ValueError, RecursionError) as error:
        raise unreadable(path, "safetensors", str(error)) from None
    count = sum(_count(tensor.shape) for tensor in tensors)
    made = ModelFile(format="safetensors", tensors=tuple(tensors), parameters=count, metadata=metadata, byte_size=size)
    return Facts(format="safetensors", model=made)


def _count(shape: Any) -> int:
    count = 1
    for size in shape:
        count *= size
    return count


def _tensors(told: Any, room: int) -> tuple[list[Tensor], tuple[tuple[str, str], ...]]:
    if not isinstance(told, dict):
        raise _Broken("its header is no table")
    rest = {name: row for name, row in told.items() if name != "__metadata__"}
    metadata = told.get("__metadata__", {})
    if not isinstance(metadata, dict) or not all(isinstance(value, str) for value in metadata.values()):
        raise _Broken("its metadata are no texts")
    found = sorted((_tensor(name, row, room) for name, row in rest.items()), key=lambda each: each[0])
    place = 0
    for begin, end, _ in found:
        if begin != place:
            raise _Broken("its tensors overlap, or leave a gap")
        place = end
    if place != room:
        raise _Broken(f"its tensors have {place:,} bytes, and there are {room:,}")
    return [tensor for _, _, tensor in found], tuple(sorted(metadata.items()))


def _tensor(name: str, row: Any, room: int) -> tuple[int, int, Tensor]:
    told: dict[str, Any] = row if isinstance(row, dict) else {}
    kind, span = told.get("dtype"), told.get("data_offsets")
    shape: Any = told.get("shape")
    whole = isinstance(shape, list) and all(type(size) is int and 0 <= size < 1 << 48 for size in shape)
    if not isinstance(kind, str) or kind not in _TYPES or not whole or len(shape) > 64:
        raise _Broken(f"the tensor {name[:80]!r} has no type or no shape")
    if not (isinstance(span, list) and len(span) == 2 and all(type(place) is int for place in span)):
        raise _Broken(f"the tensor {name[:80]!r} is nowhere")
    dtype, bits = _TYPES[kind]
    begin, end = span
    if not 0 <= begin <= end <= room or (end - begin) * 8 != _count(shape) * bits:
        raise _Broken(f"the tensor {name[:80]!r} does not fill its place")
    return begin, end, Tensor(name=name, dtype=dtype, shape=tuple(shape))


def batches(
    path: str, table: str | None = None, *, columns: Sequence[str] | None = None, most_bytes: int = MOST_BYTES
) -> Iterator[pa.RecordBatch]:
    """None: a model has no rows.

    Raises:
        UnreadableDocument: always.
    """
    raise no_rows(path)
