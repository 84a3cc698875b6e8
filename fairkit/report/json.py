"""JSON: always a list, in the form of `assessment.schema.json`, for programs and for `fairkit gate`."""

from __future__ import annotations

from collections.abc import Sequence

from fairkit.assess.assessment import Assessment, dump

from . import Style

__all__ = ["MEDIA_TYPE", "TITLE", "render"]

TITLE = "JSON, in a published schema"
MEDIA_TYPE = "application/json"


def render(assessments: Sequence[Assessment], *, style: Style) -> bytes:
    """The assessments as JSON; the style changes nothing."""
    return dump(assessments)
