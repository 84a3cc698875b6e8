"""A value in short: a text as it is, a list by its number and what is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fairkit.model.agent import Agent, Funding
from fairkit.model.distribution import Distribution
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource
from fairkit.model.variable import Variable

from ._tally import counted, listed

__all__ = ["LONGEST", "told"]

LONGEST = 200
"""Characters of a value that are told; the pointer leads to the rest."""


def told(field: str, resource: Resource) -> str:
    """What the `field` of the resource holds, in at most 200 characters."""
    value = getattr(resource, field)
    tell: Callable[[Any], str] = _TELLERS.get(field) or (_members if isinstance(value, tuple) else _plain)
    written = tell(value)
    return written if len(written) <= LONGEST else f"{written[: LONGEST - 1]}…"


def _plain(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _members(values: Sequence[Any]) -> str:
    return listed(str(getattr(value, "name", value)) for value in values)


def _bytes(value: int) -> str:
    return f"{value:,} bytes"


def _agents(people: Sequence[Agent]) -> str:
    known = Counter(identifier.scheme.upper() for each in people for identifier in each.identifiers)
    having = ", ".join(f"{number:,} {scheme}" for scheme, number in known.items())
    names = listed(each.name for each in people)
    return _headed(counted(len(people), "name"), names if not having else f"{names} ({having})")


def _agent(agent: Agent) -> str:
    return ", ".join([agent.name, *map(str, agent.identifiers)])


def _grants(grants: Sequence[Funding]) -> str:
    return listed(" ".join(filter(None, (grant.funder.name, grant.award))) for grant in grants)


def _files(files: Sequence[Distribution]) -> str:
    indexes = sum(file.role == "index" for file in files)
    size = sum(file.byte_size or 0 for file in files)
    parts = [counted(indexes, "index file")] if indexes == len(files) else [counted(len(files), "file")]
    if 0 < indexes < len(files):
        parts.append(f"{indexes:,} of them lists of files")
    parts += [f"{size:,} bytes"] if size else []
    summed = Counter(checksum.algorithm for file in files for checksum in file.checksums)
    return ", ".join([*parts, *(f"{number:,} {algorithm}" for algorithm, number in summed.items())])


def _variables(rows: Sequence[Variable]) -> str:
    stated = {"meaning": "description", "type": "dtype", "unit": "unit", "role": "role"}
    parts = {noun: sum(bool(getattr(row, name)) for row in rows) for noun, name in stated.items()}
    having = ", ".join(counted(number, noun) for noun, number in parts.items() if number)
    return _headed(counted(len(rows), "variable"), having)


def _relations(rows: Sequence[Relation]) -> str:
    kinds = Counter(row.type for row in rows)
    return _headed(counted(len(rows), "relation"), listed(f"{number:,} {kind}" for kind, number in kinds.most_common()))


def _headed(head: str, rest: str) -> str:
    return f"{head}: {rest}" if rest else head


def _count_of(noun: str) -> Callable[[Sequence[Any]], str]:
    def tell(values: Sequence[Any]) -> str:
        return _headed(counted(len(values), noun), _members(values))

    return tell


_TELLERS: Mapping[str, Callable[[Any], str]] = {
    "creators": _agents,
    "contributors": _agents,
    "publisher": _agent,
    "funding": _grants,
    "byte_size": _bytes,
    "distributions": _files,
    "variables": _variables,
    "relations": _relations,
    "splits": _count_of("split"),
    "activities": _count_of("step"),
}
