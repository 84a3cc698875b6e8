"""What exports lose, as text."""

from __future__ import annotations

from fairkit.compare.export_loss import Export, Loss
from fairkit.compare.export_text import render
from fairkit.report import Style

LOSSES = (
    Loss(field="usage_rules", how="no-place"),
    Loss(field="usage", how="no-place"),
    Loss(field="title", how="changed", why="\x1b[31mB, not A"),
    Loss(field="relations", how="poorer", why="without x"),
    Loss(field="splits", how="lost"),
)


def test_the_worst_comes_first_and_what_has_no_reason_together() -> None:
    made = Export(form="cff", title="A citation", media_type="x/y", told=9, losses=LOSSES)
    lines = render([made], style=Style(width=100)).decode().splitlines()
    assert [line.rstrip() for line in lines] == [
        "cff  keeps 4 of 9 fields whole  (A citation)",
        "  ! title changed: \\x1b[31mB, not A",
        "  ✗ lost: splits",
        "  ◐ relations poorer: without x",
        "  – no place for: usage rules, usage",
    ]


def test_what_loses_nothing_says_so() -> None:
    made = Export(form="x", title="X", media_type="x/y", told=9, losses=())
    assert render([made], style=Style(width=100)).decode().strip() == "x  keeps all 9 fields  (X)"
