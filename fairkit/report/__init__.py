"""Reports: each turns assessments into the bytes that somebody reads.

A report is a module with `TITLE`, `MEDIA_TYPE` and `render(assessments, style=…)`. All are pure: the same assessments
in the same style make the same bytes, whatever the terminal or the environment. One that points at lines of documents
says so with `LINES = True`, so that they are looked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from fairkit.registry import REPORTS

if TYPE_CHECKING:
    from fairkit.assess.assessment import Assessment

__all__ = ["Report", "Style", "report"]


class Style(NamedTuple):
    """How a report for the terminal looks; the others ignore it."""

    colour: bool = False
    width: int = 100
    """In columns."""
    verbose: bool = False
    """Whether what passed is told in full, with where it was read."""


class Report(Protocol):
    """What a module of this package offers."""

    TITLE: str
    MEDIA_TYPE: str

    def render(self, assessments: Sequence[Assessment], *, style: Style) -> bytes:
        """The assessments, in their order."""


def report(name: str) -> Report:
    """The report called `name`.

    Raises:
        UnknownName: listing the known ones.
    """
    return cast(Report, REPORTS.get(name))
