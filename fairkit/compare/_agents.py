"""People and organisations: who of one list is who of another, by identifiers first and by names then."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from fairkit.model.agent import Agent
from fairkit.vocab import identifiers

from ._tally import Likeness, Tally, listed

__all__ = ["agents", "match"]

_WORD = re.compile(r"\w+")


class Match(NamedTuple):
    """Who is who: the `pairs`, who is only in the first list, and who only in the second."""

    pairs: list[tuple[Agent, Agent]]
    ours: list[Agent]
    theirs: list[Agent]


def agents(ours: Sequence[Agent], theirs: Sequence[Agent], *, exclusive: bool) -> Likeness:
    """Two lists of agents; `exclusive` where each claims to be the whole list, so that no common name contradicts."""
    found = match(ours, theirs)
    tally = Tally()
    if exclusive and not found.pairs:
        us, them = (listed(agent.name for agent in every) for every in (ours, theirs))
        return Likeness("contradicts", f"{them}, not {us}")
    tally.members({id(a): a.name for a in found.ours}, {id(a): a.name for a in found.theirs})
    _identified(found.pairs, tally)
    tally.attributes("name", found.pairs, "affiliations")
    return tally.likeness()


def _identified(pairs: Sequence[tuple[Agent, Agent]], tally: Tally) -> None:
    """Count the identifiers that only one of each pair has, and name those that differ."""
    lost: dict[str, list[str]] = defaultdict(list)
    gained: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        us, them = _by_scheme(one), _by_scheme(other)
        for scheme in us.keys() | them.keys():
            if scheme not in them:
                lost[scheme].append(one.name)
            elif scheme not in us:
                gained[scheme].append(one.name)
            elif us[scheme].isdisjoint(them[scheme]):
                values = [min(side[scheme]) for side in (them, us)]
                tally.clashes.append(f"{one.name[:60]} has the {scheme.upper()} {values[0]}, not {values[1]}")
    for told, names in ((tally.lost, lost), (tally.gained, gained)):
        told += [f"the {scheme.upper()} of {listed(of_whom)}" for scheme, of_whom in sorted(names.items())]


def _by_scheme(agent: Agent) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for identifier in agent.identifiers:
        scheme, value = identifiers.key(identifier)
        found.setdefault(scheme, set()).add(value)
    return found


def match(ours: Sequence[Agent], theirs: Sequence[Agent]) -> Match:
    """Who is who: each agent is paired once, by the surest of identifier, whole name, and family with initial."""
    places: dict[Any, list[int]] = defaultdict(list)
    for index, agent in enumerate(theirs):
        for sign in _signs(agent):
            places[sign].append(index)
    free = set(range(len(theirs)))
    waiting = list(enumerate(ours))
    pairs: dict[int, int] = {}
    for kind in ("id", "name", "short"):
        left = []
        for number, agent in waiting:
            mine = [sign for sign in _signs(agent) if sign[0] == kind]
            found = next(
                (i for sign in mine for i in places[sign] if i in free and _may_be(agent, theirs[i], kind)), None
            )
            if found is None:
                left.append((number, agent))
            else:
                free.remove(found)
                pairs[number] = found
        waiting = left
    return Match(
        [(ours[number], theirs[found]) for number, found in sorted(pairs.items())],
        [agent for _, agent in waiting],
        [theirs[index] for index in sorted(free)],
    )


def _signs(agent: Agent) -> Iterator[tuple[str, Any]]:
    """By what an agent may be known again."""
    for identifier in agent.identifiers:
        yield "id", identifiers.key(identifier)
    words = _words(agent.name)
    yield "name", tuple(sorted(words))
    if agent.type != "organisation" and (given := _given(agent.name)):
        yield "short", (_family(agent.name), given[0][0])


def _may_be(one: Agent, other: Agent, kind: str) -> bool:
    """Whether two agents can be one: given names that are both written out must be the same."""
    if kind != "short":
        return True
    first, second = _given(one.name)[0], _given(other.name)[0]
    return len(first) == 1 or len(second) == 1 or first == second


def _words(name: str) -> list[str]:
    """The words of a name, without case and accents."""
    letters = unicodedata.normalize("NFKD", name[:500]).casefold()
    return _WORD.findall("".join(c for c in letters if not unicodedata.combining(c)))


def _family(name: str) -> tuple[str, ...]:
    before, comma, _ = name.partition(",")
    return tuple(_words(before)) if comma else tuple(_words(name)[-1:])


def _given(name: str) -> list[str]:
    _, comma, after = name.partition(",")
    return _words(after) if comma else _words(name)[:-1]
