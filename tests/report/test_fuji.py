"""JSON in the shape of F-UJI's answers, whose sums are those of F-UJI itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fairkit.assess import checklist
from fairkit.assess.assessment import Assessment
from fairkit.report import Style, report

from .made import made, row, showcase

VERSIONS = ("0.8", "0.5")


def answer(*assessments: Assessment) -> Any:
    return json.loads(report("fuji").render(assessments, style=Style()))


def recorded(oracle: dict[str, Any]) -> Assessment:
    """An assessment with the results that F-UJI gave: its points, maturities and tests."""
    rows = []
    for name, metric in oracle["metrics"].items():
        tests = [
            {"id": id_, "check": "has_title", "on": "resource", "status": test["status"], "answer": None}
            | {"points": test["earned"] / test["total"] if test["total"] else 0.0, "worth": test["total"]}
            | {"maturity": test["maturity"]}
            for id_, test in metric["tests"].items()
        ]
        status = "pass" if metric["earned"] else "fail"
        one = row(name, status, points=metric["earned"], possible=metric["total"], maturity=metric["maturity"])
        rows.append(one | {"tests": tests, "principle": name.split("-")[1]})
    return made(*rows)


@pytest.mark.shared
@pytest.mark.parametrize("version", VERSIONS)
def test_the_sums_are_those_of_fuji(shared: Path, version: str) -> None:
    cases = sorted((shared / "data" / "fuji" / "cases").glob(f"*/fuji-{version}.json"))
    assert len(cases) > 200
    for path in cases:
        oracle = json.loads(path.read_bytes())
        summary = answer(recorded(oracle))["summary"]
        for letter in ("F", "A", "I", "R", "FAIR"):
            told = {key: summary[key][letter] for key in ("score_earned", "score_total", "score_percent", "maturity")}
            known = {"score_earned": oracle["earned"], "score_total": oracle["total"]}
            known |= {"score_percent": oracle["percent"], "maturity": oracle["maturity"]}
            assert told == {key: value[letter] for key, value in known.items()}, f"{path.parent.name} {letter}"


@pytest.mark.shared
@pytest.mark.parametrize("version", VERSIONS)
def test_the_points_of_metrics_and_tests_are_those_of_fuji(shared: Path, version: str) -> None:
    for path in sorted((shared / "data" / "fuji" / "cases").glob(f"*/fuji-{version}.json"))[::10]:
        metrics = json.loads(path.read_bytes())["metrics"]
        for result in answer(recorded({"metrics": metrics}))["results"]:
            known = metrics[result["metric_identifier"]]
            assert result["score"] == {"earned": known["earned"], "total": known["total"]}
            assert result["maturity"] == known["maturity"]
            for name, test in result["metric_tests"].items():
                assert test["metric_test_score"] == {key: known["tests"][name][key] for key in ("earned", "total")}
                assert test["metric_test_status"] == known["tests"][name]["status"]
                if test["metric_test_status"] == "pass":  # F-UJI 0.5 leaves the maturity of a few failed tests standing
                    assert test["metric_test_maturity"] == known["tests"][name]["maturity"]


def test_one_assessment_is_an_answer_and_several_are_a_list() -> None:
    assert answer(made())["request"] == {"object_identifier": "record 1"}
    assert [one["total_metrics"] for one in answer(made(), made(row("F1")))] == [0, 1]
    assert answer() == []


@pytest.mark.parametrize("name", checklist.names())
def test_it_has_the_keys_of_fuji_for_any_checklist(name: str) -> None:
    found = answer(showcase(name))
    assert list(found["summary"]) == [
        *("score_earned", "score_total", "score_percent", "status_total", "status_passed", "maturity")
    ]
    letters = set() if name == "fair-ai" else set("FAIR")  # of a dataset it asks nothing
    assert letters | {"FAIR"} <= found["summary"]["score_percent"].keys()
    for number, result in enumerate(found["results"], 1):
        assert result["id"] == number
        assert list(result)[1:7] == [
            *("metric_identifier", "metric_name", "metric_tests", "test_status", "score", "maturity")
        ]
        assert result["test_status"] in ("pass", "fail", "indeterminate")
        for test in result["metric_tests"].values():
            assert {"metric_test_score", "metric_test_maturity", "metric_test_status"} < test.keys()


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("pass", "pass"),
        ("partial", "pass"),
        ("fail", "fail"),
        ("unknown", "indeterminate"),
        ("pending", "indeterminate"),
        ("not-applicable", "indeterminate"),
    ],
)
def test_a_status_is_in_fujis_words(status: str, told: str) -> None:
    (result,) = answer(made(row("F1", status)))["results"]
    (test,) = result["metric_tests"].values()
    assert result["test_status"] == test["metric_test_status"] == told


def test_what_is_not_asked_is_in_no_sum() -> None:
    rows = row("F1", points=1, possible=2), row("F2", "not-applicable", possible=0), row("F3", "fail", principle="F3")
    summary = answer(made(*rows))["summary"]
    assert summary["score_total"] == {"F": 4, "F1": 2, "F3": 2, "FAIR": 4}
    assert summary["score_percent"] == {"F": 25, "F1": 50, "F3": 0, "FAIR": 25}
    assert summary["status_total"]["FAIR"] == 2
    assert summary["status_passed"]["FAIR"] == 1


@pytest.mark.parametrize(
    ("levels", "letter"),
    [
        ([3, 0, 0], 1),
        ([1, 0, 0, 0, 0], 1),
        ([0, 0], 0),
        ([3, 2], 2),
        ([3, 3, 2], 3),
        ([None, None], None),
        ([None, 3], 3),
    ],
)
def test_maturity_is_the_rounded_mean_but_never_nothing_for_something(
    levels: list[int | None], letter: int | None
) -> None:
    rows = [row(f"F{number}", maturity=level) for number, level in enumerate(levels)]
    assert answer(made(*rows))["summary"]["maturity"] == {"F": letter, "F1": letter, "FAIR": letter}
