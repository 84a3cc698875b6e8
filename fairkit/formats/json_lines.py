"""JSON lines: an object a line. A column has the narrowest type that holds its values on all lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from fairkit.errors import UnreadableDocument
from fairkit.formats import MOST_BYTES, Facts

from . import _arrow
from ._text import SCANNED, compression, opened, unreadable

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["EXTENSIONS", "SANDBOXED", "TITLE", "batches", "claims", "facts"]

TITLE = "JSON lines"
EXTENSIONS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.bz2", ".ndjson.bz2")
SANDBOXED = False

_BLOCK = 4 * 1024 * 1024
_LONGEST_LINE = 64 * 1024 * 1024
_MOST_COLUMNS = 10_000
_DEEPEST = 64
_TEXTS = re.compile(rb'"(?:[^"\\]|\\.)*"')
_KEYS = re.compile(rb'"([^"\\]*)"\s*:')
_OPENING = re.compile(rb"[\[{]")
_BRACKETS = re.compile(rb"[\[{}\]]")


class _Scan(NamedTuple):
    schema: pa.Schema
    rows: int
    complete: bool


def claims(head: bytes) -> bool:
    """An object on the first line and on the next could be other things as well: the name tells."""
    return False


def facts(path: str) -> Facts:
    """The columns, and the rows of a file of no more than 256 MiB.

    Raises:
        UnreadableDocument: if a line is no object, or two lines do not go together.
    """
    scan = _scan(path, SCANNED)
    codec = compression(path)
    short = f"the rows are not counted, and types are those of the first {SCANNED // 1024**2} MiB: it is larger"
    return Facts(
        format="json-lines",
        tables=(_arrow.table("", scan.schema, scan.rows if scan.complete else None),),
        compression=(codec,) if codec else (),
        notes=() if scan.complete else (short,),
    )


def batches(
    path: str, table: str | None = None, *, columns: Sequence[str] | None = None, most_bytes: int = MOST_BYTES
) -> Iterator[pa.RecordBatch]:
    """The rows in batches of at most `most_bytes`, after a pass over all of them for the types.

    Raises:
        UnreadableDocument: if a line is no object, two lines do not go together, or there is no such column.
    """
    if table:
        raise UnreadableDocument(f"{path} has no table {table!r}", value=table, remedy="Such a file is one table.")
    import pyarrow as pa

    schema = _scan(path).schema
    names = _arrow.chosen(path, schema.names, columns)
    wanted = pa.schema([schema.field(name) for name in names])
    for block in _blocks(path):
        for batch in _parsed(path, block, wanted).to_batches():
            yield from _arrow.sliced(batch, most_bytes)


def _scan(path: str, most: int | None = None) -> _Scan:
    """Go through the lines for a schema that holds them all."""
    import pyarrow as pa

    schema, rows, size = pa.schema([]), 0, 0
    for block in _blocks(path):
        if len(set(_KEYS.findall(block))) > _MOST_COLUMNS:  # each would be a column as long as the block
            raise unreadable(path, "JSON lines", f"its lines have more than {_MOST_COLUMNS:,} different keys")
        read = _parsed(path, block, None)
        schema = _together(path, schema, read.schema)
        rows += read.num_rows
        size += len(block)
        if most is not None and size > most:
            return _Scan(_filled(schema), rows, False)
    return _Scan(_filled(schema), rows, True)


def _blocks(path: str) -> Iterator[bytes]:
    """Whole lines, some megabytes at a time."""
    with opened(path, "JSON lines") as file:
        while block := file.read(_BLOCK):
            block += file.readline(_LONGEST_LINE)
            if len(block) >= _BLOCK + _LONGEST_LINE:
                raise unreadable(path, "JSON lines", f"a line is longer than {_LONGEST_LINE:,} bytes")
            if len(_OPENING.findall(block)) > _DEEPEST and any(map(_is_deep, block.splitlines())):
                raise unreadable(path, "JSON lines", f"a line is deeper than {_DEEPEST} levels")
            try:
                block.decode()
            except UnicodeDecodeError as error:
                raise unreadable(path, "JSON lines", f"it is no UTF-8: {error}") from None
            yield block


def _is_deep(line: bytes) -> bool:
    """Whether brackets in brackets go deeper than anything sane: parsers and those who free trees recurse."""
    if len(_OPENING.findall(line)) <= _DEEPEST:
        return False
    depth = 0
    for bracket in _BRACKETS.findall(_TEXTS.sub(b"", line)):
        depth += 1 if bracket in b"[{" else -1
        if depth > _DEEPEST:
            return True
    return False


def _parsed(path: str, block: bytes, wanted: pa.Schema | None) -> pa.Table:
    """The rows of a block, of the wanted columns or of all."""
    import pyarrow as pa
    import pyarrow.json

    options = pa.json.ParseOptions(
        explicit_schema=wanted, unexpected_field_behavior="infer" if wanted is None else "ignore"
    )
    try:
        if not block.strip():
            return (wanted or pa.schema([])).empty_table()
        how = pa.json.ReadOptions(block_size=len(block) + 1)
        read = pa.json.read_json(pa.BufferReader(block), read_options=how, parse_options=options)
        return read if wanted is None else read.select(wanted.names).cast(wanted)
    except pa.ArrowException as error:
        raise unreadable(path, "JSON lines", str(error).partition("\n")[0][:200]) from None


def _together(path: str, one: pa.Schema, other: pa.Schema) -> pa.Schema:
    import pyarrow as pa

    merged = _merged(path, "", pa.struct(list(one)), pa.struct(list(other)))
    if merged.num_fields > _MOST_COLUMNS:
        raise unreadable(path, "JSON lines", f"its lines have more than {_MOST_COLUMNS:,} different keys")
    return pa.schema(list(merged))


def _merged(path: str, name: str, one: pa.DataType, other: pa.DataType) -> pa.DataType:
    """The type that holds what either holds.

    Raises:
        UnreadableDocument: if none does.
    """
    import pyarrow as pa

    known = pa.types
    if one.equals(other) or known.is_null(other):
        return one
    if known.is_null(one):
        return other
    if known.is_struct(one) and known.is_struct(other):
        return _merged_fields(path, name, one, other)
    if known.is_list(one) and known.is_list(other):
        return pa.list_(_merged(path, name, one.value_type, other.value_type))
    if all(known.is_integer(each) or known.is_floating(each) for each in (one, other)):
        return pa.float64()
    if all(known.is_string(each) or known.is_timestamp(each) for each in (one, other)):
        return pa.string()
    raise unreadable(path, "JSON lines", f"{name!r} is {one} on some lines and {other} on others")


def _merged_fields(path: str, name: str, one: pa.DataType, other: pa.DataType) -> pa.DataType:
    import pyarrow as pa

    types = {field.name: field.type for field in one}
    for field in other:
        full = f"{name}.{field.name}" if name else field.name
        types[field.name] = _merged(path, full, types.get(field.name, pa.null()), field.type)
    return pa.struct(list(types.items()))


def _filled(schema: pa.Schema) -> pa.Schema:
    """A column that is nowhere filled is one of words."""
    import pyarrow as pa

    return pa.schema([(f.name, pa.string() if pa.types.is_null(f.type) else f.type) for f in schema])
