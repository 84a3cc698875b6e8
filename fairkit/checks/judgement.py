"""Judgement: what nothing at hand can tell, so that a person has to."""

from __future__ import annotations

from fairkit.model.outcome import Outcome, unknown

from ._check import Seen, check


@check()
def is_left_to_people(view: Seen, *, reason: str) -> Outcome:
    """This is for a person to answer: nothing that was gathered tells.

    Read the reason, look at the data themselves, and keep the answer beside the report.
    """
    return unknown("{reason}", reason=reason)
