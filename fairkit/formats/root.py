"""ROOT: TTrees and RNTuples by uproot, jagged branches as lists, titles and units from the titles of branches.

A file says how its classes are to be read, and uproot makes code of that: files are opened in the limited child only.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from fairkit.errors import UnreadableDocument, UsageError
from fairkit.formats import MOST_BYTES, Facts
from fairkit.model.variable import Table

from . import _arrow
from ._root_trees import Column, tree_of

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["EXTENSIONS", "SANDBOXED", "TITLE", "batches", "claims", "facts"]

TITLE = "ROOT (TTree and RNTuple)"
EXTENSIONS = (".root",)
SANDBOXED = True

_TABLES = ("TTree", "TNtuple", "TNtupleD", "TChain", "ROOT::RNTuple", "ROOT::Experimental::RNTuple")
_STEP = 2 / 3
"""Offsets are wider in memory than in the file, and what is compressed is in memory as well."""
_MOST_OBJECTS = 10_000


def claims(head: bytes) -> bool:
    """ROOT files begin with `root`, and the number of their version."""
    return head.startswith(b"root\0")


def facts(path: str) -> Facts:
    """The tables in it, their columns and rows; other objects are named by their classes.

    Raises:
        UsageError: if uproot is not installed.
        UnreadableDocument: if it is broken.
    """
    with _opened(path) as file, _broken_is_unreadable(path):
        classes = _classes(path, file)
        trees = {name: tree_of(file[name]) for name, kind in classes.items() if kind in _TABLES}
        tables = [
            Table(name=name, entry_count=t.entry_count, columns=_variables(t.columns)) for name, t in trees.items()
        ]
        notes = [f"{name}: {note}" for name, tree in trees.items() for note in tree.notes]
        codec = file.file.compression
        return Facts(
            format="root",
            tables=tuple(tables),
            compression=(type(codec).__name__.lower(),) if codec is not None else (),
            software=f"ROOT {file.file.root_version}",
            attributes=tuple((f"title of {name}", tree.title) for name, tree in trees.items() if tree.title),
            notes=(*notes, *_left_aside(classes)),
        )


def batches(
    path: str, table: str | None = None, *, columns: Sequence[str] | None = None, most_bytes: int = MOST_BYTES
) -> Iterator[pa.RecordBatch]:
    """The rows of a tree in batches of at most `most_bytes`; of an RNTuple a cluster at a time is in memory.

    Raises:
        UsageError: if uproot is not installed.
        UnreadableDocument: if it is broken, or has no such table or column.
    """
    with _opened(path) as file, _broken_is_unreadable(path):
        tree = tree_of(file[_table(path, _classes(path, file), table)])
        known = {column.name: column for column in tree.columns}
        chosen = [known[name] for name in _arrow.chosen(path, list(known), columns)]
        for batch in tree.batches(chosen, _schema(chosen), int(most_bytes * _STEP)):
            yield from _arrow.sliced(batch, most_bytes)
            del batch  # while the next step is read


def _variables(columns: Sequence[Column]) -> tuple[Any, ...]:
    return tuple(_arrow.variable(field) for field in _schema(columns))


def _schema(columns: Sequence[Column]) -> pa.Schema:
    """What the titles tell goes with the fields."""
    import pyarrow as pa

    fields = []
    for column in columns:
        told = {"description": column.description, "unit": column.unit, "count": column.counter}
        known = {key: value for key, value in told.items() if value}
        fields.append(pa.field(column.name, column.type, metadata=known or None))
    return pa.schema(fields)


@contextmanager
def _opened(path: str) -> Iterator[Any]:
    """The file on this disk, whatever its name looks like: uproot would take a colon for the name of a tree."""
    try:
        import awkward  # noqa: F401
        import uproot
    except ImportError as error:
        what = f"reading ROOT files takes {error.name}, which is not installed"
        raise UsageError(what, value=path, remedy="Install it: pip install 'fairkit[root]'") from None
    _inflate_faster()
    with _broken_is_unreadable(path):
        file = uproot.open(
            {os.path.abspath(path): None},
            handler=uproot.MultithreadedFileSource,
            use_threads=False,
            num_workers=1,
            object_cache=None,
            array_cache=None,
        )
    with file:
        yield file


def _inflate_faster() -> None:
    """Let isal inflate what zlib deflated, in half the time (uproot 5.7: what its documentation tells has no effect on
    reading, so this private name is set; where either is missing, zlib does it)."""
    try:
        import isal  # noqa: F401
        from uproot.compression import _decompress_ZLIB

        _decompress_ZLIB.library = "isal"
    except (ImportError, AttributeError, ValueError):
        return


@contextmanager
def _broken_is_unreadable(path: str) -> Iterator[None]:
    """What broken files end in, which the library checks little: an error of ours."""
    import pyarrow as pa
    import uproot

    try:
        yield
    except UnreadableDocument:
        raise
    except (
        ArithmeticError, AssertionError, AttributeError, EOFError, ImportError, LookupError, NotImplementedError,
        OSError, RecursionError, TypeError, ValueError, pa.ArrowException, struct.error, uproot.DeserializationError,
        zlib.error,
    ) as error:  # fmt: skip
        told = " ".join(str(error).split())[:200] or type(error).__name__
        what = f"{path} cannot be read as ROOT: {told}"
        raise UnreadableDocument(what, value=path, remedy="Was it copied whole? Compare its checksum.") from None


def _classes(path: str, file: Any) -> dict[str, str]:
    """The classes of the objects in a file, by their paths; of an object that was saved several times the last."""
    found: dict[str, tuple[int, str]] = {}
    for key, kind in file.iterclassnames(recursive=True):
        name, _, cycle = key.rpartition(";")
        if name not in found or int(cycle) > found[name][0]:
            found[name] = int(cycle), kind
        if len(found) > _MOST_OBJECTS:
            raise UnreadableDocument(f"{path} holds more than {_MOST_OBJECTS:,} objects", value=path)
    return {name: kind for name, (_, kind) in found.items()}


def _left_aside(classes: dict[str, str]) -> list[str]:
    kinds = [kind for kind in classes.values() if kind not in (*_TABLES, "TDirectory", "TDirectoryFile")]
    return [f"{kinds.count(kind):,} {kind} left aside: no table" for kind in sorted(set(kinds))]


def _table(path: str, classes: dict[str, str], table: str | None) -> str:
    """The name of the tree that is meant.

    Raises:
        UnreadableDocument: if there is none, or more than one and none is named.
    """
    trees = [name for name, kind in classes.items() if kind in _TABLES]
    if table in trees:
        return str(table)
    if table is None and len(trees) == 1:
        return trees[0]
    there = f"It has: {', '.join(trees[:20])}" if trees else "It has none."
    what = (
        f"{path} has no table {table!r}" if table is not None else f"{path} has {len(trees)} tables, and none is named"
    )
    raise UnreadableDocument(what, value=table, remedy=there)
