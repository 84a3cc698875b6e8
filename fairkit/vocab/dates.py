"""Dates: the spelling of ISO 8601 for a date that can be read in one way only."""

from __future__ import annotations

import re
from datetime import date

__all__ = ["iso"]

_LONGEST = 60
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_NAMES = {name[:length]: number for number, name in enumerate(_MONTHS, 1) for length in range(3, len(name) + 1)}
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?|(\d{2})(\d{2}))?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\.? +)?([a-z]{3,9})\.?,? +(\d{4})")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})")


def iso(text: str) -> str | None:
    """The year, month or day that a text means, as in 2026-05-31; None where it means none, or may mean several.

    `5/6/2026` is of May or of June, as one was brought up; `202605` may be a day of a century past.
    """
    written = text[:_LONGEST].strip().casefold()
    for shape, order in ((_YEAR_FIRST, None), (_MONTH_FIRST, (3, 1, 2)), (_DAY_FIRST, (3, 2, 1))):
        found = shape.fullmatch(written)
        if found:
            year, month, day = (found[number] for number in order) if order else _numbers(found)
            return _spelled(year, _NAMES.get(month, month) if month else None, day)
    return None


def _numbers(found: re.Match[str]) -> tuple[str, str | None, str | None]:
    return found[1], found[2] or found[4], found[3] or found[5]


def _spelled(year: str, month: str | int | None, day: str | None) -> str | None:
    """The parts in ISO 8601, if there is such a day."""
    try:
        whole = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return whole.isoformat() if day else whole.isoformat()[:7] if month else whole.isoformat()[:4]
