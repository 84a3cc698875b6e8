"""How far a metric would lie from where it does, had other rows been drawn: by bootstrap, or by a formula.

The bootstrap is Poisson's: in each replica a row counts 0, 1, 2 … times, by Poisson's law with mean 1, each row by
itself. The rows of equal scores then count together by Poisson's law again, so it is enough to draw for each of at most
16,384 bins of neighbouring scores: 200 replicas of a million rows take a second instead of a minute. A bin of weighted
rows is drawn as so many rows of one weight as have its sum and its variance (Bohm and Zech, NIM A 748 (2014) 1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .scores import Heights, heights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Truths = NDArray[np.bool_]

__all__ = ["BINS", "REPLICAS", "SEED", "Drawn", "area_deviation", "drawn", "share_deviation", "shares"]

REPLICAS = 200
SEED = 1
BINS = 16_384
_AT_ONCE = 1 << 22
"""Numbers that are drawn at once: 32 MiB."""


class Drawn(NamedTuple):
    """Bins of rows as they are drawn: how many `counts` of rows, and the `weight` of each; shape `(bins,)`."""

    counts: Numbers
    weight: Numbers


def drawn(scores: Numbers, signal: Truths, weights: Numbers | None) -> tuple[Drawn, Drawn]:
    """The signal and the background in bins of neighbouring scores, from the highest down.

    Rows of equal scores stay together; where there are no more different scores than bins, each has its own.
    """
    import numpy as np

    told = np.ones(len(scores)) if weights is None else np.asarray(weights, np.float64)
    sums, different = heights(scores, signal, told)
    squares, _ = heights(scores, signal, told**2)
    starts = _starts(len(different), sums)
    found = []
    for total, square in ((sums.signal, squares.signal), (sums.background, squares.background)):
        first, second = np.add.reduceat(total, starts), np.add.reduceat(square, starts)
        weight = np.divide(second, first, out=np.ones_like(first), where=first > 0)
        found.append(Drawn(np.divide(first, weight, out=np.zeros_like(first), where=weight > 0), weight))
    return found[0], found[1]


def _starts(different: int, sums: Heights) -> NDArray[np.int64]:
    """Where bins begin, of about as much weight each, both classes counting alike."""
    import numpy as np

    if different <= BINS:
        return np.arange(different)
    along = np.cumsum(sums.signal / sums.signal.sum() + sums.background / sums.background.sum())
    number = np.minimum(along / along[-1] * BINS, BINS - 1).astype(np.int64)
    return np.flatnonzero(np.concatenate([[True], number[1:] != number[:-1]]))


def shares(bins: tuple[Drawn, Drawn], *, replicas: int = REPLICAS, seed: int = SEED) -> list[Heights]:
    """The bins of all replicas, in parts of shape `(some replicas, bins)`."""
    import numpy as np

    draw = np.random.default_rng(seed)
    some = max(1, _AT_ONCE // max(1, len(bins[0].counts)))
    made = []
    for begin in range(0, replicas, some):
        shape = (min(some, replicas - begin), len(bins[0].counts))
        signal, background = (draw.poisson(one.counts, shape) * one.weight for one in bins)
        made.append(Heights(signal, background))
    return made


def area_deviation(scores: Numbers, signal: Truths, weights: Numbers | None) -> float:
    """The standard deviation of the area under the curve (DeLong et al., Biometrics 44 (1988) 837).

    With weights each class counts as so many rows as have its relative variance.
    """
    import numpy as np

    told = np.ones(len(scores)) if weights is None else np.asarray(weights, np.float64)
    sums, different = heights(scores, signal, told)
    place = np.searchsorted(-different, -scores)
    below = 1 - (np.cumsum(sums.background) - sums.background / 2) / sums.background.sum()
    above = (np.cumsum(sums.signal) - sums.signal / 2) / sums.signal.sum()
    variance = 0.0
    for mine, wins in ((signal, below[place]), (~signal, above[place])):
        own, rows = told[mine], wins[mine]
        mean = float((own * rows).sum() / own.sum())
        number = float(own.sum() ** 2 / (own**2).sum())
        spread = float((own * (rows - mean) ** 2).sum() / own.sum())
        variance += spread / max(number - 1, 1)
    return float(np.sqrt(variance))


def share_deviation(share: float, weights: Numbers | int) -> float:
    """The standard deviation of a share of rows (binomial), with their weights or their number."""
    number = float(weights) if isinstance(weights, int) else float(weights.sum() ** 2 / (weights**2).sum())
    return float((max(share * (1 - share), 0.0) / number) ** 0.5)
