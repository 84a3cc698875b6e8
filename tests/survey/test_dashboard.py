"""The dashboard: what a survey found, on a page that is as safe as the HTML report."""

from __future__ import annotations

import re

import pytest

from fairkit.survey.dashboard import dashboard
from fairkit.survey.summary import ChecklistSummary, Failure, Group, Summary

SCORES = {"F": 0.75, "A": None, "I": 0.5, "R": 1.0, "total": 0.7}


def summary(name: str = "CMS", *, failures: int = 1) -> Summary:
    groups = tuple(Group(name=each, targets=2, scores=SCORES) for each in (name, "ATLAS"))
    short = tuple(
        Failure(metric=f"M{n}", title=name, level="useful", fail=2, partial=1, gain=0.0123) for n in range(failures)
    )
    one = ChecklistSummary(id="fairkit", version="1.0", scores=SCORES, groups={"experiment": groups}, failures=short)
    return Summary(targets=1234, errors={"not found, or not readable": 3}, checklists=(one,))


def page(of: Summary) -> str:
    return dashboard(of, when="2026-11-22T00:00:00Z").decode()


def test_it_tells_scores_by_group_and_what_to_mend_first() -> None:
    told = page(summary())
    for words in ("How FAIR are 1,234 targets?", "3 not found", "CMS", "75 %", "+1.2", "By experiment"):
        assert words in told


def test_only_the_first_shortfalls_stand_open() -> None:
    assert "<summary>15 more</summary>" in page(summary(failures=40))


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><b>", "&lt;"]
)
def test_what_strangers_wrote_does_nothing(payload: str) -> None:
    told = page(summary(payload))
    assert payload not in told.replace("&amp;lt;", "")
    assert re.search(r"<(script|img|b|iframe)\b", told) is None
    assert told.count("<style>") == 1


def test_the_same_summary_makes_the_same_bytes() -> None:
    assert page(summary()) == page(summary())
