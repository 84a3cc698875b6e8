"""Scores: what share of the points was earned, per letter and in all. The rules were fixed before any example.

Weights are essential 3, important 2, useful 1 unless the checklist gives points; partial is half. What is not
applicable or pending leaves the denominator. With unknowns a score is an interval: earned over possible, to earned
plus unknown over possible. A letter of which nothing applies has no score.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .engine import Result

__all__ = ["LETTERS", "Score", "scores"]

LETTERS = ("F", "A", "I", "R")


class Score(NamedTuple):
    """A share of points between 0 and 1: an interval where something is unknown."""

    low: float
    high: float


def scores(results: Iterable[Result]) -> dict[str, Score | None]:
    """The score of each letter, and of `total`."""
    sums = {letter: [0.0, 0.0, 0.0] for letter in LETTERS}
    for metric, _, low, high, possible, _ in results:
        if possible:
            of = sums[metric.principle[0]]
            of[0] += low
            of[1] += high
            of[2] += possible
    total = [sum(column) for column in zip(*sums.values(), strict=True)]
    return {letter: _score(*of) for letter, of in sums.items()} | {"total": _score(*total)}


def _score(low: float, high: float, possible: float) -> Score | None:
    if not possible:
        return None
    return Score(round(low / possible, 4), round(high / possible, 4))  # four places: the same on every machine
