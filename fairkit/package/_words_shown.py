"""How what was described is said to people, the same on a terminal, in a datasheet and on a page."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from fairkit.model.resource import Resource
from fairkit.model.variable import Variable

from .words import Description, Finding, Guess, Overlap, Statistics

__all__ = [
    "BARS", "classes", "compared", "guesses_of", "number", "place", "range_of", "shape", "size", "spark", "title",
    "whole",
]  # fmt: skip

BARS = "▁▂▃▄▅▆▇█"
_KINDS = (1000.0, ("bytes", "kB", "MB", "GB", "TB"))
_NAMED = 4


def title(found: Description) -> str:
    """What the data are called: their title, or what was asked for."""
    return found.resource.title or found.target


def size(count: int) -> str:
    """A number of bytes."""
    step, units = _KINDS
    value = float(count)
    for unit in units[:-1]:
        if value < step:
            return f"{value:,.0f} {unit}" if unit == "bytes" else f"{value:,.1f} {unit}"
        value /= step
    return f"{value:,.1f} {units[-1]}"


def number(value: float | None) -> str:
    """A number with four digits that count; nothing for none."""
    if value is None:
        return ""
    if value == int(value) and abs(value) < 1e6:
        return f"{int(value):,}"
    return f"{value:.4g}"


def shape(variable: Variable) -> str:
    """The type and the shape of an entry: `float32[60×4]`, a star for a free length."""
    lengths = "×".join("*" if length is None else str(length) for length in variable.shape or ())
    return f"{variable.dtype or '?'}[{lengths}]" if lengths else variable.dtype or "?"


def range_of(variable: Variable) -> str:
    """The documented range: `0 … 1`."""
    if variable.range is None:
        return ""
    low, high = (math.nan if bound is None else bound for bound in variable.range)
    return f"{'−∞' if low != low else number(low)} … {'∞' if high != high else number(high)}"


def spark(stats: Statistics, width: int = 12) -> str:
    """The histogram as a row of little bars."""
    counts = list(stats.histogram.counts) if stats.histogram else []
    if not counts or not any(counts):
        return ""
    groups = [sum(counts[begin:end]) for begin, end in _parts(len(counts), width)]
    most = max(groups)
    return "".join(BARS[math.ceil(group / most * (len(BARS) - 1))] if group else " " for group in groups)


def _parts(length: int, number: int) -> list[tuple[int, int]]:
    edges = [place * length // min(number, length) for place in range(min(number, length) + 1)]
    return list(pairwise(edges))


def whole(found: Description) -> dict[str, Statistics]:
    """The numbers of each variable over all the data."""
    return {one.variable: one for one in found.stats if one.split is None and one.by is None}


def guesses_of(found: Description) -> dict[tuple[str, str], Guess]:
    """The guesses by what they are about and by the field."""
    return {(guess.subject, guess.field): guess for guess in found.guessed}


def classes(variable: Variable, stats: Statistics) -> list[tuple[str, str, int, float]]:
    """The values of a label: each with its name, its count and its share."""
    names: Mapping[str, str] = dict(variable.classes)
    total = sum(count for _, count in stats.values) or 1
    return [(value, names.get(value, ""), count, count / total) for value, count in stats.values]


def compared(resource: Resource, overlaps: Sequence[Overlap]) -> list[tuple[bool, str]]:
    """What holding the splits against each other showed: whether it is well, in a sentence each."""
    told: list[tuple[bool, str]] = []
    pairs = [each for each in overlaps if each.one != each.other]
    if pairs and not any(each.rows for each in pairs):
        one, other = pairs[0].one, pairs[0].other
        said = "No row is in more than one split" if len(pairs) > 1 else f"No row of {one} is in {other}"
        told.append((True, f"{said}: compared row by row, by {_columns(pairs[0])}."))
    for each in overlaps:
        if each.rows:
            there = "in it more than once" if each.one == each.other else f"in {each.other} too"
            told.append((False, f"{each.rows:,} rows of {each.one} are {there}, by {_columns(each)}."))
    return told


def _columns(overlap: Overlap) -> str:
    names = ", ".join(overlap.columns[:_NAMED])
    rest = len(overlap.columns) - _NAMED
    return f"{names} and {rest:,} more" if rest > 0 else names


def place(finding: Finding) -> str:
    """Where something was found: `fairkit.toml:12`."""
    return f"{finding.file}:{finding.line}" if finding.file and finding.line else finding.file or ""
