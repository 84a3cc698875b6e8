"""Numbers computed again: the predictions in the folder of a model are found by their digest, and scored."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from fairkit.errors import FairkitError, UsageError
from fairkit.model.ai import Result
from fairkit.package.layout import look
from fairkit.vocab import metrics

from .leaderboard import Standing
from .measuring import measured, wanted
from .rows import Columns, joined, labels
from .scoring import digest, together
from .trainings import AGGREGATIONS, aggregated

__all__ = ["Again", "again", "predictions"]

_ENDINGS = (".parquet", ".csv", ".csv.gz", ".tsv", ".h5", ".hdf5", ".npy", ".npz", ".root")
_MOST_BYTES = 4 * 1024**3
"""Larger files are not digested in search of predictions."""
_MOST_FILES = 2000
_NUMBER = re.compile(r"[-+]?\d{1,30}(\.\d{0,30})?(e[-+]?\d{1,3})?", re.ASCII | re.IGNORECASE)


class Again(NamedTuple):
    """What came of computing a number again."""

    standing: Standing
    value: float | None = None
    remark: str | None = None


def predictions(root: str) -> dict[str, tuple[str, ...]]:
    """The files in a folder that may be predictions, by their digest; several trainings by that of all together.

    Those are the files of one folder in it, or of one name with different numbers at its end: `run1.npy`, `run2.npy`.

    Raises:
        NotFound: if there is no such folder.
        UnreadableDocument: if it cannot be listed.
    """
    every: dict[str, str] = {}
    for name in [name for name in look(root).data if name.lower().endswith(_ENDINGS)][:_MOST_FILES]:
        path = os.path.join(root, name)
        if os.path.getsize(path) <= _MOST_BYTES:
            every[path] = digest([path])
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for path in every:
        folder, name = os.path.split(path)
        for group in ((path,), (folder,), (folder, name.partition(".")[0].rstrip("0123456789"))):
            groups[group].append(path)
    return {together([every[path] for path in paths]): tuple(paths) for paths in groups.values()}


def again(one: Result, at_hand: dict[str, tuple[str, ...]], truths: str | None, columns: Columns) -> Again:
    """A number computed again, where its predictions are at hand, and the labels are."""
    if one.predictions_digest is None:
        return Again("self-reported", remark="no predictions are named")
    paths = at_hand.get(one.predictions_digest)
    if paths is None:
        return Again("self-reported", remark="its predictions are not at hand")
    known = metrics.find(one.metric)
    if known is None or not known.computed or (one.aggregation or "single") not in AGGREGATIONS:
        return Again("predictions", remark="fairkit does not compute this number")
    try:
        value = _value(one, known.id, paths, truths, columns)
    except FairkitError as error:
        return Again("predictions", remark=f"it cannot be computed again: {error.what}")
    if abs(value - one.value) <= _rounding(one.value):
        return Again("recomputed", value)
    return Again("differs", value, f"the predictions give {value:.6g}, and not {one.value:.6g}")


def _value(one: Result, metric: str, paths: Sequence[str], truths: str | None, columns: Columns) -> float:
    """The number that the predictions give.

    Raises:
        UsageError: if it is not among what they give.
        FairkitError: if they cannot be scored.
    """
    weight = one.metric.rpartition("weighted by ")[2] if "weighted by " in one.metric else None
    point, _, at = (one.operating_point or "").rpartition(" ")
    if point in ("signal efficiency", "threshold") and not _NUMBER.fullmatch(at):
        raise UsageError(f"{one.operating_point!r} is no operating point", value=one.operating_point)
    what = wanted(
        [metric],
        signal_efficiencies=[float(at)] if point == "signal efficiency" else (),
        threshold=float(at) if point == "threshold" else None,
        uncertainty="none",
        weighted_by=weight,
    )
    names = columns._replace(weight=weight)
    every = [measured(joined(path, labels(truths or path, names)), what) for path in paths]
    told = aggregated(one.aggregation or "single", every) if len(every) > 1 else every[0]
    same = [found.value for found in told if found.metric.partition(":")[2] == one.metric.partition(":")[2]]
    if len(same) != 1:
        raise UsageError("the predictions give no such number", value=one.metric)
    return same[0]


def _rounding(value: float) -> float:
    """How far a number may be off because it was written with so many digits: half of the last."""
    exponent = Decimal(repr(value)).as_tuple().exponent
    digits = exponent if isinstance(exponent, int) else 0
    return max(0.5000001 * 10.0**digits if digits > -12 else 0.0, 1e-9 * max(1.0, abs(value)))
