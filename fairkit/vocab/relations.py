"""How two works relate: the relation types of DataCite, and how others spell them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from .table import index, load, plain

__all__ = ["RelationType", "find", "inverse", "relation_types"]


class RelationType(NamedTuple):
    """`type` is read from the described work to the other: a dataset that IsDerivedFrom another.

    `category` is provenance, structure, version, documentation, citation, software or other. `qualified` is false where
    it says no more than that there is a relation (FAIR I3). `datacite`: it is a relationType of DataCite 4.
    `schema_org` and `prov` are the local names of the nearest properties there.
    """

    type: str
    inverse: str
    category: str
    qualified: bool
    datacite: bool
    schema_org: str
    prov: str
    aliases: tuple[str, ...]


@cache
def relation_types() -> tuple[RelationType, ...]:
    """Every relation type of the table."""
    return load("relation_types", RelationType)


@cache
def _by_spelling() -> dict[str, RelationType]:
    return index(
        relation_types(),
        lambda row: {plain(text) for text in (row.type, row.schema_org, row.prov, *row.aliases)},
    )


@lru_cache(maxsize=4096)
def find(spelling: str) -> RelationType | None:
    """The relation type that a name in DataCite, schema.org, PROV, DCMI terms or CERN Open Data means, in any case."""
    return _by_spelling().get(plain(spelling))


def inverse(of: RelationType) -> RelationType | None:
    """The same relation read from the other work; `IsPublishedIn` has none."""
    return _by_spelling().get(plain(of.inverse))
