"""Metrics of trained models: which values are better, and whether they are of a point on a curve."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple, cast

from .table import index, load, plain

__all__ = ["Metric", "find", "metrics"]


class Metric(NamedTuple):
    """`operating_point` is what a value needs to be told with it, empty if nothing; `kinds` are of tasks."""

    id: str
    name: str
    iri: str
    direction: str
    operating_point: str
    kinds: tuple[str, ...]
    computed: bool
    """Whether `fairkit benchmark score` computes it."""
    aliases: tuple[str, ...]

    @property
    def better(self) -> Literal["higher", "lower"]:
        """Which values are better."""
        return cast(Literal["higher", "lower"], self.direction)


@cache
def metrics() -> tuple[Metric, ...]:
    """Every metric of the table."""
    return load("metrics", Metric)


@cache
def _known() -> dict[str, Metric]:
    return index(metrics(), lambda row: {plain(each) for each in (row.id, row.name, row.iri, *row.aliases)})


def find(text: str) -> Metric | None:
    """The metric that an id, a name or an IRI means; a class after a colon is left aside: `auc: top against the rest`.

    Case, blanks and dashes do not matter.
    """
    whole = _known().get(plain(text))
    return whole or _known().get(plain(text.partition(":")[0]))
