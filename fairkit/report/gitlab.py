"""GitLab Code Quality: a list of findings, which a merge request shows beside the lines of its files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fairkit.assess.assessment import Assessment, ResultRow

from . import Style
from ._facts import SHORT, fingerprint, place, told, written
from ._harmless import harmless

__all__ = ["LINES", "MEDIA_TYPE", "TITLE", "render"]

TITLE = "GitLab Code Quality, for merge requests"
MEDIA_TYPE = "application/json"
LINES = True

_SEVERITIES = {"essential": "critical", "important": "major", "useful": "minor"}


def render(assessments: Sequence[Assessment], *, style: Style) -> bytes:
    """What falls short or is unknown, of all targets and checklists; the style changes nothing.

    The form has no place to say that the documents are those of the showcase, so nothing is said of them.
    """
    return written([
        _finding(assessment, row)
        for assessment in assessments
        if not assessment.from_showcase
        for row in assessment.results
        if row.status in SHORT or row.status == "unknown"
    ])  # fmt: skip


def _finding(assessment: Assessment, row: ResultRow) -> dict[str, Any]:
    found = place(assessment, row)
    return {
        "description": f"{harmless(row.metric, longest=200)}: {told(row)}",
        "check_name": harmless(row.metric, longest=200),
        "fingerprint": fingerprint(assessment, row),
        "severity": _severity(row),
        "location": {
            "path": harmless(found.document, longest=1000).removeprefix("./"),
            "lines": {"begin": found.line},
        },
    }


def _severity(row: ResultRow) -> str:
    """By the level of what fails; what is there in part is one step less, what is unknown is told only."""
    if row.status == "unknown":
        return "info"
    partly = {"essential": "important"}.get(row.level, "useful")
    return _SEVERITIES[row.level if row.status == "fail" else partly]
