"""Verdicts as text and as JSON."""

from __future__ import annotations

import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from fairkit.cli.verdicts import as_json, as_text
from fairkit.gate import Baseline, Policy, Verdict, Waiver, judge
from tests.conftest import ROOT
from tests.gate.made import assessment

WAIVER = Waiver("waived", "asked of the experiment", date(2027, 1, 31))


def everything() -> Verdict:
    """A verdict in which each list has something."""
    baseline = Baseline(()).updated([assessment(useful_a="pass", gone="pass")])
    found = assessment(a="fail", b="unknown", waived="partial", useful_a="fail")
    return judge(found, Policy(waivers=(WAIVER,), where="p.toml"), baseline, today=date(2026, 11, 21))


def test_every_reason_has_a_line() -> None:
    assert as_text([everything()]).decode().splitlines() == [
        "t is BLOCKED (checklist fairkit, policy p.toml)",
        "  ✗ a: fail: as found",
        "  ✗ useful_a: fail: as found (it passed in the baseline)",
        "  ? b: unknown: as found",
        "  ~ waived: partial: as found; waived until 2027-01-31: asked of the experiment",
        "  · new since the baseline: a, b, waived",
        "  · in the baseline, and no longer asked: gone",
    ]


@pytest.mark.parametrize(("status", "said"), [("pass", "may pass"), ("fail", "is BLOCKED"), ("unknown", "cannot be")])
def test_the_first_line_says_the_verdict(status: str, said: str) -> None:
    assert as_text([judge(assessment(a=status))]).decode().startswith(f"t {said}")  # type: ignore[arg-type]


def test_a_verdict_holds_to_its_schema_and_keeps_its_order() -> None:
    written = json.loads(as_json([everything(), judge(assessment(a="pass"))]))
    schema = json.loads((ROOT / "schemas" / "gate.schema.json").read_bytes())
    assert [error.message for error in Draft202012Validator(schema).iter_errors(written)] == []
    assert [list(each) for each in written] == [
        ["target", "checklist", "policy", "verdict", "blocking", "unknown", "waived", "regressions", "notes",
         "evidence_digest", "fairkit_version"]
    ] * 2  # fmt: skip


def test_what_strangers_wrote_moves_no_cursor() -> None:
    assert b"\x1b" not in as_text([judge(assessment(target="\x1b[2J\nsecond"))])
    assert as_text([judge(assessment(target="\x1b[2J\nsecond"))]).count(b"\n") == 1
