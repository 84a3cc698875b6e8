"""JUnit XML, read by a library that reads it everywhere, and held to the facts of its schema."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from fairkit.assess.assessment import Assessment
from fairkit.report import Style, report

from .made import made, row, showcase
from .programs import NASTY, hostile, many

ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors", "skipped", "time"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "timestamp"},
    "properties": set[str](),
    "property": {"name", "value"},
    "testcase": {"name", "classname", "time"},
    "failure": {"message", "type"},
    "skipped": {"message"},
    "system-out": set[str](),
}
CHILDREN = {
    "testsuites": ["testsuite"],
    "testsuite": ["properties", "testcase", "system-out"],
    "properties": ["property"],
    "testcase": ["skipped", "failure"],
}
"""What may stand in what, in this order."""


def written(*assessments: Assessment) -> bytes:
    return report("junit").render(assessments, style=Style())


def tree(*assessments: Assessment) -> ElementTree.Element:
    return ElementTree.fromstring(written(*assessments))  # noqa: S314 - our own


def faults(root: ElementTree.Element) -> list[str]:
    """Where a report breaks the schema that CI systems share, or miscounts."""
    found = []
    for node in root.iter():
        found += [f"{node.tag} {name}" for name in node.attrib.keys() - ATTRIBUTES[node.tag]]
        order = [CHILDREN[node.tag].index(child.tag) for child in node]
        found += [] if order == sorted(order) else [f"order in {node.tag}"]
    for suite in (root, *root):
        counted = {"tests": "testcase", "failures": "failure", "skipped": "skipped"}
        found += [
            f"{n} of {suite.tag}" for n, tag in counted.items() if int(suite.attrib[n]) != len([*suite.iter(tag)])
        ]
    return found


def test_it_holds_to_the_schema() -> None:
    assert faults(tree(showcase("fairkit"), showcase("fair4hep"), many(20), made(urls=[]))) == []


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_whatever_strangers_write(text: str) -> None:
    assert faults(tree(hostile(text))) == []


def test_a_library_reads_the_same() -> None:
    junitparser = pytest.importorskip("junitparser", reason="junitparser is not installed")
    one = showcase()
    read = junitparser.JUnitXml.fromstring(written(one, hostile("\x00<&>")))
    (first, second) = read
    assert first.name == "12102 (fairkit 1.0)"
    assert [case.name.partition(":")[0] for case in first] == [result.metric for result in one.results]
    assert {case.name.partition(":")[0] for case in first if case.is_passed} == {
        result.metric for result in one.results if result.status == "pass"
    }
    assert (second.tests, second.failures, second.skipped) == (6, 2, 3)
    assert first.timestamp == "2026-11-21T00:00:00"


@pytest.mark.parametrize(
    ("status", "outcome", "message"),
    [
        ("pass", None, None),
        ("fail", "failure", "none"),
        ("partial", "failure", "none"),
        ("unknown", "skipped", "unknown: none"),
        ("pending", "skipped", "pending: none"),
        ("not-applicable", "skipped", "not-applicable: none"),
    ],
)
def test_a_status_is_an_outcome(status: str, outcome: str | None, message: str | None) -> None:
    (case,) = tree(made(row("F1", status, message="none"))).iter("testcase")
    assert [(child.tag, child.get("message")) for child in case] == ([(outcome, message)] if outcome else [])


def test_a_failure_says_where_what_and_what_to_do() -> None:
    proof = {"document": "a.json", "pointer": "/a", "line": 3, "value": ["x\ny"]}
    (case,) = tree(made(row("F1", "fail", evidence=[proof], suggestion="CC0-1.0"))).iter("failure")
    assert (case.text or "").split("\n") == ["a.json:3", '/a = ["x\\ny"]', "mend it", "license = CC0-1.0"]


def test_the_showcase_is_said_to_be_one() -> None:
    assert "SHOWCASE" in (tree(showcase()).findtext(".//system-out") or "")
    assert tree(made()).find(".//system-out") is None
