"""One file of data, gone through once: its values counted, its rows digested, its columns held against each other."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from fairkit.formats._open import batches_of

from . import _rows
from ._tally import Tally

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

__all__ = ["Item", "Key", "Scan", "Scanned", "scan"]

_LARGEST_KEPT = 31 * 1024 * 1024
"""Bytes, just below the 32 MiB from which glibc never keeps a block (mallopt(3), M_MMAP_THRESHOLD)."""
_ALIKE = 512
"""Rows by which columns are first held against each other."""
_MOST_TWINS = 64
_FEWEST_PLACES = 3
"""Places of an array that is looked at for padding without being told of it."""


class Key(NamedTuple):
    """What is counted by itself: a variable, where another one has a value or not, in a split or in none."""

    split: str | None
    variable: str
    by: str | None = None
    value: str | None = None


class Item(NamedTuple):
    """A variable and the columns of a table that it is made of."""

    variable: str
    columns: tuple[str, ...]
    missing: float | None = None
    padding: float | None = None
    counter: str | None = None
    by: tuple[tuple[str, str, str], ...] = ()
    """The name of another variable, its column, and the value for which this one means something of its own."""


class Scan(NamedTuple):
    """What to do with one table of one file."""

    path: str
    file: str
    table: str
    items: tuple[Item, ...]
    split: str | None = None
    split_column: str | None = None
    """The column that says which split a row is in, where its values are the names of splits."""
    splits: tuple[str, ...] = ()
    digested: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    rows: str | None = None
    """Where digests of rows are written: the beginning of the names of files."""


@dataclass
class Scanned:
    """What came of it."""

    tallies: dict[Key, Tally] = field(default_factory=dict)
    variables: frozenset[str] = frozenset()
    twins: set[tuple[str, str]] | None = None
    """Variables that are the same in every row; None where there were no rows."""
    miscounted: dict[str, int] = field(default_factory=dict)
    """Lists whose length is not what the variable says that counts them."""
    written: dict[tuple[str, str], str] = field(default_factory=dict)
    """Files of digests, by the split and by `whole` or `compared`."""


def scan(what: Scan) -> Scanned:
    """Go through the rows.

    Raises:
        UnreadableDocument: if the file is broken or hostile.
    """
    wanted = {*what.digested, what.split_column, *(item.counter for item in what.items)} - {None}
    for item in what.items:
        wanted |= {*item.columns, *(column for _, column, _ in item.by)}
    _keep_memory()
    made = Scanned(variables=frozenset(item.variable for item in what.items))
    for batch in batches_of(what.path, what.table, columns=sorted(str(name) for name in wanted)):
        _twins(what.items, batch, made)
        for split, rows in _by_split(what, batch):
            for item in what.items:
                _count(item, rows, split, made)
            if split is not None and what.rows is not None:
                _digest(what, rows, split, made)
    return made


def _keep_memory() -> None:
    """Let the allocator of glibc keep what was freed: it learns so by one large block that it gets back.

    Otherwise each copy of a column is taken from the system anew and given back, page by page: twice the time.
    """
    import numpy as np

    np.empty(_LARGEST_KEPT, np.uint8)


def _by_split(what: Scan, batch: pa.RecordBatch) -> Iterator[tuple[str | None, pa.RecordBatch]]:
    """The rows of a batch by the split that they belong to."""
    import pyarrow.compute as pc

    if what.split_column is None:
        yield what.split, batch
        return
    names = _plain(batch.column(what.split_column))
    for split in what.splits:
        yield split, batch.filter(pc.equal(names, split))
    others = pc.invert(pc.is_in(names, value_set=_texts(what.splits)))
    if pc.any(others).as_py():
        yield None, batch.filter(others)


def _texts(values: Sequence[str]) -> pa.Array:
    import pyarrow as pa

    return pa.array(values, pa.string())


def _digest(what: Scan, rows: pa.RecordBatch, split: str, made: Scanned) -> None:
    rest = tuple(name for name in what.digested if name not in what.compared)
    compared, whole = _rows.digests(rows, what.compared, rest)
    for kind, found in {"whole": whole, "compared": compared}.items():
        if kind == "whole" or what.compared:
            path = made.written.setdefault((split, kind), f"{what.rows}.{len(made.written)}")
            with open(path, "ab") as file:
                file.write(found.tobytes())


def _count(item: Item, rows: pa.RecordBatch, split: str | None, made: Scanned) -> None:
    tally = made.tallies.setdefault(Key(split, item.variable), Tally())
    parts = [_plain(rows.column(name)) for name in item.columns]
    tally.entries += rows.num_rows
    if item.counter and len(parts) == 1:
        _hold_count(item, parts[0], rows, made)
    if len(parts) > 1 and (matrix := _matrix(parts)) is not None:
        _numbers(matrix.reshape(-1), item, tally)
        _padding(matrix[:, :, None], item, tally)
        return
    for part in parts:
        _column(part, item, tally)
    for by, column, value in item.by:
        if len(parts) == 1 and (chosen := _chosen(parts[0], _plain(rows.column(column)), value)) is not None:
            apart = made.tallies.setdefault(Key(split, item.variable, by, value), Tally())
            apart.entries += len(chosen)
            _column(chosen, item, apart)


def _plain(column: Any) -> Any:
    """A column without what only says how it is stored."""
    import pyarrow as pa

    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _matrix(parts: Sequence[Any]) -> NDArray[Any] | None:
    """Columns of numbers side by side, a row for each entry."""
    import numpy as np

    if any(part.null_count or not _is_number(part.type) for part in parts):
        return None
    made: NDArray[Any] = np.column_stack([part.to_numpy(zero_copy_only=False) for part in parts])
    return made


def _is_number(kind: Any) -> bool:
    import pyarrow as pa

    types = pa.types
    return bool(types.is_floating(kind) or types.is_integer(kind) or types.is_boolean(kind))


def _column(column: Any, item: Item, tally: Tally) -> None:
    """Count the values of a column: of lists their lengths and their items, of arrays how they are padded."""
    import pyarrow as pa
    import pyarrow.compute as pc

    types = pa.types
    fixed: list[int] = []
    first = True
    while types.is_list(column.type) or types.is_large_list(column.type) or types.is_fixed_size_list(column.type):
        tally.null += column.null_count
        if types.is_fixed_size_list(column.type):
            fixed.append(column.type.list_size)
        else:
            if first:
                tally.add_lengths(pc.list_value_length(column).drop_null().to_numpy(zero_copy_only=False))
            fixed = []
        column, first = _plain(column.flatten()), False
    tally.null += column.null_count
    column = column.drop_null() if column.null_count else column
    if _is_number(column.type):
        values = column.to_numpy(zero_copy_only=False)
        _numbers(values, item, tally)
        if fixed and fixed[0]:
            _padding(values.reshape(-1, fixed[0], math.prod(fixed[1:])), item, tally)
    elif types.is_temporal(column.type) or types.is_decimal(column.type):
        _numbers(_as_numbers(column), item, tally)
    elif types.is_string(column.type) or types.is_large_string(column.type):
        counted = pc.value_counts(column)
        tally.add_texts(dict(zip(counted.field(0).to_pylist(), counted.field(1).to_pylist(), strict=True)))


def _as_numbers(column: Any) -> NDArray[Any]:
    """Times as their number of units, decimal fractions as binary ones."""
    import pyarrow as pa

    if pa.types.is_decimal(column.type):
        found: NDArray[Any] = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
        return found
    narrow = column.type.bit_width == 32
    cast = column.view(pa.int32() if narrow else pa.int64())
    whole: NDArray[Any] = cast.to_numpy(zero_copy_only=False)
    return whole


def _numbers(values: NDArray[Any], item: Item, tally: Tally) -> None:
    import numpy as np

    if values.dtype == np.float16:
        values = values.astype(np.float32)
    tally.add_numbers(values)
    if item.missing is not None:
        wanted = np.asarray(item.missing).astype(values.dtype if values.dtype.kind == "f" else np.float64)
        same = values == wanted if wanted == wanted else np.isnan(values)
        tally.missing = (tally.missing or 0) + int(np.count_nonzero(same))


def _padding(arrays: NDArray[Any], item: Item, tally: Tally) -> None:
    """Count the places of arrays (entries, places, values) up to the last that is not filled up."""
    import numpy as np

    if not len(arrays) or (item.padding is None and arrays.shape[1] < _FEWEST_PLACES):
        return
    if tally.padding is None and tally.used is None:
        tally.padding = _filler(arrays) if item.padding is None else item.padding
    if tally.padding is None:
        return
    filler = np.asarray(tally.padding).astype(arrays.dtype)
    used = (arrays != filler).any(axis=2) if filler == filler else ~np.isnan(arrays).all(axis=2)
    last = np.argmax(used[:, ::-1], axis=1)
    lengths = np.where(used[np.arange(len(used)), used.shape[1] - 1 - last], used.shape[1] - last, 0)
    tally.add_used(lengths, arrays.shape[1], arrays.shape[2])


def _filler(arrays: NDArray[Any]) -> float | None:
    """The value that at least half of the arrays end with, if a part of these has it more than once at their end."""
    import numpy as np

    ends = arrays[:, -2:, :].reshape(len(arrays), -1)
    for value in (ends[0, -1], arrays.dtype.type(0)):
        same = ends == value if value == value else np.isnan(ends)
        if 2 * np.count_nonzero(same[:, -1]) >= len(ends) and 4 * np.count_nonzero(same.all(axis=1)) >= len(ends):
            return float(value)
    return None


def _chosen(column: Any, other: Any, value: str) -> Any:
    """The entries, or the items of lists, for which another column has a value; None where the two do not match."""
    import pyarrow as pa
    import pyarrow.compute as pc

    while pa.types.is_list(other.type) and pa.types.is_list(column.type):
        if not pc.list_value_length(column).equals(pc.list_value_length(other)):
            return None
        column, other = _plain(column.flatten()), _plain(other.flatten())
    if pa.types.is_nested(other.type) or len(column) != len(other):
        return None
    try:
        wanted = pa.scalar(value).cast(other.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None
    return column.filter(pc.equal(other, wanted))


def _hold_count(item: Item, column: Any, rows: pa.RecordBatch, made: Scanned) -> None:
    """Count the lists that are not as long as another column says."""
    import pyarrow as pa
    import pyarrow.compute as pc

    said = _plain(rows.column(str(item.counter)))
    if pa.types.is_list(column.type) and pa.types.is_integer(said.type):
        wrong = pc.sum(pc.not_equal(pc.list_value_length(column), said)).as_py() or 0
        made.miscounted[item.variable] = made.miscounted.get(item.variable, 0) + wrong


def _twins(items: Sequence[Item], batch: pa.RecordBatch, made: Scanned) -> None:
    """Keep the pairs of variables whose values are the same in every row so far."""
    import numpy as np

    if not batch.num_rows:
        return
    own = {item.variable: batch.column(item.columns[0]) for item in items if len(item.columns) == 1}
    if made.twins is None:
        made.twins = set()
        groups: dict[bytes, list[str]] = {}
        for name, column in own.items():
            if _is_number(column.type) and not column.null_count:
                begin = column.slice(0, _ALIKE).to_numpy(zero_copy_only=False).astype(np.float64)
                groups.setdefault(begin.tobytes(), []).append(name)
        for names in groups.values():
            made.twins |= set(combinations(names[:_MOST_TWINS], 2))
    made.twins = {pair for pair in made.twins if _same(own, *pair)}


def _same(own: Mapping[str, Any], one: str, other: str) -> bool:
    import numpy as np

    values = [own[name].to_numpy(zero_copy_only=False) for name in (one, other)]
    equal = bool(np.array_equal(values[0], values[1], equal_nan=values[0].dtype.kind == values[1].dtype.kind == "f"))
    return equal and len(values[0]) > 0
