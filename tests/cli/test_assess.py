"""`fairkit assess` as its users meet it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fairkit.assess import checklist
from tests.cli.conftest import Ran
from tests.servers.cern_open_data import Portal

Run = Callable[..., Ran]
RECORD = {"recid": "7", "type": {"primary": "Dataset"}, "experiment": ["CMS"], "title": "Toy jets for tests"}


@pytest.fixture
def record(tmp_path: Path) -> Path:
    file = tmp_path / "record.json"
    file.write_text(json.dumps(RECORD))
    return file


def assessments(ran: Ran) -> list[dict[str, Any]]:
    found = json.loads(ran.out)
    assert isinstance(found, list)
    return found


def test_the_main_job_runs_without_network(run: Run) -> None:
    ran = run("assess", "record", "12102", "--offline")
    assert ran.code == 0
    assert "SHOWCASE" in ran.out
    assert "not in the cache" in ran.err


def test_the_report_is_a_list_with_its_keys_in_order(run: Run, record: Path) -> None:
    [found] = assessments(run("assess", record, "--json"))
    assert list(found) == [
        "target", "resource", "checklist", "results", "scores", "documents", "evidence_digest", "fairkit_version",
        "assessed_at",
    ]  # fmt: skip
    assert list(found["results"][0]) == [
        "metric", "title", "principle", "about", "level", "status", "points", "possible", "maturity", "answer",
        "message", "tests", "evidence", "fix",
    ]  # fmt: skip
    assert list(found["scores"]) == ["F", "A", "I", "R", "total"]


def test_a_record_over_the_portal_and_its_replay_are_equal(
    run: Run, portal: Portal, visit: Callable[[Portal], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763700000")
    visit(portal)
    file = tmp_path / "evidence.json"
    live = run("assess", "record", "700", "--json", "--save-evidence", file)
    asked = len(portal.log)
    replayed = run("assess", "--evidence", file, "--json")
    assert (live.code, replayed.code) == (0, 0)
    assert live.out == replayed.out
    assert len(portal.log) == asked


def test_several_checklists_read_one_evidence(run: Run, portal: Portal, visit: Callable[[Portal], None]) -> None:
    visit(portal)
    found = assessments(run("assess", "700", "-c", "fairkit", "-c", "fair4hep", "-c", "fairkit", "--json"))
    assert [one["checklist"]["id"] for one in found] == ["fairkit", "fair4hep"]
    assert len({one["evidence_digest"] for one in found}) == 1
    assert len(portal.log) == 4


def test_all_checklists_gather_once_and_ask_for_nothing_twice(
    run: Run, portal: Portal, visit: Callable[[Portal], None]
) -> None:
    visit(portal)
    found = assessments(run("assess", "700", "-c", "all", "--json"))
    assert [one["checklist"]["id"] for one in found] == checklist.names()
    assert len({one["evidence_digest"] for one in found}) == 1
    # The API gives the record and its JSON-LD at one address, by what is accepted: two documents.
    assert portal.log
    assert len(portal.log) == len(set(portal.log))


def test_all_checklists_of_a_target_end_side_by_side(run: Run, record: Path) -> None:
    lines = run("assess", record, "-c", "all").out.splitlines()[-len(checklist.names()) - 1 :]
    assert [line.split()[0] for line in lines] == ["checklist", *checklist.names()]


def test_all_names_every_checklist(run: Run, record: Path) -> None:
    found = assessments(run("assess", record, "-c", "all", "--json"))
    rows = {one["checklist"]["id"]: len(one["results"]) for one in found}
    assert (rows["rda"], rows["ardc"], rows["fair4hep"]) == (41, 12, 16)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["assess"], 2, "no target was named"),
        (["assess", "record"], 2, "'record' needs a word"),
        (["assess", "nothing-like-it"], 2, "nothing recognises"),
        (["assess", "12102", "--format", "jsn"], 2, "Did you mean 'json'?"),
        (["assess", "12102", "--checklist", "fair"], 2, "there is no checklist 'fair'"),
        (["assess", "12102", "--explain", "R9"], 2, "there is no metric of fairkit 'R9'"),
        (["assess", "12102", "--offline", "--online"], 2, "contradict"),
        (["assess", "--evidence", "none.json"], 2, "none.json cannot be read"),
        (["assess", "12102", "--evidence", "none.json"], 2, "takes no targets"),
        (["assess", "--evidence", "a", "--save-evidence", "b"], 2, "is saved already"),
        (["assess", "12102", "--save-evidence", "none/b"], 2, "no folder to save"),
        (["assess", "12102", "--explain", "F2-title", "--json"], 2, "written in words"),
        (["assess", "x" * 300], 2, "nothing recognises"),
        (["assess", "file", "none.json"], 2, "none.json cannot be read"),
        (["assess", "12102", "--no-such-option"], 2, "No such option"),
    ],
)
def test_a_wrong_call_says_what_to_do(run: Run, words: list[str], code: int, told: str) -> None:
    ran = run(*words)
    assert ran.code == code
    assert told in ran.err
    assert ran.out == ""


def test_a_record_that_does_not_exist(run: Run, portal: Portal, visit: Callable[[Portal], None]) -> None:
    visit(portal)
    ran = run("assess", "record", "1210200")
    assert ran.code == 2
    assert "CERN Open Data has no record 1210200 (404 from" in ran.err


def test_a_broken_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "broken.json"
    file.write_text('{"recid": "7", ')
    ran = run("assess", file)
    assert ran.code == 2
    assert "broken.json is broken JSON" in ran.err
    assert "line 1" in ran.err


def test_nothing_read_is_an_entry_of_unknowns_and_code_3(run: Run) -> None:
    ran = run("assess", "record", "328", "--offline", "--json")
    [found] = assessments(ran)
    assert ran.code == 3
    assert {row["status"] for row in found["results"]} == {"unknown"}
    assert found["scores"]["total"] == {"low": 0.0, "high": 1.0}
    assert found["resource"] is None


def test_in_a_batch_every_target_is_tried_and_the_worst_code_wins(run: Run, record: Path, tmp_path: Path) -> None:
    ran = run("assess", record, tmp_path / "none.json", record, "--json")
    assert ran.code == 2
    assert [one["target"] for one in assessments(ran)] == [str(record), str(record)]
    assert ran.err.count("nothing recognises") == 1


def test_fail_fast_stops_at_the_first(run: Run, record: Path, tmp_path: Path) -> None:
    ran = run("assess", tmp_path / "none.json", record, "--json", "--fail-fast")
    assert (ran.code, ran.out) == (2, "")


def test_targets_come_from_standard_input(run: Run, record: Path) -> None:
    spaced = record.with_name("my record.json")
    spaced.write_bytes(record.read_bytes())
    ran = run("assess", "-", "--json", stdin=f"# ours\n{record}\r\nfile {spaced}\n\n{spaced}\n")
    assert [one["target"] for one in assessments(ran)] == [str(record), str(spaced), str(spaced)]


def test_the_report_goes_to_a_file_whole_or_not_at_all(run: Run, record: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    assert run("assess", record, "--json", "-o", file).out == ""
    assert json.loads(file.read_text())[0]["target"] == str(record)
    ran = run("assess", record, "--json", "-o", tmp_path / "none" / "report.json")
    assert ran.code == 2
    assert "cannot write" in ran.err


def test_a_metric_is_explained(run: Run, record: Path) -> None:
    ran = run("assess", record, "--explain", "R1.1-licence")
    assert ran.code == 0
    assert "has_licence" in ran.out
    assert "implied" in ran.out
    assert "/type/primary" in ran.out


def test_a_metric_is_explained_by_the_checklists_that_have_it(run: Run, record: Path) -> None:
    assert "R1-units" in run("assess", record, "-c", "all", "--explain", "R1-units").out


def test_without_a_place_for_a_cache_the_work_goes_on(run: Run, record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRKIT_CACHE", "~no-such-user/x")
    assert run("assess", record, "--json").code == 0
    ran = run("cache")
    assert ran.code == 2
    assert "Set FAIRKIT_CACHE" in ran.err


def test_nothing_gathered_is_not_saved(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "evidence.json"
    assert run("assess", tmp_path / "none", "--save-evidence", file).code == 2
    assert not file.exists()


def test_a_folder_is_assessed_before_it_is_deposited(run: Run, tmp_path: Path) -> None:
    (tmp_path / "jets.csv").write_text("pt\n1\n")
    ran = run("assess", tmp_path, "--json")
    statuses = {row["metric"]: row["status"] for row in assessments(ran)[0]["results"]}
    assert ran.code == 0
    assert "has no metadata" in ran.err
    assert statuses["F1-persistent"] == "pending"
    assert statuses["F2-title"] == "fail"


@pytest.mark.parametrize(("format", "line"), [("json", None), ("sarif", 3)])
def test_lines_are_looked_for_where_the_report_points_at_them(
    run: Run, tmp_path: Path, format: str, line: int | None
) -> None:
    (tmp_path / "fairkit.toml").write_text('[resource]\ntitle = "Jets"\nlicense = "mine"\n')
    ran = run("assess", tmp_path, "--format", format)
    written = json.loads(ran.out)
    if format == "json":
        assert {proof["line"] for row in written[0]["results"] for proof in row["evidence"]} == {line}
    else:
        (found,) = (one for one in written["runs"][0]["results"] if one["ruleId"] == "R1.1-standard")
        assert found["locations"][0]["physicalLocation"]["region"] == {"startLine": line}


def test_quiet_says_nothing_but_errors(run: Run) -> None:
    assert run("assess", "record", "12102", "--offline", "-q").err == ""


@pytest.mark.shared
def test_every_real_record_is_assessed_in_one_command_twice_alike(
    run: Run, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763700000")
    folder = shared / "data" / "cern-open-data"
    files = [
        f for part in ("records", "sample") for f in sorted((folder / part).glob("*.json")) if f.name != "INDEX.json"
    ]
    first = run("assess", *files, "--offline", "--json")
    assert first.code == 0
    assert [one["target"] for one in assessments(first)] == [str(file) for file in files]
    assert first.out == run("assess", *files, "--offline", "--json").out


@pytest.mark.shared
@pytest.mark.parametrize(
    ("number", "metric", "status", "words"),
    [
        ("12320", "R1.1-fits", "partial", "GPL-3.0-only"),
        ("15013", "R1-agrees", "partial", "138,693,229,336"),
        ("15013", "R1.2-current", "partial", "80030"),
        ("80030", "R1.2-current", "pass", "15013"),
        ("328", "R1.1-licence", "partial", "no licence is stated"),
    ],
)
def test_the_truth_about_real_records(
    run: Run, real: Portal, visit: Callable[[Portal], None], number: str, metric: str, status: str, words: str
) -> None:
    visit(real)
    [found] = assessments(run("assess", "record", number, "--json"))
    row = next(row for row in found["results"] if row["metric"] == metric)
    assert row["status"] == status
    assert words in row["message"]
