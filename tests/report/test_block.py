"""The blocks of the text report: what stands in each line, before the report lays them out."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console, RenderableType

from fairkit.assess.assessment import Assessment
from fairkit.model.outcome import STATUSES
from fairkit.report._block import MARKS, block, closing

from .made import made, row


def printed(what: RenderableType) -> str:
    console = Console(file=io.StringIO(), width=100, height=25, color_system=None)
    with console.capture() as shown:
        console.print(what)
    return "\n".join(line.rstrip() for line in shown.get().splitlines())


def told(assessment: Assessment, *, width: int = 100, verbose: bool = False) -> str:
    return printed(block(assessment, width=width, verbose=verbose))


def line_of(start: str, text: str) -> str:
    return next(line for line in text.splitlines() if line.strip().startswith(start))


def test_every_status_has_a_mark_and_a_colour_of_its_own() -> None:
    assert MARKS.keys() == set(STATUSES)
    assert len({mark for mark, _ in MARKS.values()}) == len({colour for _, colour in MARKS.values()}) == len(STATUSES)
    assert all(len(mark) == 1 for mark, _ in MARKS.values())


@pytest.mark.parametrize(
    ("rows", "total", "said"),
    [
        (
            [row("a", "fail", possible=1), row("b", points=2),
             *(row(x, "fail") for x in "cd"), row("e", "fail", possible=3)],
            (0.2, 0.2),
            "Most to gain: e, c, d would lift the total from 20 % to 90 %.",
        ),
        (
            [row("a", "fail"), row("b", "unknown"), row("c", points=6, possible=6)],
            (0.6, 0.8),
            "Most to gain: a would lift the total from 60–80 % to 80–100 %.",
        ),
        (  # the high end counts the untried half of a already
            [row("a", "partial", points=0, tests=["fail", "unknown"]), row("c", points=2)],
            (0.5, 0.75),
            "Most to gain: a would lift the total from 50–75 % to 100 %.",
        ),
        ([row("a", points=2)], (1.0, 1.0), "Nothing that could be tried falls short."),
    ],
)  # fmt: skip
def test_the_last_line_says_what_would_gain_most(
    rows: list[dict[str, Any]], total: tuple[float, float], said: str
) -> None:
    assert told(made(*rows, scores={"total": total})).splitlines()[-1] == said


@pytest.mark.parametrize(
    ("score", "bar", "percent"),
    [
        ((1.0, 1.0), "█" * 50, "100 %"),
        ((0.0, 0.0), "·" * 50, "0 %"),
        ((0.5, 0.5), "█" * 25 + "·" * 25, "50 %"),
        ((0.4, 0.8), "█" * 20 + "░" * 20 + "·" * 10, "40–80 %"),
        ((0.0, 1.0), "░" * 50, "0–100 %"),
        ((0.999, 0.999), "█" * 49 + "·", "99 %"),  # not all is there, so it must not look so
        ((0.501, 0.502), "█" * 25 + "·" * 25, "50 %"),
        (None, "·" * 50, "–"),
    ],
)
def test_a_bar_is_solid_for_what_is_certain_and_light_for_what_may_be(
    score: tuple[float, float] | None, bar: str, percent: str
) -> None:
    line = line_of("Findable", told(made(row("F1"), scores={"F": score})))
    assert line.split(maxsplit=2) == ["Findable", bar, percent]


@pytest.mark.parametrize(("width", "columns"), [(60, 30), (70, 40), (80, 50), (200, 50)])
def test_a_bar_leaves_room_for_its_name_and_its_number(width: int, columns: int) -> None:
    text = told(made(row("F1"), scores={"F": (1, 1)}), width=width)
    assert line_of("Findable", text).count("█") == columns


@pytest.mark.parametrize("verbose", [True, False])
@pytest.mark.parametrize("status", STATUSES)
def test_a_metric_is_told_whatever_came_of_it(status: str, verbose: bool) -> None:
    text = told(made(row("F1-title", status)), verbose=verbose)
    assert text.count("F1-title") >= 1
    assert f"{MARKS[status][0]} 1 {status}" in text  # type: ignore[index]


def test_of_nothing_there_are_neither_bars_nor_advice() -> None:
    nothing = made(row("F1", "unknown"), urls=[], resource=None, scores={"total": (0, 1)})
    assert "Findable" not in told(nothing)
    assert "not tried" not in told(nothing)
    assert "Most to gain" not in told(nothing, verbose=True)
    assert "Findable" in told(nothing, verbose=True)


def test_points_are_told_where_some_are_lost() -> None:
    text = told(made(row("a", "fail", points=0, possible=3), row("b", "partial", points=1.75, possible=3)))
    assert line_of("✗  a", text).split()[:4] == ["✗", "a", "F1", "3"]
    assert line_of("◐  b", text).split()[:4] == ["◐", "b", "F1", "1.2"]


@pytest.mark.parametrize(
    ("score", "percent"),
    [
        ((0.864, 0.864), "86 %"),
        ((0.86, 0.96), "86–96 %"),
        ((0.994, 0.999), "99 %"),
        ((0.999, 1), "99–100 %"),
        (None, "–"),
    ],
)
def test_the_closing_table_has_a_score_a_letter(score: tuple[float, float] | None, percent: str) -> None:
    last = printed(closing([made(row("F1"), target="12102", scores={"I": score, "total": (1, 1)})])).splitlines()[-1]
    assert last.replace(" %", "%").split() == [
        *("12102", "–", "–", percent.replace(" %", "%"), "–", "100%", "1", "of", "1")
    ]
