"""The way of a model: begun, bound to its data, run, assessed, packaged and published here."""

from __future__ import annotations

import json
import runpy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, run

from .conftest import ROOT

Run = Callable[..., Ran]
__all__ = ["run"]

MODEL = ROOT / "examples" / "hbb-model"
ONLY_DEPOSITED = {"AI-F1.1-a", "AI-F3-a", "AI-I3-a"}
"""The essential ones that fail: checksums are those of the package, and nobody gave the toy jets an identifier."""


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "examples" / "jets", tmp_path / "jets", ignore=shutil.ignore_patterns(".fairkit"))
    return Path(shutil.copytree(MODEL, tmp_path / "hbb-model", ignore=shutil.ignore_patterns(".fairkit")))


def done(run: Run, *words: object) -> Ran:
    ran = run(*words)
    assert ran.code == 0, f"{words}: {ran.out[-500:]}{ran.err[-2000:]}"
    return ran


def test_its_script_makes_the_same_model(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    runpy.run_path(str(MODEL / "train.py"))["main"](tmp_path)
    for name in ("hbb.onnx", "examples/inputs.json", "examples/outputs.json", "examples/labels.json"):
        assert (tmp_path / name).read_bytes() == (MODEL / name).read_bytes(), name
    import pyarrow.parquet as pq

    assert pq.read_table(tmp_path / "predictions.parquet").equals(pq.read_table(MODEL / "predictions.parquet"))


def test_what_stands_in_the_folder_is_what_the_verbs_write(run: Run, model: Path) -> None:
    told = {name: (model / name).read_bytes() for name in ("fairkit.toml", "channels.csv", "results.json")}
    for name in ("channels.csv", "results.json"):
        (model / name).unlink()
    text = told["fairkit.toml"].decode()
    (model / "fairkit.toml").write_text(text[: text.index("[[model.data]]")] + text[text.index("[[relations]]") :])
    done(run, "bind", model / "hbb.onnx", "--dataset", "jets", "--features", model / "features.yaml")
    for role, split in (("trained", "train"), ("tested", "test")):
        done(run, "link", model, "--dataset", "jets", "--role", role, "--split", split)
    words = ("--signal-efficiency", "0.9", "--weights", "weight", "--dataset", "jets", "--split", "test")
    files = (model / "predictions.parquet", "--labels", "jets/test.parquet")
    done(run, "benchmark", "score", *files, *words, "--model", model, "--commit", "none", "--record")
    assert {name: (model / name).read_bytes() for name in ("channels.csv", "results.json")} == {
        name: told[name] for name in ("channels.csv", "results.json")
    }
    import tomllib

    assert tomllib.loads((model / "fairkit.toml").read_text()) == tomllib.loads(text)


def test_from_its_file_to_a_repository_and_back(run: Run, model: Path) -> None:
    ran = done(run, "init", model, "--yes")
    assert "nothing was changed" in ran.out + ran.err
    assert "parameters  179" in done(run, "describe", model / "hbb.onnx").out
    pytest.importorskip("onnxruntime")
    done(run, "verify", model, "--run", "--power")
    [assessed] = json.loads(done(run, "assess", model, "--offline", "-c", "fair-ai", "--json").out)
    short = {row["metric"] for row in assessed["results"] if row["level"] == "essential" and row["status"] == "fail"}
    assert short == ONLY_DEPOSITED
    done(run, "package", model, "-o", "package")
    done(run, "verify", "package")
    done(run, "validate", "package")
    [package] = json.loads(done(run, "assess", "package", "--offline", "-c", "fair-ai", "--json").out)
    assert {row["metric"] for row in package["results"] if row["level"] == "essential" and row["status"] == "fail"} <= {
        "AI-I3-a"
    }
    done(run, "publish", model, "--local", "repository")
    done(run, "publish", model, "--local", "repository")
    [stored] = Path("repository").glob("urn*")
    done(run, "verify", stored)
    [back] = json.loads(done(run, "assess", stored, "--offline", "-c", "fair-ai", "--json").out)
    assert back["scores"]["total"]["low"] >= package["scores"]["total"]["low"]


def test_parts_that_overlap_are_named_and_not_written(run: Run, model: Path) -> None:
    before = (model / "fairkit.toml").read_bytes()
    ran = run("link", model, "--dataset", "jets", "--role", "validated", "--split", "train", "--json")
    assert ran.code == 1
    told = json.loads(ran.out)
    assert ([one["code"] for one in told["faults"]], told["written"]) == (["shared-files"], None)
    assert (model / "fairkit.toml").read_bytes() == before
