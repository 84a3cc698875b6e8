"""From batches of the data to the arrays of the view for learning: features, labels and weights, and nothing else."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from fairkit.errors import UsageError
from fairkit.model.variable import Variable

from ._view_layout import Channel, Cloud, Feature, Flat, Image, Layout, Pixels, grouped
from ._view_leaks import Leaks
from ._view_roles import Roles
from ._view_values import Values, lengths, padding, values
from .folding import expand

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Array = np.ndarray[Any, np.dtype[Any]]

__all__ = ["Arrays", "Shape", "layout_of"]

_MOST = 64 * 1024 * 1024
"""Bytes of X that are made at a time."""
_LOOKED_AT = 4
"""Items of withheld lists that are held against the features."""


class Shape(NamedTuple):
    """How somebody wants the features to be laid out."""

    form: str = "flat"
    group: str | None = None
    axes: tuple[str, ...] = ()
    pixels: int = 32
    extent: tuple[float, float] | None = None


def layout_of(shape: Shape, every: Sequence[Feature], places: Mapping[str, int]) -> Layout:
    """The layout; `places` are the numbers of places of each list.

    Raises:
        UsageError: if the features cannot be laid out so.
    """
    if shape.form == "flat":
        return Flat(every, places)
    if shape.form == "image" and not shape.axes:
        return Image(every)
    members = grouped(every, shape.group)[1]
    if shape.form == "point-cloud":
        return Cloud(every, members, places)
    extents = [shape.extent or _range(one.variable) for one in members if one.column in shape.axes]
    return Pixels(every, members, shape.axes, extents, shape.pixels)


def _range(one: Variable) -> tuple[float, float]:
    low, high = one.range or (None, None)
    if low is None or high is None or not low < high:
        what = f"how far does the image reach along {one.name}? No range is documented"
        raise UsageError(
            what, value=one.name, remedy="Write range = [LOW, HIGH] into fairkit.toml, or --extent LOW,HIGH."
        )
    return low, high


class Arrays:
    """Makes the arrays of batches, and watches that nothing which is withheld is among the features."""

    def __init__(self, roles: Roles, every: Sequence[Feature], layout: Layout, places: Mapping[str, int]) -> None:
        self._roles = roles
        self.features = tuple(every)
        self._layout = layout
        self._places = places
        self._leaks = Leaks()
        self._names: list[str] = []
        self.cut: Counter[str] = Counter()
        self.inexact: set[str] = set()

    @property
    def channels(self) -> tuple[Channel, ...]:
        return tuple(self._layout.channels)

    @property
    def row_bytes(self) -> int:
        """What an entry takes in X, about."""
        return 4 * self._layout.numbers

    def needs(self, known: Mapping[str, Variable]) -> list[str]:
        """The columns that must be read."""
        wanted = [name for one in self.features for name in one.read]
        wanted += [name for one in self._roles.held for name in _columns(one)]
        wanted += [one.variable.count for one in self.features if one.variable.count]
        return [name for name in dict.fromkeys(wanted) if name in known]

    def told(self, array: str, known: Container[str]) -> dict[str, Variable]:
        """The columns of the labels (y) or of the weights (w) that there are, and what describes them."""
        chosen = self._roles.labels if array == "y" else self._roles.weights
        return {name: one for one in chosen for name in _columns(one) if name in known}

    def classes(self, known: Container[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The words that the numbers of labels in words stand for, from 0."""
        words = {name: one for name, one in self.told("y", known).items() if one.dtype == "string"}
        return tuple((name, tuple(value for value, _ in one.classes)) for name, one in words.items())

    def of(self, batch: pa.RecordBatch) -> Iterator[dict[str, Array]]:
        """The arrays of the rows, some at a time.

        Raises:
            UsageError: if something is no number that must be one.
        """
        step = max(_MOST // max(self.row_bytes, 1), 1)
        for start in range(0, batch.num_rows, step):
            yield self._some(batch.slice(start, step))

    def _some(self, batch: pa.RecordBatch) -> dict[str, Array]:
        found = {one.column: self._values(batch, one) for one in self.features}
        self._fill(batch, found)
        self._watch(batch, found)
        self.inexact.update(name for name, each in found.items() if not each.exact)
        made = self._layout.arrays(found)
        for name in ("y", "w"):
            if columns := self.told(name, batch.schema.names):
                made[name] = _together([self._told(batch, one, column) for column, one in columns.items()])
        return made

    def _values(self, batch: pa.RecordBatch, one: Feature) -> Values:
        import numpy as np

        if one.folds:
            every = [values(batch.column(name), name, None) for name in one.folds]
            return Values(np.stack([each.numbers for each in every], axis=1), None, all(each.exact for each in every))
        column = batch.column(one.counts or one.column)
        if one.counts:
            return Values(lengths(column).astype(np.float32), None, True)
        if None in one.shape[:1]:
            self.cut[one.column] += int((lengths(column) > self._places[one.column]).sum())
        return values(column, one.column, self._places.get(one.column))

    def _fill(self, batch: pa.RecordBatch, found: dict[str, Values]) -> None:
        """Say of padded arrays which places are filled: by what counts them, else by what all of a group are padded
        with."""
        groups: dict[tuple[str, int], list[Feature]] = {}
        for one in self.features:
            if one.shape and one.shape[0] is not None:
                groups.setdefault((one.group, one.shape[0]), []).append(one)
        for members in groups.values():
            count = next((one.variable.count for one in members if one.variable.count in batch.schema.names), None)
            counts = None if count is None else values(batch.column(count), count, None).numbers
            value = next((_number(one.variable.padding) for one in members if one.variable.padding), None)
            filled = padding([found[one.column].numbers for one in members], value, counts)
            for one in members:
                found[one.column] = found[one.column]._replace(filled=filled)

    def _watch(self, batch: pa.RecordBatch, found: Mapping[str, Values]) -> None:
        import numpy as np

        rows = batch.num_rows
        if not self._names:
            self._names = [name for name, each in found.items() for _ in range(each.numbers[:1].size)]
        every = np.concatenate([each.numbers.reshape(rows, -1) for each in found.values()], axis=1)
        self._leaks.see(every, dict(self._withheld(batch)))

    def _withheld(self, batch: pa.RecordBatch) -> Iterator[tuple[str, Array]]:
        """Every column of numbers that may not be a feature; of lists their first items."""
        for one in self._roles.held:
            for name in _columns(one):
                if name not in batch.schema.names:
                    continue
                with contextlib.suppress(UsageError):  # words equal no number
                    numbers = values(batch.column(name), name, _LOOKED_AT).numbers.reshape(batch.num_rows, -1)
                    yield from ((f"{name}\0{i}", numbers[:, i]) for i in range(min(numbers.shape[1], _LOOKED_AT)))

    def refuse_leaks(self) -> None:
        """Once all rows were seen.

        Raises:
            UsageError: if a feature is, value by value, what may not be one.
        """
        found = sorted({(self._names[i], name.partition("\0")[0]) for i, name in self._leaks.found()})
        if found:
            feature, other = found[0]
            role = next(one.role for one in self._roles.held if other in _columns(one))
            what = f"the feature {feature} has in every entry the value of {other}, whose role is {role or 'guessed'}"
            raise UsageError(what, value=[feature, other], remedy=f"Change the role of {feature} in fairkit.toml.")

    def _told(self, batch: pa.RecordBatch, one: Variable, name: str) -> Array:
        """A label or a weight as numbers: a label in words is the number of its class."""
        import pyarrow as pa

        column = batch.column(name)
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            column = _classes(column, one)
        made = values(column, name, None)
        if made.filled is not None:
            raise UsageError(
                f"{name}, a {one.role}, is a list", value=name, remedy="Give it the role truth or spectator."
            )
        return made.numbers.reshape(batch.num_rows, -1)


def _classes(column: pa.Array, one: Variable) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    if not one.classes:
        what = f"{one.name} is in words, and nobody says which number each one has"
        raise UsageError(what, value=one.name, remedy="Write its classes into fairkit.toml, in their order.")
    numbers = pc.index_in(column, pa.array([value for value, _ in one.classes], column.type))
    if numbers.null_count > column.null_count:
        other = column.filter(pc.and_(pc.is_null(numbers), pc.is_valid(column)))[0].as_py()
        raise UsageError(f"{one.name} has the value {other!r}, which is none of its classes", value=other)
    return numbers


def _columns(one: Variable) -> tuple[str, ...]:
    return expand(one.columns) if one.columns else (one.name,)


def _number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def _together(columns: Sequence[Array]) -> Array:
    """One column as (rows,), several as (rows, columns)."""
    import numpy as np

    made = np.concatenate(columns, axis=1)
    return made[:, 0] if made.shape[1] == 1 else made
