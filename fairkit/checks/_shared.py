"""What several checks read of the same long list, read once: a dataset may name thousands of files and variables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from fairkit.model.distribution import Distribution
from fairkit.model.provenance import Relation
from fairkit.model.variable import Variable
from fairkit.vocab import relations
from fairkit.vocab.relations import RelationType

__all__ = ["Files", "files", "related", "stated"]

Given = TypeVar("Given")
Found = TypeVar("Found")


def _once(read: Callable[[Given], Found]) -> Callable[[Given], Found]:
    """`read`, with what it found in the last thing kept; things are frozen, and known again by identity alone."""
    last: list[tuple[Given, Found]] = []

    def kept(given: Given) -> Found:
        for known, found in last:
            if known is given:
                return found
        found = read(given)
        last[:] = [(given, found)]
        return found

    return kept


class Files(NamedTuple):
    """How many files have an address, a size, a checksum; by which schemes and algorithms; and their size in bytes."""

    addressed: int
    schemes: list[str]
    sized: int
    size: int
    summed: int
    algorithms: list[str]


@_once
def files(distributions: tuple[Distribution, ...]) -> Files:
    """The files in short."""
    rows = [vars(file) for file in distributions]  # a dict finds a value in half the time that a model takes
    urls = [row["content_url"] for row in rows if row["content_url"]]
    sizes = [row["byte_size"] for row in rows if row["byte_size"] is not None]
    sums = [row["checksums"] for row in rows if row["checksums"]]
    schemes = dict.fromkeys([url.partition(":")[0] for url in urls])
    return Files(
        addressed=len(urls),
        schemes=list(dict.fromkeys([scheme.lower() for scheme in schemes])),
        sized=len(sizes),
        size=sum(sizes),
        summed=len(sums),
        algorithms=list(dict.fromkeys([checksum.algorithm for each in sums for checksum in each])),
    )


@_once
def stated(variables: tuple[Variable, ...]) -> Mapping[str, int]:
    """How many variables state each of their attributes."""
    rows = [vars(variable) for variable in variables]
    attributes = ("description", "dtype", "unit", "role", "term")
    return {name: len([1 for row in rows if row[name]]) for name in attributes}


@_once
def related(every: tuple[Relation, ...]) -> list[tuple[Relation, RelationType]]:
    """The relations whose type the vocabulary knows, each with that type."""
    return [(relation, found) for relation in every if (found := relations.find(relation.type))]
