"""Metrics of classifiers from scores and labels, each row with its weight.

The ROC curve has a point for every different score: rows of equal scores are passed together. Between points everything
is linear, and so is what is read off the curve at a signal efficiency; the area is that of the trapezia, in which a tie
counts half.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fairkit.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Truths = NDArray[np.bool_]

__all__ = ["Heights", "Roc", "accuracy", "area", "background_efficiency", "heights", "roc"]


class Heights(NamedTuple):
    """The weight of the signal and of the background at each different score, from the highest score down.

    Arrays of shape `(…, bins)`: the last axis goes over the scores, those before it over whatever is computed at once.
    """

    signal: Numbers
    background: Numbers


class Roc(NamedTuple):
    """The ROC curve, from `(0, 0)` to `(1, 1)`: what passes of the signal and of the background at each threshold."""

    signal: Numbers
    background: Numbers
    thresholds: Numbers
    """A row passes if its score is at least that; the first is infinite."""


def heights(scores: Numbers, signal: Truths, weights: Numbers | None = None) -> tuple[Heights, Numbers]:
    """The weights at each different score, and these scores; `scores`, `signal`, `weights` have shape `(rows,)`.

    Raises:
        UsageError: if the signal or the background has no weight, or a weight is negative: there is no curve then.
    """
    import numpy as np

    told = np.ones(len(scores)) if weights is None else np.asarray(weights, np.float64)
    if (told < 0).any():
        what = f"{int((told < 0).sum()):,} weights are negative: the efficiencies of a ROC curve would rise and fall"
        raise UsageError(what, remedy="Score without them, or with their positive part, and say so.")
    for name, mine in (("signal", signal), ("background", ~signal)):
        if not told[mine].sum() > 0:
            raise UsageError(f"there is no {name} among the {len(scores):,} rows", remedy="Are these the right labels?")
    order = np.argsort(-scores, kind="stable")
    ordered = scores[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    mine = np.where(signal, told, 0.0)[order]
    other = np.where(signal, 0.0, told)[order]
    return Heights(np.add.reduceat(mine, starts), np.add.reduceat(other, starts)), ordered[starts]


def roc(scores: Numbers, signal: Truths, weights: Numbers | None = None) -> Roc:
    """The ROC curve of scores, with a point for every different one.

    Raises:
        UsageError: as `heights` does.
    """
    import numpy as np

    told, different = heights(scores, signal, weights)
    return Roc(*_curve(told), np.concatenate([[np.inf], different]))


def _curve(told: Heights) -> tuple[Numbers, Numbers]:
    """The efficiencies along the last axis, beginning with 0."""
    import numpy as np

    made = []
    for each in told:
        sums = np.cumsum(each, axis=-1)
        nothing = np.zeros((*sums.shape[:-1], 1))
        made.append(np.concatenate([nothing, sums / sums[..., -1:]], axis=-1))
    return made[0], made[1]


def area(told: Heights) -> Numbers:
    """The area under the ROC curve: how often the signal has the higher score, a tie counting half."""
    import numpy as np

    passed = np.cumsum(told.signal, axis=-1)
    total = passed[..., -1]
    wins = (told.background * (passed - told.signal / 2)).sum(axis=-1)
    found: Numbers = np.asarray(wins / (total * told.background.sum(axis=-1)))
    return found


def background_efficiency(told: Heights, at: float) -> Numbers:
    """The share of the background that passes where the share `at` of the signal does, linear between the thresholds.

    Where several thresholds pass just that signal, it is the highest of them, which passes the least background.
    """
    import numpy as np

    signal, background = _curve(told)
    flat = zip(signal.reshape(-1, signal.shape[-1]), background.reshape(-1, signal.shape[-1]), strict=True)
    found = np.array([_read_off(mine, other, at) for mine, other in flat])
    return found.reshape(signal.shape[:-1])


def _read_off(signal: Numbers, background: Numbers, at: float) -> float:
    import numpy as np

    above = min(int(np.searchsorted(signal, at, side="left")), len(signal) - 1)
    if above == 0 or signal[above] <= at:
        return float(background[above])
    rise = (at - signal[above - 1]) / (signal[above] - signal[above - 1])
    return float(background[above - 1] + rise * (background[above] - background[above - 1]))


def accuracy(right: Truths, weights: Numbers | None = None) -> float:
    """The share of the weight of rows that are `right`.

    Raises:
        UsageError: if the rows have no weight.
    """
    import numpy as np

    told = np.ones(len(right)) if weights is None else np.asarray(weights, np.float64)
    if (told < 0).any() or not told.sum() > 0:
        raise UsageError("the rows have no weight, or a negative one", remedy="Score without weights.")
    return float(told[right].sum() / told.sum())
