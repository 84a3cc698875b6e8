"""Which columns of a file are scores, labels, weights and identifiers: those that are named, else by what they say."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from fairkit.errors import UsageError
from fairkit.formats._open import batches_of, facts_of
from fairkit.model.variable import Table, Variable

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MOST_ROWS", "Opened", "common_identifier", "identifiers", "label", "opened", "scores", "values"]

MOST_ROWS = 200_000_000
_LABEL = re.compile(r"(?:is_?(?:signal|sig)|labels?|targets?|truth|class(?:es)?|y(?:_?true)?|label_.*)", re.IGNORECASE)
_SCORE = re.compile(
    r"(?:y_?)?(?:scores?|pred(?:icted|iction)?s?|prob(?:ability|abilities|a)?|outputs?|logits?|discriminant|p)(?:_.*)?"
    r"|.*_(?:score|prob|probability)",
    re.IGNORECASE,
)
_WEIGHT = re.compile(r"(?:.*_)?weights?", re.IGNORECASE)
_IDENTIFIERS = (
    "id", "uid", "uuid", "key", "event_id", "eventid", "event", "eventnumber", "event_number", "jet_id", "row_id",
    "row", "entry", "index",
)  # fmt: skip
"""What columns that name a row are called, the plainest first."""
_REFUSED = {"pickle": "a pickle can run what its writer wants: it is not opened"}


class Opened(NamedTuple):
    """A file of rows: its main table, and its format."""

    path: str
    format: str
    table: Table

    @property
    def columns(self) -> tuple[Variable, ...]:
        """The columns of the table."""
        return self.table.columns

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.table.columns)


def opened(path: str) -> Opened:
    """The longest table of a file, by its facts.

    Raises:
        UnreadableDocument: if it cannot be read.
        UsageError: if it holds no rows, or is of a format that is not scored.
    """
    facts = facts_of(path)
    if facts.format in _REFUSED or facts.model is not None:
        why = _REFUSED.get(facts.format, "it is a model")
        raise UsageError(f"{path} holds no rows to score: {why}", value=path, remedy="Write Parquet, CSV or NumPy.")
    table = max(facts.tables, key=lambda one: one.entry_count or 0, default=None)
    if table is None or not table.columns:
        raise UsageError(f"{path} holds no rows", value=path, remedy="Name a table of rows.")
    if (table.entry_count or 0) > MOST_ROWS:
        raise UsageError(f"{path} holds more than {MOST_ROWS:,} rows", value=path, remedy="Score a part of them.")
    return Opened(path, facts.format, table)


def common_identifier(first: Opened, second: Opened, named: str | None = None) -> str | None:
    """The column that names the rows in both files; None if there is none.

    Raises:
        UsageError: if the one that is `named` is not in both.
    """
    if named is not None:
        for one in (first, second):
            _there(one, named, "--id")
        return named
    return next(iter(identifiers(first, second)), None)


def identifiers(*files: Opened) -> list[str]:
    """The columns that may name the rows of all these files, the likeliest first."""
    common = [name for name in files[0].names if all(name in one.names for one in files)]
    roles = {each.name for one in files for each in one.columns if each.role == "identifier"}
    called = (name for name in common if name.lower() in _IDENTIFIERS)
    known = [
        *(name for name in common if name in roles),
        *sorted(called, key=lambda name: _IDENTIFIERS.index(name.lower())),
    ]
    return list(dict.fromkeys(known))


def label(one: Opened, named: str | None = None, *, beside: Collection[str] = ()) -> str:
    """The column of labels, which is none of those `beside`.

    Raises:
        UsageError: if it is not there, or nobody can tell which it is.
    """
    if named is not None:
        return _there(one, named, "--label")
    rest = [each for each in one.columns if each.name not in beside and not each.shape]
    for found in (
        [each.name for each in rest if each.role == "label"],
        [each.name for each in rest if _LABEL.fullmatch(each.name)],
        [each.name for each in rest if not _WEIGHT.fullmatch(each.name)],
    ):
        if len(found) == 1:
            return found[0]
    raise _unclear(one, "labels", "--label")


def scores(one: Opened, named: Sequence[str] = (), *, beside: Collection[str] = (), classes: int = 2) -> list[str]:
    """The columns of scores, which are none of those `beside`: one, or one for each of the `classes`.

    Raises:
        UsageError: if they are not there, or nobody can tell which they are.
    """
    if named:
        return [_there(one, name, "--score") for name in named]
    rest = [
        each.name
        for each in one.columns
        if each.name not in beside and each.role not in ("label", "weight", "identifier") and _is_number(each)
        if not (_WEIGHT.fullmatch(each.name) or each.name.lower() in _IDENTIFIERS)
    ]
    without_labels = [name for name in rest if not _LABEL.fullmatch(name)]
    for found in ([name for name in rest if _SCORE.fullmatch(name)], without_labels, rest):
        if len(found) == 1 or (found and len(found) == classes):
            return found
    raise _unclear(one, "scores", "--score")


def _is_number(column: Variable) -> bool:
    return bool(re.match(r"(?:u?int|float|bool)", column.dtype or ""))


def _there(one: Opened, name: str, option: str) -> str:
    if name in one.names:
        return name
    what = f"{one.path} has no column {name!r}"
    raise UsageError(what, value=name, remedy=f"It has: {_listed(one)}. Name one with {option}.")


def _unclear(one: Opened, what: str, option: str) -> UsageError:
    text = f"nobody can tell which column of {one.path} has the {what}"
    return UsageError(text, value=one.path, remedy=f"It has: {_listed(one)}. Name it with {option}.")


def _listed(one: Opened) -> str:
    return ", ".join(one.names[:20]) + (", …" if len(one.names) > 20 else "")


def values(one: Opened, names: Sequence[str]) -> dict[str, NDArray[Any]]:
    """The values of columns: numbers as they are, `(rows, length)` of lists of one length, else texts.

    Nulls of numbers are NaN.

    Raises:
        UnreadableDocument: if the file cannot be read.
        UsageError: if the lists of a column differ in length, or hold no numbers.
    """
    import numpy as np

    wanted = list(dict.fromkeys(names))
    parts: dict[str, list[NDArray[Any]]] = {name: [] for name in wanted}
    table = one.table.name if one.table.name else None
    for batch in batches_of(one.path, table, columns=wanted, format=one.format):
        for name in wanted:
            parts[name].append(_array(batch.column(name), f"{os.path.basename(one.path)}: {name}"))
    try:
        return {name: np.concatenate(found) if found else np.zeros(0) for name, found in parts.items()}
    except ValueError:
        raise UsageError(f"{one.path}: the lists of a column differ in length", value=one.path) from None


def _array(column: Any, where: str) -> NDArray[Any]:
    import numpy as np
    import pyarrow as pa

    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    kind = column.type
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        items = _array(column.flatten(), where)
        if items.dtype.kind not in "fiub" or len(column) == 0 or len(items) % len(column) or not _regular(column):
            raise UsageError(f"{where} holds lists that differ in length, or are no numbers", value=where)
        return items.reshape(len(column), len(items) // len(column))
    if pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        if column.null_count:
            column = column.cast(pa.float64())
        return np.asarray(column.to_numpy(zero_copy_only=False))
    return np.array([_told(value) for value in column.to_pylist()], dtype=str)


def _regular(column: Any) -> bool:
    import pyarrow as pa
    import pyarrow.compute as pc

    if column.null_count:
        return False
    return pa.types.is_fixed_size_list(column.type) or len(pc.unique(pc.list_value_length(column))) == 1


def _told(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else "" if value is None else str(value)
