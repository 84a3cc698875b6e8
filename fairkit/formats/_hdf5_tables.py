"""What of an HDF5 file is a table: arrays side by side, compound datasets, and the two layouts of pandas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from fairkit.errors import UnreadableDocument
from fairkit.model.variable import Table, Variable

from ._arrays import leaves, name_of
from ._hdf5_walk import Stored, Walk, texts_of
from ._hdf5_writer import ORIGINAL
from ._held import side_by_side
from ._pickled import names_in

__all__ = ["Column", "Sheet", "sheets"]

_DESCRIPTION = ("description", "title", "long_name", "comment")
_UNIT = ("unit", "units")
_WORDS = ("role", "group", "count", "padding", "missing", "columns")
_LONGEST = 4096
_MOST_CLASSES = 1000
_MOST_COLUMNS = 20_000


class Column(NamedTuple):
    """One column, and where in the file it is."""

    name: str
    stored: Stored
    fields: tuple[str, ...] = ()
    """The fields of a compound type that lead to it."""
    place: int | None = None
    """Its place in the last dimension, where one array holds many columns."""
    dtype: Any = None
    """The type of its items, a variable length taken off."""
    shape: tuple[int | None, ...] = ()
    told: Mapping[str, str] = {}

    def variable(self) -> Variable:
        """What it is, with the unit and the title that stand beside it."""
        import h5py

        known = {name.lower(): text.strip() for name, text in self.told.items() if len(text) <= _LONGEST}
        classes = h5py.check_enum_dtype(self.dtype) or {}
        kept = sorted(classes.items(), key=lambda item: item[1])[:_MOST_CLASSES]
        shape = (*self.shape, 2) if self.dtype.kind == "c" else self.shape
        others: dict[str, Any] = {name: known[name] for name in _WORDS if known.get(name)}
        return Variable(
            name=self.name,
            dtype="string" if h5py.check_string_dtype(self.dtype) else name_of(self.dtype),
            shape=shape or None,
            unit=_first(known, _UNIT),
            description=_first(known, _DESCRIPTION),
            classes=tuple((str(value), name) for name, value in kept),
            **others,
        )


class Sheet(NamedTuple):
    """One table: columns of one length."""

    name: str
    rows: int
    columns: tuple[Column, ...]

    def table(self) -> Table:
        """It in the words of the model."""
        return Table(name=self.name, entry_count=self.rows, columns=tuple(each.variable() for each in self.columns))


def _first(known: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((known[name] for name in names if known.get(name)), None)


def sheets(file: Any, walk: Walk) -> list[Sheet]:
    """Every table of a file; what has no place in one is told in the notes of the walk.

    Raises:
        UnreadableDocument: if it declares more columns than any table has.
    """
    by_group: dict[str, list[Stored]] = {}
    for stored in walk.datasets:
        by_group.setdefault(stored.path.rpartition("/")[0] or "/", []).append(stored)
    found: list[Sheet] = []
    for group, members in by_group.items():
        kind = texts_of(file[group]).get("pandas_type", "")
        made = _of_pandas(file, group, members, kind, walk.notes)
        found += made if made is not None else _plain(file, group, members, walk.notes)
    if sum(len(sheet.columns) for sheet in found) > _MOST_COLUMNS:
        raise UnreadableDocument(f"it has more than {_MOST_COLUMNS} columns", remedy="Is that meant?")
    return found


def _plain(file: Any, group: str, members: Sequence[Stored], notes: list[str]) -> list[Sheet]:
    """Compound datasets each by itself; the others side by side where they are of one length."""
    found: list[Sheet] = []
    arrays: list[Stored] = []
    for stored in members:
        if not stored.shape:
            continue  # a single value, told among the attributes
        if stored.dtype.names:
            columns = tuple(_columns(stored, _short(stored.path), texts_of(file[stored.path]), notes))
            found += [Sheet(_short(stored.path), stored.shape[0], columns)] if columns else []
        else:
            arrays.append(stored)
    by_path = {_short(stored.path): stored for stored in arrays}
    for name, rows, names in side_by_side({path: s.shape[0] for path, s in by_path.items()}, _short(group)):
        columns = tuple(
            column
            for stored in (by_path[each] for each in names)
            for told in [texts_of(file[stored.path])]
            for column in _columns(stored, told.get(ORIGINAL) or _last(stored.path), told, notes)
        )
        found += [Sheet(name, rows, columns)] if columns else []
    return found


def _columns(stored: Stored, name: str, told: Mapping[str, str], notes: list[str]) -> Iterator[Column]:
    """The columns that one dataset is: itself, or its fields."""
    for leaf in leaves(stored.dtype, stored.shape[1:]):
        called = ".".join(leaf.fields) or name
        dtype, shape, fault = _items(leaf.dtype, leaf.shape)
        if fault:
            notes.append(f"{stored.path}{'.' + called if leaf.fields else ''}: {fault}")
        else:
            yield Column(called, stored, leaf.fields, None, dtype, shape, {} if leaf.fields else told)


def _items(dtype: Any, shape: tuple[int, ...]) -> tuple[Any, tuple[int | None, ...], str | None]:
    """What the items are and the shape of an entry, or why they have no place in a table."""
    import h5py
    import numpy as np

    if h5py.check_ref_dtype(dtype) is not None:
        return dtype, shape, "references into the file are not followed"
    if 0 in shape:
        return dtype, shape, "its entries are empty"
    if h5py.check_string_dtype(dtype):
        return dtype, shape, None
    inner = h5py.check_vlen_dtype(dtype)
    if inner is not None:
        inner = np.dtype(inner)
        plain = inner.kind in "biuf" and name_of(inner) is not None and not shape
        return inner, (None,), None if plain else "lists of this kind are not read"
    return dtype, shape, None if name_of(dtype) else f"items of the type {dtype} have no place in a table"


def _of_pandas(file: Any, group: str, members: Sequence[Stored], kind: str, notes: list[str]) -> list[Sheet] | None:
    """The table that pandas wrote into a group, None if it wrote none."""
    if kind in ("frame_table", "appendable_frame"):
        table = next((stored for stored in members if _last(stored.path) == "table"), None)
        if table is not None and table.dtype.names and len(table.shape) == 1:
            return [_pandas_table(file, group, table, notes)]
    if kind == "frame":
        return _pandas_fixed(file, group, members, notes)
    return None


def _pandas_table(file: Any, group: str, table: Stored, notes: list[str]) -> Sheet:
    """A compound dataset whose blocks of values are columns each; their names are pickled in attributes."""
    attributes = file[table.path].attrs
    columns: list[Column] = []
    for column in _columns(table, "table", {}, notes):
        names = names_in(attributes.get(f"{column.name}_kind")) if column.shape else None
        if names and column.shape == (len(names),):
            columns += [column._replace(name=n, place=place, shape=()) for place, n in enumerate(names)]
        else:
            columns.append(column._replace(shape=() if column.shape == (1,) else column.shape, place=_only(column)))
    return Sheet(_short(group), table.shape[0], tuple(columns))


def _only(column: Column) -> int | None:
    return 0 if column.shape == (1,) else None


def _pandas_fixed(file: Any, group: str, members: Sequence[Stored], notes: list[str]) -> list[Sheet] | None:
    """Blocks of values with a list of names beside each; blocks of objects are pickles, which are not read."""
    by_name = {_last(stored.path): stored for stored in members}
    index = by_name.get("axis1")
    if index is None or len(index.shape) != 1:
        return None
    columns = list(_columns(index, "index", {}, notes))
    for number in range(len(by_name)):
        values, items = by_name.get(f"block{number}_values"), by_name.get(f"block{number}_items")
        if values is None or items is None:
            break
        names = _texts(file, items)
        if len(values.shape) != 2 or values.shape != (index.shape[0], len(names)):
            notes.append(f"{values.path}: objects of Python, which are not unpickled")
            continue
        for whole in _columns(values, "values", {}, notes):
            columns += [whole._replace(name=n, place=place, shape=()) for place, n in enumerate(names)]
    return [Sheet(_short(group), index.shape[0], tuple(columns))]


def _texts(file: Any, items: Stored) -> list[str]:
    if items.fault or len(items.shape) != 1 or items.shape[0] > _MOST_COLUMNS or items.dtype.kind not in "S":
        return []
    return [item.decode("utf-8", "replace") for item in file[items.path][()].tolist()]


def _short(path: str) -> str:
    return path.strip("/") or "/"


def _last(path: str) -> str:
    return path.rpartition("/")[2]
