"""Values that the evidence holds for fields that fall short: told by another document, spelled as a vocabulary has it,
or counted in the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from fairkit.compare import match
from fairkit.model.agent import Agent
from fairkit.model.distribution import Distribution
from fairkit.model.harvest import Harvest, View, merge
from fairkit.model.variable import Variable
from fairkit.vocab import dates, identifiers, units

__all__ = ["Candidate", "candidates", "told"]

Row = TypeVar("Row")

_NEVER_LENT = frozenset({"listing", "implied_license", "type"})
"""What one document cannot tell for another: what goes with its files, what is implied, its own word of a kind."""


class Candidate(NamedTuple):
    """A `value` for a field of one document, and where it comes from in words.

    `certain`: it is proposed whatever it gains. `more` are the fields that change with it.
    """

    view: View
    field: str
    value: Any
    source: str
    certain: bool = False
    more: Mapping[str, Any] = {}


def candidates(harvest: Harvest, edited: View | None, files: Sequence[Distribution]) -> list[Candidate]:
    """All that the evidence offers, at most one value for each field of each document.

    `files` are those of the folder that is described, looked into for their sizes and checksums.
    """
    found: dict[tuple[int, str], Candidate] = {}
    offered = [*_counted(edited, files), *_spelled(edited)] if edited else []
    for candidate in (*offered, *_identified(harvest), *_lasting(harvest), *_borrowed(harvest)):
        found.setdefault((id(candidate.view), candidate.field), candidate)
    return list(found.values())


def told(harvest: Harvest, every: Iterable[Candidate]) -> Harvest:
    """The harvest as it would be if each document told the values of its candidates."""
    by_view: dict[int, dict[str, Any]] = {}
    for candidate in every:
        by_view.setdefault(id(candidate.view), {}).update({candidate.field: candidate.value, **candidate.more})
    views = [_telling(view, by_view[id(view)]) if id(view) in by_view else view for view in harvest.views]
    return merge(harvest.evidence, views, unread=harvest.unread)


def _telling(view: View, values: Mapping[str, Any]) -> View:
    pointers = {**{name: f"/{name}" for name in values}, **view.pointers}
    how = {name: each for name, each in view.how.items() if name not in values}
    resource = replace(view.resource, **values)
    return replace(view, resource=resource, pointers=pointers, known=view.known | values.keys(), how=how)


def _documents(harvest: Harvest) -> list[View]:
    """The views that can be mended: a look into a folder is none."""
    return [view for view in harvest.views if view.representation != "folder"]


def _borrowed(harvest: Harvest) -> Iterator[Candidate]:
    """What another document has for a field that this one has a place for."""
    for view in _documents(harvest):
        for name, owner in harvest.owners.items():
            if name in view.known - view.pointers.keys() - _NEVER_LENT and _may_lend(owner, name):
                value, source = getattr(owner.resource, name), f"{owner.representation} at {owner.pointers[name]}"
                more = {"listing": owner.resource.listing} if name == "distributions" else {}
                yield Candidate(view, name, value, source, more=more)


def _may_lend(owner: View, name: str) -> bool:
    """Whether a document tells the field itself; guesses, and splits that only paths tell, are not passed on."""
    if owner.representation == "folder":
        return name == "formats"
    return owner.told(name) == "given" or (owner.told(name) == "extracted" and name != "splits")


def _identified(harvest: Harvest) -> Iterator[Candidate]:
    """Identifiers of people that another document has, and this one does not."""
    views = _documents(harvest)
    for view in views:
        for name in ("creators", "contributors"):
            people: tuple[Agent, ...] = getattr(view.resource, name)
            for other in views if people else ():
                better = _named(people, getattr(other.resource, name)) if other is not view else people
                if better != people:
                    yield Candidate(view, name, better, f"{other.representation} at {other.pointers[name]}")


def _lasting(harvest: Harvest) -> Iterator[Candidate]:
    """Persistent identifiers of the work that another document has, in schemes in which this one names none."""
    for view in _documents(harvest):
        ours = view.resource.identifiers
        schemes = {identifier.scheme for identifier in ours}
        for other in _documents(harvest) if ours else ():
            theirs = (i for i in other.resource.identifiers if identifiers.is_persistent(i) and i.scheme not in schemes)
            if lent := tuple(theirs):
                source = f"{other.representation} at {other.pointers['identifiers']}"
                yield Candidate(view, "identifiers", (*ours, *lent), source)


def _named(ours: Sequence[Agent], theirs: Sequence[Agent]) -> tuple[Agent, ...]:
    """Our people with the identifiers that theirs have in schemes in which ours have none."""
    known = {id(one): other for one, other in match(ours, theirs).pairs}
    return tuple(_with_identifiers(one, known.get(id(one))) for one in ours)


def _with_identifiers(one: Agent, other: Agent | None) -> Agent:
    schemes = {identifier.scheme for identifier in one.identifiers}
    lent = tuple(i for i in (other.identifiers if other else ()) if i.scheme not in schemes)
    return replace(one, identifiers=(*one.identifiers, *lent)) if lent else one


def _spelled(view: View) -> Iterator[Candidate]:
    """What means one thing only, but is not written as machines expect: dates and units."""
    for name in ("date_created", "date_published", "date_modified", "embargo_until"):
        written = getattr(view.resource, name)
        better = dates.iso(written) if written else None
        if better and better != written:
            yield Candidate(view, name, better, f"the spelling of ISO 8601 for {written!r}")
    rows = view.resource.variables
    spelled = _each(rows, _with_unit)
    if spelled != rows:
        yield Candidate(view, "variables", spelled, "the symbols of the units that are written as words")


def _each(rows: tuple[Row, ...], mended: Callable[[Row], Row]) -> tuple[Row, ...]:
    return tuple(mended(row) for row in rows)


def _with_unit(row: Variable) -> Variable:
    if row.unit is None or not units.is_stated(row.unit) or units.is_standard(row.unit):
        return row
    known = units.find(row.unit)
    return replace(row, unit=known.symbol) if known else row


def _counted(view: View, files: Sequence[Distribution]) -> Iterator[Candidate]:
    """The files with what was read of them, and what they sum up to.

    A `fairkit.toml` cannot state the size of a folder that it lies in itself, for each edit would change it: the sums
    are those of the files that it names.
    """
    resource = view.resource
    named = _looked_at(resource.distributions, files)
    whole = resource.listing == "complete" or bool(files)
    if files and named != resource.distributions:
        more = {"listing": "complete"}
        yield Candidate(view, "distributions", named, "the files of the folder", certain=True, more=more)
    if not named or not whole:
        return
    sizes = [file.byte_size for file in named]
    if None not in sizes:
        total = sum(size for size in sizes if size is not None)
        yield from _sum(view, "byte_size", total, "the sum of the files", seen=bool(files))
    yield from _sum(view, "file_count", len(named), "the number of the files", seen=bool(files))


def _sum(view: View, name: str, total: int, source: str, *, seen: bool) -> Iterator[Candidate]:
    """A sum; one that is claimed already is only put right by files that were looked at: else either may be wrong."""
    claimed = getattr(view.resource, name)
    if claimed != total and (claimed is None or seen):
        yield Candidate(view, name, total, source, certain=claimed is not None)


def _looked_at(named: Sequence[Distribution], seen: Sequence[Distribution]) -> tuple[Distribution, ...]:
    """The files that are named, with what was seen of them, and those that were seen besides."""
    waiting = {file.name: file for file in seen}
    known = [_seen(file, waiting.pop(file.name, None)) for file in named]
    return (*known, *waiting.values())


def _seen(file: Distribution, seen: Distribution | None) -> Distribution:
    if seen is None:
        return file
    fresh = {checksum.algorithm for checksum in seen.checksums}
    others = tuple(checksum for checksum in file.checksums if checksum.algorithm not in fresh)
    checksums = file.checksums if set(seen.checksums) <= set(file.checksums) else (*others, *seen.checksums)
    media_type = file.media_type or seen.media_type
    return replace(file, byte_size=seen.byte_size, checksums=checksums, media_type=media_type)
