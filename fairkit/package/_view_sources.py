"""Where the rows of a view come from: the files of each split, one of each that hold the same, and a table of each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from fairkit.errors import UsageError
from fairkit.formats._open import batches_of
from fairkit.model.variable import Table, Variable

from . import splits
from .words import Description, FileFacts

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Part", "Place", "columns_of", "parts", "path_of", "rows_of"]

WHOLE = "all"
"""What the one part is called where there are no splits."""


class Place(NamedTuple):
    """A table of a file."""

    path: str
    table: Table
    format: str


class Part(NamedTuple):
    """The tables that the rows of a split are in, one after the other."""

    split: str
    places: tuple[Place, ...]


def parts(found: Description, *, table: str | None = None) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """The parts of a dataset, and what is left aside.

    Raises:
        UsageError: if there is nothing to read, files of splits overlap or have other columns, or tables must be named.
    """
    again = splits.copies(found.facts)
    files = [file for file in found.facts if file.path not in again and file.facts.tables]
    if not files:
        raise UsageError("there is no table of data", value=found.target, remedy="Is it the folder of a dataset?")
    notes = [f"{path} holds the same as {original}, which is read" for path, original in again.items()]
    by_path = {file.path: file for file in files}
    made = []
    for split in found.resource.splits:
        mine = splits.members(split, by_path)
        if mine:
            made.append(Part(split.name, tuple(_place(by_path[path], table) for path in mine)))
    if not made:
        made = [Part(WHOLE, tuple(_place(file, table) for file in files))]
    taken = [place.path for part in made for place in part.places]
    if twice := sorted({path for path in taken if taken.count(path) > 1}):
        what = f"{twice[0]} is in several splits"
        raise UsageError(what, value=twice, remedy="Change the files of the [[splits]] in fairkit.toml, or --split-by.")
    notes += [f"{path} is in no split, and left aside" for path in by_path if path not in taken]
    _refuse_differences(made)
    return tuple(made), tuple(notes)


def _place(file: FileFacts, wanted: str | None) -> Place:
    """The table of a file: the one that is named, the only one, or the only one that has rows."""
    tables = [table for table in file.facts.tables if table.columns]
    named = [table for table in tables if table.name == wanted] if wanted is not None else tables
    filled = [table for table in named if table.entry_count != 0]
    chosen = named if len(named) == 1 else filled
    if len(chosen) != 1:
        there = ", ".join(repr(table.name) for table in tables)
        what = (
            f"{file.path} has {len(tables)} tables: which one?"
            if wanted is None
            else f"no table {wanted!r} in {file.path}"
        )
        raise UsageError(what, value=file.path, remedy=f"Name it with --table: {there}")
    return Place(file.path, chosen[0], file.facts.format)


def _refuse_differences(made: Sequence[Part]) -> None:
    """Every table has the columns of the first one, whatever their order. Numbers may be of another type in another
    split, as when a text has whole numbers only."""
    for part in made:
        for other in (*part.places[1:], *(one.places[0] for one in made if one is not part)):
            same = other in part.places
            wrong = _differences(columns_of(part.places[0]), columns_of(other), loosely=not same)
            if wrong:
                what = f"{other.path} and {part.places[0].path} differ in {', '.join(wrong[:5])}"
                raise UsageError(what, value=wrong, remedy="Name the files of the splits in fairkit.toml, or --table.")


def _differences(one: dict[str, Variable], other: dict[str, Variable], *, loosely: bool) -> list[str]:
    common = one.keys() & other.keys()
    changed = [name for name in common if _kind(one[name], loosely) != _kind(other[name], loosely)]
    return sorted({*(one.keys() ^ other.keys()), *changed})


def _kind(column: Variable, loosely: bool) -> tuple[str | None, tuple[int | None, ...] | None]:
    is_number = (column.dtype or "").startswith(("int", "uint", "float", "bool"))
    return "a number" if is_number and loosely else column.dtype, column.shape


def columns_of(place: Place) -> dict[str, Variable]:
    """The columns of a table by their names."""
    return {column.name: column for column in place.table.columns}


def path_of(root: str, place: Place) -> str:
    """Where the file is; the root may be that file."""
    return os.path.join(root, place.path) if os.path.isdir(root) else root


def rows_of(root: str, place: Place, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """The rows of a table, the columns in the order in which they are named."""
    for batch in batches_of(path_of(root, place), place.table.name or None, columns=list(columns), format=place.format):
        yield batch.select(list(columns))
