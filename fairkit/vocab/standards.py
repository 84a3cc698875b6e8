"""Standards for metadata and for data, by name or by the IRIs of their schemas and namespaces. (FAIR R1.3)"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from .table import address, index, load, longest_prefix, plain

__all__ = ["Standard", "find", "standards"]


class Standard(NamedTuple):
    """`about` is `metadata` or `data`. `generic`: of no community in particular. `iris` begin those of its versions."""

    id: str
    name: str
    iris: tuple[str, ...]
    generic: bool
    about: str
    machine_readable: bool
    aliases: tuple[str, ...]


@cache
def standards() -> tuple[Standard, ...]:
    """Every standard of the table."""
    return load("standards", Standard)


@cache
def _by_name() -> dict[str, Standard]:
    return index(standards(), lambda row: {plain(text) for text in (row.id, row.name, *row.aliases)})


@cache
def _by_address() -> dict[str, Standard]:
    return index(standards(), lambda row: {address(iri) for iri in row.iris})


@lru_cache(maxsize=4096)
def find(id_or_iri: str) -> Standard | None:
    """The standard of this id, name or usual spelling, or the one whose IRI begins this one."""
    return _by_name().get(plain(id_or_iri)) or longest_prefix(address(id_or_iri), _by_address())
