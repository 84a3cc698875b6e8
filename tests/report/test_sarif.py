"""SARIF 2.1.0, held against a model of the standard and against what the standard says of each part."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from fairkit.assess.assessment import Assessment, assess
from fairkit.assess.checklist import load
from fairkit.dialects import harvest
from fairkit.model.evidence import Document, Evidence
from fairkit.report import Style, report

from .made import made, row, showcase
from .programs import NASTY, hostile, many


def log(*assessments: Assessment, verbose: bool = False) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(report("sarif").render(assessments, style=Style(verbose=verbose)))
    return written


def results(*assessments: Assessment, verbose: bool = False) -> list[dict[str, Any]]:
    return [result for run in log(*assessments, verbose=verbose)["runs"] for result in run["results"]]


def faults(log: dict[str, Any]) -> list[str]:
    """Where a log breaks what the standard says, by its sections."""
    found = [] if log["version"] == "2.1.0" else ["3.13.2 version"]
    for run in log["runs"]:
        driver, rules = run["tool"]["driver"], [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        found += [] if driver["name"] else ["3.19.8 name"]
        found += [] if urlsplit(driver["informationUri"]).scheme else ["3.19.17 absolute URI"]
        found += [] if len(rules) == len(set(rules)) else ["3.19.23 unique elements"]
        found += ["3.49 text"] * sum(not rule[key]["text"] for rule in driver["rules"] for key in ("help",))
        for result in run["results"]:
            found += [] if rules[result["ruleIndex"]] == result["ruleId"] else ["3.27.6 ruleIndex"]
            found += [] if (result["kind"] == "fail") or (result["level"] == "none") else ["3.27.10 level of kind"]
            found += [] if result["level"] in ("none", "note", "warning", "error") else ["3.27.10 level"]
            text = re.sub(r"\{\{|\}\}", "", result["message"]["text"])
            found += ["3.11.5 braces"] * bool(re.search("[{}]", text)) + ["3.11.6 link"] * ("](" in text)
            for location in result["locations"]:
                where = location["physicalLocation"]
                found += [] if where["region"]["startLine"] >= 1 else ["3.30.5 startLine"]
                found += [] if " " not in where["artifactLocation"]["uri"] else ["3.4.3 uri"]
            found += [] if all(isinstance(v, str) for v in result["partialFingerprints"].values()) else ["3.27.17"]
    return found


@pytest.mark.parametrize("verbose", [True, False])
def test_it_holds_to_the_standard(verbose: bool) -> None:
    assert faults(log(showcase("fairkit"), showcase("fair4hep"), many(20), verbose=verbose)) == []


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_whatever_strangers_write(text: str) -> None:
    assert faults(log(hostile(text), verbose=True)) == []


@pytest.mark.parametrize("verbose", [True, False])
def test_a_model_of_the_standard_reads_it(verbose: bool) -> None:
    sarif = pytest.importorskip("sarif_pydantic", reason="sarif-pydantic is not installed")
    written = report("sarif").render([showcase(), hostile("{0}")], style=Style(verbose=verbose))
    read = sarif.Sarif.model_validate_json(written)
    assert [len(run.results) for run in read.runs] == [len(run["results"]) for run in json.loads(written)["runs"]]
    assert read.runs[0].tool.driver.name == "fairkit"


@pytest.mark.parametrize(
    ("status", "level", "told"),
    [
        ("fail", "essential", "error"),
        ("fail", "important", "warning"),
        ("fail", "useful", "note"),
        ("partial", "essential", "warning"),
        ("partial", "important", "warning"),
        ("partial", "useful", "note"),
        ("unknown", "essential", "note"),
        ("unknown", "useful", "note"),
    ],
)
def test_a_level_tells_how_bad_it_is(status: str, level: str, told: str) -> None:
    (result,) = results(made(row("F1", status, level=level)))
    assert (result["level"], result["kind"]) == (told, "fail")


@pytest.mark.parametrize(
    ("status", "kind"), [("pass", "pass"), ("pending", "open"), ("not-applicable", "notApplicable")]
)
def test_what_is_not_wrong_is_told_if_it_is_asked_for(status: str, kind: str) -> None:
    assert results(made(row("F1", status))) == []
    (result,) = results(made(row("F1", status)), verbose=True)
    assert (result["level"], result["kind"]) == ("none", kind)


def test_a_rule_is_a_metric_with_its_title_and_remedy() -> None:
    run = log(made(row("F1-title", "fail", title="It has a title.", remedy="Give it one.", level="essential")))["runs"][
        0
    ]
    assert run["tool"]["driver"]["rules"] == [
        {
            "id": "F1-title",
            "shortDescription": {"text": "It has a title."},
            "fullDescription": {"text": "It has a title."},
            "help": {"text": "Give it one."},
            "defaultConfiguration": {"level": "error"},
            "properties": {"tags": ["FAIR", "F", "F1"], "about": "metadata"},
        }
    ]


def test_a_run_is_a_target_by_a_checklist_with_its_scores() -> None:
    runs = log(made(scores={"F": (0.5, 0.75)}), made(target="b", checklist={"id": "other", "version": "2"}))["runs"]
    assert [run["automationDetails"]["id"] for run in runs] == ["fairkit/fairkit/record 1/", "fairkit/other/b/"]
    assert runs[0]["properties"]["scores"]["F"] == {"low": 0.5, "high": 0.75}
    assert runs[0]["properties"]["scores"]["total"] is None
    assert runs[1]["properties"]["checklist"] == "other 2"


def test_braces_and_brackets_are_what_they_were() -> None:
    (result,) = results(made(row("F1", "unknown", message="{0} of [a](b) {c}")))
    assert result["message"]["text"] == "{{0}} of [a] (b) {{c}}"


@pytest.mark.parametrize(
    ("assessment", "succeeded", "warned"),
    [(made(), True, 0), (made(urls=[]), False, 1), (made(urls=["showcase:12102/native.json"]), True, 1)],
)
def test_what_a_reader_must_not_miss_is_a_notification(assessment: Assessment, succeeded: bool, warned: int) -> None:
    (invocation,) = log(assessment)["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is succeeded
    assert len(invocation.get("toolExecutionNotifications", [])) == warned


@pytest.mark.parametrize(("version", "semantic"), [("0.1.0", "0.1.0"), ("0.1.0.dev1", None)])
def test_a_version_is_semantic_if_it_is(version: str, semantic: str | None) -> None:
    driver = log(made(fairkit_version=version))["runs"][0]["tool"]["driver"]
    assert (driver["version"], driver.get("semanticVersion")) == (version, semantic)


def test_a_finding_stands_on_the_line_of_its_value() -> None:
    body = b'[resource]\ntitle = "Jets"\n\n\nlicense = "none of your business"\n'
    document = Document(representation="fairkit-toml", media_type="application/toml", url="d/fairkit.toml", body=body)
    evidence = Evidence(target="d", source="folder", basis="local", documents=(document,))
    one = assess(harvest(evidence), load("fairkit"), when="2026-11-21T00:00:00Z", lines=True)
    (found,) = (result for result in results(one) if result["ruleId"] == "R1.1-standard")
    where = found["locations"][0]
    assert where["physicalLocation"] == {
        "artifactLocation": {"uri": "d/fairkit.toml"},
        "region": {"startLine": 5},
    }
    assert where["logicalLocations"] == [{"fullyQualifiedName": "/resource/license", "kind": "property"}]
