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


def test_a_policy_beside_the_folder_is_found(run: Run, tmp_path: Path) -> None:
    (tmp_path / "fairkit.toml").write_text('[resource]\ntitle = "Toy jets of two flavours"\n[gate]\nlevels = []\n')
    ran = run("gate", tmp_path, "--offline")
    assert (ran.code, f"policy {tmp_path}/fairkit.toml" in ran.out) == (0, True)
    assert run("gate", tmp_path, "--offline", "--level", "essential").code == 1


def test_the_policy_is_vetted_before_anything_is_fetched(run: Run, portal: Portal, visit: Callable[..., None]) -> None:
    visit(portal)
    assert run("gate", "record", "700", "--require", "R9").code == 2
    assert run("gate", "record", "700", "--report", "klingon=x").code == 2
    assert run("gate", "record", "700", "--baseline", "nowhere.json").code == 2
    assert portal.log == []


def test_reports_are_written_whatever_the_verdict(run: Run, record: Path, tmp_path: Path) -> None:
    files = {name: tmp_path / f"out.{name}" for name in ("json", "text", "annotations")}
    options = [part for name, file in files.items() for part in ("--report", f"{name}={file}")]
    assert run("gate", record, *options, "--verdict", tmp_path / "verdict.json").code == 1
    [assessment] = json.loads(files["json"].read_bytes())
    assert assessment["target"] == str(record)
    assert "F1-persistent" in files["text"].read_text()
    assert files["annotations"].read_text().startswith("::error file=")
    [verdict] = json.loads((tmp_path / "verdict.json").read_bytes())
    assert verdict["verdict"] == "block"


def test_an_annotation_points_at_its_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "fairkit.toml"
    file.write_text(
        '[resource]\ndescription = "Some jets with their labels, made up for a test of the gate."\ntitle = "Jets"\n'
    )
    run("gate", file, "--report", f"annotations={tmp_path / 'out.txt'}")
    [line] = [line for line in (tmp_path / "out.txt").read_text().splitlines() if "title=F2-title" in line]
    assert line.startswith(f"::error file={file},line=3,title=F2-title")


@pytest.mark.parametrize("written", ["json", "json=", "=x", "klingon=x.json"])
def test_a_report_without_a_name_or_a_file_is_refused(run: Run, record: Path, written: str) -> None:
    assert run("gate", record, "--report", written).code == 2


def test_what_found_nothing_writes_no_empty_report(run: Run, tmp_path: Path) -> None:
    assert run("gate", "nowhere.json", "--report", f"json={tmp_path / 'out.json'}").code == 2
    assert not (tmp_path / "out.json").exists()


def test_a_baseline_is_written_when_it_is_asked_for_and_stays_quiet(
    run: Run, record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    baseline = tmp_path / "baseline.json"
    written = []
    for when in ("0", "1000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", when)
        assert run("gate", record, "--baseline", baseline, "--update-baseline").code == 1
        written.append(baseline.read_bytes())
        assert run("gate", record, "--baseline", baseline, "--minimum", "total=0").code == 0
        assert baseline.read_bytes() == written[-1]
    assert written[0] == written[1]
    assert [part.name for part in tmp_path.iterdir() if part.suffix == ".part"] == []


def test_a_saved_report_is_a_baseline(run: Run, record: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    record.write_text(record.read_text().replace("Toy jets", "Toy jets of two flavours"))
    run("assess", record, "--json", "-o", report)
    assert run("gate", record, "--minimum", "total=0", "--baseline", report).code == 0
    record.write_text(record.read_text().replace("Toy jets of two flavours", ""))
    assert run("gate", record, "--minimum", "total=0", "--baseline", report).code == 1


@pytest.mark.parametrize(
    ("target", "said"), [(["record", "12102", "--offline"], "nothing could be judged"), (["nowhere.json"], "nowhere")]
)
def test_what_was_not_judged_is_no_baseline(run: Run, tmp_path: Path, target: list[str], said: str) -> None:
    ran = run("gate", *target, "--baseline", tmp_path / "b.json", "--update-baseline")
    assert ran.code in (2, 3)
    assert said in ran.err
    assert not (tmp_path / "b.json").exists()


def test_an_update_overwrites_nothing_but_a_baseline(run: Run, record: Path) -> None:
    before = record.read_bytes()
    assert run("gate", record, "--baseline", record, "--update-baseline").code == 2
    assert record.read_bytes() == before
    assert run("gate", record, "--update-baseline").code == 2


def test_a_policy_for_another_checklist_does_not_judge_a_report(run: Run, record: Path, tmp_path: Path) -> None:
    report, policy = tmp_path / "report.json", tmp_path / "p.toml"
    run("assess", record, "-c", "fairkit", "-c", "fair4hep", "--json", "-o", report)
    policy.write_text('[gate]\nchecklist = "fair4hep"\nlevels = []\n')
    assert run("gate", report, "--policy", policy).out.count("may pass") == 1
    run("assess", record, "--json", "-o", report)
    ran = run("gate", report, "--policy", policy)
    assert (ran.code, "asks for the checklist fair4hep" in ran.err) == (2, True)
