"""Several trainings of one model: their numbers as one, with how far they spread."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from fairkit.errors import UnknownName, UsageError
from fairkit.vocab import metrics

from .measuring import Measured

__all__ = ["AGGREGATIONS", "SPREAD", "aggregated", "chosen"]

AGGREGATIONS = ("mean", "median", "best", "single")
SPREAD = "standard deviation of trainings"


def chosen(names: Sequence[str], trainings: int) -> tuple[str, ...]:
    """How trainings are taken together: as is said, else the mean of several.

    Raises:
        UnknownName: for a way that there is not.
        UsageError: if one training is to be taken together with none.
    """
    for name in names:
        if name not in AGGREGATIONS:
            raise UnknownName("aggregation", name, AGGREGATIONS)
    if trainings == 1 and set(names) - {"single"}:
        what = f"there is one file of predictions, and no {next(name for name in names if name != 'single')} of one"
        raise UsageError(what, value=list(names), remedy="Name a file of predictions for each training.")
    return tuple(dict.fromkeys(names)) or (("single",) if trainings == 1 else ("mean",))


def aggregated(name: str, every: Sequence[Sequence[Measured]]) -> list[Measured]:
    """Each number over all trainings, in the order of the first; the best with its own uncertainty."""
    found = []
    for number in every[0]:
        same = [one for each in every for one in each if one.key == number.key]
        found.append(_together(name, same))
    return found


def _together(name: str, same: Sequence[Measured]) -> Measured:
    values = [one.value for one in same]
    if name == "best":
        known = metrics.find(same[0].metric)
        pick = min if known and known.better == "lower" else max
        return pick(same, key=lambda one: one.value)
    value = statistics.median(values) if name == "median" else statistics.fmean(values)
    return same[0]._replace(value=value, uncertainty=statistics.stdev(values), kind=SPREAD)
