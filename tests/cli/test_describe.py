"""`fairkit describe`: for people on the terminal, for programs as JSON, as a datasheet and as a page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fairkit import resources
from tests.conftest import ROOT

from .conftest import Ran

Run = Callable[..., Ran]


@pytest.fixture
def jets(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "examples" / "jets", tmp_path / "jets"))


def test_people_see_variables_and_splits(run: Run, jets: Path) -> None:
    ran = run("describe", jets)
    assert ran.code == 0
    for text in ("Toy jets with and without a Higgs boson", "600 entries", "train", "fj_pt", "GeV", "npfcand"):
        assert text in ran.out, text


def test_with_stats_splits_are_proven_disjoint(run: Run, jets: Path) -> None:
    ran = run("describe", jets, "--stats", "--jobs", "1")
    assert ran.code == 0
    assert "No row of train is in test" in ran.out


@pytest.mark.parametrize("more", [(), ("--stats", "--jobs", "2")])
def test_programs_get_what_the_schema_promises(run: Run, jets: Path, more: tuple[str, ...]) -> None:
    told = json.loads(run("describe", jets, "--json", *more).out)
    Draft202012Validator(json.loads(resources.read_bytes("schemas", "describe.schema.json"))).validate(told)
    assert bool(told["stats"]) == bool(more)
    assert [split["entry_count"] for split in told["resource"]["splits"]] == [480, 120]


def test_a_datasheet_is_written_into_the_folder(run: Run, jets: Path) -> None:
    before = {path.name: path.read_bytes() for path in jets.iterdir() if path.is_file()}
    ran = run("describe", jets, "--stats", "--datasheet")
    assert (ran.code, ran.out) == (0, "")
    assert "wrote" in ran.err
    assert "Toy jets" in (jets / "DATASHEET.md").read_text()
    assert {path.name: path.read_bytes() for path in jets.iterdir() if path.name != "DATASHEET.md"} == before
    assert run("describe", jets, "--datasheet", "--quiet").err == ""


def test_a_datasheet_by_hand_stays_unless_it_is_to_go(run: Run, jets: Path) -> None:
    (jets / "DATASHEET.md").write_text("# Mine\n")
    ran = run("describe", jets, "--datasheet")
    assert (ran.code, "was not made by fairkit" in ran.err) == (2, True)
    assert (jets / "DATASHEET.md").read_text() == "# Mine\n"
    assert run("describe", jets, "--datasheet", "--force").code == 0


def test_a_page_is_written_where_it_is_wanted(run: Run, jets: Path, tmp_path: Path) -> None:
    page = tmp_path / "jets.html"
    assert run("describe", jets, "--html", page).out == ""
    assert page.read_text().startswith("<!DOCTYPE html>")


def test_the_text_goes_to_a_file(run: Run, jets: Path, tmp_path: Path) -> None:
    assert run("describe", jets / "train.parquet", "-o", tmp_path / "told.txt").out == ""
    assert "480 entries" in (tmp_path / "told.txt").read_text()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nothing"], 2, "there is no folder"),
        (["jets/README.md"], 2, "cannot be described"),
        (["jets/train.parquet", "--datasheet"], 2, "into a folder"),
        (["jets", "--jobs", "many"], 2, "--jobs"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Run, jets: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, said: str
) -> None:
    monkeypatch.chdir(jets.parent)
    ran = run("describe", *words)
    assert (ran.code, said in ran.err) == (code, True), ran.err
