"""What `list` and `cache` say, row by row; the published schemas are made from these classes.

They stand apart from their verbs because making dataclasses takes longer than all else that `fairkit --help` needs.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CheckRow", "ChecklistRow", "Cleared", "DialectRow", "FormatRow", "ReportRow", "Row", "Shown", "SourceRow"]


@dataclass(frozen=True)
class Row:
    """One thing that can be chosen by its name."""

    name: str
    title: str


@dataclass(frozen=True)
class CheckRow(Row):
    """A check, with the fields that it depends on and the observations that it needs."""

    fields: list[str]
    needs: list[str]


@dataclass(frozen=True)
class ChecklistRow(Row):
    """A checklist."""

    version: str
    metrics: int


@dataclass(frozen=True)
class SourceRow(Row):
    """A source, with its keywords on the command line and what its targets look like."""

    keywords: list[str]
    examples: list[str]


@dataclass(frozen=True)
class DialectRow(Row):
    """A dialect, and whether fairkit reads it, writes it, or both."""

    media_type: str
    ways: list[str]


@dataclass(frozen=True)
class FormatRow(Row):
    """A file format, how its files end, whether fairkit reads it, writes it, or both, and where it is opened."""

    extensions: list[str]
    ways: list[str]
    opened: str


@dataclass(frozen=True)
class ReportRow(Row):
    """A report."""

    media_type: str


@dataclass(frozen=True)
class Shown:
    """What is kept, and where."""

    folder: str
    entries: int
    bytes: int


@dataclass(frozen=True)
class Cleared:
    """How many answers were deleted."""

    cleared: int
