"""Protocols by which data are had: are they open, and can they ask who is there? (FAIR A1.1 and A1.2)"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from .table import index, load

__all__ = ["Protocol", "find", "of_url", "protocols"]

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):", re.ASCII)


class Protocol(NamedTuple):
    """`open`: a published standard that anybody may implement. `authentication`: it can carry credentials.

    `network` is false for `file`, by which nobody else can have the data. `url` is where the standard can be read.
    """

    scheme: str
    name: str
    open: bool
    authentication: bool
    network: bool
    url: str


@cache
def protocols() -> tuple[Protocol, ...]:
    """Every protocol of the table."""
    return load("protocols", Protocol)


@cache
def _by_scheme() -> dict[str, Protocol]:
    return index(protocols(), lambda row: [row.scheme])


def find(scheme: str) -> Protocol | None:
    """The protocol of a URL scheme, in any case."""
    return _by_scheme().get(scheme.strip().lower())


def of_url(url: str) -> Protocol | None:
    """The protocol of a URL; none for a relative link or an unknown scheme."""
    found = _SCHEME.match(url)
    return find(found[1]) if found else None
