"""Leaderboards in every form: all is told, and what strangers wrote does nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import html5lib
import pytest
from markdown_it import MarkdownIt

from fairkit.model.ai import Result
from fairkit.results.leaderboard import Entry, Leaderboard, boards
from fairkit.results.rendering import FORMS

HOSTILE = "=HYPERLINK(1) | <script>alert(1)</script> @all `x` \x1b[31m ‮ #1"


def told(names: Sequence[str] = ("Deep <b>", HOSTILE)) -> Leaderboard:
    entries = [
        Entry(
            model=name,
            target=f"models/{place}",
            result=Result(metric="auc", value=0.9 - place / 100, uncertainty=0.02, trainings=3, aggregation="mean"),
            standing="self-reported",
        )
        for place, name in enumerate(names)
    ]
    return Leaderboard(title="Leaderboard", boards=boards(entries), notes=("something was left out",))


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_has_every_model_and_number(form: str) -> None:
    body = FORMS[form](told(["alpha", "beta"])).decode()
    assert all(word in body for word in ("alpha", "beta", "0.9", "0.02", "mean"))
    assert "self-reported" in body


@pytest.mark.parametrize("form", sorted(FORMS))
def test_nothing_obeys_a_stranger(form: str) -> None:
    body = FORMS[form](told()).decode()
    assert "\x1b" not in body
    assert "‮" not in body


def test_the_page_runs_nothing() -> None:
    page = html5lib.parse(FORMS["html"](told()).decode(), namespaceHTMLElements=False)
    assert page.findall(".//script") == []
    assert page.findall(".//td/b") == []
    assert HOSTILE.partition("\x1b")[0].strip() in "".join(page.itertext())


def test_the_markdown_is_a_table_of_texts() -> None:
    made = MarkdownIt("gfm-like", {"linkify": False}).render(FORMS["markdown"](told()).decode())
    assert made.count("<tr>") == 3
    assert "<script>" not in made
    assert "<code>" not in made


def test_a_spreadsheet_runs_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(FORMS["csv"](told()).decode())))
    assert [row["rank"] for row in rows] == ["1", "2"]
    assert rows[1]["model"].startswith("'=")
    assert {row["standing"] for row in rows} == {"self-reported"}
