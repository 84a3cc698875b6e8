"""Digests of the values of a table, column by column, so that two files can be proved to hold the same.

A digest is over the values in their order and says nothing of how they lie in memory: batches may end anywhere, lists
may have offsets of any width or a fixed length, and records of columns are the columns `record.field`. Floats count by
their bits: a NaN with other bits is another value, as is -0.0 beside 0.0. Times count as the integers that they are.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Digests", "first_difference"]


class Digests:
    """Digests of the columns of a schema, as batches come by."""

    def __init__(self, schema: pa.Schema) -> None:
        import pyarrow as pa

        self._columns: dict[str, _Column] = {}
        self.add(pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema))

    def add(self, batch: pa.RecordBatch) -> None:
        """Go on with the rows of a batch."""
        for field, array in zip(batch.schema, batch.columns, strict=True):
            self._walk(field.name, array, ())

    def told(self) -> dict[str, str]:
        """The digest of each column up to here, as hexadecimal digits."""
        return {name: column.told() for name, column in self._columns.items()}

    def _walk(self, name: str, array: pa.Array, above: tuple[_Level, ...]) -> None:
        """Down to the values of a column, which are digested with all the levels of lists and records `above` them."""
        import pyarrow as pa
        import pyarrow.compute as pc

        array = _plain(array)
        level = _Level(len(array), _missing(array), None)
        array = array.drop_null() if array.null_count else array
        kind = array.type
        if pa.types.is_struct(kind):
            for place, field in enumerate(kind):
                self._walk(f"{name}.{field.name}", array.field(place), (*above, level))
        elif pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
            lengths = pc.list_value_length(array).cast(pa.int64())
            self._walk(name, array.flatten(), (*above, level._replace(lengths=lengths)))
        else:
            self._columns.setdefault(name, _Column()).add((*above, level), array)


class _Level(NamedTuple):
    """How many values a level has, where some are missing, and how long each list is."""

    size: int
    missing: pa.Array | None
    lengths: pa.Array | None


class _Column:
    def __init__(self) -> None:
        self._kind = ""
        self._streams: dict[str, Any] = {}
        self._counts: dict[int, int] = {}

    def add(self, levels: tuple[_Level, ...], values: pa.Array) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc

        for depth, level in enumerate(levels):
            before = self._counts.get(depth, 0)
            if level.missing is not None:
                self._update(f"missing {depth}", pc.add(level.missing, pa.scalar(before, pa.int64())))
            if level.lengths is not None:
                self._update(f"lengths {depth}", level.lengths)
            self._counts[depth] = before + level.size
        self._kind, parts = _parts(values)
        for what, part in parts.items():
            self._update(what, part)

    def _update(self, stream: str, values: pa.Array) -> None:
        """Go on with the bytes of values of a fixed width, little-endian as Arrow has them on all machines of today."""
        width = values.type.bit_width // 8
        body = values.buffers()[1]
        if len(values):
            start = values.offset * width
            self._streams.setdefault(stream, hashlib.sha256()).update(
                memoryview(body)[start : start + len(values) * width]
            )

    def told(self) -> str:
        parts = [f"{name}={digest.hexdigest()}" for name, digest in sorted(self._streams.items())]
        return hashlib.sha256("\n".join([self._kind, *parts]).encode()).hexdigest()


def _plain(array: pa.Array) -> pa.Array:
    """Without what only tells how to store or to show it."""
    import pyarrow as pa

    while isinstance(array.type, pa.BaseExtensionType):
        array = array.storage
    if pa.types.is_dictionary(array.type):
        return array.dictionary_decode()
    if pa.types.is_map(array.type):
        pair = pa.struct([pa.field("key", array.type.key_type), pa.field("value", array.type.item_type)])
        return array.cast(pa.list_(pair))
    return array


def _missing(array: pa.Array) -> pa.Array | None:
    """Where values are missing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.indices_nonzero(array.is_null()).cast(pa.int64()) if array.null_count else None


def _parts(values: pa.Array) -> tuple[str, dict[str, pa.Array]]:
    """What values without gaps are, and them as arrays of a fixed width."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = values.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or _is_bytes(kind):
        lengths = pc.binary_length(values).cast(pa.int64())
        whole = pa.concat_arrays([values.cast(pa.large_binary())])
        start = whole.buffers()[1]
        ends = pa.Array.from_buffers(pa.int64(), len(whole) + 1, [None, start], offset=whole.offset)
        begin, stop = (ends[0].as_py(), ends[len(whole)].as_py()) if len(whole) else (0, 0)
        letters = pa.Array.from_buffers(pa.uint8(), stop - begin, [None, whole.buffers()[2]], offset=begin)
        return "text", {"lengths": lengths, "values": letters}
    if pa.types.is_boolean(kind):
        return "bool", {"values": values.cast(pa.uint8())}
    if pa.types.is_null(kind):
        return "nothing", {}
    if pa.types.is_temporal(kind):
        return "int64", {"values": values.cast(pa.int64() if kind.bit_width == 64 else pa.int32()).cast(pa.int64())}
    return str(kind), {"values": values}


def _is_bytes(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind))


def first_difference(one: dict[str, str], other: dict[str, str]) -> str | None:
    """The first column whose values differ, or that only one of both has; None if there is none."""
    return next((name for name in [*one, *other] if one.get(name) != other.get(name)), None)
