"""What a badge says of assessments: one short message, and how good it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from fairkit.assess.assessment import Assessment

from ._wording import grade, percent

__all__ = ["LABEL", "Badge", "badge"]

LABEL = "FAIR"


class Badge(NamedTuple):
    """The message beside the label."""

    message: str
    grade: Literal["good", "middling", "poor", "none"]


def badge(assessments: Sequence[Assessment]) -> Badge:
    """The total; of several assessments the lowest, since a badge promises. The showcase is no record, and has none."""
    if any(assessment.from_showcase for assessment in assessments):
        return Badge("showcase", "none")
    totals = [None if assessment.is_empty else assessment.scores.total for assessment in assessments]
    known = [total for total in totals if total is not None]
    if not known or len(known) < len(totals):
        return Badge("unknown", "none")
    lowest = min(known, key=lambda total: (total.low, total.high))
    return Badge(percent(lowest), grade(lowest))
