"""`fairkit survey`, as a data steward calls it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from fairkit import resources
from tests.cli.conftest import Ran
from tests.servers.cern_open_data import Portal

Run = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three records, of which one has no licence."""
    made = tmp_path / "records"
    made.mkdir()
    record = json.loads((resources.folder("showcase") / "12102" / "native.json").read_bytes())["metadata"]
    for number in range(3):
        own = {key: value for key, value in record.items() if number != 1 or key != "license"}
        (made / f"{number}.json").write_text(json.dumps(own | {"recid": str(number)}))
    return made


def test_a_folder_becomes_a_table_and_a_summary(run: Run, folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "out.parquet"
    done = run("survey", "--folder", folder, "-o", table)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == f"3 targets in {table}"
    assert "R1.1-licence" in run("survey", "--folder", folder, "-o", table, "--json").out
    assert pq.read_table(table)["license"].to_pylist() == ["CC0-1.0", None, "CC0-1.0"]


def test_the_summary_says_what_each_fix_would_gain(run: Run, folder: Path, tmp_path: Path) -> None:
    done = run("survey", "--folder", folder, "-o", tmp_path / "out.parquet", "--json")
    summary = json.loads(done.out)
    [one] = summary["checklists"]
    gains = {row["metric"]: row for row in one["failures"]}
    assert (summary["targets"], summary["errors"]) == (3, {})
    assert (gains["R1.1-licence"]["fail"], gains["R1.1-licence"]["partial"]) in {(1, 0), (0, 1)}
    assert [row["gain"] for row in one["failures"]] == sorted((row["gain"] for row in one["failures"]), reverse=True)
    [cms] = one["groups"]["experiment"]
    assert (cms["name"], cms["targets"], cms["scores"]) == ("CMS", 3, one["scores"])


def test_all_checklists_stand_in_one_table(run: Run, folder: Path, tmp_path: Path) -> None:
    run("survey", "--folder", folder, "-o", tmp_path / "out.parquet", "-c", "fairkit", "-c", "fair4hep")
    names = pq.read_schema(tmp_path / "out.parquet").names
    assert {"fairkit/total_low", "fair4hep/total_low", "fairkit/R1.1-licence"} <= set(names)


def test_targets_are_words_or_lines(run: Run, folder: Path, tmp_path: Path) -> None:
    words = run("survey", folder / "0.json", folder / "1.json", "-o", tmp_path / "a.parquet", "--offline")
    lines = run("survey", "-", "-o", tmp_path / "b.parquet", "--offline", stdin=f"{folder}/0.json\n{folder}/1.json\n")
    listed = tmp_path / "list.txt"
    listed.write_text(f"{folder}/0.json\n{folder}/1.json\n")
    named = run("survey", "--list", listed, "-o", tmp_path / "c.parquet", "--offline")
    assert [each.code for each in (words, lines, named)] == [0, 0, 0]
    a, b, c = (pq.read_table(tmp_path / f"{name}.parquet").to_pylist() for name in "abc")
    assert a == b == c


def test_records_are_fetched_through_the_portal_by_a_query(
    run: Run, portal: Portal, visit: Callable[[Portal], None], tmp_path: Path
) -> None:
    visit(portal)
    done = run("survey", "--query", "cernopendata:q=", "-o", tmp_path / "out.parquet")
    assert done.code == 0, done.err
    assert pq.read_metadata(tmp_path / "out.parquet").num_rows == len(portal.records)


def test_what_failed_is_told_and_tried_again(run: Run, folder: Path, tmp_path: Path) -> None:
    broken = folder / "3.json"
    broken.write_text("{")
    first = run("survey", "--folder", folder, "-o", tmp_path / "out.parquet")
    assert first.code == 5
    assert "1 not found, or not readable" in first.out
    broken.write_bytes((folder / "0.json").read_bytes())
    second = run("survey", "--folder", folder, "-o", tmp_path / "out.parquet")
    assert second.code == 0
    assert "3 targets are done already" in second.err
    assert second.out.splitlines()[0].startswith("4 targets")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--folder", "."], "--output"),
        (["-o", "x.parquet"], "no target was named"),
        (["12102", "--folder", ".", "-o", "x.parquet"], "more than one way"),
        (["--folder", "nowhere", "-o", "x.parquet"], "no folder"),
        (["12102", "-o", "x.parquet", "--jobs", "none"], "no number of processes"),
        (["12102", "-o", "nowhere/x.parquet"], "cannot write"),
        (["12102", "-o", "x.parquet", "--offline", "--online"], "contradict"),
        (["--query", "jets", "-o", "x.parquet"], "no query"),
        (["12102", "-o", "x.parquet", "-c", "fairkitt"], "fairkit"),
    ],
)
def test_a_wrong_call_is_told_what_to_do(
    run: Run, words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("survey", *words)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
