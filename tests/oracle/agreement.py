"""Agreement of two lists of points: the share of equal ones for each metric and test, and the floor beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import fmean
from typing import NamedTuple

from .cases import Case

__all__ = ["Row", "macro", "rows"]

_NEAR = 1e-6


class Row(NamedTuple):
    """One metric or test over many cases.

    `agreement` is the share of cases with equal points, `floor` that of the commonest points of F-UJI: what somebody
    reaches who always says the same. `apart` are the cases that differ, by (ours, theirs).
    """

    name: str
    agreement: float
    floor: float
    apart: dict[tuple[float, float], list[str]]


def rows(cases: Sequence[Case], *, metrics: bool) -> list[Row]:
    """A row for each metric, or for each test, in F-UJI's order."""
    names = [name for name in cases[0].theirs if _is_metric(name) == metrics]
    return [_row(name, cases) for name in names]


def _is_metric(name: str) -> bool:
    """`FsF-F2-01M` is a metric, `FsF-F2-01M-3` one of its tests."""
    return name.count("-") == 2


def _row(name: str, cases: Sequence[Case]) -> Row:
    apart: dict[tuple[float, float], list[str]] = {}
    for case in cases:
        ours, theirs = case.ours.get(name, 0.0), case.theirs[name]
        if abs(ours - theirs) > _NEAR:
            apart.setdefault((ours, theirs), []).append(case.id)
    equal = len(cases) - sum(map(len, apart.values()))
    commonest = Counter(case.theirs[name] for case in cases).most_common(1)[0][1]
    return Row(name, equal / len(cases), commonest / len(cases), apart)


def macro(every: Sequence[Row]) -> tuple[float, float]:
    """The mean of the agreements and of the floors: each metric counts the same."""
    return fmean(row.agreement for row in every), fmean(row.floor for row in every)
