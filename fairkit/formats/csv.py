"""CSV and its kin: delimiter, header and comments are told by the beginning, types by all that is there.

A column has the narrowest type that holds every value: whole numbers, numbers, times, words. `nan` is a number; an
empty cell, `NA` and `NULL` are missing, but in a column of words, where they are words.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from fairkit.errors import UnreadableDocument
from fairkit.formats import MOST_BYTES, Facts

from . import _arrow, _titles
from ._csv_dialect import Dialect, NoTable, sniff
from ._text import SCANNED, compression, opened, unreadable

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["EXTENSIONS", "SANDBOXED", "TITLE", "batches", "claims", "facts"]

TITLE = "CSV, and TSV"
EXTENSIONS = (".csv", ".tsv", ".csv.gz", ".tsv.gz", ".csv.bz2", ".tsv.bz2")
SANDBOXED = False

_HEAD = 256 * 1024
_LEAST_BLOCK, _LARGEST_BLOCK = 1024 * 1024, 16 * 1024 * 1024
_MOST_COLUMNS = 100_000
_MISSING = ["", "NA", "N/A", "n/a", "NULL", "null"]
_FAILED = re.compile(r"CSV column #(\d+): CSV conversion error to ([\w\[\]]+)")
_WIDER = {
    "null": "int64", "int64": "double", "double": "string", "date32[day]": "timestamp[s]",
    "timestamp[s]": "timestamp[ns]", "timestamp[ns]": "string", "bool": "string", "time32[s]": "string",
}  # fmt: skip


class _Scan(NamedTuple):
    """What a pass over a table found: the schema, the rows, and whether it got to the end."""

    dialect: Dialect
    schema: pa.Schema
    rows: int
    complete: bool


def claims(head: bytes) -> bool:
    """Text has no first bytes of its own: the name tells."""
    return False


def facts(path: str) -> Facts:
    """The columns, and the rows of a table of no more than 256 MiB.

    Raises:
        UnreadableDocument: if it is no table.
    """
    scan = _scan(path, most=SCANNED)
    short = f"the rows are not counted, and types are those of the first {SCANNED // 1024**2} MiB: it is larger"
    codec = compression(path)
    return Facts(
        format="csv",
        tables=(_arrow.table("", scan.schema, scan.rows if scan.complete else None),),
        compression=(codec,) if codec else (),
        attributes=(("comment", "\n".join(scan.dialect.comments)),) if any(scan.dialect.comments) else (),
        notes=(*_told(scan.dialect), *(() if scan.complete else (short,))),
    )


def batches(
    path: str, table: str | None = None, *, columns: Sequence[str] | None = None, most_bytes: int = MOST_BYTES
) -> Iterator[pa.RecordBatch]:
    """The rows in batches of at most `most_bytes`, after a pass over all of them for the types.

    Raises:
        UnreadableDocument: if it is no table, or has no such column.
    """
    if table:
        raise UnreadableDocument(f"{path} has no table {table!r}", value=table, remedy="Such a file is one table.")
    scan = _scan(path)
    names = _arrow.chosen(path, scan.schema.names, columns)
    block = min(max(most_bytes // 4, _LEAST_BLOCK), _LARGEST_BLOCK)
    wanted = scan.schema.empty_table().select(names).schema
    for batch in _read(path, scan.dialect, dict(zip(scan.schema.names, scan.schema.types, strict=True)), block):
        yield from _arrow.sliced(_renamed(batch.select(names), wanted), most_bytes)


def _renamed(batch: pa.RecordBatch, wanted: pa.Schema) -> pa.RecordBatch:
    import pyarrow as pa

    return pa.RecordBatch.from_arrays(batch.columns, schema=wanted)


def _told(dialect: Dialect) -> tuple[str, ...]:
    """What somebody who reads the file should know of its dialect, where it is not the usual one."""
    names = {"\t": "tabs", " ": "blanks"}
    unusual = {
        f"cells are divided by {names.get(dialect.delimiter, dialect.delimiter)}": dialect.delimiter != ",",
        f"the encoding is {dialect.encoding}": dialect.encoding != "utf-8",
        "decimals are written with a comma": dialect.decimal == ",",
        "there is no header: the names of the columns are made up": not dialect.header,
    }
    return (*(text for text, is_so in unusual.items() if is_so), *dialect.notes)


def _scan(path: str, most: int | None = None) -> _Scan:
    """Go through a table until every column has a type that holds all its values."""
    dialect = _dialect(path)
    types: dict[str, Any] = {}
    while True:
        try:
            return _once(path, dialect, types, most)
        except _TooNarrow as found:
            if found.encoding:
                dialect = dialect._replace(encoding=found.encoding)
            else:
                types[found.column] = found.wider


class _TooNarrow(Exception):  # noqa: N818 (no error: what the next pass must do)
    """A column has a value that its type does not hold, or the text is not of its encoding."""

    def __init__(self, column: str, wider: Any, encoding: str | None = None) -> None:
        super().__init__(column)
        self.column = column
        self.wider = wider
        self.encoding = encoding


def _once(path: str, dialect: Dialect, types: dict[str, Any], most: int | None) -> _Scan:
    import pyarrow as pa

    rows, size, schema = 0, 0, None
    for batch in _read(path, dialect, types, _LEAST_BLOCK * 4):
        if schema is None:
            schema = batch.schema
            types.update((field.name, field.type) for field in schema)
            if dialect.encoding == "utf-8" and any(pa.types.is_binary(field.type) for field in schema):
                types.clear()
                raise _TooNarrow("", None, "latin-1")
        rows += batch.num_rows
        size += batch.nbytes
        if most is not None and size > most:
            return _Scan(dialect, _with_units(schema), rows, False)
    if schema is None:
        schema = pa.schema([(name, types.get(name, pa.string())) for name in dialect.names])
    return _Scan(dialect, _with_units(schema), rows, True)


def _with_units(schema: pa.Schema) -> pa.Schema:
    """A column that is nowhere filled is one of words; a unit in brackets behind a name is told."""
    import pyarrow as pa

    fields = []
    for field in schema:
        unit = _titles.told(field.name)[1]
        type_ = pa.string() if pa.types.is_null(field.type) else field.type
        fields.append(pa.field(field.name, type_, metadata={"unit": unit} if unit else None))
    return pa.schema(fields)


def _dialect(path: str) -> Dialect:
    with opened(path, "CSV") as file:
        head = file.read(_HEAD)
        whole = not file.read(1)
    tabs = re.search(r"\.tsv(\.\w+)?$", path.lower())
    try:
        dialect = sniff(head, prefer="\t" if tabs else None, whole=whole)
    except NoTable as error:
        raise unreadable(path, "CSV", str(error)) from None
    if len(dialect.names) > _MOST_COLUMNS:
        raise unreadable(path, "CSV", f"it has {len(dialect.names):,} columns")
    return dialect


def _read(path: str, dialect: Dialect, types: dict[str, Any], block: int) -> Iterator[pa.RecordBatch]:
    """The rows as they stream in, of the types that are given and of those that the first block shows.

    Raises:
        UnreadableDocument: if a row has too many cells or too few, or is longer than a block.
    """
    import pyarrow as pa
    import pyarrow.csv

    with opened(path, "CSV") as file:
        try:
            yield from pa.csv.open_csv(
                file,
                read_options=pa.csv.ReadOptions(
                    block_size=block, skip_rows=dialect.skip, column_names=dialect.names, encoding=dialect.encoding
                ),
                parse_options=pa.csv.ParseOptions(
                    delimiter=dialect.delimiter, newlines_in_values=True, invalid_row_handler=_is_comment
                ),
                convert_options=pa.csv.ConvertOptions(
                    column_types=types, null_values=_MISSING, decimal_point=dialect.decimal
                ),
            )
        except (pa.ArrowException, UnicodeError) as error:
            raise _understood(path, dialect, str(error)) from None


def _is_comment(row: Any) -> str:
    return "skip" if row.text.startswith("#") else "error"


def _understood(path: str, dialect: Dialect, message: str) -> Exception:
    """What the library says, as an order to go on with a wider type or as an error of ours."""
    import pyarrow as pa

    failed = _FAILED.search(message)
    if failed and failed[2] in _WIDER:
        wider = pa.type_for_alias(_WIDER[failed[2]])
        return _TooNarrow(dialect.names[int(failed[1])], wider)
    if dialect.encoding == "utf-8" and ("UTF8" in message or "utf-8" in message):
        return _TooNarrow("", None, "latin-1")
    if "Empty CSV file" in message:
        return unreadable(path, "CSV", "it has no rows")
    return unreadable(path, "CSV", message.partition(os.linesep)[0][:200])
