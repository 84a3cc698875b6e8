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
    every = list(results)
    found = {letter: _score([r for r in every if r.metric.principle[0] == letter]) for letter in LETTERS}
    return found | {"total": _score(every)}


def _score(results: list[Result]) -> Score | None:
    possible = sum(result.possible for result in results)
    if not possible:
        return None
    low, high = sum(result.low for result in results), sum(result.high for result in results)
    return Score(round(low / possible, 4), round(high / possible, 4))  # four places: the same on every machine
