"""The endpoint JSON of shields.io: publish it anywhere, and their badge shows the total."""

from __future__ import annotations

from collections.abc import Sequence

from fairkit.assess.assessment import Assessment

from . import Style
from ._badge import LABEL, badge
from ._facts import written

__all__ = ["MEDIA_TYPE", "TITLE", "render"]

TITLE = "the endpoint JSON of a shields.io badge"
MEDIA_TYPE = "application/json"

_COLOURS = {"good": "green", "middling": "yellow", "poor": "red", "none": "lightgrey"}


def render(assessments: Sequence[Assessment], *, style: Style) -> bytes:
    """One badge for all assessments; the style changes nothing."""
    message, grade = badge(assessments)
    return written({"schemaVersion": 1, "label": LABEL, "message": message, "color": _COLOURS[grade]})
