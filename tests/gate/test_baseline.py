"""Baselines: read from reports, written small and quiet, and what differs from them without being worse."""

from __future__ import annotations

import json

import pytest

from fairkit.assess.assessment import dump
from fairkit.errors import UnreadableDocument, UsageError
from fairkit.gate import Baseline, judge
from fairkit.gate.baseline import changes

from .made import assessment

NOTHING = Baseline((), "b.json")


def test_a_saved_report_is_a_baseline() -> None:
    report = dump([assessment(b="fail", a="pass")])
    [entry] = Baseline.parse(report, where="b.json").entries
    assert (entry.target, entry.checklist.id, entry.statuses) == ("t", "fairkit", {"a": "pass", "b": "fail"})


def test_what_is_written_is_read_again() -> None:
    written = NOTHING.updated([assessment(b="fail", a="pass"), assessment(target="s")])
    assert Baseline.parse(written.dump(), where="b.json") == written
    assert Baseline.parse(NOTHING.dump(), where="b.json") == NOTHING


def test_a_baseline_is_sorted_with_a_metric_to_a_line_and_no_times() -> None:
    written = NOTHING.updated([assessment(b="fail", a="pass"), assessment(target='"s"', checklist="fair4hep")]).dump()
    assert [entry["target"] for entry in json.loads(written)] == ['"s"', "t"]
    lines = written.decode().splitlines()
    assert [line.strip(" ,") for line in lines if "metric" in line] == [
        '{"metric": "a", "status": "pass"}',
        '{"metric": "b", "status": "fail"}',
    ]
    assert b"2026" not in written


def test_the_order_of_a_run_changes_no_byte() -> None:
    one, other = assessment(target="s", a="pass"), assessment(target="t", b="fail", a="pass")
    assert NOTHING.updated([one, other]).dump() == NOTHING.updated([other, one]).dump()


@pytest.mark.parametrize(
    "body", [b"", b"{", b"{}", b"[1]", b'[{"target": "t"}]', b'[{"target": "t", "verdict": "pass"}]', b"\xff", b"null"]
)
def test_what_is_no_report_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableDocument, match=r"^b\.json is no baseline, nor a report that fairkit wrote"):
        Baseline.parse(body, where="b.json")


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        ("./jets", "jets", True),
        ("jets/", "./jets", True),
        ("a/../jets", "jets", True),
        ("jets", "gluons", False),
        ("https://example.org//a/", "https://example.org/a", False),
        ("record 1", "record 1", True),
    ],
)
def test_a_target_is_known_by_its_name(before: str, now: str, same: bool) -> None:
    baseline = NOTHING.updated([assessment(target=before)])
    assert (baseline.entry(assessment(target=now)) is not None) is same


def test_a_baseline_of_another_target_is_refused() -> None:
    baseline = NOTHING.updated([assessment(target="gluons")])
    with pytest.raises(UsageError, match=r"b\.json is a baseline of gluons by fairkit, not of jets by fairkit"):
        baseline.hold([assessment(target="jets")])
    with pytest.raises(UsageError, match="not of gluons by fair4hep"):
        baseline.hold([assessment(target="gluons", checklist="fair4hep")])


def test_a_baseline_that_knows_one_of_the_targets_or_nothing_yet_is_taken() -> None:
    NOTHING.updated([assessment(target="gluons")]).hold([assessment(target="jets"), assessment(target="gluons")])
    NOTHING.hold([assessment(target="jets")])


def test_what_differs_without_being_worse_is_told() -> None:
    baseline = NOTHING.updated([assessment(a="pass", b="pass", gone="fail", c="pass")])
    now = assessment(a="pass", b="pending", new="pass", c="not-applicable", version="2")
    assert list(changes(baseline.entry(now), now)) == [
        "the baseline is by version 1 of fairkit, this by 2",
        "new since the baseline: new",
        "in the baseline, and no longer asked: gone",
        "b passed in the baseline, and is pending now",
        "c passed in the baseline, and is not-applicable now",
    ]


def test_a_new_target_is_told() -> None:
    verdict = judge(assessment(a="pass"), None, NOTHING)
    assert (verdict.verdict, verdict.notes) == ("pass", ("new: the baseline does not have it",))


def test_an_update_keeps_other_targets_and_what_could_not_be_tried() -> None:
    baseline = NOTHING.updated(
        [assessment(target="s", a="pass"), assessment(a="pass", b="pass", c="fail", gone="pass")]
    )
    after = baseline.updated([assessment(target="./t", a="unknown", b="fail", c="pass", d="unknown")])
    assert [entry.target for entry in after.entries] == ["s", "./t"]
    assert after.entries[1].statuses == {"a": "pass", "b": "fail", "c": "pass", "d": "unknown"}
