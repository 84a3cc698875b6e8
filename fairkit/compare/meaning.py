"""What two values of one field mean to each other: the same, less, more, or something that cannot be true as well."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from fairkit.model.agent import Agent, Funding
from fairkit.model.distribution import Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Relation
from fairkit.model.resource import Resource, Subject
from fairkit.model.variable import Split, Variable
from fairkit.vocab import identifiers, licences, media_types, relations, units
from fairkit.vocab.table import plain

from . import _models as models
from ._agents import agents
from ._tally import SAME, Likeness, Tally, listed, poorer_or_richer, sets

__all__ = ["Likeness", "likeness"]

_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?([T ].*)?$")
_ROUNDED = 0.005
"""Sizes that agree to three digits are one size that somebody rounded (244.9 GB)."""
_KEPT = 0.9
"""The share of its words that makes a text the same text; exports drop a word here and there."""


def likeness(field: str, one: Resource, other: Resource) -> Likeness:
    """How the `field` of the other resource stands to that of the one; both must have it."""
    found = _JUDGES[field](getattr(one, field), getattr(other, field))
    if field == "title" and found.verdict == "contradicts" and _is_other_title(one, other):
        return Likeness("poorer", "one title is the alternate one of the other")
    return found


def _is_other_title(one: Resource, other: Resource) -> bool:
    """Whether one document has as its title what the other calls an alternate one."""
    pairs = ((one.title, other.alternate_title), (one.alternate_title, other.title))
    return any(ours and theirs and _title(ours, theirs).verdict != "contradicts" for ours, theirs in pairs)


def _licence(one: str, other: str) -> Likeness:
    """By SPDX id; a text that names no licence is less than an id, and contradicts no id."""
    ours, theirs = (licences.find(written) for written in (one, other))
    if ours and theirs:
        return SAME if _terms(ours.id) == _terms(theirs.id) else Likeness("contradicts", f"{theirs.id}, not {ours.id}")
    if ours or theirs:
        return poorer_or_richer(is_less=theirs is None, why="one of the two names no known licence")
    return SAME if plain(one) == plain(other) else Likeness("contradicts", "other words, neither a known licence")


def _terms(spdx: str) -> object:
    """An expression of one operator without its order: `MIT OR Apache-2.0`."""
    for operator in (" OR ", " AND "):
        parts = spdx.split(operator)
        if len(parts) > 1 and not re.search(r"[()]| OR | AND ", "|".join(parts)):
            return operator, frozenset(parts)
    return spdx


def _text(one: str, other: str) -> Likeness:
    """By words: a text never contradicts another, it only keeps more or fewer of its words."""
    return _by_words(one, other)


def _title(one: str, other: str) -> Likeness:
    found = _by_words(one, other)
    ours, theirs = set(_words(one)), set(_words(other))
    shared = len(ours & theirs)
    if found.verdict == "poorer" and shared < min(len(ours), len(theirs)) / 2:
        return Likeness("contradicts", "another title")
    return found


def _by_words(one: str, other: str) -> Likeness:
    ours, theirs = _words(one), _words(other)
    if ours == theirs:
        return SAME
    first, second = set(ours), set(theirs)
    kept = len(first & second) / max(len(first), 1)
    if kept < _KEPT:
        return Likeness("poorer", f"keeps {len(first & second):,} of {len(first):,} words")
    added = len(second - first)
    if added > len(first) * (1 - _KEPT):
        return Likeness("richer", f"{added:,} more words")
    return Likeness("same", "worded a little differently")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _line(one: str, other: str) -> Likeness:
    """Names of things that a letter more or less does not change: a version, a catalogue."""
    ours, theirs = plain(one), plain(other)
    if ours == theirs:
        return SAME
    if ours in theirs or theirs in ours:
        return poorer_or_richer(is_less=len(theirs) < len(ours), why="")
    return Likeness("contradicts", f"{listed([other])}, not {listed([one])}")


def _version(one: str, other: str) -> Likeness:
    ours, theirs = (re.sub(r"^v(?:ersion)?[ .]?(?=\d)", "", text.strip().casefold()) for text in (one, other))
    return SAME if ours == theirs else Likeness("contradicts", f"{listed([other])}, not {listed([one])}")


def _choice(one: str, other: str) -> Likeness:
    return SAME if one == other else Likeness("contradicts", f"{other}, not {one}")


def _language(one: str, other: str) -> Likeness:
    """By the main subtag; codes of two and of three letters are not told apart without a table."""
    ours, theirs = (written.casefold().replace("_", "-").split("-") for written in (one, other))
    if ours[0] == theirs[0]:
        return SAME if len(ours) == len(theirs) else poorer_or_richer(is_less=len(theirs) < len(ours), why="the region")
    if len(ours[0]) == len(theirs[0]) < 4:
        return Likeness("contradicts", f"{listed([other])}, not {listed([one])}")
    return Likeness("same", "another code") if ours[0][:1] == theirs[0][:1] else Likeness("poorer", "no code is shared")


def _kinds(one: str, other: str) -> Likeness:
    """Words of a kind and its subkind: `Dataset/Derived`."""
    ours, theirs = ({plain(part): part for part in written.split("/")} for written in (one, other))
    if "other" in theirs and "other" not in ours:
        return Likeness("poorer", f"only {listed([other])}")
    if not ours.keys() & theirs.keys():
        return Likeness("contradicts", f"{listed([other])}, not {listed([one])}")
    return sets(ours, theirs)


def _date(one: str, other: str) -> Likeness:
    """Up to the precision of the coarser; an interval holds what it begins with."""
    ours, theirs = ([part.strip() for part in written.split("/")] for written in (one, other))
    if ours == theirs:
        return SAME
    if not all(map(_ISO.match, (*ours, *theirs))):
        return Likeness("poorer", "one of the two is no date of ISO 8601, so they cannot be compared")
    for mine, yours in zip(ours, theirs, strict=False):
        if not (mine[:10].startswith(yours[:10]) or yours[:10].startswith(mine[:10])):
            return Likeness("contradicts", f"{listed([other])}, not {listed([one])}")
    us, them = ((len(parts), min(len(part[:10]) for part in parts)) for parts in (ours, theirs))
    if us == them:
        return SAME
    return poorer_or_richer(is_less=them < us, why=f"{'only' if them < us else 'even'} {listed([other])}")


def _count(one: int, other: int) -> Likeness:
    return SAME if one == other else Likeness("contradicts", f"{other:,}, not {one:,}")


def _size(one: int, other: int) -> Likeness:
    if one != other and abs(one - other) <= _ROUNDED * max(one, other):
        less = _zeros(other) > _zeros(one)
        return poorer_or_richer(is_less=less, why="rounded" if less else "not rounded")
    return _count(one, other)


def _zeros(number: int) -> int:
    return len(str(number)) - len(str(number).rstrip("0"))


def _address(one: str, other: str) -> Likeness:
    ours, theirs = (identifiers.identify(written) for written in (one, other))
    if ours and theirs:
        same = identifiers.same(ours, theirs)
        return SAME if same else Likeness("contradicts", f"{listed([other])}, not {listed([one])}")
    return _line(one, other)


def _identifiers(one: tuple[Identifier, ...], other: tuple[Identifier, ...]) -> Likeness:
    """By the rules of the schemes; two lists that share no name of a scheme that both use contradict each other."""
    ours, theirs = ({identifiers.key(each): str(each) for each in every} for every in (one, other))
    for scheme in dict.fromkeys(scheme for scheme, _ in ours):
        us, them = ({key: name for key, name in every.items() if key[0] == scheme} for every in (ours, theirs))
        if them and scheme != "url" and not us.keys() & them.keys():
            return Likeness("contradicts", f"{listed(them.values())}, not {listed(us.values())}")
    return sets(ours, theirs)


def _agent(one: Agent, other: Agent) -> Likeness:
    """One organisation by two names is the same where one name holds the other."""
    found = agents((one,), (other,), exclusive=True)
    if found.verdict == "contradicts" and (
        plain(one.name) in plain(other.name) or plain(other.name) in plain(one.name)
    ):
        return Likeness("same", f"called {listed([other.name])}")
    return found


def _relations(one: tuple[Relation, ...], other: tuple[Relation, ...]) -> Likeness:
    """By what they lead to; a type against its inverse contradicts, any other type says as much."""
    ours, theirs = ({_end(each): each for each in reversed(every)} for every in (one, other))
    tally = Tally()
    tally.members(*({key: _end_name(each) for key, each in every.items()} for every in (ours, theirs)))
    for end in ours.keys() & theirs.keys():
        mine, yours = (relations.find(every[end].type) for every in (ours, theirs))
        backwards = relations.inverse(mine) if mine else None
        if backwards and yours and backwards is yours and yours is not mine:
            tally.clashes.append(f"{_end_name(ours[end])}: {yours.type}, not {ours[end].type}")
    return tally.likeness()


def _end(relation: Relation) -> object:
    return identifiers.key(relation.identifier) if relation.identifier else plain(relation.title or relation.type)


def _end_name(relation: Relation) -> str:
    return str(relation.identifier or relation.title or relation.type)


def _variables(one: tuple[Variable, ...], other: tuple[Variable, ...]) -> Likeness:
    """By name; two known units that are not one unit contradict each other."""
    ours, theirs = ({each.name: each for each in reversed(every)} for every in (one, other))
    tally = Tally()
    tally.members({name: name for name in reversed(ours)}, {name: name for name in reversed(theirs)})
    pairs = [(each, theirs[name]) for name, each in reversed(ours.items()) if name in theirs]
    for mine, yours in pairs:
        known = [units.find(each.unit) for each in (mine, yours) if each.unit]
        if len(known) == 2 and None not in known and known[0] is not known[1]:
            tally.clashes.append(f"{mine.name} in {yours.unit}, not {mine.unit}")
    tally.attributes("variable", pairs, "description", "unit", "dtype", "role", "term", "range")
    return tally.likeness()


def _files(one: tuple[Distribution, ...], other: tuple[Distribution, ...]) -> Likeness:
    """By name or address; sizes and checksums of one file that differ contradict each other."""
    named = {key: file for file in reversed(other) for key in (file.name, file.content_url) if key}
    pairs = [(file, found) for file in one if (found := named.get(file.content_url or "") or named.get(file.name))]
    tally = Tally()
    us, them = {id(file) for file, _ in pairs}, {id(found) for _, found in pairs}
    tally.members(
        {id(file): file.name for file in one if id(file) not in us},
        {id(file): file.name for file in other if id(file) not in them},
    )
    for mine, yours in pairs:
        tally.clashes += _unlike_files(mine, yours)
    tally.attributes("file", pairs, "content_url", "byte_size", "checksums")
    return tally.likeness()


def _unlike_files(mine: Distribution, yours: Distribution) -> list[str]:
    """Where two descriptions of one file cannot both be true."""
    found = []
    if None not in (mine.byte_size, yours.byte_size) and mine.byte_size != yours.byte_size:
        found.append(f"{mine.name} of {yours.byte_size:,} bytes, not {mine.byte_size:,}")
    sums = {checksum.algorithm: checksum.value for checksum in yours.checksums}
    wrong = [c.algorithm for c in mine.checksums if sums.get(c.algorithm, c.value) != c.value]
    return [*found, *(f"{mine.name} with another {algorithm}" for algorithm in wrong)]


def _splits(one: tuple[Split, ...], other: tuple[Split, ...]) -> Likeness:
    ours, theirs = ({plain(each.name): each for each in every} for every in (one, other))
    tally = Tally()
    tally.members(*({name: each.name for name, each in every.items()} for every in (ours, theirs)))
    pairs = [(each, theirs[name]) for name, each in ours.items() if name in theirs]
    for mine, yours in pairs:
        if mine.entry_count and yours.entry_count and mine.entry_count != yours.entry_count:
            tally.clashes.append(f"{mine.name} of {yours.entry_count:,} entries, not {mine.entry_count:,}")
    tally.attributes("split", pairs, "entry_count", "files")
    return tally.likeness()


def _by(name: Callable[[Any], str], one: tuple[Any, ...], other: tuple[Any, ...]) -> Likeness:
    """Collections whose members are known again by a name."""
    return sets(*({plain(name(each)) or name(each): name(each) for each in every} for every in (one, other)))


def _subject(subject: Subject) -> str:
    return subject.name


def _grant(grant: Funding) -> str:
    return grant.award or grant.funder.name


def _step(step: Activity) -> str:
    return step.name


def _format(written: str) -> str:
    known = media_types.find(written)
    return known.name if known else written


_words_of = partial(_by, str)
_JUDGES: Mapping[str, Callable[[Any, Any], Likeness]] = {
    "identifiers": _identifiers, "landing_page": _address, "catalogue": _line, "title": _title,
    "alternate_title": _text, "description": _text, "keywords": _words_of, "subjects": partial(_by, _subject),
    "type": _kinds, "language": _language, "creators": partial(agents, exclusive=True),
    "contributors": partial(agents, exclusive=False), "publisher": _agent, "funding": partial(_by, _grant),
    "citation": _text, "date_created": _date, "date_published": _date, "date_modified": _date, "version": _version,
    "supersedes": _identifiers, "superseded_by": _identifiers, "license": _licence, "implied_license": _licence,
    "access": _choice, "access_conditions": _text, "embargo_until": _date, "distributions": _files,
    "formats": partial(_by, _format), "byte_size": _size, "file_count": _count, "entry_count": _count,
    "variables": _variables, "splits": _splits, "relations": _relations, "activities": partial(_by, _step),
    "methodology": _text, "validation": _text, "usage": _text, "usage_rules": _words_of, "code_repository": _address,
    "requirements": _words_of, "conforms_to": _words_of,
    "tasks": _words_of, "architecture": _line, "inputs": models.tensors, "outputs": models.tensors,
    "parameter_count": _count, "channels": models.channels, "data_uses": models.data_uses, "results": models.results,
    "verifications": models.verifications, "intended_use": _text, "out_of_scope": _text, "validity": _text,
    "limitations": _text,
}  # fmt: skip
