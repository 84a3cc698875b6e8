"""GitLab Code Quality: the keys that GitLab needs, with values that it knows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fairkit.assess.assessment import Assessment
from fairkit.report import Style, report

from .made import made, row, showcase
from .programs import NASTY, hostile, many

SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def findings(*assessments: Assessment) -> list[dict[str, Any]]:
    found = json.loads(report("gitlab").render(assessments, style=Style()))
    assert isinstance(found, list)
    return found


def faults(found: list[dict[str, Any]]) -> list[str]:
    """Where a list breaks what GitLab asks for."""
    wrong = []
    for one in found:
        wrong += [key for key in ("description", "check_name", "fingerprint") if not isinstance(one[key], str)]
        wrong += [] if one["severity"] in SEVERITIES else ["severity"]
        wrong += [] if isinstance(one["location"]["path"], str) else ["location.path"]
        wrong += [] if one["location"]["path"][:2] != "./" else ["location.path begins with ./"]
        wrong += [] if one["location"]["lines"]["begin"] >= 1 else ["location.lines.begin"]
    if len({one["fingerprint"] for one in found}) < len(found):
        wrong.append("fingerprint is not unique")
    return wrong


def test_it_is_what_gitlab_asks_for() -> None:
    assert faults(findings(made(row("F1", "fail"), urls=["./a"]), many(100))) == []


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_whatever_strangers_write(text: str) -> None:
    assert faults(findings(hostile(text))) == []


@pytest.mark.parametrize(
    ("status", "level", "severity"),
    [
        ("fail", "essential", "critical"),
        ("fail", "important", "major"),
        ("fail", "useful", "minor"),
        ("partial", "essential", "major"),
        ("partial", "important", "minor"),
        ("partial", "useful", "minor"),
        ("unknown", "essential", "info"),
    ],
)
def test_a_severity_is_by_level(status: str, level: str, severity: str) -> None:
    assert [one["severity"] for one in findings(made(row("F1", status, level=level)))] == [severity]


@pytest.mark.parametrize("status", ["pass", "pending", "not-applicable"])
def test_what_is_not_wrong_is_no_finding(status: str) -> None:
    assert findings(made(row("F1", status))) == []


def test_a_finding_says_what_where_and_what_to_do() -> None:
    proof = {"document": "./d/a.json", "pointer": "/a", "line": 3, "value": 1}
    (found,) = findings(
        made(row("F1", "fail", message="none", remedy="add one", evidence=[proof]), urls=["./d/a.json"])
    )
    assert found["description"] == "F1: none → add one"
    assert found["location"] == {"path": "d/a.json", "lines": {"begin": 3}}


def test_of_the_showcase_nothing_is_said() -> None:
    assert findings(showcase()) == []
