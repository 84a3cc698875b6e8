"""Two assessments of one thing by one checklist: what changed between them. Pure."""

from __future__ import annotations

from .difference import Change, Difference, Moment, Only, ScoreChange, diff

__all__ = ["Change", "Difference", "Moment", "Only", "ScoreChange", "diff"]
