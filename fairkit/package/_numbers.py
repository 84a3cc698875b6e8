"""What the numbers of a column are: counted, summed and sketched in one pass, in blocks, and mergeable.

The mean and the sum of squared differences are put together by the formulas of Chan, Golub and LeVeque (1979), so that
no order of the parts loses digits.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ._sketch import BINS, Sketch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Numbers"]

_BLOCK = 65_536
"""Values that are taken at once: their copies stay in the processor's cache."""
_MOST_DISTINCT = 256


class Numbers:
    """Counts and moments of numbers; `whole` ones and truth values are never NaN."""

    __slots__ = ("count", "distinct", "infinite", "least", "mean", "most", "nan", "sketch", "squares", "whole", "zeros")

    def __init__(self, *, whole: bool) -> None:
        self.whole = whole
        self.count = self.nan = self.infinite = self.zeros = 0
        self.least, self.most = math.inf, -math.inf
        self.mean = self.squares = 0.0
        self.sketch = Sketch()
        self.distinct: dict[float, int] | None = None if whole else {}
        """Every value of fractional numbers with its count, while there are few; the sketch has whole ones."""

    @property
    def finite(self) -> int:
        """How many of the values are finite."""
        return self.count - self.nan - self.infinite

    def add(self, values: NDArray[Any]) -> None:
        """Count values: a flat array of numbers."""
        for start in range(0, len(values), _BLOCK):
            self._block(values[start : start + _BLOCK])

    def _block(self, block: NDArray[Any]) -> None:
        import numpy as np

        number = len(block)
        least, most = block.min(), block.max()
        if not self.whole and not (np.isfinite(least) and np.isfinite(most)):  # NaN is passed on by both
            nan = int(np.count_nonzero(np.isnan(block)))
            block = block[np.isfinite(block)]
            self.nan += nan
            self.infinite += number - nan - len(block)
            self.count += number - len(block)
            if not len(block):
                return
            least, most = block.min(), block.max()
        if least <= 0 <= most:
            self.zeros += int(np.count_nonzero(block == 0))
        self._finite(block.astype(np.float64), float(least), float(most))

    def _finite(self, values: Floats, least: float, most: float) -> None:
        """Count finite values into moments and sketch; the array is used up.

        All is computed in bins of the window, from its middle: the numbers are small there, and none is far off.
        """
        import numpy as np

        if self.distinct is not None:
            self._count_distinct(values)
        if not self.sketch.is_open:
            self.sketch.open(values, whole=self.whole)
        outside = self._outside(values, least, most)
        low, width = self.sketch.edges[0], self.sketch.width
        middle = low + BINS // 2 * width
        values -= middle
        values *= 1 / width
        number = len(values)
        with np.errstate(over="ignore", invalid="ignore"):
            total, squares = float(values.sum()), float(np.einsum("i,i->", values, values))
            spread = squares - total * total / number
            if not spread * 1e6 > squares:  # the mean is far from the middle: its square would eat the digits
                apart = values - total / number
                spread = float(np.einsum("i,i->", apart, apart))
            self._join(number, middle + total / number * width, spread * width * width)
        values += BINS // 2
        self.sketch.add((values if outside is None else values[~outside]).astype(np.intp))
        self.least, self.most = min(self.least, least), max(self.most, most)

    def _outside(self, values: Floats, least: float, most: float) -> NDArray[np.bool_] | None:
        """Which values lie outside the window, counted as such; it grows if they are many."""
        low, high = self.sketch.edges
        if low <= least and most < high:
            return None
        outside = (values < low) | (values >= high)
        if 4 * outside.sum() > len(values):
            self.sketch.reach(values)
            low, high = self.sketch.edges
            outside = (values < low) | (values >= high)
        self.sketch.add_outside(values[outside])
        return outside

    def _count_distinct(self, values: Floats) -> None:
        import numpy as np

        counts, self.distinct = self.distinct or {}, None
        if len(np.unique(values[:_MOST_DISTINCT])) > _MOST_DISTINCT // 2:
            return  # as for most fractions: seen at the first look
        found, times = np.unique(values, return_counts=True)
        self.distinct = _added(counts, zip(found.tolist(), times.tolist(), strict=True))

    def _join(self, number: int, mean: float, squares: float) -> None:
        """Put the moments of so many more values to those at hand."""
        have, self.count = self.finite, self.count + number
        apart = mean - self.mean
        share = number / (have + number)
        self.mean = self.mean + apart * share if have else mean
        self.squares += squares + (apart * apart * have * share if have else 0.0)

    def merge(self, other: Numbers) -> None:
        """Count what another has counted."""
        self.whole = self.whole and other.whole
        both = None not in (self.distinct, other.distinct)
        self.distinct = _added(self.distinct or {}, (other.distinct or {}).items()) if both else None
        if other.finite:
            self._join(other.finite, other.mean, other.squares)
            self.sketch.merge(other.sketch)
        self.nan, self.infinite, self.zeros = (
            self.nan + other.nan, self.infinite + other.infinite, self.zeros + other.zeros,
        )  # fmt: skip
        self.count += other.nan + other.infinite
        self.least, self.most = min(self.least, other.least), max(self.most, other.most)


def _added(counts: dict[float, int], more: Any) -> dict[float, int] | None:
    """The counts with those of more values; None once there are too many."""
    for value, count in more:
        counts[value] = counts.get(value, 0) + count
    return counts if len(counts) <= _MOST_DISTINCT else None
