"""Predictions and labels brought together, row by row: by an identifier if both files have one, else by their order.

What would make a number wrong without a word is refused here: NaN, rows that are missing or there twice, labels that
are all alike.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from fairkit.errors import UsageError

from . import columns
from .columns import Opened

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Columns", "Labels", "Rows", "joined", "labels"]

_MOST_EXACT = 2.0**53
"""Beyond this not every whole number is one of floating point."""


class Columns(NamedTuple):
    """The names of columns where the user says them."""

    score: tuple[str, ...] = ()
    label: str | None = None
    weight: str | None = None
    identifier: str | None = None
    positive: str | None = None
    """The value of the label that is the signal; all others are background."""


class Labels(NamedTuple):
    """What the rows of a file truly are."""

    file: Opened
    names: Columns
    truth: NDArray[np.int64]
    """The number of the class of each row."""
    classes: tuple[str, ...]
    """The values of the label; of two, the second is the signal."""
    weights: NDArray[np.float64] | None
    identifiers: dict[str, NDArray[Any]]
    """The columns that may name the rows."""
    is_weight_of_predictions: bool = False

    @property
    def binary(self) -> bool:
        """Whether there are a signal and a background only."""
        return len(self.classes) == 2


class Rows(NamedTuple):
    """Scores with what the rows truly are; `scores` has shape `(rows,)`, or `(rows, classes)` of several classes."""

    scores: NDArray[np.float64]
    truth: NDArray[np.int64]
    classes: tuple[str, ...]
    weights: NDArray[np.float64] | None
    notes: tuple[str, ...] = ()


def labels(path: str, names: Columns) -> Labels:
    """The labels of a file, with the weights of its rows where they are asked for and stand there.

    Raises:
        UsageError: if they cannot be told, are all alike, or are not known of some row.
        UnreadableDocument: if the file cannot be read.
    """

    file = columns.opened(path)
    taken = {name for name in (names.weight, names.identifier) if name}
    possible = columns.identifiers(file)
    label = columns.label(file, names.label, beside={*taken, *possible[: len(file.names) - 1]})
    weight = names.weight if names.weight in file.names else None
    ids = [name for name in dict.fromkeys((*taken - {weight}, *possible)) if name in file.names and name != label]
    found = columns.values(file, [label, *([weight] if weight else []), *ids])
    truth, classes = _classes(found[label], f"{os.path.basename(path)}: {label}", names.positive)
    return Labels(
        file=file,
        names=names,
        truth=truth,
        classes=classes,
        weights=_weights(found[weight], f"weights of {path}") if weight else None,
        identifiers={name: found[name] for name in ids},
        is_weight_of_predictions=bool(names.weight) and weight is None,
    )


def _classes(values: NDArray[Any], where: str, positive: str | None) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """The number of the class of each row, and what the classes are called."""
    import numpy as np

    if values.ndim > 1:
        raise UsageError(f"{where} holds lists, and a row has one label", value=where, remedy="Name it with --label.")
    if values.dtype.kind == "f":
        _finite(values, f"labels of {where}")
        if (values != np.round(values)).any() or (abs(values) > _MOST_EXACT).any():
            raise UsageError(f"{where} has values that name no class", value=where, remedy="Name it with --label.")
        values = values.astype(np.int64)
    different, truth = np.unique(values, return_inverse=True)
    names = tuple(str(int(one)) if values.dtype.kind in "iub" else str(one) for one in different)
    if len(names) < 2:
        told = f": all are {names[0]}" if names else ""
        raise UsageError(f"{where} does not part the rows{told}", value=where, remedy="Are these the right labels?")
    if positive is not None:
        if positive not in names:
            known = ", ".join(names[:20])
            raise UsageError(f"no label is {positive!r}", value=positive, remedy=f"There are: {known}")
        mine = truth == names.index(positive)
        return mine.astype(np.int64), (f"not {positive}", positive)
    if len(names) == 2 and values.dtype.kind not in "iub":
        remedy = f"As in: --positive {names[1]}"
        raise UsageError(f"{where} is {names[0]} or {names[1]}: which is the signal?", value=where, remedy=remedy)
    return truth.astype(np.int64), names


def joined(path: str, known: Labels) -> Rows:
    """The scores of a file of predictions, in the order of the labels.

    Raises:
        UsageError: if there are not the same rows in both, or a score is not finite.
        UnreadableDocument: if the file cannot be read.
    """
    import numpy as np

    file, names = columns.opened(path), known.names
    identifier = columns.common_identifier(file, known.file, names.identifier)
    beside = {name for name in (identifier, names.weight) if name}
    scores = columns.scores(file, names.score, beside=beside, classes=len(known.classes))
    weight = [names.weight] if known.is_weight_of_predictions and names.weight else []
    if weight and weight[0] not in file.names:
        what = f"neither {known.file.path} nor {path} has a column {weight[0]!r}"
        raise UsageError(what, value=weight[0], remedy="Name the column of the weights with --weights.")
    found = columns.values(file, [*scores, *weight, *([identifier] if identifier else [])])
    order, notes = _order(found, identifier, known, path)
    whole = np.column_stack([_numbers(found[name], f"scores of {path}") for name in scores])[order]
    weights = _weights(found[weight[0]], f"weights of {path}")[order] if weight else known.weights
    truth, classes = known.truth, known.classes
    if known.binary:
        whole, more = _signal(whole, path)
        return Rows(whole, truth, classes, weights, (*notes, *more))
    if whole.shape[1] > len(classes) and all(one.isdecimal() and int(one) < whole.shape[1] for one in classes):
        truth = np.array([int(one) for one in classes])[truth]  # some class has no row
        classes = tuple(map(str, range(whole.shape[1])))
    if whole.shape[1] != len(classes):
        what = f"{path} has {whole.shape[1]} columns of scores, and the labels have {len(classes)} classes"
        raise UsageError(what, value=path, remedy="Name the columns with --score, or one class with --positive.")
    truth, classes, more = _matched(truth, classes, scores)
    return Rows(whole, truth, classes, weights, (*notes, *more))


def _order(
    found: dict[str, NDArray[Any]], identifier: str | None, known: Labels, path: str
) -> tuple[NDArray[np.int64] | slice, tuple[str, ...]]:
    """Which row of the predictions belongs to each label."""
    import numpy as np

    count = len(next(iter(found.values())))
    if identifier is None:
        if count != len(known.truth):
            what = f"{path} has {count:,} rows, and {known.file.path} has {len(known.truth):,}"
            raise UsageError(what, value=path, remedy="Give both files a column that names the rows, as `id`.")
        return slice(None), ("rows are matched by their order: no column that names them is in both files",)
    theirs = known.identifiers.get(identifier)
    if theirs is None:
        theirs = columns.values(known.file, [identifier])[identifier]
    mine = found[identifier]
    mine, theirs = _whole(mine), _whole(theirs)
    if mine.dtype.kind != theirs.dtype.kind:
        mine, theirs = mine.astype(str), theirs.astype(str)
    for values, where in ((mine, path), (theirs, known.file.path)):
        _once(values, where, identifier)
    if len(mine) == len(theirs) and (mine == theirs).all():
        return slice(None), ()
    order = np.argsort(mine, kind="stable")
    at = np.clip(np.searchsorted(mine[order], theirs), 0, max(len(mine) - 1, 0))
    place = order[at] if len(mine) else np.zeros(len(theirs), np.int64)
    missing = mine[place] != theirs if len(mine) else np.ones(len(theirs), bool)
    if missing.any():
        first = theirs[missing][0]
        what = (
            f"{path} has no prediction for {int(missing.sum()):,} of {len(theirs):,} rows, as for {identifier} {first}"
        )
        raise UsageError(what, value=str(first), remedy="Predict every row of the split.")
    if len(mine) > len(theirs):
        extra = mine[~np.isin(mine, theirs)]
        what = f"{path} has predictions for {len(extra):,} rows without a label, as for {identifier} {extra[0]}"
        raise UsageError(what, value=str(extra[0]), remedy="Are these the predictions of that split?")
    return place, ()


def _whole(values: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers that were written as floating ones, `7.0`, as themselves."""
    import numpy as np

    if values.dtype.kind not in "fiu":
        return values
    exact = values.dtype.kind != "f" or ((values == np.round(values)) & (abs(values) <= _MOST_EXACT)).all()
    small = values.dtype.kind != "u" or not (values > np.iinfo(np.int64).max).any()
    return values.astype(np.int64) if exact and small else values


def _once(values: NDArray[Any], where: str, identifier: str) -> None:
    import numpy as np

    if values.dtype.kind == "f":
        _finite(values, f"{identifier} of {where}")
    different, times = np.unique(values, return_counts=True)
    if len(different) < len(values):
        twice = different[times > 1][0]
        what = f"{where} has {identifier} {twice} more than once"
        raise UsageError(what, value=str(twice), remedy="Name each row once, or another column with --id.")


def _finite(values: NDArray[Any], what: str) -> NDArray[Any]:
    """The values, all of them finite.

    Raises:
        UsageError: naming the first that is not.
    """
    import numpy as np

    if values.dtype.kind not in "fiub":
        raise UsageError(f"the {what} are no numbers", value=what, remedy="Name their column.")
    strange = ~np.isfinite(values)
    if strange.any():
        rows = strange if strange.ndim == 1 else strange.any(axis=1)
        first = int(np.flatnonzero(rows)[0])
        text = f"{int(rows.sum()):,} of the {len(values):,} {what} are NaN or infinite, the first in row {first + 1:,}"
        raise UsageError(text, value=first + 1, remedy="A model that gives no number for a row has not predicted it.")
    return values


def _weights(values: NDArray[Any], what: str) -> NDArray[np.float64]:
    """Weights of a size whose squares can be added up; only their ratios count."""
    found = _numbers(values, what)
    top = float(abs(found).max(initial=0.0))
    return found / top if top and not 1e-100 < top < 1e100 else found


def _numbers(values: NDArray[Any], what: str) -> NDArray[np.float64]:
    """The values as numbers, all of them finite."""
    return _finite(values, what).astype("float64")


def _signal(scores: NDArray[Any], path: str) -> tuple[NDArray[Any], tuple[str, ...]]:
    """The scores of the signal: of two columns, the second."""
    if scores.shape[1] == 1:
        return scores[:, 0], ()
    if scores.shape[1] == 2:
        return scores[:, 1], (f"{path} has two scores a row: the second is taken, as that of the signal",)
    what = f"{path} has {scores.shape[1]} scores a row, and the labels have two classes"
    raise UsageError(what, value=path, remedy="Name the score of the signal with --score.")


def _matched(
    truth: NDArray[np.int64], classes: tuple[str, ...], scores: Sequence[str]
) -> tuple[NDArray[np.int64], tuple[str, ...], tuple[str, ...]]:
    """The classes in the order of the scores: by their names where these say it, else by their order."""
    import numpy as np

    if len(scores) != len(classes):  # one column of lists: the classes are 0, 1, 2 …
        return truth, classes, ()
    places = [[n for n, name in enumerate(scores) if name == one or name.endswith(f"_{one}")] for one in classes]
    if all(len(each) == 1 for each in places) and len({each[0] for each in places}) == len(classes):
        moved = np.array([each[0] for each in places])
        ordered = sorted(range(len(classes)), key=lambda one: places[one][0])
        return moved[truth], tuple(classes[one] for one in ordered), ()
    pairs = ", ".join(f"{name} is {one}" for name, one in zip(scores, classes, strict=True))
    return truth, classes, (f"scores and labels are matched by their order: {pairs}",)
