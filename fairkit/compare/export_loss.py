"""What an export cannot hold: each field of a resource that a dialect loses, or keeps in a poorer or another form.

Two things tell: the dialect's own word on what it has a place for, and what is read back from what it wrote. A dialect
that is only written is judged by its word alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, Literal

from fairkit.dialects import dialect, form, reads
from fairkit.model.base import Frozen, Told, word
from fairkit.model.evidence import Document
from fairkit.model.resource import FIELDS, Resource

from ._agents import match
from ._tally import counted
from .meaning import likeness

__all__ = ["Export", "Loss", "lost", "told_fields"]

How = Literal["no-place", "lost", "poorer", "changed"]
_FIELDS = tuple(name for name in FIELDS if name not in ("listing", "implied_license"))
_EMPTY: tuple[Any, ...] = (None, "", ())
_NOUNS = {
    "variables": "variable", "distributions": "file", "splits": "split", "activities": "step", "creators": "name",
    "contributors": "name", "funding": "grant", "relations": "relation", "subjects": "subject",
}  # fmt: skip
"""The fields that hold words of the model, and what one of these is called."""
_WORDED = frozenset({"name", "affiliations", "identifiers", "type", "funder", "identifier", "checksums"})
"""What may be written otherwise and mean the same, so that only its absence counts."""
_NAMED = 3
_LONGEST = 60
_FOUND = frozenset({"tables"})
"""What is found by opening a file, and belongs to no document about it."""


@word
class Loss(Frozen):
    """A field that does not come through whole."""

    field: Annotated[str, Told("The field of the resource")]
    how: Annotated[
        How,
        Told(
            "no-place: the dialect has none for it; lost: it has one, and nothing was read back; poorer: only a part "
            "was; changed: something else was"
        ),
    ]
    why: Annotated[str | None, Told("What is less or otherwise, in words")] = None


@word
class Export(Frozen):
    """A work as it was, or can be, written down in one form."""

    target: Annotated[str | None, Told("What was exported; null where only the forms are listed")] = None
    form: Annotated[str, Told("The dialect, and its form where it has several")]
    title: Annotated[str, Told("What it is")]
    media_type: str
    file: Annotated[str | None, Told("The file that was written, or how it would be called")] = None
    byte_size: int | None = None
    document: Annotated[str | None, Told("The document, unless it was written to a file")] = None
    told: Annotated[int | None, Told("How many fields the work has")] = None
    losses: Annotated[tuple[Loss, ...] | None, Told("What does not come through whole; null if not asked")] = None


def told_fields(resource: Resource) -> tuple[str, ...]:
    """The fields that a resource has, and that an export can lose."""
    return tuple(field for field in _FIELDS if getattr(resource, field) not in _EMPTY)


def lost(resource: Resource, name: str) -> tuple[Loss, ...]:
    """What the dialect called `name` loses of the resource, in the order of the model; empty if all comes through.

    Raises:
        UnknownName: if there is no such dialect.
        UsageError: if the dialect is only read.
    """
    holds, after = dialect(name).HOLDS, _read_back(resource, name)
    found = (_loss(field, resource, after, holds) for field in told_fields(resource))
    return tuple(loss for loss in found if loss)


def _read_back(resource: Resource, name: str) -> Resource | None:
    """What is read out of what was written; None where the dialect is not read."""
    if not reads(name):
        return None
    module = dialect(name)
    written = Document(representation=name, media_type=module.MEDIA_TYPE, url=name, body=form(name).write(resource))
    return module.read(written).resource


def _loss(field: str, before: Resource, after: Resource | None, holds: frozenset[str]) -> Loss | None:
    if field not in holds:
        return Loss(field=field, how="no-place")
    if after is None or getattr(before, field) == getattr(after, field):
        return None
    if getattr(after, field) in _EMPTY:
        return Loss(field=field, how="lost")
    found = likeness(field, before, after)
    if found.verdict == "contradicts":
        return Loss(field=field, how="changed", why=found.why)
    if field in _NOUNS:
        less = "; ".join(_parts(_NOUNS[field], *_matched(field, getattr(before, field), getattr(after, field))))
    else:
        less = found.why if found.verdict == "poorer" else ""
    return Loss(field=field, how="poorer", why=less) if less else None


def _parts(noun: str, pairs: Iterable[tuple[Any, Any]], alone: Sequence[Any]) -> Iterator[str]:
    """What only the first side has, whole members or attributes of them, and what it has otherwise."""
    gone: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for one, another in pairs:
        for name, value in vars(one).items():
            kept = getattr(another, name)
            if name in _FOUND or value in _EMPTY or value == kept:
                continue
            if kept in _EMPTY:
                gone[name] += 1
            elif name not in _WORDED:
                other[name] += 1
    names = [_called(one) for one in alone[:_NAMED]]
    more = [counted(len(alone) - _NAMED, noun) + " more"] if len(alone) > _NAMED else []
    less = [*names, *more, *(f"the {_word(name)} of {counted(number, noun)}" for name, number in gone.items())]
    if less:
        yield f"without {', '.join(less)}"
    if other:
        yield f"other {', '.join(f'{_word(name)} of {counted(number, noun)}' for name, number in other.items())}"


def _word(attribute: str) -> str:
    return attribute.replace("_", " ")


def _matched(field: str, ours: Sequence[Any], theirs: Sequence[Any]) -> tuple[list[tuple[Any, Any]], list[Any]]:
    """Who is who, and who is on the first side alone: people by what they are known by, all else by name, in the order
    in which names come again."""
    if field in ("creators", "contributors"):
        found = match(ours, theirs)
        return list(found.pairs), list(found.ours)
    waiting: dict[Any, list[Any]] = {}
    for other in reversed(theirs):
        waiting.setdefault(_key(other), []).append(other)
    pairs: list[tuple[Any, Any]] = []
    alone: list[Any] = []
    for one in ours:
        same = waiting.get(_key(one))
        if same:
            pairs.append((one, same.pop()))
        else:
            alone.append(one)
    return pairs, alone


def _called(one: Any) -> str:
    return str(_key(one) or "one without a name")[:_LONGEST]


def _key(one: Any) -> Any:
    """What a member is known by: its name, else the identifier, the grant or the title that it has."""
    known = (getattr(one, name, None) for name in ("name", "identifier", "award", "title"))
    return next((each for each in known if each is not None), None)
