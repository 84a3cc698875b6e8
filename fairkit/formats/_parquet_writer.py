"""Writing Parquet: row groups by their bytes, floats split by bytes, a file under its name once it is whole."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairkit.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

__all__ = ["Writer", "written"]


class Writer:
    """Gathers batches until they are a row group."""

    def __init__(self, file: pq.ParquetWriter, schema: pa.Schema, row_group_bytes: int) -> None:
        self._file = file
        self._schema = schema
        self._most = row_group_bytes
        self._waiting: list[pa.RecordBatch] = []
        self._size = 0

    def write(self, batch: pa.RecordBatch) -> None:
        """Add the rows of a batch.

        Raises:
            UsageError: if its columns are others.
        """
        if not batch.schema.equals(self._schema):
            what = "a batch has other columns than the file that it goes to"
            raise UsageError(what, value=str(batch.schema), remedy=f"The file has: {self._schema}")
        if batch.num_rows == 0:
            return
        if self._waiting and self._size + batch.nbytes > self._most:
            self.flush()
        self._waiting.append(batch)
        self._size += batch.nbytes
        if self._size + batch.nbytes > self._most:  # the next one is as large as a rule, and need not wait with this
            self.flush()

    def flush(self) -> None:
        """Write a row group of what is waiting; of more of them where one batch alone is larger."""
        import pyarrow as pa

        if not self._waiting:
            return
        table = pa.Table.from_batches(self._waiting, self._schema)
        parts = -(-self._size // self._most)
        self._waiting, self._size = [], 0
        self._file.write_table(table, row_group_size=-(-table.num_rows // parts))


@contextlib.contextmanager
def written(path: str, schema: pa.Schema, *, row_group_bytes: int, level: int) -> Iterator[Writer]:
    """A writer to a hidden file beside `path`, which takes its name if all goes well and is removed if not."""
    folder, name = os.path.split(os.path.abspath(path))
    with _no_place(path):
        handle, part = tempfile.mkstemp(dir=folder, prefix=f".{name[:100]}-", suffix=".part")
        os.close(handle)
    try:
        with _no_place(path), _parquet(part, schema, level) as file:
            writer = Writer(file, schema, row_group_bytes)
            yield writer
            writer.flush()
        with _no_place(path):
            os.chmod(part, _mode())
            os.replace(part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise


def _parquet(path: str, schema: pa.Schema, level: int) -> pq.ParquetWriter:
    """Floats do without a dictionary, which splitting by bytes demands and which their many values gain nothing by."""
    import pyarrow.parquet as pq

    floats, others = _leaves(schema)
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=level,
        use_dictionary=others or False,
        use_byte_stream_split=floats or False,
    )


def _leaves(schema: pa.Schema) -> tuple[list[str], list[str]]:
    """The paths of the columns as Parquet has them, floats and others: an empty file tells them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    empty = pa.BufferOutputStream()
    pq.ParquetWriter(empty, schema).close()
    stored = pq.ParquetFile(pa.BufferReader(empty.getvalue())).schema
    columns = [stored.column(i) for i in range(len(stored))]
    floats = [column.path for column in columns if column.physical_type in ("FLOAT", "DOUBLE")]
    return floats, [column.path for column in columns if column.path not in floats]


def _mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextlib.contextmanager
def _no_place(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"cannot write {path}: {error.strerror or error}"
        raise UsageError(
            what, value=path, remedy="Is the folder there, has it room, and may you write to it?"
        ) from None
