"""Ten thousand findings: every report ends, can be read, and keeps to the limits of whoever takes it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest

from fairkit.assess.assessment import Assessment, load
from fairkit.cli.verdicts import as_json, as_text
from fairkit.gate import judge
from fairkit.model.outcome import STATUSES
from fairkit.registry import REPORTS
from fairkit.report import Style, report
from tests.report.made import made, row

from .inert import commands, live_html, live_markdown

COUNT = 10_000
LEVELS = ("essential", "important", "useful")
MOST_OF_MARKDOWN = 256_000
"""Bytes: a comment on GitHub and a summary of a step take more, and drop what is longer whole."""
MOST_OF_A_LEVEL = 10
MOST_OF_A_BADGE = 10_000


@cache
def found() -> Assessment:
    """Findings of every status and level, each with a long message and the places where it was read."""
    proofs = [{"document": "a.json", "pointer": f"/files/{n}", "line": n + 1, "value": "word " * 20} for n in range(3)]
    rows = [
        row(
            f"M{number}",
            STATUSES[number % len(STATUSES)],
            level=LEVELS[number // len(STATUSES) % len(LEVELS)],
            principle=("F1", "A1.1", "I2", "R1.3", "other")[number % 5],
            message=f"what was found of {number} " * 5,
            suggestion="a value",
            evidence=proofs,
            points=0.5,
        )
        for number in range(COUNT)
    ]
    return made(*rows, scores={"total": (0.3, 0.5)})


@cache
def written(name: str) -> bytes:
    return report(name).render([found()], style=Style())


def count(*statuses: str) -> int:
    return sum(result.status in statuses for result in found().results)


def of_sarif(told: Any) -> int:
    return sum(len(run["results"]) for run in told["runs"])


JSON: dict[str, tuple[Callable[[Any], int], Callable[[], int]]] = {
    "json": (lambda told: len(told[0]["results"]), lambda: COUNT),
    "fuji": (lambda told: len(told["results"]), lambda: COUNT),
    "gitlab": (len, lambda: count("fail", "partial", "unknown")),
    "sarif": (of_sarif, lambda: count("fail", "partial", "unknown")),
    "dqv": (lambda told: len(told["@graph"]), lambda: 1),
    "ftr": (lambda told: len(told["@graph"]), lambda: COUNT),
    "shields": (len, lambda: 1),
}
"""Of each report in JSON, how many things it tells, and how many it has to tell at the least."""


def test_every_report_is_among_these() -> None:
    assert {*JSON, "annotations", "badge", "html", "junit", "markdown", "text"} == set(REPORTS.names())


@pytest.mark.parametrize("name", JSON)
def test_json_can_be_read_and_tells_all(name: str) -> None:
    told, least = JSON[name]
    assert told(json.loads(written(name))) >= least()


def test_what_was_saved_is_read_back() -> None:
    assert load(written("json")) == (found(),)


def test_xml_is_well_formed_and_has_a_case_for_each() -> None:
    root = ElementTree.fromstring(written("junit"))  # noqa: S314 - our own
    assert len(root.findall(".//testcase")) == COUNT
    assert root.get("failures") == str(count("fail", "partial"))


@pytest.mark.parametrize("rows", [1, 10_000])
def test_the_badge_stays_a_badge(rows: int) -> None:
    some = report("badge").render([found()] * rows, style=Style())
    assert ElementTree.fromstring(some).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - our own
    assert len(some) < MOST_OF_A_BADGE


def test_a_page_has_a_row_for_each() -> None:
    page = written("html").decode()
    assert page.endswith("</html>\n")
    assert page.count("<code>M") >= COUNT
    assert page.count("<tr") == page.count("</tr>") >= COUNT


def test_markdown_keeps_its_size_and_says_what_it_left_out() -> None:
    text = written("markdown").decode()
    assert len(text.encode()) < MOST_OF_MARKDOWN
    assert "Left out to keep this short" in text
    assert live_markdown(text) == []


def test_markdown_keeps_its_size_for_ten_thousand_targets() -> None:
    few = made(row("F1", "fail"), scores={"total": (0.3, 0.5)})
    text = report("markdown").render([few] * COUNT, style=Style()).decode()
    assert len(text.encode()) < MOST_OF_MARKDOWN
    assert "Left out to keep this short" in text


def test_there_are_ten_annotations_of_a_level() -> None:
    told = commands(written("annotations").decode())
    assert Counter(level for level, _ in told) == dict.fromkeys(("error", "warning", "notice"), MOST_OF_A_LEVEL)
    lost = count("fail", "partial") - len(told)
    assert sum(int(message[1:].split()[0]) - 1 for _, message in told if message.startswith("+")) == lost


def test_text_ends_and_tells_the_worst() -> None:
    text = written("text").decode()
    shown = {word for word in text.split() if word[0] == "M" and word[1:].isdigit()}
    assert {result.metric for result in found().results if result.status == "fail"} <= shown
    assert max(map(len, text.splitlines())) <= Style().width


def test_the_gate_gives_every_reason() -> None:
    verdict = judge(found())
    assert as_text([verdict]).count(b"\n") > len(verdict.blocking) > 0
    assert len(json.loads(as_json([verdict]))[0]["blocking"]) == len(verdict.blocking)


def test_a_page_of_that_size_is_inert() -> None:
    few = made(*(row(f"M{number}", "fail", message="<script>1</script>") for number in range(200)))
    page = report("html").render([few], style=Style())
    assert [fault for fault in live_html(page, known=frozenset()) if "script" in fault] == []
