"""What the checklist for models says of two folders laid out like published ones: what they lack, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ran, run
from tests.package.model_folders import bare, told

__all__ = ["run"]
Run = Callable[..., Ran]


def assessed(run: Run, root: Path) -> dict[str, Any]:
    ran = run("assess", root, "-c", "fair-ai", "--json", "--quiet")
    assert ran.code == 0, ran.err
    [made] = json.loads(ran.out)
    assert made["resource"]["kind"] == "model"
    return {row["metric"]: row for row in made["results"]}


BARE = {
    "AI-R1.1-a": "fail: no licence to recognise; there is no file with a licence",
    "AI-A1-a": "fail: root://eosuser.cern.ch//eos/user/e/someone/predictions.h5 in eval.py:1, and 1 more",
    "AI-R1.2-b": "fail: 3 of 3 packages without an exact version: numpy, torch, h5py (requirements.txt:1)",
    "AI-R1.3-a": "fail: without licence file, citation file, tests, continuous integration",
    "AI-I3-a": "fail: no training data are named",
    "AI-I1-a": "pass: ONNX",
    "AI-I1-b": "pass: opset 11, IR 6",
    "AI-A1-c": "pass: nothing is missing",
    "AI-F1.2-b": "not-applicable: no DOI",
}
TOLD = {
    "AI-R1.1-a": "pass",
    "AI-R1.3-a": "pass: all of them",
    "AI-F1-a": "pass",
    "AI-F1.2-a": "pass",
    "AI-R1.2-b": "fail: 3 of 3 packages without an exact version",
    "AI-F1.2-b": "fail: 10.5281/zenodo.7305173 (CITATION.cff:7), 10.5281/zenodo.7305174 (README.md:3)",
    "AI-I3-a": "fail: no training data are named",
    "AI-I3-b": "fail: no results are stated",
    "AI-R1.2-a": "partial: without commit",
    "AI-I1-a": "pass: ONNX",
    "AI-I1-b": "pass: opset 11, IR 6",
    "AI-A1-c": "pass: nothing is missing",
    "AI-A2-a": "pass",
}


@pytest.mark.parametrize(("made", "expected"), [(bare, BARE), (told, TOLD)], ids=["bare", "told"])
def test_a_folder_is_told_what_it_lacks_and_nothing_that_it_does_right(
    run: Run, tmp_path: Path, made: Callable[[Path], Path], expected: dict[str, str]
) -> None:
    rows = assessed(run, made(tmp_path / "model"))
    found = {name: f"{rows[name]['status']}: {rows[name]['message']}" for name in expected}
    wrong = {name: words for name, words in found.items() if not words.startswith(expected[name])}
    assert wrong == {}


def test_no_path_of_makers_is_told_where_there_is_none(run: Run, tmp_path: Path) -> None:
    row = assessed(run, told(tmp_path / "model"))["AI-A1-a"]
    assert row["status"] in ("pass", "pending")


def test_the_gate_holds_a_model_to_it(run: Run, tmp_path: Path) -> None:
    ran = run("gate", bare(tmp_path / "model"), "--checklist", "fair-ai")
    assert ran.code == 1
    assert "AI-R1.1-a" in ran.out
