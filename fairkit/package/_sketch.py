"""A sketch of a distribution: values counted in bins, mergeable, and wrong by no more than it says.

The bulk of the values falls into a window of bins of one width, a power of two; what falls outside is kept as it is
while it is little, and then in bins whose width is a 128th of the value. Every value is counted, so a quantile is wrong
by less than the width of its bin, and by `slack` where values were moved to the middles of other bins.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

__all__ = ["BINS", "Bins", "Sketch"]

BINS = 2048
_MOST_EXACT = 1024
"""Different values outside the window that are kept as they are."""
_SAMPLE = 4096
_FAR = 4
"""Times its bulk by which a distribution has tails that are left out of the window."""
_LEAST_POWER, _MOST_POWER = -1000, 960
_ABOVE = 0x10000
"""Marks the key of a bin above the window: the width of a far bin may be more than that of the whole window."""


class Bins(NamedTuple):
    """Counts of values in intervals, in ascending order; one of no width is a single value."""

    low: Floats
    high: Floats
    held: Floats


class Sketch:
    """The distribution of finite numbers."""

    __slots__ = ("_coarse", "_counts", "_exact", "power", "slack", "start")

    def __init__(self) -> None:
        import numpy as np

        self.power = self.start = 0
        """The window begins at `start` widths; a width is two to the `power`."""
        self.slack = 0.0
        self._counts: Floats = np.zeros(0)
        self._exact: dict[float, int] = {}
        self._coarse: dict[int, int] = {}
        """By the upper half of the bits of the value as a float32."""

    @property
    def is_open(self) -> bool:
        """Whether there is a window."""
        return len(self._counts) > 0

    @property
    def is_exact(self) -> bool:
        """Whether every bin stands for one whole number or one value."""
        return self.power == 0 and not self._coarse and not self.slack

    @property
    def width(self) -> float:
        """The width of a bin of the window."""
        return math.ldexp(1.0, self.power)

    @property
    def edges(self) -> tuple[float, float]:
        """Where the window begins and ends."""
        return self.start * self.width, (self.start + BINS) * self.width

    def open(self, values: Floats, *, whole: bool) -> None:
        """Choose the window by some values, at least twice as wide as their bulk; whole numbers get bins of one."""
        low, high = _bulk(values)
        self._place(low, high, least=0 if whole else _LEAST_POWER, room=2)

    def reach(self, values: Floats) -> None:
        """Widen the window so that the bulk of these values is in it; what was counted stays counted."""
        low, high = _bulk(values)
        bins = self._inside()
        begin, end = (bins.low[0], bins.high[-1]) if len(bins.low) else (low, high)
        self._widen(min(low, begin), max(high, end), self.power)

    def _widen(self, low: float, high: float, power: int) -> None:
        inside, (points, times) = self._inside(), self._outside()
        self._place(low, high, least=power, room=2)
        self._exact, self._coarse = {}, {}
        self._add_points((inside.low + inside.high) / 2, inside.held)
        self._add_points(points, times)

    def _place(self, low: float, high: float, *, least: int, room: int) -> None:
        import numpy as np

        span = high / 2 - low / 2 or abs(low) / BINS or 1e-30
        power = math.ceil(math.log2(span) + math.log2(2 * room / BINS))
        self.power = max(least, min(max(power, _LEAST_POWER), _MOST_POWER))
        self.start = math.floor((low / 2 + high / 2) / self.width) - BINS // 2
        self._counts = np.zeros(BINS + 1)

    def add(self, places: Places) -> None:
        """Count values of the window, given by their places in it: the numbers of their bins."""
        import numpy as np

        self._counts += np.bincount(places, minlength=BINS + 1)

    def add_outside(self, values: Floats) -> None:
        """Count values that lie outside the window."""
        import numpy as np

        found, times = np.unique(values, return_counts=True)
        self._add_far(found, times.astype(np.float64))

    def merge(self, other: Sketch) -> None:
        """Count what another sketch has counted."""
        if not other.is_open:
            return
        if not self.is_open:
            self._place(*other.edges, least=other.power, room=1)
            self.power, self.start = other.power, other.start
        elif other.power > self.power:
            self._widen(*self.edges, other.power)
        self.slack = max(self.slack, other.slack)
        bins = other._inside()
        low, high = self.edges
        if ((bins.low < low) | (bins.high > high)).any():
            self.slack = max(self.slack, other.width)
        self._add_points((bins.low + bins.high) / 2, bins.held)
        self._merge_outside(other)

    def _merge_outside(self, other: Sketch) -> None:
        import numpy as np

        if self.edges != other.edges:
            points = other._outside()
            self.slack = max(self.slack, other.slack)
            self._add_points(*points)
            return
        self._add_far(np.array(list(other._exact), float), np.array(list(other._exact.values()), float))
        if other._coarse:
            for key, count in other._coarse.items():
                self._coarse[key] = self._coarse.get(key, 0) + count
            self._add_far(np.zeros(0), np.zeros(0))

    def bins(self) -> Bins:
        """All that was counted, from the least to the greatest."""
        import numpy as np

        begin, end = self.edges
        inside, single = self._inside(), np.array(list(self._exact), float)
        keys = np.array(list(self._coarse), np.int64)
        low, high = _far_edges(keys)
        above = keys >= _ABOVE
        low = np.where(above, np.maximum(low, end), low)
        high = np.where(above, high, np.minimum(high, begin))
        lows, highs = np.concatenate([inside.low, single, low]), np.concatenate([inside.high, single, high])
        counts = np.concatenate([inside.held, [*self._exact.values()], [*self._coarse.values()]])
        order = np.lexsort((highs, lows))
        return Bins(lows[order], highs[order], counts[order])

    def _inside(self) -> Bins:
        import numpy as np

        used = np.flatnonzero(self._counts)
        low = (self.start + np.minimum(used, BINS - 1)) * self.width
        return Bins(low, low + self.width, self._counts[used])

    def _outside(self) -> tuple[Floats, Floats]:
        """The values outside the window, or the middles of their bins, and how many there are of each."""
        import numpy as np

        low, high = _far_edges(np.array(list(self._coarse), np.int64))
        self.slack = max(self.slack, float((high - low).max(initial=0.0)))
        points = np.concatenate([np.array(list(self._exact), float), low / 2 + high / 2])
        return points, np.array([*self._exact.values(), *self._coarse.values()], float)

    def _add_points(self, points: Floats, times: Floats) -> None:
        """Count values that came so many times each, wherever they lie."""
        import numpy as np

        low, high = self.edges
        inside = (points >= low) & (points < high)
        places = ((points[inside] - low) / self.width).astype(np.intp)
        self._counts += np.bincount(places, weights=times[inside], minlength=BINS + 1)
        self._add_far(points[~inside], times[~inside])

    def _add_far(self, points: Floats, times: Floats) -> None:
        import numpy as np

        if self._coarse or len(self._exact) + len(points) > _MOST_EXACT:
            points = np.concatenate([points, np.array(list(self._exact), float)])
            times = np.concatenate([times, [*self._exact.values()]])
            self._exact = {}
            self._add_coarse(points, times)
            return
        for value, count in zip(points.tolist(), times.tolist(), strict=True):
            self._exact[value] = self._exact.get(value, 0) + int(count)

    def _add_coarse(self, points: Floats, times: Floats) -> None:
        import numpy as np

        with np.errstate(over="ignore"):
            keys = (points.astype(np.float32).view(np.uint32) >> 16).astype(np.int64)
        keys += _ABOVE * (points >= self.edges[1])
        found, back = np.unique(keys, return_inverse=True)
        sums = np.bincount(back, weights=times)
        for key, count in zip(found.tolist(), sums.tolist(), strict=True):
            self._coarse[key] = self._coarse.get(key, 0) + int(count)


def _bulk(values: Floats) -> tuple[float, float]:
    """Between which values all lie, or all but the outermost hundredths where these reach much farther."""
    import numpy as np

    sample = np.sort(values[:: max(1, len(values) // _SAMPLE)])
    cut = len(sample) // 100
    least, low, high, most = (float(sample[place]) for place in (0, cut, -1 - cut, -1))
    return (least, most) if most / 2 - least / 2 <= _FAR * (high / 2 - low / 2) or high == low else (low, high)


def _far_edges(keys: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """The least and the greatest value of the bins of these keys; the last begins where a float32 ends."""
    import numpy as np

    size = (keys & 0x7FFF).astype(np.uint32)
    least = (np.minimum(size, 0x7F7F) << 16).astype(np.uint32).view(np.float32).astype(float)
    most = (np.minimum(size + 1, 0x7F80) << 16).astype(np.uint32).view(np.float32).astype(float)
    most[size >= 0x7F7F] = np.finfo(float).max
    negative = keys & 0x8000 > 0
    return np.where(negative, -most, least), np.where(negative, -least, most)
