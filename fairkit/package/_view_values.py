"""Columns of Arrow as arrays of NumPy with a fixed shape: what is short is filled up, and a mask says with what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from fairkit.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Array = np.ndarray[Any, np.dtype[Any]]

__all__ = ["Values", "lengths", "padding", "values"]


class Values(NamedTuple):
    """`numbers` (rows, …) in float32, and which of them along the first axis of an entry are filled: (rows, length)."""

    numbers: Array
    filled: Array | None
    exact: bool
    """Whether float32 holds every value as it was."""


def lengths(column: pa.Array) -> Array:
    """How long each list is; one that is missing is empty."""
    import numpy as np
    import pyarrow.compute as pc

    return np.asarray(pc.fill_null(pc.list_value_length(column), 0)).astype(np.int64)


def values(column: pa.Array, name: str, length: int | None) -> Values:
    """A column in float32, lists with `length` places; what is missing is NaN, places that are not filled are 0.

    Raises:
        UsageError: if it holds no numbers, or lists inside of entries.
    """
    import pyarrow as pa

    if pa.types.is_fixed_size_list(column.type):
        return _fixed(column, name)
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        return _filled(column, name, length or 0)
    return _numbers(column, name)


def _numbers(column: pa.Array, name: str) -> Values:
    import numpy as np
    import pyarrow as pa

    if pa.types.is_boolean(column.type):
        column = column.cast(pa.uint8())
    if not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type) or pa.types.is_null(column.type)):
        what = f"{name} holds {column.type}, and no numbers: it cannot be a feature or a weight"
        raise UsageError(what, value=name, remedy="Give it another role in fairkit.toml, such as spectator.")
    with np.errstate(over="ignore"):
        numbers = np.asarray(column.to_numpy(zero_copy_only=False)).astype(np.float32)
    return Values(numbers, None, not pa.types.is_integer(column.type) or _is_exact(column.drop_null().to_numpy()))


def _is_exact(whole: Array) -> bool:
    """Whether whole numbers are the same after they were float32, which holds all of them up to 2^24."""
    import numpy as np

    numbers = whole.astype(np.float32).astype(np.float64)
    fits = numbers < float(np.iinfo(whole.dtype).max) + 1
    return bool(fits.all() and (numbers.astype(whole.dtype) == whole).all())


def _fixed(column: pa.Array, name: str) -> Values:
    """An array of a fixed shape; an entry that is missing as a whole is NaN everywhere."""
    import numpy as np

    inner = values(column.drop_null().flatten(), name, None)
    if inner.filled is not None:
        raise _too_deep(name)
    shape = (column.type.list_size, *inner.numbers.shape[1:])
    numbers = np.full((len(column), *shape), np.nan, np.float32)
    numbers[np.asarray(column.is_valid())] = inner.numbers.reshape(-1, *shape)
    return Values(numbers, None, inner.exact)


def _filled(column: pa.Array, name: str, length: int) -> Values:
    """Lists with as many places as `length`: the first items of longer ones."""
    import numpy as np

    counts = lengths(column)
    inner = values(column.flatten(), name, None)
    if inner.filled is not None:
        raise _too_deep(name)
    starts = np.repeat(np.cumsum(counts) - counts, counts)
    kept = np.arange(len(starts)) - starts < length
    filled = np.arange(length) < counts[:, None]
    numbers = np.zeros((len(column), length, *inner.numbers.shape[1:]), np.float32)
    numbers[filled] = inner.numbers[kept]
    return Values(numbers, filled, inner.exact)


def padding(every: Sequence[Array], value: float | None, counts: Array | None) -> Array | None:
    """Which places of arrays of one group and length are filled: as many as are counted, else those where any is not
    the value that they are padded with; None where nothing tells."""
    import numpy as np

    rows, length = every[0].shape[:2]
    if counts is not None:
        filled: Array = np.arange(length) < counts[:, None]
        return filled
    if value is None:
        return None
    padded = [(each == value) | (np.isnan(each) & np.isnan(value)) for each in every]
    empty: Array = np.logical_and.reduce([each.reshape(rows, length, -1).all(axis=2) for each in padded])
    return ~empty


def _too_deep(name: str) -> UsageError:
    what = f"{name} holds lists in lists, which have no fixed shape"
    return UsageError(what, value=name, remedy="Give it the role spectator in fairkit.toml, or flatten it.")
