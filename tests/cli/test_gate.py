"""`fairkit gate`: exit codes, saved reports, and the showcase that it never judges."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.servers.cern_open_data import Portal

Run = Callable[..., Ran]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    file = tmp_path / "record.json"
    file.write_text(
        json.dumps({"recid": "7", "type": {"primary": "Dataset"}, "experiment": ["CMS"], "title": "Toy jets"})
    )
    return file


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--minimum", "total=0.1"], 0),
        (["--minimum", "total=1.0,F=1.0"], 1),
        ([], 1),
        (["--require", "F2-title"], 1),
        (["--require", "R1.2-current"], 0),
        (["--require", "A1-page"], 3),
        (["--minimum", "nonsense"], 2),
        (["--require", "R9"], 2),
    ],
)
def test_the_exit_code_is_the_verdict(run: Run, record: Path, options: list[str], code: int) -> None:
    assert run("gate", record, *options).code == code


def test_the_verdict_is_told_with_its_reasons(run: Run, record: Path) -> None:
    ran = run("gate", record)
    assert "is BLOCKED" in ran.out
    assert "F1-persistent" in ran.out
    [verdict] = json.loads(run("gate", record, "--json").out)
    assert verdict["verdict"] == "block"


def test_a_saved_report_is_judged_without_the_target(run: Run, record: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    run("assess", record, "--json", "-o", report)
    record.unlink()
    assert run("gate", report, "--minimum", "total=0.1").code == 0
    assert run("gate", report).code == 1


def test_saved_evidence_is_judged(run: Run, record: Path, tmp_path: Path) -> None:
    evidence = tmp_path / "evidence.json"
    run("assess", record, "--save-evidence", evidence, "-q")
    assert run("gate", "--evidence", evidence, "--minimum", "total=0.1").code == 0


def test_the_network_is_never_a_reason_to_block(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRKIT_CERN_OPEN_DATA_URL", "http://127.0.0.1:9")
    assert run("gate", "record", "328", "--minimum", "total=0.1", "--offline").code == 3


def test_the_showcase_is_not_judged(run: Run) -> None:
    ran = run("gate", "record", "12102", "--offline", "--minimum", "total=0.1")
    assert ran.code == 3
    assert "never judges the showcase" in ran.out


def test_a_record_over_the_portal_is_judged(run: Run, portal: Portal, visit: Callable[[Portal], None]) -> None:
    visit(portal)
    assert run("gate", "record", "700", "--minimum", "total=0.3").code == 0
    assert run("gate", "record", "1", "--minimum", "total=0.3").code == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[{"evidence_digest": 1}]', "not a report that fairkit wrote"),
        ('{"format": "fairkit-evidence/1", "evidence": []}', "no record, JSON-LD or DataCite"),
    ],
)
def test_what_is_no_report_is_not_judged(run: Run, tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "report.json"
    file.write_text(text)
    ran = run("gate", file)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_the_gate_never_passes_on_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "evidence.json"
    file.write_text('{"format": "fairkit-evidence/1", "evidence": []}')
    ran = run("gate", "--evidence", file)
    assert ran.code == 2
    assert "evidence about nothing" in ran.err


def test_a_metric_is_required_of_the_checklist_that_has_it(run: Run, record: Path, tmp_path: Path) -> None:
    report = tmp_path / "all.json"
    run("assess", record, "-c", "all", "--json", "-o", report)
    assert run("gate", record, "-c", "all", "--require", "R1.2-current").code == 0
    assert run("gate", report, "--require", "R1.2-current").code == 0
    assert run("gate", report, "--require", "R9").code == 2
    assert run("gate", report, "-c", "fairkit").code == 2
