"""A value that something in a folder tells, and where it stands."""

from __future__ import annotations

from typing import Any, NamedTuple

from .initiation import How

__all__ = ["Told"]


class Told(NamedTuple):
    """A value that something tells, and its origin."""

    value: Any
    how: How
    source: str | None = None
    line: int | None = None
    quote: str | None = None
