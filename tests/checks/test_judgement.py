"""Judgement: what is left to people."""

from __future__ import annotations

from .judge import judge


def test_what_nothing_tells_is_unknown_with_its_reason() -> None:
    outcome = judge("is_left_to_people", reason="{links} in files are not looked for")
    assert (outcome.status, outcome.text) == ("unknown", "{links} in files are not looked for")
