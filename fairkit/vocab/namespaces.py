"""Metadata vocabularies by the IRIs of their terms: which one has this term, and is it a general one?"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from .table import address, index, load, longest_prefix

__all__ = ["Vocabulary", "of_iri", "vocabularies"]


class Vocabulary(NamedTuple):
    """`iri` begins its terms. `generic` ones describe anything at all, and so say nothing of a field (FAIR I2)."""

    prefix: str
    iri: str
    name: str
    generic: bool
    domain: str


@cache
def vocabularies() -> tuple[Vocabulary, ...]:
    """Every vocabulary of the table."""
    return load("namespaces", Vocabulary)


@cache
def _by_address() -> dict[str, Vocabulary]:
    return index(vocabularies(), lambda row: [address(row.iri)])


@lru_cache(maxsize=4096)
def of_iri(iri: str) -> Vocabulary | None:
    """The vocabulary whose IRI begins this one, the longest if several do; http and https are one."""
    return longest_prefix(address(iri), _by_address())
