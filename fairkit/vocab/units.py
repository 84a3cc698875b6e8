"""Units of measurement usual in physics and its neighbours, and their codes in UCUM and QUDT."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from .table import index, load

__all__ = ["Unit", "find", "is_standard", "is_stated", "units"]

_SILENT = frozenset({"", "-", "—", "na", "n/a", "n.a.", "none"})
"""What stands in the place of a unit and says nothing: a pure number is `1`."""
_POWERS = str.maketrans({"^": "", "*": "", " ": "", "·": ""})


class Unit(NamedTuple):
    """`ucum` is the case-sensitive code, `qudt` an IRI; either may be empty. A pure number has the symbol `1`.

    `notations` are other ways to write the symbol (`cm^-1` for `1/cm`), `aliases` words, usual slips and jargon.
    """

    symbol: str
    name: str
    ucum: str
    qudt: str
    notations: tuple[str, ...]
    aliases: tuple[str, ...]

    @property
    def dimensionless(self) -> bool:
        """Whether it marks a pure number."""
        return self.symbol == "1"


@cache
def units() -> tuple[Unit, ...]:
    """Every unit of the table."""
    return load("units", Unit)


@lru_cache(maxsize=4096)
def find(text: str) -> Unit | None:
    """The unit that a symbol, a code or a name means.

    Case counts first (`MeV` is not `meV`); where that finds nothing, the case and plural of words are forgiven.
    """
    exact = _bare(text)
    folded = exact.casefold()
    forgiving = _forgiving()
    return _by_spelling().get(exact) or forgiving.get(folded) or forgiving.get(folded.removesuffix("s"))


@lru_cache(maxsize=4096)
def is_standard(text: str) -> bool:
    """Whether it is the symbol of a known unit, its code in UCUM or its IRI in QUDT; a name in words is none."""
    return _bare(text) in _by_notation()


@lru_cache(maxsize=4096)
def is_stated(text: str) -> bool:
    """Whether it means to name a unit at all, known or not; `N/A` and `none` do not."""
    return text.strip().casefold() not in _SILENT


def _bare(text: str) -> str:
    """A spelling as it is looked up, out of the brackets that some put around a unit; `[c]` is a code with its own."""
    exact = _exact(text)
    if exact.startswith("[") and exact not in _by_spelling():
        return exact[1:].removesuffix("]")
    return exact


def _exact(text: str) -> str:
    """A spelling without what means nothing: `GeV/c²`, `GeV / c^2` and `GeV/c**2` are all `GeV/c2`."""
    return unicodedata.normalize("NFKC", text).translate(_POWERS)


def _spellings(unit: Unit) -> Iterator[str]:
    return map(_exact, {unit.symbol, unit.name, unit.ucum, unit.qudt, *unit.notations, *unit.aliases})


@cache
def _by_spelling() -> dict[str, Unit]:
    return index(units(), _spellings)


@cache
def _by_notation() -> dict[str, Unit]:
    return index(units(), lambda unit: map(_exact, {unit.symbol, unit.ucum, unit.qudt, *unit.notations}))


@cache
def _forgiving() -> dict[str, Unit]:
    """Spellings without case, where case does not change the meaning and only one unit is meant."""
    found: dict[str, set[Unit]] = {}
    for unit in units():
        for spelling in filter(_ignores_case, _spellings(unit)):
            found.setdefault(spelling.casefold(), set()).add(unit)
    return {spelling: means.pop() for spelling, means in found.items() if len(means) == 1}


def _ignores_case(spelling: str) -> bool:
    """Words do, and symbols of three letters; but m and M, p and P are prefixes that case alone tells apart."""
    return (len(spelling) > 4 and spelling.isalpha()) or (len(spelling) > 2 and spelling[0] not in "mMpP")
