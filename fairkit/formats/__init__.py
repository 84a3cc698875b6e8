"""File formats: each tells the facts of a file, reads it in batches of bounded memory, and some are written.

A format is a module with `TITLE`, `EXTENSIONS`, `SANDBOXED`, `claims(head)`, `facts(path)` and `batches(path, …)`; one
that can be a target has `writer(path, schema)` as well. The common currency is Arrow: a batch is a
`pyarrow.RecordBatch`, a jagged branch a list, an array of fixed shape (nested) fixed-size lists.

Files come from strangers. Whatever is parsed by a library that a crafted file could break is `SANDBOXED`: it is opened
in a limited child process (`fairkit.untrusted`) and never here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Protocol, cast

from fairkit.errors import UnreadableDocument
from fairkit.model.ai import ModelFile
from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word
from fairkit.model.variable import Table
from fairkit.registry import FORMATS

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["HEAD", "MOST_BYTES", "Facts", "Format", "find", "format_of"]

HEAD = 4096
"""Bytes of its beginning by which a file is recognised."""
MOST_BYTES = 48 * 1024 * 1024
"""The size of a batch in memory at the most, unless a single row is larger (measured: larger ones gain nothing)."""


@word
class Facts(Frozen):
    """What a file says of itself, read without going through its data."""

    format: Annotated[str, Term(SDO.encodingFormat, "The format, by the name of its module: parquet, hdf5")]
    tables: Annotated[tuple[Table, ...], Term(FAIRKIT.table, "The tables in it")] = ()
    compression: Annotated[tuple[str, ...], Term(FAIRKIT.compression, "The codecs of its data: zstd, gzip")] = ()
    row_groups: Annotated[int | None, Term(FAIRKIT.rowGroups, "How many parts can be read by themselves")] = None
    software: Annotated[str | None, Term(SDO.instrument, "The program that wrote it")] = None
    attributes: Annotated[
        tuple[tuple[str, str], ...], Term(FAIRKIT.attribute, "Other words that stand in it, by name: titles, comments")
    ] = ()
    notes: Annotated[
        tuple[str, ...], Term(FAIRKIT.note, "What a reader should know: what was refused, cut or left aside")
    ] = ()
    model: Annotated[ModelFile | None, Term(FAIRKIT.modelFile, "The model in it, if there is one")] = None


class Format(Protocol):
    """What a module of this package offers."""

    TITLE: str
    EXTENSIONS: tuple[str, ...]
    """Lower case with the dot, the usual one first; compressed forms too: `.csv.gz`."""
    SANDBOXED: bool

    def claims(self, head: bytes) -> bool:
        """Whether a file that begins so is of this format; False where only its name can tell."""
        ...

    def facts(self, path: str) -> Facts:
        """The facts of a file, whatever its size in little time.

        Raises:
            UnreadableDocument: if it is broken, hostile, or not of this format.
        """
        ...

    def batches(
        self, path: str, table: str | None = None, *, columns: Sequence[str] | None = None, most_bytes: int = MOST_BYTES
    ) -> Iterator[pa.RecordBatch]:
        """The rows of one table, the only one unless it is named, in batches of at most `most_bytes` in memory.

        Raises:
            UnreadableDocument: if it is broken or hostile, or has no such table or column.
        """
        ...


def format_of(name: str) -> Format:
    """The format of that name.

    Raises:
        UnknownName: listing the known ones.
    """
    return cast(Format, FORMATS.get(name))


def find(path: str | os.PathLike[str]) -> str | None:
    """The name of the format of a file: what its first bytes say, else what its name says; None if neither does.

    Where the first bytes may be those of several formats, its name decides between them.

    Raises:
        UnreadableDocument: if it cannot be read.
    """
    try:
        with open(path, "rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        what = f"{os.fspath(path)} cannot be read: {error.strerror}"
        raise UnreadableDocument(
            what, value=os.fspath(path), remedy="Is the path right, and may you read it?"
        ) from None
    every: list[tuple[str, Any]] = list(FORMATS)
    claimed = [name for name, module in every if module.claims(head)]
    named = [name for name, module in every if os.fspath(path).lower().endswith(module.EXTENSIONS)]
    return next((name for name in (*(n for n in claimed if n in named), *claimed, *named)), None)
