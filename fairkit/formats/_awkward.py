"""Awkward arrays to Arrow columns: records in lists become lists side by side, numbers are not copied.

The same walk goes over the form of an array, which a file tells before it is read, and over the array itself, so that
what was promised is what comes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Part", "Strange", "arrow", "parts", "type_of"]

_TEXTS = {"string", "bytestring"}
_NAMES = {"float32", "float64", "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"}


class Strange(ValueError):  # noqa: N818 (named by what is wrong)
    """A type that has no place in a table: a union, a pointer, a complex number."""


class Part(NamedTuple):
    """A column of a form or an array: `suffix` is what its name has beyond that of the whole: `pt` of a `jet`."""

    suffix: tuple[str, ...]
    node: Any
    doc: str | None


def parts(node: Any, suffix: tuple[str, ...] = (), doc: str | None = None) -> Iterator[Part]:
    """The columns of a form or a layout. Base classes (`@TObject`) are bookkeeping of ROOT, and no data."""
    doc = node.parameter("__doc__") or doc
    if _is_text(node):
        yield Part(suffix, node, doc)
    elif node.is_record:
        for i, field in enumerate(node.fields):
            if not field.startswith("@"):
                yield from parts(node.content(i), (*suffix, field), doc)
    elif node.is_list:
        for part in parts(node.content, suffix, doc):
            whole = part.node is node.content
            yield Part(part.suffix, node if whole else node.copy(content=part.node, parameters=None), part.doc)
    else:
        yield Part(suffix, node, doc)


def type_of(form: Any) -> pa.DataType:
    """The Arrow type of a column of a form.

    Raises:
        Strange: if there is none.
    """
    import pyarrow as pa

    if _is_text(form):
        return pa.string() if form.parameter("__array__") == "string" else pa.binary()
    if form.is_numpy:
        if form.primitive not in _NAMES:
            raise Strange(form.primitive)
        type_ = pa.bool_() if form.primitive == "bool" else pa.type_for_alias(form.primitive)
        return _fixed(type_, form.inner_shape)
    if form.is_list:
        inner = type_of(form.content)
        return pa.list_(inner, form.size) if form.is_regular else pa.list_(inner)
    if form.is_option or form.is_indexed:
        return type_of(form.content)
    raise Strange(type(form).__name__.removesuffix("Form"))


def _is_text(node: Any) -> bool:
    return node.is_list and node.parameter("__array__") in _TEXTS


def _fixed(type_: pa.DataType, shape: tuple[int, ...]) -> pa.DataType:
    import pyarrow as pa

    for length in reversed(shape):
        type_ = pa.list_(type_, length)
    return type_


def arrow(layout: Any, type_: pa.DataType) -> pa.Array:
    """A column of an array as Arrow has it; only booleans, texts and what may be missing are copied."""
    import pyarrow as pa

    if layout.is_numpy:
        return _numbers(layout.data, type_)
    if layout.is_list and not _is_text(layout):
        if layout.is_regular:
            content = layout.content[: len(layout) * layout.size]
            return pa.FixedSizeListArray.from_arrays(arrow(content, type_.value_type), type=type_)
        offsets, content = _trimmed(layout)
        return pa.ListArray.from_arrays(offsets, arrow(content, type_.value_type), type=type_)
    if _is_text(layout):
        return _text(layout, type_)
    import awkward as ak

    return ak.to_arrow(ak.Array(layout), extensionarray=False, list_to32=True).cast(type_)


def _numbers(data: Any, type_: pa.DataType) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    if data.ndim > 1:
        inner = _numbers(data.reshape(-1, *data.shape[2:]), type_.value_type)
        return pa.FixedSizeListArray.from_arrays(inner, type=type_)
    native = data if data.dtype.isnative else data.astype(data.dtype.newbyteorder("="))
    return pa.array(np.ascontiguousarray(native), type_)


def _trimmed(layout: Any) -> tuple[pa.Array, Any]:
    """The offsets of a list from 0, and the content that they lead into."""
    import numpy as np
    import pyarrow as pa

    layout = layout.to_ListOffsetArray64(True)
    offsets = np.asarray(layout.offsets.data)
    return pa.array(offsets.astype(np.int32)), layout.content[: int(offsets[-1])]


def _text(layout: Any, type_: pa.DataType) -> pa.Array:
    """Texts; bytes that are no UTF-8 are read as Latin-1, as old files have them."""
    import numpy as np
    import pyarrow as pa

    offsets, content = _trimmed(layout)
    data = np.ascontiguousarray(content.data).view(np.uint8)
    found = pa.BinaryArray.from_buffers(pa.binary(), len(layout), [None, offsets.buffers()[1], pa.py_buffer(data)])
    if pa.types.is_binary(type_):
        return found
    try:
        return found.cast(type_)
    except pa.ArrowInvalid:
        return pa.array([_decoded(each) for each in found.to_pylist()], type_)


def _decoded(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("latin-1")
