"""What the values of a dataset show to be wrong: beside what documents say of them, and beside each other."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from fairkit.model.variable import Variable

from ._scan import Scanned
from .files import Places
from .words import Description, Finding, Statistics

__all__ = ["findings"]

_MOST_NAMED = 6


def findings(
    found: Description, made: Sequence[Scanned], rows: Mapping[str, tuple[int, str]], place: Places
) -> list[Finding]:
    """All of it, the worst first; `rows` are the number and the digest of the rows of each split."""
    whole = {one.variable: one for one in found.stats if one.split is None and one.by is None}
    found_wrong = [*_overlaps(found), *_digests(found, rows, place), *_twins(found, made, whole)]
    for number, one in enumerate(found.resource.variables):
        if one.name in whole:
            file, line = place("variables", f"/{number}")
            found_wrong += [replace(each, file=file, line=line) for each in _of_variable(one, whole[one.name])]
    return [*found_wrong, *_miscounted(made), *_constant(whole)]


def _digests(found: Description, rows: Mapping[str, tuple[int, str]], place: Places) -> Iterator[Finding]:
    """The splits whose rows are not those that a document counts or has the digest of."""
    for number, split in enumerate(found.resource.splits):
        count, digest = rows.get(split.name, (split.entry_count, split.digest))
        file, line = place("splits", f"/{number}")
        said = split.entry_count
        text = f"the split {split.name} is said to have {said:,} entries, and has {count:,}" if said and count else ""
        if text and said != count and all(each.text != text for each in found.findings):
            yield Finding(kind="conflict", text=text, file=file, line=line)
        if split.digest != digest:
            text = f"the rows of the split {split.name} are not those of its digest: theirs is {digest}"
            yield Finding(kind="conflict", text=text, file=file, line=line)


def _overlaps(found: Description) -> Iterator[Finding]:
    for one in found.overlaps:
        by = f"by {len(one.columns):,} columns" if len(one.columns) > _MOST_NAMED else f"by {', '.join(one.columns)}"
        if one.rows and one.one == one.other:
            text = f"{one.rows:,} rows of {one.one} are there more than once, compared {by}"
            yield Finding(kind="duplicates", text=text)
        elif one.rows:
            yield Finding(kind="overlap", text=f"{one.rows:,} rows of {one.one} are in {one.other} too, compared {by}")


def _twins(found: Description, made: Sequence[Scanned], whole: dict[str, Statistics]) -> Iterator[Finding]:
    """Variables with the same values in every row of every file; that of a label is worth more than a word."""
    looked = [(one.twins, one.variables) for one in made if one.twins is not None]
    every = set[tuple[str, str]]().union(*(twins for twins, _ in looked))
    kept = {pair for pair in every if all(pair in twins or not known.issuperset(pair) for twins, known in looked)}
    roles = {one.name: one.role for one in found.resource.variables}
    guessed = {guess.subject: guess.value for guess in found.guessed if guess.field == "role"}
    for one, other in sorted(kept):
        if _is_constant(whole.get(one)) or _is_constant(whole.get(other)):
            continue
        ranks = [roles.get(name) or guessed.get(name) for name in (one, other)]
        if ranks.count("label") == 1:
            label, twin = (one, other) if ranks[0] == "label" else (other, one)
            yield Finding(kind="leak", text=f"{twin} equals the label {label} in every row")
        else:
            yield Finding(kind="identical", text=f"{one} and {other} are the same in every row")


def _of_variable(one: Variable, stats: Statistics) -> Iterator[Finding]:
    name = one.name
    if one.range and stats.minimum is not None and stats.maximum is not None:
        low = -math.inf if one.range[0] is None else one.range[0]
        high = math.inf if one.range[1] is None else one.range[1]
        if stats.minimum < low or stats.maximum > high:
            text = f"{name} is said to lie in {low:g} to {high:g}, and goes from {stats.minimum:g} to {stats.maximum:g}"
            yield Finding(kind="range", text=text)
    known = {value for value, _ in one.classes}
    strange = [value for value, _ in stats.values if known and value not in known]
    if strange:
        text = f"{name} has values that are no class of it: {', '.join(strange[:_MOST_NAMED])}"
        yield Finding(kind="values", text=text)
    for number, what in ((stats.nan, "no number"), (stats.infinite, "infinite")):
        if number and one.missing is None:
            text = f"{number:,} values of {name} are {what}, and no document says what that means"
            yield Finding(kind="values", text=text)
    if one.padding is not None and one.shape and stats.padded is None and stats.lengths is None and stats.count:
        yield Finding(kind="conflict", text=f"{name} is said to be padded with {one.padding}, and no place is")


def _miscounted(made: Sequence[Scanned]) -> Iterator[Finding]:
    total: dict[str, int] = {}
    for one in made:
        for name, number in one.miscounted.items():
            total[name] = total.get(name, 0) + number
    for name, number in total.items():
        if number:
            text = f"{number:,} lists of {name} are not as long as its counting variable says"
            yield Finding(kind="conflict", text=text)


def _constant(whole: dict[str, Statistics]) -> Iterator[Finding]:
    names = [name for name, stats in whole.items() if _is_constant(stats)]
    for name in names[:_MOST_NAMED]:
        value = whole[name].values[0][0] if whole[name].values else f"{whole[name].minimum:g}"
        yield Finding(kind="constant", text=f"{name} is {value} everywhere")
    if names[_MOST_NAMED:]:
        yield Finding(kind="constant", text=f"{len(names) - _MOST_NAMED:,} more variables have one value everywhere")


def _is_constant(stats: Statistics | None) -> bool:
    """Whether there are several values, all the same."""
    if stats is None or stats.count < 2 or stats.nan or stats.infinite:
        return False
    return len(stats.values) == 1 or (stats.minimum is not None and stats.minimum == stats.maximum)
