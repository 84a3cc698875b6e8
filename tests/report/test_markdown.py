"""The Markdown report: for summaries of CI and for pull requests, where what strangers wrote must stay dead."""

from __future__ import annotations

import re

import pytest

from fairkit.report import Style, report
from tests.report.made import made, row, showcase

MOST = 256_000


def written(*assessments: object) -> str:
    return report("markdown").render(list(assessments), style=Style()).decode()  # type: ignore[arg-type]


def test_scores_come_first_then_what_falls_short() -> None:
    told = written(showcase())
    assert told.index("86–96 %") < told.index("R1.1-exported")
    assert "<details>" in told


def test_what_fails_stands_before_what_is_there_in_part() -> None:
    rows = [row("in-part", "partial", points=1.0), row("fails", "fail"), row("is-there", "pass", points=2.0)]
    told = written(made(*rows, scores={"total": (0.5, 0.5)}))
    assert told.index("fails") < told.index("in-part")


@pytest.mark.parametrize(
    "payload",
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[here](javascript:alert(1))", "| a | b |",
     "`code`", "@everyone", "#1", "![](https://example.org/x.png)", "</details>", "\n# heading\n"],
)  # fmt: skip
def test_nothing_that_strangers_wrote_comes_alive(payload: str) -> None:
    told = written(made(row("F1", "fail", message=payload, remedy=payload)))
    assert re.search(r"<(?!/?(details|summary|sub|sup|br|b|code|kbd)\b)[a-z/!]", told) is None
    assert re.search(r"(?<![\\`\w&])@everyone\b", told) is None
    assert "](javascript:" not in told
    assert re.search(r"(?<!\\)!\[\]\(https", told) is None
    assert "\n# heading" not in told
    assert told.count("</details>") == told.count("<details>")


def test_it_stays_below_the_limit_and_tells_what_it_leaves_out() -> None:
    rows = [row(f"M{number}", "fail", message="x" * 400) for number in range(5_000)]
    told = report("markdown").render([made(*rows)], style=Style())
    assert len(told) < MOST
    assert re.search(r"Left out to keep this short: [\d,]+ findings", told.decode())


def test_the_same_assessments_make_the_same_bytes() -> None:
    assert written(showcase()) == written(showcase())
