"""The JSON report is a list of assessments that can be read back."""

from __future__ import annotations

import json

import pytest

from fairkit.assess.assessment import load
from fairkit.errors import UnknownName
from fairkit.registry import REPORTS
from fairkit.report import Style, report

from .made import made, row, showcase


def test_no_assessment_is_an_empty_list() -> None:
    assert json.loads(report("json").render([], style=Style())) == []


@pytest.mark.parametrize("count", [1, 2])
def test_it_is_always_a_list(count: int) -> None:
    written = json.loads(report("json").render([made(row("F1"))] * count, style=Style()))
    assert [each["target"] for each in written] == ["record 1"] * count


def test_the_order_of_the_keys_is_fixed() -> None:
    (written,) = json.loads(report("json").render([made(row("F1"))], style=Style()))
    assert list(written) == [
        *("target", "resource", "checklist", "results", "scores", "documents"),
        *("evidence_digest", "fairkit_version", "assessed_at"),
    ]
    assert list(written["results"][0]) == [
        *("metric", "title", "principle", "about", "level", "status", "points", "possible", "maturity", "answer"),
        *("message", "tests", "evidence", "fix"),
    ]


def test_what_is_written_is_what_is_read_back() -> None:
    assessments = (showcase("fairkit"), showcase("fair4hep"))
    assert load(report("json").render(assessments, style=Style())) == assessments


def test_a_style_changes_nothing() -> None:
    assessments = [made(row("F1", "fail"))]
    loud = Style(colour=True, width=40, verbose=True)
    assert report("json").render(assessments, style=loud) == report("json").render(assessments, style=Style())


@pytest.mark.parametrize("name", REPORTS.names())
def test_every_report_is_one(name: str) -> None:
    found = report(name)
    assert found.TITLE
    assert found.MEDIA_TYPE
    assert found.render([showcase()], style=Style())


def test_a_misspelt_report_lists_the_known_ones() -> None:
    with pytest.raises(UnknownName, match=r"no report 'jsn'(.|\n)*'json'\?"):
        report("jsn")
