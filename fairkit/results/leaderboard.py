"""A leaderboard: the results of several models, the best first, each with what it rests on.

Only numbers of the same rows are held against each other: those of another dataset, version or split are a table of
their own. A number whose predictions are at hand is computed again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from fairkit.errors import UsageError
from fairkit.model.ai import Result
from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, Told, word
from fairkit.model.identifier import Identifier
from fairkit.vocab import identifiers, metrics

__all__ = ["SORTS", "Board", "Entry", "Leaderboard", "Standing", "boards", "value"]

SORTS = ("value", "model")
Standing = Literal["recomputed", "differs", "predictions", "self-reported"]
_Finite = Annotated[float, Told("", allow_inf_nan=False)]


@word
class Entry(Frozen):
    """One model in a table."""

    model: Annotated[str, Term(SDO.name, "What it is called")]
    target: Annotated[str, Term(SDO.url, "Where it was read")]
    result: Annotated[Result, Term(FAIRKIT.evaluation, "Its number")]
    standing: Annotated[
        Standing,
        Term(
            FAIRKIT.standing,
            "recomputed: the predictions give the number; differs: they give another; predictions: they are at hand, "
            "and were not scored; self-reported: nobody can compute it again",
        ),
    ]
    rank: Annotated[int | None, Term(FAIRKIT.rank, "Its place, from 1; the same for equal values")] = None
    tied: Annotated[bool, Term(FAIRKIT.tied, "Whether it agrees with the best within their uncertainties")] = False
    recomputed: Annotated[_Finite | None, Term(FAIRKIT.recomputed, "What the predictions at hand give")] = None
    remark: Annotated[str | None, Term(FAIRKIT.note, "Why it stands so")] = None


@word
class Board(Frozen):
    """One table: numbers of one metric, at one operating point, on the same rows."""

    metric: Annotated[str, Term(SDO.name, "The metric", vocabulary="metrics")]
    operating_point: Annotated[str | None, Term(FAIRKIT.operatingPoint, "Where it was taken")] = None
    direction: Annotated[Literal["higher", "lower"] | None, Term(FAIRKIT.direction, "Which values are better")] = None
    dataset: Annotated[Identifier | None, Term(FAIRKIT.evaluationData, "The data")] = None
    version: Annotated[str | None, Term(SDO.version, "Their version")] = None
    split: Annotated[str | None, Term(FAIRKIT.split, "Their split")] = None
    split_digest: Annotated[str | None, Term(FAIRKIT.splitDigest, "sha256:… of that split")] = None
    entries: Annotated[tuple[Entry, ...], Term(FAIRKIT.entry, "The models, the best first")] = ()
    notes: Annotated[tuple[str, ...], Term(FAIRKIT.note, "What a reader should know")] = ()


@word
class Leaderboard(Frozen):
    """All tables."""

    title: Annotated[str, Term(SDO.name, "What it is called")]
    boards: Annotated[tuple[Board, ...], Term(FAIRKIT.board, "The tables, one for each metric and split")] = ()
    notes: Annotated[tuple[str, ...], Term(FAIRKIT.note, "What was left out, and why")] = ()


def boards(entries: Iterable[Entry], *, metric: Sequence[str] = (), sort: str = "value") -> tuple[Board, ...]:
    """The tables of these entries, whose ranks are given here; only of some metrics if any are named.

    Raises:
        UsageError: if there is no such way to sort.
    """
    if sort not in SORTS:
        raise UsageError(f"there is no sorting by {sort!r}", value=sort, remedy=f"Sort by {' or '.join(SORTS)}.")
    wanted = {_metric(name) for name in metric}
    groups: dict[tuple[object, ...], list[Entry]] = {}
    for one in entries:
        if not wanted or {_metric(one.result.metric), _family(one.result.metric)} & wanted:
            groups.setdefault(_rows_of(one.result), []).append(one)
    return tuple(_board(group, sort) for _, group in sorted(groups.items(), key=lambda each: _order(each[1][0].result)))


def _metric(name: str) -> str:
    """A metric with its class and weights, under one spelling."""
    known = metrics.find(name)
    plain, colon, more = name.partition(":")
    return f"{known.id}{colon}{more}" if known and metrics.find(plain) else name


def _family(name: str) -> str:
    known = metrics.find(name)
    return known.id if known else name


def _rows_of(one: Result) -> tuple[object, ...]:
    """What two numbers must share to be held against each other."""
    dataset = identifiers.key(one.dataset) if one.dataset else None
    point = None if one.operating_point in (None, "none") else one.operating_point
    return _metric(one.metric), point, dataset, one.version, one.split, one.split_digest


def _order(one: Result) -> tuple[str, ...]:
    return tuple(str(part or "") for part in _rows_of(one))


def _direction(one: Result) -> Literal["higher", "lower"] | None:
    known = metrics.find(one.metric)
    return known.better if known else one.direction


def _board(group: Sequence[Entry], sort: str) -> Board:
    first = group[0].result
    direction = next((found for one in group if (found := _direction(one.result))), None)
    ranked = _ranked(group, direction)
    if sort == "model":
        ranked = sorted(ranked, key=lambda one: (one.model.casefold(), one.rank or 0))
    return Board(
        metric=_metric(first.metric),
        operating_point=first.operating_point,
        direction=direction,
        dataset=first.dataset,
        version=first.version,
        split=first.split,
        split_digest=first.split_digest,
        entries=tuple(ranked),
        notes=tuple(_notes(ranked, direction)),
    )


def value(one: Entry) -> float:
    """The number that counts: what the predictions give, where they were scored."""
    return one.result.value if one.recomputed is None else one.recomputed


def _ranked(group: Sequence[Entry], direction: str | None) -> list[Entry]:
    """The best first; without a direction nobody can tell which that is."""
    from dataclasses import replace

    if direction is None:
        return sorted(group, key=lambda one: one.model.casefold())
    ordered = sorted(group, key=lambda one: (-value(one) if direction == "higher" else value(one), one.model))
    places: dict[float, int] = {}
    for place, one in enumerate(ordered, 1):
        places.setdefault(value(one), place)
    best = ordered[0]
    return [
        replace(one, rank=places[value(one)], tied=one is not best and _agree(one, best)) for one in ordered
    ]  # fmt: skip


def _agree(one: Entry, other: Entry) -> bool:
    """Whether two numbers differ by no more than their uncertainties together."""
    first, second = one.result.uncertainty, other.result.uncertainty
    return abs(value(one) - value(other)) <= math.hypot(first or 0.0, second or 0.0)


def _notes(entries: Sequence[Entry], direction: str | None) -> Iterable[str]:
    first = entries[0].result
    if direction is None:
        yield "nobody says which values are better: there are no ranks"
    if first.split_digest is None:
        yield "no digest tells of which rows these are numbers: they may be of different ones"
    ties = sum(one.tied for one in entries)
    if ties:
        yield f"{ties} {'agrees' if ties == 1 else 'agree'} with the best within the uncertainties"
    if len({one.result.aggregation for one in entries}) > 1:
        told = sorted({one.result.aggregation or "not told" for one in entries})
        yield f"the numbers are taken over trainings in different ways: {', '.join(told)}"
    if any(one.standing == "self-reported" for one in entries):
        yield "self-reported numbers cannot be computed again: their predictions are not at hand"
