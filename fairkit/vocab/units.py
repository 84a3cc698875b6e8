"""Units of measurement usual in physics and its neighbours, and their codes in UCUM and QUDT."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from .table import index, load

__all__ = ["Unit", "find", "units"]

_POWERS = str.maketrans({"^": "", "*": "", " ": "", "·": ""})


class Unit(NamedTuple):
    """`ucum` is the case-sensitive code, `qudt` an IRI; either may be empty. A pure number has the symbol `1`."""

    symbol: str
    name: str
    ucum: str
    qudt: str
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
    exact = _exact(text)
    if exact.startswith("[") and exact not in _by_spelling():
        exact = exact[1:].removesuffix("]")
    folded = exact.casefold()
    forgiving = _forgiving()
    return _by_spelling().get(exact) or forgiving.get(folded) or forgiving.get(folded.removesuffix("s"))


def _exact(text: str) -> str:
    """A spelling without what means nothing: `GeV/c²`, `GeV / c^2` and `GeV/c**2` are all `GeV/c2`."""
    return unicodedata.normalize("NFKC", text).translate(_POWERS)


def _spellings(unit: Unit) -> Iterator[str]:
    return map(_exact, {unit.symbol, unit.name, unit.ucum, unit.qudt, *unit.aliases})


@cache
def _by_spelling() -> dict[str, Unit]:
    return index(units(), _spellings)


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
