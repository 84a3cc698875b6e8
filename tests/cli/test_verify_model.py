"""`fairkit verify --run`: what it says, and ends with."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fairkit import resources
from fairkit.package.package import build
from tests.cli.conftest import Ran
from tests.verification import models

Run = Callable[..., Ran]
SCHEMA = Draft202012Validator(json.loads(resources.read_bytes("schemas", "verify.schema.json")))


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return models.folder(tmp_path / "model")


def test_what_is_right_ends_with_0_and_is_recorded(run: Run, model: Path) -> None:
    ran = run("verify", "model", "--run", "--power", "--record")
    assert (ran.code, ran.err) == (0, "fairkit: recorded in model/verification.json\n")
    assert ran.out.splitlines()[0] == "power: 0.01 of noise on the weights is seen"
    assert ran.out.endswith("(relative 1e-05, absolute 1e-06): as expected\n")
    assert json.loads((model / "verification.json").read_text())["verifications"][0]["passed"]


def test_what_is_wrong_ends_with_1(run: Run, model: Path) -> None:
    models.dense(model / "model.onnx", scale=1.1)
    ran = run("verify", "model", "--run")
    assert ran.code == 1
    assert ran.out.startswith("y: 20 of 20 rows differ")
    assert run("verify", "model", "--run", "--atol", "0.5").code == 0


def test_no_power_ends_with_1(run: Run, tmp_path: Path, model: Path) -> None:
    models.folder(tmp_path / "saturated", scale=1e5)
    assert run("verify", "saturated", "--run").code == 0
    ran = run("verify", "saturated", "--power")
    assert ran.code == 1
    assert "no power" in ran.out
    assert ran.out.endswith("as expected, which says nothing of the weights\n")


@pytest.mark.parametrize("words", [["--run"], ["--power", "--noise", "1e-3"], ["--run", "--rtol", "0", "--atol", "0"]])
def test_the_report_keeps_to_its_schema(run: Run, model: Path, words: list[str]) -> None:
    ran = run("verify", "model", *words, "--json")
    told = json.loads(ran.out)
    SCHEMA.validate(told)
    assert told["passed"] is (ran.code == 0)
    assert told["run"]["verification"]["rows"] == 20


def test_a_package_is_held_against_its_manifest_too(run: Run, model: Path) -> None:
    build("model", "pkg")
    ran = run("verify", "pkg", "--run", "--json")
    told = json.loads(ran.out)
    assert (ran.code, told["passed"], told["run"]["verification"]["passed"]) == (0, True, True)
    (model.parent / "pkg/examples/more.txt").write_text("more")
    assert run("verify", "pkg", "--run").code == 1
    assert run("verify", "pkg", "--record").code == 2


@pytest.mark.parametrize(
    "words",
    [
        ["nowhere", "--run"],
        ["model/examples", "--run"],
        ["model", "--power", "--noise", "0"],
        ["model", "--run", "--rtol", "much"],
        ["model", "--run", "--atol", "-1"],
        ["model", "--run", "--seconds", "nan"],
        ["model", "--make-outputs"],
    ],
)
def test_what_cannot_be_used_ends_with_2(run: Run, model: Path, words: list[str]) -> None:
    ran = run("verify", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("fairkit: ")


def test_outputs_can_be_made(run: Run, model: Path) -> None:
    (model / "examples/outputs.npz").unlink()
    ran = run("verify", "model", "--make-outputs", "--power", "-q")
    assert (ran.code, ran.out) == (0, "")
    assert "what changes later is seen" in ran.err
