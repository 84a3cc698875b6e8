"""`fairkit diff`: saved reports and targets that are assessed now."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.test_schemas import faults

Run = Callable[..., Ran]


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    file = tmp_path / "fairkit.toml"
    file.write_text('[resource]\ntitle = "Jets of a toy"\n')
    return file


@pytest.fixture
def report(run: Run, toml: Path, tmp_path: Path) -> Path:
    file = tmp_path / "report.json"
    run("assess", toml, "--json", "-o", file)
    return file


def test_today_is_held_against_a_saved_report(run: Run, toml: Path, report: Path) -> None:
    toml.write_text('[resource]\ntitle = "Jets of a toy"\nlicense = "CC0-1.0"\n')
    ran = run("diff", report, toml)
    assert ran.code == 0
    assert "R1.1-licence" in ran.out
    assert "✗ fail → ✓ pass" in ran.out or "→ ✓ pass" in ran.out
    written = json.loads(run("diff", report, toml, "--json").out)
    assert faults("diff", written) == []
    assert "R1.1-licence" in [change["metric"] for change in written[0]["better"]]


def test_two_saved_reports_need_no_target(run: Run, toml: Path, report: Path) -> None:
    toml.unlink()
    ran = run("diff", report, report)
    assert ran.code == 0
    assert "the evidence is the same" in ran.out


def test_what_is_assessed_now_is_assessed_as_the_report_was(run: Run, toml: Path, tmp_path: Path) -> None:
    report = tmp_path / "both.json"
    run("assess", toml, "-c", "fair4hep", "--json", "-o", report)
    [found] = json.loads(run("diff", report, toml, "--json").out)
    assert found["now"]["checklist"] == "fair4hep"


def test_two_targets_are_assessed_now(run: Run, toml: Path) -> None:
    assert run("diff", toml, "record", "12102", "--offline", "-q").code == 0


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "two things, not 0"),
        (("12102",), 2, "two things, not 1"),
        (("no-such-thing", "12102", "--offline"), 2, "nothing recognises"),
    ],
)
def test_a_wrong_call_is_said(run: Run, words: tuple[str, ...], code: int, told: str) -> None:
    ran = run("diff", *words)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err


def test_saved_reports_have_their_checklists(run: Run, report: Path) -> None:
    ran = run("diff", report, report, "-c", "fairkit")
    assert ran.code == 2
    assert "their own checklists" in ran.err
