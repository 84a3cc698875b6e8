"""Parquet: schema, rows and codecs from the footer, batches by their size, and files written for floats.

Footers are claims. They hide NaN, so nothing here says a range. They may be crafted: what they claim of their length,
their rows and columns is looked at, and files are opened in the limited child, since a byte that is wrong in the right
place ends the whole process (pyarrow 26: "Definition level histogram size mismatch", an exception that nobody catches),
and a page of a few bytes may become gigabytes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fairkit.errors import UnreadableDocument
from fairkit.formats import MOST_BYTES, Facts

from . import _arrow

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from ._parquet_writer import Writer

__all__ = ["EXTENSIONS", "SANDBOXED", "TITLE", "batches", "claims", "facts", "writer"]

TITLE = "Apache Parquet"
EXTENSIONS = (".parquet", ".parq", ".pq")
SANDBOXED = True

_MAGIC = b"PAR1"
_LONGEST_FOOTER = 64 * 1024 * 1024
_MOST_COLUMNS = 100_000
_WIDTHS = {"BOOLEAN": 1, "INT32": 4, "FLOAT": 4}
_BUFFER = 1024 * 1024
_MOST_ROWS = 1024 * 1024
_OWN_KEYS = frozenset({"ARROW:schema", "pandas", "huggingface"})
"""Metadata for programs, not for people."""


def claims(head: bytes) -> bool:
    """Parquet begins with PAR1."""
    return head.startswith(_MAGIC)


def facts(path: str) -> Facts:
    """What the footer says; the one table is called by no name.

    Raises:
        UnreadableDocument: if it is broken or hostile.
    """
    with _opened(path) as file, _broken_is_unreadable(path):
        metadata, schema = file.metadata, file.schema_arrow
        told = _arrow.texts(schema.metadata)
        return Facts(
            format="parquet",
            tables=(_arrow.table("", schema, metadata.num_rows),),
            compression=_codecs(metadata),
            row_groups=metadata.num_row_groups,
            software=metadata.created_by or None,
            attributes=tuple((key, value) for key, value in sorted(told.items()) if key not in _OWN_KEYS),
        )


def batches(
    path: str, table: str | None = None, *, columns: Sequence[str] | None = None, most_bytes: int = MOST_BYTES
) -> Iterator[pa.RecordBatch]:
    """The rows in batches of at most `most_bytes`; columns of categories come as what they stand for.

    Raises:
        UnreadableDocument: if it is broken or hostile, or has no such table or column.
    """
    if table:
        raise UnreadableDocument(f"{path} has no table {table!r}", value=table, remedy="A Parquet file is one table.")
    with _opened(path) as file, _broken_is_unreadable(path):
        schema, metadata = file.schema_arrow, file.metadata
        names = _arrow.chosen(path, schema.names, columns)
        wanted = _plain(schema, names)
        for index in range(metadata.num_row_groups):
            rows = _rows(metadata.row_group(index), schema.names, names, most_bytes)
            for batch in file.iter_batches(batch_size=rows, row_groups=[index], columns=names):
                yield from _arrow.sliced(_as(batch.select(names), wanted), most_bytes)


@contextmanager
def writer(path: str, schema: pa.Schema, *, row_group_bytes: int = MOST_BYTES, level: int = 1) -> Iterator[Writer]:
    """Write batches to a file that has its name once all is well, and is not there otherwise.

    A row group has about `row_group_bytes` in memory. Columns are compressed by Zstandard at a `level`; floats without
    a dictionary and split by bytes, which a measurement found the smallest and the quickest.

    Raises:
        UsageError: if it cannot be written there, or a batch has another schema.
    """
    from ._parquet_writer import written

    with written(path, schema, row_group_bytes=row_group_bytes, level=level) as file:
        yield file


@contextmanager
def _opened(path: str) -> Iterator[pq.ParquetFile]:
    """The file, once its footer was found to be sane."""
    import pyarrow.parquet as pq

    with _broken_is_unreadable(path):
        _look_at_the_end(path)
        file = pq.ParquetFile(path, buffer_size=_BUFFER, pre_buffer=False)
    with file:
        metadata = file.metadata
        if metadata.num_columns > _MOST_COLUMNS:
            raise _unreadable(path, f"it claims {metadata.num_columns:,} columns")
        counts = [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]
        if any(rows < 0 for rows in counts) or sum(counts) != metadata.num_rows:
            raise _unreadable(path, "its row groups have other numbers of rows than it claims")
        if len(set(file.schema_arrow.names)) < len(file.schema_arrow.names):
            raise _unreadable(path, "two of its columns have the same name")
        yield file


def _look_at_the_end(path: str) -> None:
    """The length of the footer stands before the last four bytes."""
    with open(path, "rb") as file:
        size = file.seek(0, os.SEEK_END)
        if size < 12:
            raise _unreadable(path, "it is too short")
        file.seek(-8, os.SEEK_END)
        end = file.read(8)
    length = int.from_bytes(end[:4], "little")
    if end[4:] != _MAGIC:
        encrypted = end[4:] == b"PARE"
        raise _unreadable(path, "it is encrypted" if encrypted else "its end is missing")
    if length > min(size - 12, _LONGEST_FOOTER):
        raise _unreadable(path, f"its footer claims {length:,} bytes")


@contextmanager
def _broken_is_unreadable(path: str) -> Iterator[None]:
    """What the library says of a broken file, as an error of ours."""
    import pyarrow as pa

    try:
        yield
    except (OSError, pa.ArrowException, OverflowError, UnicodeDecodeError) as error:
        raise _unreadable(path, str(error).partition("\n")[0][:200]) from None


def _unreadable(path: str, why: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"{path} cannot be read as Parquet: {why}", value=path, remedy="Was it copied whole? Compare its checksum."
    )


def _codecs(metadata: pq.FileMetaData) -> tuple[str, ...]:
    """The codecs of all columns of the first and the last row group: between them they are the same."""
    groups = {0, metadata.num_row_groups - 1} if metadata.num_row_groups else set()
    chunks = (metadata.row_group(group).column(i) for group in groups for i in range(metadata.num_columns))
    names = {str(chunk.compression).lower() for chunk in chunks}
    return tuple(sorted("none" if name == "uncompressed" else name for name in names))


def _plain(schema: pa.Schema, names: Sequence[str]) -> pa.Schema:
    """The schema of the batches: that of the file, with texts for categories."""
    import pyarrow as pa

    fields = [schema.field(name) for name in names]
    types = [each.type.value_type if pa.types.is_dictionary(each.type) else each.type for each in fields]
    plain = [each.with_type(type_) for each, type_ in zip(fields, types, strict=True)]
    return pa.schema(plain, metadata=schema.metadata)


def _chunks(group: pq.RowGroupMetaData, names: Sequence[str]) -> Iterator[tuple[str, pq.ColumnChunkMetaData]]:
    """The chunks of a row group and the columns they belong to; a dot divides, or is part of a name."""
    known = set(names)
    for i in range(group.num_columns):
        chunk = group.column(i)
        path = chunk.path_in_schema
        ends = (at for at in range(len(path), 0, -1) if at == len(path) or path[at] == ".")
        yield next((path[:at] for at in ends if path[:at] in known), path), chunk


def _rows(group: pq.RowGroupMetaData, known: Sequence[str], names: Sequence[str], most_bytes: int) -> int:
    """How many rows of a row group are about `most_bytes` in memory."""
    chunks = [chunk for name, chunk in _chunks(group, known) if name in names]
    size = sum(_size(chunk.physical_type, chunk.num_values, chunk.total_uncompressed_size) for chunk in chunks)
    return min(max(most_bytes * int(group.num_rows) // max(size, 1), 1), _MOST_ROWS)


def _size(physical: str, values: int, encoded: int) -> int:
    """What values take in memory: encoded they may be fewer bytes, by a dictionary, and texts are more than a width."""
    return max(values * _WIDTHS.get(physical, 8), encoded)


def _as(batch: pa.RecordBatch, wanted: pa.Schema) -> pa.RecordBatch:
    """A batch with the types of a schema, which differ where categories become what they stand for."""
    import pyarrow as pa

    pairs = zip(batch.columns, wanted, strict=True)
    columns = [column if column.type == field.type else column.cast(field.type) for column, field in pairs]
    return pa.RecordBatch.from_arrays(columns, schema=wanted)
