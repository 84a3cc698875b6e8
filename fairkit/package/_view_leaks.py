"""The proof that nothing withheld is among the features: no column of X is, value by value, one that may not be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

__all__ = ["Leaks"]

_FIRST = 64
"""Rows that nearly always tell columns apart."""
_FEWEST = 8
"""Rows from which on it is no chance that a label is there with 0 and 1 exchanged."""


class Leaks:
    """Watches rows go by, and remembers which columns of the arrays are still equal to which that are withheld.

    A label of 0 and 1 counts as well with the two exchanged. What never changes tells nothing, and counts for nothing.
    """

    def __init__(self) -> None:
        self._equal: dict[str, Array] = {}
        self._first: dict[str, Any] = {}
        self._varies: set[str] = set()
        self._rows = 0

    def see(self, features: Array, withheld: Mapping[str, Array]) -> None:
        """Some rows: `features` (rows, columns), and withheld columns (rows,) by their names, all in float32."""
        import numpy as np

        self._rows += len(features)
        for name, column in withheld.items():
            for called, each in ((name, column), (f"\0{name}", 1 - column)):
                alive = self._equal.setdefault(called, np.ones(features.shape[1], bool))
                for rows in (slice(0, _FIRST), slice(_FIRST, None)):
                    places = np.flatnonzero(alive)
                    part = features[rows][:, places]
                    same = (part == each[rows, None]) | (np.isnan(part) & np.isnan(each[rows, None]))
                    alive[places] = same.all(axis=0)
            self._watch(name, column)

    def _watch(self, name: str, column: Array) -> None:
        import numpy as np

        if name not in self._varies and len(column):
            first = self._first.setdefault(name, column[0])
            if not np.array_equal(column, np.full_like(column, first), equal_nan=True):
                self._varies.add(name)

    def found(self) -> list[tuple[int, str]]:
        """The columns of the features that are equal to something withheld, and to what."""
        import numpy as np

        few = self._rows < _FEWEST
        equal = {called: alive for called, alive in self._equal.items() if not (few and called.startswith("\0"))}
        told = [(called.lstrip("\0"), alive) for called, alive in equal.items()]
        return sorted({(int(i), name) for name, alive in told if name in self._varies for i in np.flatnonzero(alive)})
