"""Columns whose names differ by a number only are one array: `E_0`, `E_1` … `E_199` are `E_{0..199}`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from fairkit.model.variable import Variable

__all__ = ["FOUR_VECTOR", "expand", "folded"]

_NUMBERED = re.compile(r"(?P<stem>.*?[^\W\d])(?P<gap>[_.\[-]?)(?P<number>\d{1,6})(?P<end>\]?)")
_PATTERN = re.compile(r"(?P<begin>[^{}]*)\{(?P<first>\d{1,6})\.\.(?P<last>\d{1,6})\}(?P<end>[^{}]*)")
_MOST = 100_000
"""Columns that a pattern may stand for: it may come from a stranger."""
_FEWEST = {True: 4, False: 8}
"""Columns that make an array, with and without a sign before the number: `x1`, `x2`, `x3` may well be three things."""
FOUR_VECTOR = frozenset({"e", "energy", "px", "py", "pz", "pt", "eta", "phi", "m", "mass"})
"""Names of the components of a momentum, in lower case."""


def expand(pattern: str) -> tuple[str, ...]:
    """The columns that a pattern such as `E_{0..199}` names; one without braces names itself."""
    found = _PATTERN.fullmatch(pattern)
    if not found or int(found["last"]) - int(found["first"]) >= _MOST:
        return (pattern,)
    first, last = found["first"], found["last"]
    width = len(first) if first.startswith("0") and len(first) > 1 else 0
    numbers = range(int(first), int(last) + 1)
    return tuple(f"{found['begin']}{number:0{width}d}{found['end']}" for number in numbers)


def folded(columns: Sequence[Variable], *, keep: Iterable[str] = ()) -> tuple[Variable, ...]:
    """The columns, with those that are numbered without a gap and alike in type and shape folded into one array.

    The array stands where its first column stood. The columns named in `keep` are described one by one, and stay.
    """
    families: dict[tuple[str, str, str], list[tuple[int, Variable]]] = defaultdict(list)
    for column in columns:
        if found := _NUMBERED.fullmatch(column.name):
            families[found["stem"], found["gap"], found["end"]].append((int(found["number"]), column))
    described = frozenset(keep)
    taken = {column.name for column in columns}
    arrays: dict[str, Variable] = {}
    for family, numbered in families.items():
        array = _array(family, numbered, described)
        if array is not None:
            name = array.columns if array.name in taken and array.columns else array.name
            arrays.update(dict.fromkeys((column.name for _, column in numbered), replace(array, name=name)))
    return tuple({made.name: made for made in (arrays.get(column.name, column) for column in columns)}.values())


def _array(
    family: tuple[str, str, str], numbered: Sequence[tuple[int, Variable]], described: frozenset[str]
) -> Variable | None:
    stem, gap, end = family
    first, one = min(numbered, key=lambda each: each[0])
    last = max(number for number, _ in numbered)
    if first not in (0, 1) or last - first + 1 != len(numbered) or len(numbered) < _FEWEST[bool(gap)]:
        return None
    digits = one.name.removeprefix(stem + gap).removesuffix(end)
    pattern = f"{stem}{gap}{{{digits}..{last}}}{end}"
    names = {column.name for _, column in numbered}
    alike = {(column.dtype, column.shape) for _, column in numbered}
    if len(alike) > 1 or names & described or set(expand(pattern)) != names:
        return None
    return replace(one, name=stem, shape=(len(numbered), *(one.shape or ())), columns=pattern)
