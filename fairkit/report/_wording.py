"""What the reports for people say alike: names, marks, percents, warnings, and how a value is quoted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from fairkit.assess.assessment import Assessment, ResultRow, ScoreRow
from fairkit.model.outcome import Status

__all__ = [
    "FIXES",
    "LETTERS",
    "MARKS",
    "counts",
    "grade",
    "heading",
    "letters",
    "percent",
    "points",
    "quoted",
    "several",
    "warned",
]

FIXES = 3
"""How many fixes are proposed as those to begin with."""
LETTERS = {"F": "Findable", "A": "Accessible", "I": "Interoperable", "R": "Reusable", "total": "Total"}
MARKS: dict[Status, str] = {
    "fail": "✗",
    "partial": "◐",
    "unknown": "?",
    "pending": "…",
    "pass": "✓",
    "not-applicable": "–",
}
"""The mark of each status, the worst first."""


def heading(assessment: Assessment) -> str:
    """What the work is called: its title, or what it was asked for by."""
    return (assessment.resource.title if assessment.resource else None) or assessment.target


def letters(assessment: Assessment) -> dict[str, ScoreRow | None]:
    """The scores by letter, the total last."""
    return {letter: getattr(assessment.scores, letter) for letter in LETTERS}


def counts(results: Iterable[ResultRow]) -> dict[Status, int]:
    """How many results there are of each status that occurs, the worst first."""
    found = dict.fromkeys(MARKS, 0)
    for row in results:
        found[row.status] += 1
    return {status: number for status, number in found.items() if number}


def percent(score: ScoreRow | None) -> str:
    """A score as people write it: `86 %`, `86–96 %`; 100 only where nothing is missing."""
    if score is None:
        return "–"
    low, high = _rounded(score.low), _rounded(score.high)
    return f"{low} %" if low == high else f"{low}–{high} %"


def _rounded(share: float) -> int:
    return 100 if share >= 1 else min(round(100 * share), 99)


def grade(score: ScoreRow) -> Literal["good", "middling", "poor"]:
    """How a score is coloured, by what is certain of it."""
    return "good" if score.low >= 0.8 else "middling" if score.low >= 0.5 else "poor"


def points(number: float) -> str:
    """Points with one decimal at most, and none where it would be zero."""
    return f"{round(number, 1):g}"


def quoted(value: Any) -> str:
    """What stands somewhere: a text as it is, all else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def warned(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """What a reader must not miss, in a word and a sentence: that this is not the record, or that there is nothing."""
    if assessment.from_showcase:
        yield (
            "SHOWCASE",
            "The portal did not give the record: these are the documents of the showcase that is shipped with fairkit, "
            "not the record. What could not be tried is unknown.",
        )
    if assessment.is_empty:
        yield "NOTHING READ", "No document could be read: this says nothing about the work."


def several(assessments: Sequence[Assessment]) -> bool:
    """Whether more than one checklist was used, so that each assessment must say its own."""
    return len({each.checklist.id for each in assessments}) > 1
