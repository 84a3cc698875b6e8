"""Columns that are there as arrays, in memory or mapped into it: as tables, and as batches of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from fairkit.errors import UnreadableDocument
from fairkit.model.variable import Table, Variable

from ._arrays import arrow_of, jagged, leaves, name_of, rows_of

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Held", "Sheet", "batches", "named", "plain_columns", "ragged_column", "sheets", "side_by_side"]


class Held(NamedTuple):
    """A column: its items, the shape of an entry, its length, and what reads it between two rows."""

    name: str
    dtype: Any
    shape: tuple[int | None, ...]
    rows: int
    row_bytes: int
    read: Callable[[int, int], pa.Array]

    def variable(self) -> Variable:
        """It in the words of the model."""
        shape = (*self.shape, 2) if self.dtype.kind == "c" else self.shape
        return Variable(name=self.name, dtype=name_of(self.dtype), shape=shape or None)


class Sheet(NamedTuple):
    """Columns of one length."""

    name: str
    rows: int
    columns: tuple[Held, ...]

    def table(self) -> Table:
        """It in the words of the model."""
        return Table(name=self.name, entry_count=self.rows, columns=tuple(each.variable() for each in self.columns))


def side_by_side(lengths: Mapping[str, int], home: str) -> Iterator[tuple[str, int, list[str]]]:
    """What is of one length is one table: the largest family is called `home`, a single other one by its own name."""
    widths = Counter(lengths.values())
    for place, rows in enumerate(sorted(widths, key=lambda rows: (widths[rows], rows), reverse=True)):
        members = [name for name, length in lengths.items() if length == rows]
        alone = place and len(members) == 1
        yield members[0] if alone else home if not place else f"{home}[{rows}]", rows, members


def plain_columns(
    name: str, dtype: Any, shape: Sequence[int], read: Callable[[int, int], Any], notes: list[str]
) -> Iterator[Held]:
    """The columns of an array of this type and shape, of which `read` gives the entries between two rows.

    Where the array has no `name`, fields go by theirs alone, and an array without fields is `data`.
    """
    row = dtype.itemsize
    for length in shape[1:]:
        row *= length
    for leaf in leaves(dtype, shape[1:]):
        called = ".".join([*([name] if name else []), *leaf.fields]) or "data"
        if name_of(leaf.dtype) is None or 0 in leaf.shape:
            notes.append(f"{called}: {leaf.dtype} of the shape {leaf.shape} has no place in a table")
            continue

        def arrow(start: int, stop: int, leaf: Any = leaf) -> pa.Array:
            return arrow_of(leaf.of(read(start, stop)))

        yield Held(called, leaf.dtype, leaf.shape, shape[0], row, arrow)


def ragged_column(name: str, parts: Sequence[Any], notes: list[str]) -> Iterator[Held]:
    """Arrays that differ in their length only, as one column of lists; none, and a note, if they differ in more."""
    import numpy as np

    inner = {part.shape[1:] for part in parts}
    kinds = {part.dtype for part in parts}
    if len(inner) > 1 or any(kind.kind not in "biufSUc" for kind in kinds) or any(0 in shape for shape in inner):
        notes.append(f"{name}: its arrays differ in more than their length")
        return
    dtype = np.result_type(*kinds) if kinds else np.dtype("f8")
    [shape] = inner or [()]
    most = max((part.nbytes for part in parts), default=0)

    def arrow(start: int, stop: int) -> pa.Array:
        return jagged(parts[start:stop], dtype, shape)

    yield Held(name or "data", dtype, (None, *shape), len(parts), most, arrow)


def sheets(columns: Sequence[Held], home: str) -> list[Sheet]:
    """The tables that columns make; several of one name keep the first."""
    by_name = {column.name: column for column in reversed(columns)}
    lengths = {column.name: column.rows for column in columns}
    return [
        Sheet(name, rows, tuple(by_name[member] for member in members))
        for name, rows, members in side_by_side(lengths, home)
    ]


def named(path: str, found: Sequence[Any], table: str | None, notes: Sequence[str] = ()) -> Any:
    """The table of that name, or the only one.

    Raises:
        UnreadableDocument: if there is none, or there are several and none is named.
    """
    names = [sheet.name for sheet in found]
    if table is None and len(found) == 1:
        return found[0]
    if table is not None and table in names:
        return found[names.index(table)]
    if not found:
        why = f" ({notes[0]})" if notes else ""
        raise UnreadableDocument(f"{path} has no table{why}", value=path, remedy="")
    what = f"{path} has several tables" if table is None else f"{path} has no table {table!r}"
    raise UnreadableDocument(what, value=table, remedy=f"Name one of: {', '.join(names[:20])}")


def batches(path: str, sheet: Sheet, columns: Sequence[str] | None, most_bytes: int) -> Iterator[pa.RecordBatch]:
    """The rows of a table; an empty one is one batch without rows.

    Raises:
        UnreadableDocument: if it has no such column.
    """
    import pyarrow as pa

    from ._arrow import chosen

    by_name = {column.name: column for column in sheet.columns}
    wanted = [by_name[name] for name in chosen(path, list(by_name), columns)]
    for start, stop in rows_of(sheet.rows, sum(column.row_bytes for column in wanted), most_bytes):
        yield pa.RecordBatch.from_arrays([each.read(start, stop) for each in wanted], [each.name for each in wanted])
