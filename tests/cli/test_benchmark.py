"""`fairkit benchmark`: predictions to results, results to a leaderboard."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from jsonschema import Draft202012Validator

from fairkit import resources
from tests.cli.conftest import Ran
from tests.conftest import ROOT

Run = Callable[..., Ran]
JETS = ROOT / "examples" / "jets"
TEST = JETS / "test.parquet"


def predictions(path: Path, *, width: float = 20.0, noise: int | None = None) -> Path:
    """Scores of the test jets: how near their mass is to that of the Higgs boson."""
    jets = pq.read_table(TEST)
    scores = np.exp(-(((jets["fj_mass"].to_numpy() - 125) / width) ** 2))
    if noise is not None:
        scores = np.clip(scores + np.random.default_rng(noise).normal(0, 0.2, len(scores)), 0, 1)
    path.parent.mkdir(exist_ok=True, parents=True)
    pq.write_table(pa.table({"event": jets["event"], "score": scores}), path)
    return path


def told(ran: Ran) -> Any:
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    rules = json.loads(resources.read_bytes("schemas", "benchmark.schema.json"))
    Draft202012Validator(rules).validate(found)
    return found


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_number_comes_with_all_that_it_is_of(run: Run, tmp_path: Path) -> None:
    file = predictions(tmp_path / "predictions.parquet")
    words = ["--labels", TEST, "--dataset", JETS, "--split", "test", "--metric", "auc", "--commit", "0" * 40, "--json"]
    [one] = told(run("benchmark", "score", file, *words))["results"]
    assert one["value"] == pytest.approx(0.98778, abs=1e-5)
    assert 0.005 < one["uncertainty"] < 0.02
    assert one["uncertainty_kind"].startswith("bootstrap")
    assert (one["trainings"], one["aggregation"], one["direction"]) == (1, "single", "higher")
    assert (one["version"], one["split"], one["code_commit"]) == ("1.0.0", "test", "0" * 40)
    assert one["split_digest"].startswith("sha256:1af47390246b")
    assert len(one["predictions_digest"]) == len("sha256:") + 64


def test_text_is_for_people(run: Run, tmp_path: Path) -> None:
    file = predictions(tmp_path / "predictions.parquet")
    words = ["--metric", "accuracy", "--metric", "1/eps_B", "--signal-efficiency", "0.95", "--weights", "weight"]
    ran = run("benchmark", "score", file, "--labels", TEST, *words)
    assert ran.code == 0
    assert "120 rows, 1 training" in ran.out
    assert "accuracy: weighted by weight" in ran.out
    assert "at signal efficiency 0.95" in ran.out
    assert "no digest tells" in ran.err


def test_several_trainings_are_one_number(run: Run, tmp_path: Path) -> None:
    files = [predictions(tmp_path / f"run{seed}.parquet", noise=seed) for seed in range(5)]
    ways = ["--aggregate", "mean", "--aggregate", "median", "--aggregate", "best", "--metric", "auc"]
    found = told(run("benchmark", "score", *files, "--labels", TEST, *ways, "--json"))["results"]
    mean, median, best = found
    singles = [told(run("benchmark", "score", file, "--labels", TEST, "--metric", "auc", "--json")) for file in files]
    values = [one["results"][0]["value"] for one in singles]
    assert mean["value"] == pytest.approx(np.mean(values))
    assert mean["uncertainty"] == pytest.approx(np.std(values, ddof=1))
    assert mean["uncertainty_kind"] == "standard deviation of trainings"
    assert median["value"] == pytest.approx(np.median(values))
    assert best["value"] == max(values)
    assert {one["trainings"] for one in found} == {5}


def test_what_is_recorded_is_kept_and_replaced(run: Run, tmp_path: Path) -> None:
    file, model = predictions(tmp_path / "model" / "predictions.parquet"), tmp_path / "model"
    words = ["--labels", TEST, "--model", model, "--record", "--commit", "none"]
    assert run("benchmark", "score", file, *words, "--metric", "auc").code == 0
    assert run("benchmark", "score", file, *words, "--metric", "accuracy").code == 0
    first = (model / "results.json").read_bytes()
    assert [one["metric"] for one in json.loads(first)["results"]] == ["auc", "accuracy"]
    assert run("benchmark", "score", file, *words, "--metric", "auc").code == 0
    assert (model / "results.json").read_bytes() == first
    predictions(file, width=5)
    assert run("benchmark", "score", file, *words, "--metric", "auc").code == 0
    again = json.loads((model / "results.json").read_bytes())["results"]
    assert [one["metric"] for one in again] == ["auc", "accuracy"]
    assert again[0] != json.loads(first)["results"][0]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--record"], "no folder to record"),
        (["--metric", "beauty"], "no metric that is computed"),
        (["--signal-efficiency", "30%"], "no number for --signal-efficiency"),
        (["--signal-efficiency", "2"], "no signal efficiency"),
        (["--signal-efficiency", "nan"], "no number for"),
        (["--uncertainty", "gut"], "no uncertainty 'gut'"),
        (["--aggregate", "mean"], "no mean of one"),
        (["--aggregate", "worst"], "no aggregation 'worst'"),
        (["--dataset", str(JETS)], "2 splits"),
        (["--dataset", str(JETS), "--split", "holdout"], "no split 'holdout'"),
        (["--dataset", "nowhere"], "nowhere"),
        (["--record", "--model", "nowhere"], "nowhere"),
        (["--metric", "background-rejection", "--signal-efficiency", "0.02"], "none of 60 background rows"),
    ],
)
def test_what_cannot_be_done_is_told(run: Run, tmp_path: Path, words: list[str], why: str) -> None:
    file = predictions(tmp_path / "predictions.parquet")
    ran = run("benchmark", "score", file, "--labels", TEST, *words)
    assert ran.code == 2
    assert why in ran.err


@pytest.fixture
def models(run: Run, tmp_path: Path) -> Path:
    """Three models: two with predictions, one that only says how good it is."""
    words = ["--labels", TEST, "--dataset", JETS, "--split", "test", "--metric", "auc", "--record", "--commit", "none"]
    for name, noise in (("good", None), ("noisy", 1)):
        file = predictions(tmp_path / "models" / name / "predictions.parquet", noise=noise)
        assert run("benchmark", "score", file, "--model", file.parent, *words).code == 0
    (tmp_path / "models" / "boaster").mkdir()
    said = json.loads((tmp_path / "models" / "good" / "results.json").read_bytes())["results"][0]
    boast = {"results": [{**said, "value": 0.9999, "predictions_digest": None}]}
    (tmp_path / "models" / "boaster" / "results.json").write_text(json.dumps(boast))
    return tmp_path / "models"


def standings(ran: Ran) -> dict[str, str]:
    [board] = told(ran)["boards"]
    return {one["model"]: one["standing"] for one in board["entries"]}


def test_a_table_tells_on_what_numbers_rest(run: Run, models: Path) -> None:
    folders = sorted(models.iterdir())
    assert standings(run("benchmark", "table", *folders, "--json", "--offline")) == {
        "boaster": "self-reported", "good": "predictions", "noisy": "predictions",
    }  # fmt: skip
    assert standings(run("benchmark", "table", *folders, "--labels", TEST, "--json")) == {
        "boaster": "self-reported", "good": "recomputed", "noisy": "recomputed",
    }  # fmt: skip


def test_a_difference_is_told(run: Run, models: Path) -> None:
    file = models / "noisy" / "results.json"
    data = json.loads(file.read_bytes())
    data["results"][0]["value"] += 0.01
    file.write_text(json.dumps(data))
    ran = run("benchmark", "table", models / "good", models / "noisy", "--labels", TEST)
    assert ran.code == 1
    assert "DIFFERS from its predictions" in ran.out
    assert run("benchmark", "table", models / "good", models / "noisy").code == 0


def test_predictions_that_changed_are_not_those_of_the_number(run: Run, models: Path) -> None:
    predictions(models / "good" / "predictions.parquet", width=3)
    assert standings(run("benchmark", "table", models / "good", "--labels", TEST, "--json")) == {
        "good": "self-reported"
    }


def test_several_trainings_are_found_again(run: Run, tmp_path: Path) -> None:
    model = tmp_path / "model"
    files = [predictions(model / f"run{seed}.parquet", noise=seed) for seed in range(3)]
    words = ["--labels", TEST, "--model", model, "--record", "--metric", "auc", "--weights", "weight"]
    assert run("benchmark", "score", *files, *words).code == 0
    assert standings(run("benchmark", "table", model, "--labels", TEST, "--json")) == {"model": "recomputed"}


@pytest.mark.parametrize("form", ["text", "markdown", "html", "csv", "json"])
def test_every_form_can_be_written(run: Run, models: Path, tmp_path: Path, form: str) -> None:
    ran = run("benchmark", "table", models / "good", "-f", form, "-o", tmp_path / "board")
    assert ran.code == 0
    assert b"good" in (tmp_path / "board").read_bytes()


def test_a_folder_that_is_not_there_leaves_the_others(run: Run, models: Path) -> None:
    ran = run("benchmark", "table", models / "good", models / "nowhere", "--json")
    assert ran.code == 2
    assert "nowhere" in ran.err
    assert len(json.loads(ran.out)["boards"][0]["entries"]) == 1


def test_links_out_of_the_folder_are_not_scored(run: Run, models: Path) -> None:
    inside = models / "good" / "predictions.parquet"
    inside.rename(models / "outside.parquet")
    inside.symlink_to(models / "outside.parquet")
    assert standings(run("benchmark", "table", models / "good", "--labels", TEST, "--json")) == {
        "good": "self-reported"
    }


@pytest.mark.parametrize(
    ("words", "why"), [(["-f", "pdf"], "no form 'pdf'"), (["--sort", "luck"], "no sorting by 'luck'")]
)
def test_a_table_needs_a_form_and_an_order(run: Run, models: Path, words: list[str], why: str) -> None:
    ran = run("benchmark", "table", models / "good", *words)
    assert ran.code == 2
    assert why in ran.err


@pytest.mark.parametrize("point", ["threshold abc", "threshold nan", "signal efficiency 1e9999", "signal efficiency 2"])
def test_an_operating_point_that_is_none_is_told(run: Run, models: Path, point: str) -> None:
    file = models / "good" / "results.json"
    told = json.loads(file.read_bytes())
    for one in told["results"]:
        one["operating_point"] = point
    file.write_text(json.dumps(told))
    ran = run("benchmark", "table", models / "good", "--labels", TEST, "--json")
    assert ran.code == 0, ran.err
    remarks = [one["remark"] for board in json.loads(ran.out)["boards"] for one in board["entries"]]
    assert all("cannot be computed again" in (remark or "") for remark in remarks)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("{", "its results.json is not as fairkit writes it"),
        ('{"a": 1}', "its results.json is not as fairkit writes it"),
        ('{"results": [{"metric": "auc"}]}', "results.json/results/0: it is no result: value"),
        ('{"results": [{"metric": "auc", "value": 1e999}]}', "results.json/results/0: it is no result: value"),
    ],
)
def test_results_that_cannot_be_read_are_told(run: Run, tmp_path: Path, body: str, why: str) -> None:
    (tmp_path / "results.json").write_text(body)
    (tmp_path / "README.md").write_text("# A model\n")
    ran = run("benchmark", "table", tmp_path)
    assert (ran.code, why in ran.out) == (0, True), ran.out


def test_a_folder_without_documents_takes_results(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    file = predictions(tmp_path / "predictions.parquet")
    words = ("--labels", TEST, "--metric", "auc", "--record", "--commit", "none", "--model", tmp_path / "empty")
    assert run("benchmark", "score", file, *words).code == 0
    assert (tmp_path / "empty" / "results.json").is_file()
