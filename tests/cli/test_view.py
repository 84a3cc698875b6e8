"""`fairkit view` on the command line: its options, what it says, and its schema."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from fairkit import resources
from tests.conftest import ROOT

from .conftest import Ran

JETS = ROOT / "examples" / "jets"


def test_it_tells_what_it_made(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("view", JETS, "--ml", "--length", "constituent=8", "-o", tmp_path / "out")
    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    assert "  X_train.npy  X 480 x 38" in lines
    assert "lists of constituent have 8 places" in lines
    assert any(line.startswith("in no array: event, truth_nb") for line in lines)
    assert np.load(tmp_path / "out" / "X_train.npy").shape == (480, 38)


def test_as_json_it_keeps_to_its_published_schema(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("view", JETS, "--ml", "--documented", "--as", "point-cloud", "--json", "-o", tmp_path / "out")
    rules = json.loads(resources.read_bytes("schemas", "view.schema.json"))
    Draft202012Validator(rules).validate(json.loads(ran.out))
    assert json.loads(ran.out) == json.loads((tmp_path / "out" / "view.json").read_bytes())


def test_an_image_is_made_of_points(run: Callable[..., Ran], tmp_path: Path) -> None:
    axes = ["--axes", "pfcand_etarel,pfcand_phirel", "--extent", "-0.8,0.8", "--pixels", "16"]
    ran = run("view", JETS, "--ml", "--as", "image", *axes, "-q", "-o", tmp_path / "out")
    assert (ran.code, ran.out) == (0, "")
    assert np.load(tmp_path / "out" / "X_test.npy").shape == (120, 16, 16, 2)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--ml"], "needs a folder"),
        (["-o", "out"], "which view?"),
        (["--ml", "-o", "out", "--as", "tree"], "no form 'tree'"),
        (["--ml", "-o", "out", "--format", "zarr"], "no format 'zarr'"),
        (["--ml", "-o", "out", "--length", "many"], "no number for --length"),
        (["--ml", "-o", "out", "--pixels", "0"], "no number for --pixels"),
        (["--ml", "-o", "out", "--axes", "eta,phi"], "no two axes of an image"),
        (["--ml", "-o", "out", "--as", "image", "--axes", "eta"], "no two axes of an image"),
        (["--ml", "-o", "out", "--extent", "1,0"], "no extent"),
        (["--ml", "-o", "out", "--extent", "wide"], "no extent"),
        (["--ml", "-o", "out", "--as", "image", "--axes", "pfcand_pt,pfcand_charge"], "how far does the image reach"),
        (["--ml", "-o", "out", "--as", "image", "--axes", "x,y", "--extent", "0,1"], "is no list of constituent"),
    ],
)
def test_what_is_wrong_is_said(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], what: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("view", JETS, *words)
    assert (ran.code, ran.out) == (2, "")
    assert what in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_missing_role_is_asked_for(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("x,event\n1.5,7\n2.5,8\n")
    ran = run("view", tmp_path / "data", "--ml", "-o", tmp_path / "out")
    assert (ran.code, "what are these for? x, event" in ran.err) == (2, True)
    ran = run("view", tmp_path / "data", "--ml", "--assume-features", "-o", tmp_path / "out")
    assert (ran.code, np.load(tmp_path / "out" / "X_all.npy").tolist()) == (0, [[1.5], [2.5]])
