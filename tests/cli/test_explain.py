"""A metric explained: what it asks, how it is judged, and on what its verdict stands."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.assess import checklist
from fairkit.assess.checklist import Checklist
from fairkit.cli.explain import explanation
from tests.report.made import made, row

WRITTEN = """
id = "toy"
version = "1"
title = "A toy checklist"

[[metric]]
id = "F2-title"
principle = "F2"
level = "important"
applies = ["dataset", "model"]
{more}
"""
PLAIN = 'tests = [{ check = "has_title" }]'


def toy(more: str = PLAIN) -> Checklist:
    return checklist.parse(WRITTEN.format(more=more).encode(), where="toy.toml")


def told(more: str = PLAIN, **result: Any) -> list[str]:
    """The lines about the one metric of the toy; with a `result`, its verdict on one target too."""
    assessments = [made(row("other"), row("F2-title", **result))] if result else []
    return explanation(toy(more).metrics, assessments).decode().splitlines()


def test_the_metric_is_told_with_its_check() -> None:
    lines = told()
    [metric] = toy().metrics
    assert lines[0] == "F2-title (F2, important, 2 points, about the metadata)"
    assert lines[1] == f"  {metric.title}"
    assert "  asked of: dataset, model" in lines
    assert f"  test {metric.tests[0].id}: has_title on resource" in lines
    assert f"    {metric.tests[0].check.title}" in lines
    assert "    depends on: title" in lines
    assert lines[-1] == f"  what to do: {metric.tests[0].check.remedy}"


def test_the_words_of_the_checklist_stand_in_for_those_of_the_checks() -> None:
    lines = told(f'{PLAIN}\nremedy = "Call it something."')
    assert [line for line in lines if "what to do" in line] == ["  what to do: Call it something."]


def test_the_same_advice_is_given_once() -> None:
    lines = told('tests = [{ check = "has_title" }, { check = "has_title", on = "datacite" }]')
    assert sum("what to do" in line for line in lines) == 1
    assert [line.rpartition(" on ")[2] for line in lines if line.startswith("  test ")] == ["resource", "datacite"]


def test_parameters_are_told() -> None:
    [test] = (
        line for line in told('tests = [{ check = "has_description", params = { words = 5 } }]') if " test " in line
    )
    assert test.endswith("has_description on resource, words = 5")


def test_the_verdict_is_told_with_what_it_stands_on() -> None:
    proofs = [
        {"document": "a.json", "pointer": "/titles/0", "value": "Jets"},
        {"document": "b.toml", "pointer": "", "value": 3},
    ]
    lines = told(points=2.0, message="a title of 1 word", evidence=proofs)
    assert lines[lines.index("") :] == [
        "",
        "record 1: pass, 2 of 2 points",
        "  a title of 1 word",
        "  F2-title-1 on resource: pass",
        "  seen in a.json at /titles/0: Jets",
        "  seen in b.toml at /: 3",
    ]


@pytest.mark.parametrize(
    ("suggestion", "last"),
    [(None, "  to change: license: mend it"), ("CC0-1.0", "  to change: license: mend it Begin with 'CC0-1.0'.")],
)
def test_what_falls_short_comes_with_what_to_change(suggestion: str | None, last: str) -> None:
    assert told(status="fail", suggestion=suggestion)[-1] == last


def test_advice_may_be_about_no_field() -> None:
    advice = {"field": None, "suggestion": None, "remedy": "ask the portal"}
    assert told(status="fail", fix=advice)[-1] == "  to change: ask the portal"


def test_every_target_has_its_verdict() -> None:
    targets = [made(row("F2-title"), target=f"record {number}") for number in (1, 2)]
    lines = explanation(toy().metrics, targets).decode().splitlines()
    assert [line for line in lines if line.startswith("record")] == [
        "record 1: pass, 0 of 2 points",
        "record 2: pass, 0 of 2 points",
    ]


def test_what_strangers_wrote_does_nothing_to_the_terminal() -> None:
    proof = {"document": "a.json", "pointer": "/t", "value": "\u202ered\udc80"}
    text = explanation(toy().metrics, [made(row("F2-title", message="\x1b[2J\nred", evidence=[proof]))]).decode()
    assert not {"\x1b", "\u202e"} & set(text)
    assert "  \ufffd[2J\ufffdred\n" in text
    assert "/t: \ufffdred\ufffd\n" in text


def test_no_metric_is_nothing() -> None:
    assert explanation([], [made(row("F2-title"))]) == b"\n"
