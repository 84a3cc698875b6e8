"""How the features of an entry become one array: side by side, as a cloud of points, or as the pixels of an image."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

from fairkit.errors import UsageError
from fairkit.model.variable import Variable

from ._view_values import Values
from .folding import expand

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

__all__ = ["FORMS", "Channel", "Cloud", "Feature", "Flat", "Image", "Layout", "Pixels", "features", "grouped"]

FORMS = ("flat", "image", "point-cloud")


class Feature(NamedTuple):
    """A column that is a feature, and the shape of its entries; or the lengths of the list that it `counts`, or an
    array of the columns that a variable `folds`."""

    variable: Variable
    column: str
    shape: tuple[int | None, ...]
    counts: str | None = None
    folds: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The lists of a group belong to the same things."""
        return self.variable.group or self.variable.count or ("constituents" if self.folds else self.column)

    @property
    def sources(self) -> tuple[tuple[str, int | None], ...]:
        """The columns whose points it has: one with all of them, or a column for each."""
        return tuple((name, i) for i, name in enumerate(self.folds)) if self.folds else ((self.column, None),)

    @property
    def read(self) -> tuple[str, ...]:
        """The columns that it is made of."""
        return self.folds or (self.counts or self.column,)

    def at(self, index: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
        """The column that a place inside an entry comes from, and the place there."""
        return (self.folds[index[0]], index[1:]) if self.folds else (self.column, index)


class Channel(NamedTuple):
    """A place on the last axis of an array, and what is there; a `scale` says that it is a sum."""

    array: str
    position: int
    column: str
    place: tuple[int, ...] = ()
    scale: str = "none"
    point: int | None = None
    """The place of the point, where a column is one of many that are."""


def features(
    chosen: Sequence[Variable], held: Sequence[Variable], columns: Mapping[str, Variable]
) -> tuple[tuple[Feature, ...], tuple[str, ...]]:
    """The columns of the variables that are features, and what is said of those that no file has.

    A column that any other variable describes as well is none. A variable that counts the items of a list is made of
    it where files do without: a jagged column says its lengths by itself.
    """
    never = {column for one in held for column in _columns(one)}
    found: dict[str, Feature] = {}
    notes = []
    counted = {one.count: one.name for one in reversed(chosen) if one.count and one.name in columns}
    for one in chosen:
        names = [name for name in _columns(one) if name not in never]
        if len(names) > 1 and all(name in columns for name in names):
            found[one.name] = Feature(one, one.name, (len(names), *(columns[names[0]].shape or ())), folds=tuple(names))
            continue
        for name in names:
            if name in columns:
                found[name] = Feature(one, name, columns[name].shape or ())
            elif name in counted and None in (columns[counted[name]].shape or ())[:1]:
                found[name] = Feature(one, name, (), counted[name])
            else:
                notes.append(f"{name} is in no table, and left out")
    return tuple(found.values()), tuple(notes)


def _columns(one: Variable) -> tuple[str, ...]:
    return expand(one.columns) if one.columns else (one.name,)


def grouped(every: Sequence[Feature], group: str | None) -> tuple[str, tuple[Feature, ...]]:
    """The lists and arrays of one group: the one that is named, or the only one there is.

    Raises:
        UsageError: if there is none, or one must be named.
    """
    groups: dict[str, list[Feature]] = {}
    for one in every:
        if one.shape:
            groups.setdefault(one.group, []).append(one)
    jagged = [name for name, members in groups.items() if any(None in one.shape for one in members)]
    candidates = [group] if group is not None else jagged or list(groups)
    if len(candidates) == 1 and candidates[0] in groups:
        return candidates[0], tuple(groups[candidates[0]])
    if not groups:
        raise UsageError("there are no lists or arrays among the features", remedy="Take them as they are: --as flat")
    what = f"there are no lists of {group!r}" if group is not None else "there are lists of several things"
    raise UsageError(what, value=group, remedy=f"Name one with --group: {', '.join(groups)}")


class Layout(ABC):
    """What is made of the values of each feature of some entries: arrays X, and mask and g where there are such."""

    form: str

    @property
    @abstractmethod
    def channels(self) -> Iterator[Channel]: ...

    @property
    @abstractmethod
    def numbers(self) -> int:
        """How many numbers an entry has in X."""

    @abstractmethod
    def arrays(self, found: Mapping[str, Values]) -> dict[str, Array]: ...


class Flat(Layout):
    """All numbers of an entry side by side."""

    form = "flat"

    def __init__(self, every: Sequence[Feature], lengths: Mapping[str, int]) -> None:
        self._features = tuple(every)
        self._shapes = {one.column: _shape(one, lengths) for one in every}

    @property
    def channels(self) -> Iterator[Channel]:
        places = (one.at(index) for one in self._features for index in _indices(self._shapes[one.column]))
        return (Channel("X", i, column, index) for i, (column, index) in enumerate(places))

    @property
    def numbers(self) -> int:
        return sum(prod(shape) for shape in self._shapes.values())

    def arrays(self, found: Mapping[str, Values]) -> dict[str, Array]:
        import numpy as np

        every = [found[one.column] for one in self._features]
        rows = len(every[0].numbers)
        made = {"X": np.concatenate([each.numbers.reshape(rows, -1) for each in every], axis=1)}
        if any(None in one.shape for one in self._features) or any(each.filled is not None for each in every):
            made["mask"] = np.concatenate([_mask(each).reshape(rows, -1) for each in every], axis=1)
        return made


class Cloud(Layout):
    """The lists of a group as points; what an entry has once stands beside them."""

    form = "point-cloud"

    def __init__(self, every: Sequence[Feature], members: Sequence[Feature], lengths: Mapping[str, int]) -> None:
        self._members = tuple(members)
        self._once = tuple(one for one in every if not one.shape)
        self._shapes = {one.column: _shape(one, lengths) for one in members}
        if len({shape[0] for shape in self._shapes.values()}) > 1:
            what = f"the lists of {members[0].group} have other lengths each"
            raise UsageError(what, remedy="Give those that belong together a group of their own in fairkit.toml.")

    @property
    def channels(self) -> Iterator[Channel]:
        places = ((one, index) for one in self._members for index in _indices(self._shapes[one.column][1:]))
        for i, (one, index) in enumerate(places):
            yield from (Channel("X", i, column, index, point=point) for column, point in one.sources)
        yield from (Channel("g", i, one.column) for i, one in enumerate(self._once))

    @property
    def numbers(self) -> int:
        return sum(prod(shape) for shape in self._shapes.values())

    def arrays(self, found: Mapping[str, Values]) -> dict[str, Array]:
        import numpy as np

        every = [found[one.column] for one in self._members]
        rows, length = every[0].numbers.shape[:2]
        filled = _same_mask(self._members, every, (rows, length))
        made = {"X": np.concatenate([each.numbers.reshape(rows, length, -1) for each in every], axis=2), "mask": filled}
        return made | _beside(self._once, found)


class Image(Layout):
    """Arrays of rows and columns as the channels of an image; what an entry has once stands beside it."""

    form = "image"

    def __init__(self, every: Sequence[Feature]) -> None:
        shapes = {one.shape[:2] for one in every if len(one.shape) in (2, 3) and None not in one.shape}
        if len(shapes) != 1:
            what = "the features are images of several sizes" if shapes else "no feature is an image"
            remedy = "Points become one: --axes ETA,PHI --pixels 32" if not shapes else "Make spectators of the others."
            raise UsageError(what, value=sorted(map(str, shapes)), remedy=remedy)
        [size] = shapes
        self._members = tuple(one for one in every if one.shape[:2] == size and len(one.shape) in (2, 3))
        self._once = tuple(one for one in every if not one.shape)

    @property
    def channels(self) -> Iterator[Channel]:
        places = ((one, index) for one in self._members for index in _indices(_shape(one, {})[2:]))
        for i, (one, index) in enumerate(places):
            yield from (Channel("X", i, column, index, point=point) for column, point in one.sources)
        yield from (Channel("g", i, one.column) for i, one in enumerate(self._once))

    @property
    def numbers(self) -> int:
        return sum(prod(_shape(one, {})) for one in self._members)

    def arrays(self, found: Mapping[str, Values]) -> dict[str, Array]:
        import numpy as np

        every = [found[one.column].numbers for one in self._members]
        made = {"X": np.concatenate([each.reshape(*each.shape[:3], -1) for each in every], axis=3)}
        return made | _beside(self._once, found)


class Pixels(Layout):
    """The lists of a group as an image: two of them say where, and each other one is summed up in its pixel."""

    form = "image"

    def __init__(
        self, every: Sequence[Feature], members: Sequence[Feature], axes: Sequence[str], extents: Any, pixels: int
    ) -> None:
        self._axes, self._extents, self._pixels = tuple(axes), extents, pixels
        self._summed = tuple(one for one in members if one.column not in axes)
        self._once = tuple(one for one in every if not one.shape)
        names = {one.column for one in members}
        if missing := [axis for axis in axes if axis not in names]:
            raise UsageError(
                f"{missing[0]} is no list of {members[0].group}",
                value=missing[0],
                remedy=f"There are: {', '.join(sorted(names))}",
            )
        if not self._summed:
            raise UsageError("nothing is left to fill the pixels with", remedy="The group needs a third list.")

    @property
    def channels(self) -> Iterator[Channel]:
        for i, one in enumerate(self._summed):
            yield from (Channel("X", i, column, (), "sum per pixel", point) for column, point in one.sources)
        yield from (Channel("g", i, one.column) for i, one in enumerate(self._once))

    @property
    def numbers(self) -> int:
        return len(self._summed) * self._pixels**2

    def arrays(self, found: Mapping[str, Values]) -> dict[str, Array]:
        import numpy as np

        rows, length = found[self._axes[0]].numbers.shape[:2]
        inside = _same_mask(self._summed, [found[one.column] for one in self._summed], (rows, length)).copy()
        place = np.broadcast_to(np.arange(rows)[:, None], (rows, length))
        for axis, (low, high) in zip(reversed(self._axes), reversed(self._extents), strict=True):
            step = (found[axis].numbers.astype(np.float64) - low) / (high - low) * self._pixels
            inside &= (step >= 0) & (step < self._pixels)
            place = place * self._pixels + np.where(inside, step, 0).astype(np.int64)
        size = self._pixels
        sums = [_summed(found[one.column].numbers, place, inside, rows * size * size) for one in self._summed]
        made = {"X": np.stack([each.reshape(rows, size, size) for each in sums], axis=3)}
        return made | _beside(self._once, found)


def _summed(numbers: Array, place: Array, inside: Array, most: int) -> Array:
    import numpy as np

    return np.bincount(place[inside], numbers[inside], minlength=most).astype(np.float32)


def _shape(one: Feature, lengths: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(lengths[one.column] if length is None else length for length in one.shape)


def _indices(shape: Sequence[int]) -> Iterator[tuple[int, ...]]:
    return product(*map(range, shape))


def _mask(each: Values) -> Array:
    import numpy as np

    if each.filled is None:
        return np.ones(each.numbers.shape, bool)
    rest = (1,) * (each.numbers.ndim - 2)
    return np.broadcast_to(each.filled.reshape(*each.filled.shape, *rest), each.numbers.shape)


def _same_mask(members: Sequence[Feature], every: Sequence[Values], shape: tuple[int, ...]) -> Array:
    """Which points there are, of which all lists of a group agree.

    Raises:
        UsageError: if they do not.
    """
    import numpy as np

    masks = [each.filled for each in every if each.filled is not None]
    if any(not np.array_equal(masks[0], mask) for mask in masks[1:]):
        what = f"the lists of {members[0].group} are not equally long in every entry"
        raise UsageError(what, remedy="Give those that belong together a group of their own in fairkit.toml.")
    return masks[0] if masks else np.ones(shape, bool)


def _beside(once: Sequence[Feature], found: Mapping[str, Values]) -> dict[str, Array]:
    import numpy as np

    return {"g": np.stack([found[one.column].numbers for one in once], axis=1)} if once else {}
