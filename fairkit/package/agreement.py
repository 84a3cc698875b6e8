"""Whether two descriptions of one work agree on title, licence, version, DOI and creators: what readers ask first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource
from fairkit.vocab import identifiers, licences

__all__ = ["Disagreement", "disagreements"]


class Disagreement(NamedTuple):
    """A field of which two descriptions tell different things, and what each tells."""

    field: str
    one: str
    other: str


def disagreements(one: Resource, other: Resource, *, known: Callable[[str], bool] = bool) -> Iterator[Disagreement]:
    """The fields that both have and that mean different things; `known` says which fields of the other to look at."""
    for field, meaning in _MEANINGS.items():
        mine, theirs = getattr(one, field), getattr(other, field)
        a, b = (meaning(each) if each else None for each in (mine, theirs))
        if a and b and a != b and known(field):
            yield Disagreement(field, _told(mine), _told(theirs))


def _words(text: str) -> str:
    return " ".join(text.casefold().split())


def _licence(text: str) -> str:
    found = licences.find(text)
    return found.id if found else _words(text)


def _version(text: str) -> str:
    return _words(text).removeprefix("v").strip(" .")


def _doi(every: tuple[Identifier, ...]) -> tuple[str, str] | None:
    """The DOI, if there is one and no more: a work may have one for each version, and one for all."""
    dois = {identifiers.key(one) for one in every if one.scheme == "doi"}
    return dois.pop() if len(dois) == 1 else None


def _creators(every: tuple[Agent, ...]) -> frozenset[str]:
    """The family names: given names are written in many ways."""
    return frozenset(_family(one.name) for one in every)


def _family(name: str) -> str:
    family, comma, _ = name.partition(",")
    return _words(family if comma else name.split()[-1] if name.split() else name)


_MEANINGS: Mapping[str, Callable[[Any], Any]] = {
    "title": _words,
    "license": _licence,
    "version": _version,
    "identifiers": _doi,
    "creators": _creators,
}


def _told(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(one.name if isinstance(one, Agent) else str(one) for one in value)
    return str(value)
