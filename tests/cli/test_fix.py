"""`fairkit fix`: a folder is written only when somebody says so, a record gets a patch."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import jsonpatch
import pytest

from tests.cli.conftest import Ran
from tests.conftest import ROOT
from tests.fix.works import RECORD
from tests.test_schemas import faults

Run = Callable[..., Ran]


@pytest.fixture
def jets(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "examples" / "jets", tmp_path / "jets"))


@pytest.fixture
def record(tmp_path: Path) -> Path:
    file = tmp_path / "record.json"
    file.write_text(json.dumps({"metadata": RECORD}))
    return file


def total(run: Run, target: Path) -> float:
    [found] = json.loads(run("assess", target, "--json").out)
    return float(found["scores"]["total"]["low"])


def test_without_a_terminal_nothing_is_written(run: Run, jets: Path) -> None:
    before = (jets / "fairkit.toml").read_bytes()
    ran = run("fix", jets, stdin="y\n")
    assert (ran.code, (jets / "fairkit.toml").read_bytes()) == (0, before)
    assert "+[[files]]" in ran.out
    assert "stays as it is" in ran.err


def test_the_promised_score_is_there_once_it_is_written_and_a_second_run_changes_nothing(run: Run, jets: Path) -> None:
    before = (jets / "fairkit.toml").read_text()
    promised = json.loads(run("fix", jets, "--json").out)
    assert faults("fix", promised) == []
    ran = run("fix", jets, "--yes")
    assert "wrote" in ran.err
    after = (jets / "fairkit.toml").read_text()
    assert total(run, jets) == promised["gains"][0]["now"]["low"] > promised["gains"][0]["then"]["low"]
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert "@@" not in run("fix", jets, "--yes").out
    assert (jets / "fairkit.toml").read_text() == after


def test_a_folder_without_a_description_gets_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("pt\n1\n")
    assert run("fix", tmp_path, "--yes", "-q").code == 0
    written = tomllib.loads((tmp_path / "fairkit.toml").read_text())
    assert [row["path"] for row in written["files"]] == ["a.csv"]
    assert written["data"]["bytes"] == 5


def test_a_file_that_changed_gets_its_new_checksum(run: Run, jets: Path) -> None:
    run("fix", jets, "--yes")
    with open(jets / "make_jets.py", "a") as file:
        file.write("# more\n")
    ran = run("fix", jets, "--yes")
    assert "-checksum" in ran.out
    assert "+bytes" in ran.out


def test_the_patch_of_a_document_is_data_and_the_rest_is_talk(run: Run, record: Path, tmp_path: Path) -> None:
    ran = run("fix", record)
    patch = json.loads(ran.out)
    assert "with the values below" in ran.err
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(jsonpatch.apply_patch(json.loads(record.read_text()), patch)))
    promised = json.loads(run("fix", record, "--json").out)
    assert faults("fix", promised) == []
    assert total(run, changed) == promised["gains"][0]["now"]["low"] > total(run, record)


def test_a_patch_that_goes_to_a_file_leaves_the_words_to_stdout(run: Run, record: Path, tmp_path: Path) -> None:
    ran = run("fix", record, "-o", tmp_path / "patch.json")
    assert "with the values below" in ran.out
    assert json.loads((tmp_path / "patch.json").read_bytes())


def test_several_checklists_are_judged(run: Run, record: Path) -> None:
    found = json.loads(run("fix", record, "--json", "-c", "fairkit", "-c", "fair4hep").out)
    assert [gain["checklist"] for gain in found["gains"]] == ["fairkit", "fair4hep"]


def test_the_showcase_needs_no_network(run: Run) -> None:
    ran = run("fix", "record", "12102", "--offline")
    assert (ran.code, json.loads(ran.out)) == (0, [])
    assert "schema-org, license: CC0-1.0" in ran.err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "no target"),
        (("12102", "12102", "--offline"), 2, "one is mended at a time"),
        (("record", "1", "--offline"), 3, ""),
        (("no-such-thing",), 2, "nothing recognises"),
    ],
)
def test_what_cannot_be_mended_is_said(run: Run, words: tuple[str, ...], code: int, told: str) -> None:
    ran = run("fix", *words)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err
