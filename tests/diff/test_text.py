"""A difference for the terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fairkit.diff import diff
from fairkit.diff.text import render
from fairkit.report import Style
from tests.report.made import HOSTILE, made, row

THEN = made(row("a", "fail", points=0), row("b", "pass", points=3), row("c", "pass"), scores={"total": (0.5, 0.5)})
NOW = made(
    row("a", "pass", points=3), row("b", "fail", points=0, message="it is gone"), row("d", "pass"),
    scores={"total": (0.4, 0.6)},
)  # fmt: skip


def text(*, verbose: bool = False) -> str:
    return render(diff([THEN], [NOW]), style=Style(verbose=verbose)).decode()


@pytest.mark.parametrize(
    "said",
    [
        "50 %  40–60 %  -10.0",
        "worse (1)",
        "✓ pass → ✗ fail",
        "it is gone",
        "better (1)",
        "asked only then: c (pass)",
        "asked only now: d (pass)",
        "0 unchanged",
        "checklist fairkit 1.0 · 2026-11-21T00:00:00Z → 2026-11-21T00:00:00Z",
    ],
)
def test_it_says_what_changed(said: str) -> None:
    assert said in text()


def test_changed_messages_are_told_on_request() -> None:
    assert "of b" not in text()
    assert "of b" in text(verbose=True)


@pytest.mark.parametrize(("written", "shown"), HOSTILE)
def test_nothing_of_a_stranger_is_obeyed(written: str, shown: str) -> None:
    [kept, *_] = NOW.results
    hostile = replace(NOW, target=written, results=(replace(kept, message=written, metric=written),))
    told = render(diff([THEN], [hostile]), style=Style(verbose=True)).decode()
    assert not [c for c in told if c != "\n" and not c.isprintable() and c != "\u0301"]
