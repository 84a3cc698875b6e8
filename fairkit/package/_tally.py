"""What the values of one variable are: numbers or texts, how long its lists, how its arrays are padded."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ._numbers import Numbers
from ._sketch import Bins
from .words import Histogram, Lengths, Padded, Statistics

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Tally", "frequencies", "histogram", "quantiles", "written"]

QUANTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
_DRAWN = 40
"""Bins of the histogram that is told."""
_FEW = 64
"""Different values that are told one by one."""
_MOST_TEXTS = 1000


class Tally:
    """Counts of the values of a variable; those of the parts of the data are merged into one."""

    __slots__ = ("empty", "entries", "lengths", "missing", "null", "numbers", "padding", "texts", "texts_count", "used")

    def __init__(self) -> None:
        self.entries = self.null = self.empty = self.texts_count = 0
        self.missing: int | None = None
        self.numbers: Numbers | None = None
        self.texts: dict[str, int] | None = {}
        """Every text with its count; None once there are too many."""
        self.lengths: tuple[int, int, int, int, int] | None = None
        """Of lists: how many, the shortest, the longest, their sum, how many are empty."""
        self.padding: float | None = None
        self.used: tuple[int, int, int, int, int] | None = None
        """Of padded arrays: how many, the fewest and the most places used, their sum, places that are padded."""

    def add_numbers(self, values: NDArray[Any]) -> None:
        """Count numbers, whole ones by their type."""
        if self.numbers is None:
            self.numbers = Numbers(whole=values.dtype.kind != "f")
        self.numbers.add(values)

    def add_texts(self, found: dict[str, int]) -> None:
        """Count texts by their values."""
        self.texts_count += sum(found.values())
        self.empty += found.get("", 0)
        if self.texts is not None:
            for text, count in found.items():
                self.texts[text] = self.texts.get(text, 0) + count
            if len(self.texts) > _MOST_TEXTS:
                self.texts = None

    def add_lengths(self, lengths: NDArray[Any]) -> None:
        """Count the lengths of lists."""
        if len(lengths):
            told = (lengths.size, lengths.min(), lengths.max(), lengths.sum(), (lengths == 0).sum())
            self.lengths = _ranges(self.lengths, _whole(told))

    def add_used(self, used: NDArray[np.intp], places: int, values: int) -> None:
        """Count how many of the `places` of arrays are used, each of so many `values`."""
        padded = (places * used.size - int(used.sum())) * values
        self.used = _ranges(self.used, _whole((used.size, used.min(), used.max(), used.sum(), padded)))

    def merge(self, other: Tally) -> None:
        """Count what another has counted."""
        self.entries += other.entries
        self.null += other.null
        if other.missing is not None:
            self.missing = (self.missing or 0) + other.missing
        if other.numbers is not None:
            if self.numbers is None:
                self.numbers = Numbers(whole=other.numbers.whole)
            self.numbers.merge(other.numbers)
        if other.texts is None:
            self.texts = None
        self.add_texts(other.texts or {})
        self.texts_count += other.texts_count - sum((other.texts or {}).values())
        self.empty += other.empty - (other.texts or {}).get("", 0)
        self.lengths = _ranges(self.lengths, other.lengths)
        if self.used is not None and other.used is not None and self.padding != other.padding:
            self.used = None
        else:
            self.padding = other.padding if self.padding is None else self.padding
            self.used = _ranges(self.used, other.used)

    def told(self, variable: str, **where: str | None) -> Statistics:
        """The counts as a word; `where` says of which split, or for which value of which other variable."""
        numbers = self.numbers
        common: dict[str, Any] = {
            "variable": variable,
            **where,
            "entries": self.entries,
            "null": self.null,
            "missing": self.missing,
            "lengths": _lengths(self.lengths),
        }
        if numbers is None:
            return Statistics(
                **common, count=self.texts_count, zeros=self.empty, values=_most_frequent(self.texts or {})
            )
        counted: dict[str, Any] = {
            "count": numbers.count,
            "nan": numbers.nan,
            "infinite": numbers.infinite,
            "zeros": numbers.zeros,
        }
        if not numbers.finite:
            return Statistics(**common, **counted)
        return Statistics(
            **common,
            **counted,
            minimum=numbers.least,
            maximum=numbers.most,
            mean=_finite(numbers.mean),
            std=_finite(math.sqrt(max(numbers.squares, 0.0) / numbers.finite)),
            **quantiles(numbers),
            histogram=histogram(numbers, without=self._filling),
            values=tuple((written(value), count) for value, count in sorted(frequencies(numbers).items())),
            padded=self._padded(),
        )

    @property
    def _filling(self) -> tuple[float, int] | None:
        """The value that fills unused places, and how many it fills."""
        if self.used is None or self.padding is None or not self.used[4]:
            return None
        return self.padding, self.used[4]

    def _padded(self) -> Padded | None:
        if self.used is None or self._filling is None:
            return None
        number, least, most, total, places = self.used
        value = self._filling[0]
        mean, std = _without(self.numbers, value, places) if self.numbers else (None, None)
        return Padded(
            value=written(value),
            places=places,
            least=least,
            most=most,
            mean=total / number,
            mean_used=mean,
            std_used=std,
        )


def frequencies(numbers: Numbers) -> dict[float, int]:
    """Every finite value with its count; nothing where they are many."""
    sketch = numbers.sketch
    if numbers.distinct is not None and not numbers.whole:
        return numbers.distinct if len(numbers.distinct) <= _FEW else {}
    if not numbers.whole or not sketch.is_exact:
        return {}
    bins = sketch.bins()
    if len(bins.low) > _FEW:
        return {}
    return {low: int(count) for low, count in zip(bins.low.tolist(), bins.held.tolist(), strict=True)}


def _without(numbers: Numbers, value: float, places: int) -> tuple[float | None, float | None]:
    """The mean and the standard deviation of the values without so many of one value."""
    left = numbers.finite - places if math.isfinite(value) else numbers.finite
    if left <= 0:
        return None, None
    if not math.isfinite(value):
        return _finite(numbers.mean), _finite(math.sqrt(max(numbers.squares, 0.0) / left))
    mean = numbers.mean + (numbers.mean - value) * (places / left)
    squares = numbers.squares - (mean - value) ** 2 * (places * (left / (places + left)))
    return _finite(mean), _finite(math.sqrt(max(squares, 0.0) / left))


def _most_frequent(texts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    ordered = sorted(texts.items(), key=lambda each: (-each[1], each[0]))
    return tuple(ordered) if len(ordered) <= _FEW else ()


def quantiles(numbers: Numbers) -> dict[str, Any]:
    """The quantiles, and how far they may be off: by the width of the bins that they lie in."""
    import numpy as np

    bins = numbers.sketch.bins()
    until = np.cumsum(bins.held)
    ranks = np.ceil(np.array(QUANTILES) * numbers.finite).clip(1, numbers.finite)
    at = np.searchsorted(until, ranks)
    before = until[at] - bins.held[at]
    exact = numbers.whole and numbers.sketch.is_exact
    width = np.zeros(len(at)) if exact else bins.high[at] - bins.low[at]
    values = bins.low[at] + width * ((ranks - before) / bins.held[at])
    values = values.clip(numbers.least, numbers.most)
    error = _finite(float(width.max()) + numbers.sketch.slack)
    return {
        "quantiles": tuple(zip(QUANTILES, values.tolist(), strict=True)),
        "quantile_error": error,
    }


def histogram(numbers: Numbers, *, without: tuple[float, int] | None = None) -> Histogram | None:
    """The values in bins of one width; few values far out are counted beside them.

    It may be drawn `without` so many values of one kind: what fills up arrays.
    """
    import numpy as np

    bins = numbers.sketch.bins()
    if without is not None:
        bins = _taken_out(bins, *without)
    low, high = _drawn(numbers, bins)
    if not math.isfinite(high - low) or not high > low:
        return None
    step = (high - low) / _DRAWN
    number = _DRAWN
    if numbers.whole and numbers.sketch.power <= 0:
        step = max(1.0, math.ceil((high - low) / _DRAWN))
        number = math.ceil((high - low) / step)
        high = low + number * step
    edges: NDArray[np.float64] = low + step * np.arange(number + 1, dtype=np.float64)
    below = np.rint(_below(bins, edges, numbers))
    counts = tuple(int(count) for count in np.diff(below))
    above = int(bins.held.sum()) - int(below[-1])
    return Histogram(low=low, high=high, counts=counts, below=int(below[0]), above=above)


def _taken_out(bins: Bins, value: float, number: int) -> Bins:
    """The bins without so many values of one kind."""
    import numpy as np

    there = (bins.low <= value) & ((value < bins.high) | (bins.low == value))
    held = bins.held.copy()
    if there.any():
        held[np.argmax(there)] = max(held[np.argmax(there)] - number, 0)
    kept = held > 0
    return Bins(bins.low[kept], bins.high[kept], held[kept])


def _drawn(numbers: Numbers, bins: Bins) -> tuple[float, float]:
    """All values, unless nearly all lie in a small part of their range: then that part."""
    import numpy as np

    least, most = numbers.least, numbers.most
    if numbers.whole:
        most += 1
    until = np.cumsum(bins.held)
    if not len(until) or not until[-1]:
        return 0.0, 0.0
    first, last = np.searchsorted(until, [0.005 * until[-1], 0.995 * until[-1]])
    low, high = float(bins.low[first]), float(bins.high[last])
    if high > low and (most - least) > 4 * (high - low):
        room = (high - low) / 10
        least, most = max(least, low - room), min(most, high + room)
    if numbers.whole:
        least, most = math.floor(least), math.ceil(most)
    return (least, most) if most > least else (least - 0.5, most + 0.5)


def _below(bins: Bins, edges: NDArray[np.float64], numbers: Numbers) -> NDArray[np.float64]:
    """How many values lie below each edge, those in a bin spread evenly over it; all below the last that holds all."""
    import numpy as np

    low = bins.low if numbers.whole else np.maximum(bins.low, numbers.least)
    high = bins.high if numbers.whole else np.minimum(bins.high, numbers.most)
    wide = high > low
    shares = (edges[:, None] - low[None, :]) / np.where(wide, high - low, 1.0)
    shares = np.where(wide, shares.clip(0, 1), edges[:, None] > low)
    below: NDArray[np.float64] = shares @ bins.held
    if edges[-1] >= numbers.most:
        below[-1] = bins.held.sum()
    return below


def written(value: float) -> str:
    """A number as people write it: whole ones without a point."""
    return str(int(value)) if math.isfinite(value) and value == int(value) and abs(value) < 1e15 else repr(value)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _whole(numbers: tuple[Any, ...]) -> tuple[int, int, int, int, int]:
    one, least, most, total, rest = (int(number) for number in numbers)
    return one, least, most, total, rest


def _ranges(
    one: tuple[int, int, int, int, int] | None, other: tuple[int, int, int, int, int] | None
) -> tuple[int, int, int, int, int] | None:
    if one is None or other is None:
        return one or other
    return (
        one[0] + other[0], min(one[1], other[1]), max(one[2], other[2]), one[3] + other[3], one[4] + other[4],
    )  # fmt: skip


def _lengths(told: tuple[int, int, int, int, int] | None) -> Lengths | None:
    if told is None:
        return None
    number, least, most, total, empty = told
    return Lengths(least=least, most=most, mean=total / number, empty=empty)
