"""`fairkit challenge`: what is hidden stays hidden, what is sent is held against what was asked, the best is first."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from jsonschema import Draft202012Validator

from fairkit import resources
from fairkit.results.challenge import begin, write
from tests.cli.conftest import Ran
from tests.conftest import ROOT

Run = Callable[..., Ran]
JETS = ROOT / "examples" / "jets"
HIDDEN = JETS / "test.parquet"


def told(ran: Ran) -> Any:
    found = json.loads(ran.out)
    rules = json.loads(resources.read_bytes("schemas", "challenge.schema.json"))
    Draft202012Validator(rules).validate(found)
    return found


def columns(width: float = 20.0) -> dict[str, Any]:
    jets = pq.read_table(HIDDEN)
    scores = np.exp(-(((jets["fj_mass"].to_numpy() - 125) / width) ** 2))
    return {"event": jets["event"].to_numpy(), "score": scores}


def send(path: Path, table: Mapping[str, Any] | None = None) -> Path:
    path.parent.mkdir(exist_ok=True, parents=True)
    pq.write_table(pa.table(dict(table if table is not None else columns())), path)
    return path


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("begun")
    write(str(root), begin(task="jet tagging", metric="auc", target=str(JETS), split="test"))
    return root


@pytest.fixture
def challenge(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(begun, tmp_path / "challenge")
    return tmp_path / "challenge"


def test_the_challenge_says_all_but_the_labels(challenge: Path) -> None:
    found = tomllib.loads((challenge / "challenge.toml").read_text())
    assert found["challenge"] == {"title": "jet tagging", "task": "jet tagging", "metric": "auc", "rule": "best"}
    assert found["hidden"]["rows"] == 120
    assert found["hidden"]["split_digest"].startswith("sha256:1af47390246b")
    assert found["submission"]["identifier"] == "event"
    assert found["submission"]["scores"] == ["score"]
    assert [path.name for path in challenge.iterdir()] == ["challenge.toml"]


def test_a_second_begin_changes_nothing(run: Run, challenge: Path) -> None:
    before = (challenge / "challenge.toml").read_bytes()
    words = ["challenge", "init", challenge, "--task", "jet tagging", "--data", JETS, "--split", "test"]
    assert run(*words, "--metric", "auc").code == 0
    ran = run(*words, "--metric", "accuracy")
    assert ran.code == 2
    assert "another challenge" in ran.err
    assert (challenge / "challenge.toml").read_bytes() == before
    assert told(run(*words, "--metric", "accuracy", "--force", "--json"))["metric"] == "accuracy"


def test_labels_of_their_own_have_a_digest_of_their_own(run: Run, tmp_path: Path) -> None:
    labels = tmp_path / "hidden.parquet"
    pq.write_table(pq.read_table(HIDDEN, columns=["event", "label_hbb"]), labels)
    words = ["--task", "t", "--metric", "1/eps_B", "--signal-efficiency", "0.95", "--data", JETS, "--split", "test"]
    found = told(run("challenge", "init", tmp_path / "c", *words, "--labels", labels, "--json"))
    assert found["signal_efficiency"] == 0.95
    assert found["hidden"]["labels_digest"].startswith("sha256:")
    sent = send(tmp_path / "ada.parquet")
    assert run("challenge", "score", tmp_path / "c", sent, "--labels", labels).code == 0
    ran = run("challenge", "score", tmp_path / "c", sent, "--labels", HIDDEN)
    assert ran.code == 2
    assert "does not hold the hidden labels" in ran.err


def test_the_best_is_first_in_every_form(run: Run, challenge: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    send(folder / "ada-1.parquet", columns(2))
    send(folder / "ada-2.parquet")
    send(folder / "bo" / "first.parquet", columns(3))
    send(folder / "bo" / "second.parquet", columns(400))
    ran = run("challenge", "score", challenge, folder, "--labels", HIDDEN, "--json")
    assert ran.code == 0
    made = told(ran)
    [board] = made["leaderboard"]["boards"]
    assert (board["entries"][0]["model"], board["entries"][0]["target"]) == ("ada", "ada-2.parquet")
    assert [(one["team"], one["counts"]) for one in made["submissions"]].count(("ada", True)) == 1
    assert len(made["submissions"]) == 4
    assert str(tmp_path) not in ran.out
    for form in ("json", "md", "html", "csv"):
        assert "ada" in (challenge / f"leaderboard.{form}").read_text()
    again = (challenge / "leaderboard.json").read_bytes()
    run("challenge", "score", challenge, folder, "--labels", HIDDEN)
    assert (challenge / "leaderboard.json").read_bytes() == again


def test_the_last_counts_where_the_rule_says_so(run: Run, challenge: Path, tmp_path: Path) -> None:
    file = challenge / "challenge.toml"
    file.write_text(file.read_text().replace('rule = "best"', 'rule = "last"'))
    send(tmp_path / "sent" / "ada-9.parquet")
    send(tmp_path / "sent" / "ada-10.parquet", columns(2))
    made = told(run("challenge", "score", challenge, tmp_path / "sent", "--labels", HIDDEN, "--json"))
    assert [one["file"] for one in made["submissions"] if one["counts"]] == ["ada-10.parquet"]


class Evil:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, ("touch pwned",)


def bad(folder: Path, name: str) -> Path:
    """A submission that should be refused."""
    good = columns()
    path = folder / f"{name}.parquet"
    if name == "link":
        path.symlink_to(HIDDEN)
    elif name == "pipe":
        os.mkfifo(path)
    elif name == "pickle":
        path.write_bytes(pickle.dumps(Evil()))
    elif name == "garbage":
        path.write_bytes(b"PAR1" + os.urandom(100))
    elif name == "empty":
        path.write_bytes(b"")
    elif name == "labels":
        shutil.copy(HIDDEN, path)
    elif name == "text":
        send(path, good | {"score": np.array(["x"] * 120)})
    elif name == "lists":
        send(path, {"event": good["event"], "score": pa.array([[1.0]] * 120)})
    elif name == "nan":
        send(path, good | {"score": np.where(good["event"] % 2, np.nan, good["score"])})
    elif name == "twice":
        send(path, good | {"event": np.full(120, good["event"][0])})
    elif name == "others":
        send(path, good | {"event": good["event"] + 100_000})
    elif name == "short":
        send(path, {key: values[:-1] for key, values in good.items()})
    elif name == "huge":
        send(path, {key: np.tile(values, 10) for key, values in good.items()})
    elif name == "more":
        send(path, good | {"more": good["score"]})
    return path


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("link", "no regular file"),
        ("pipe", "no regular file"),
        ("pickle", "should be one of parquet"),
        ("garbage", ""),
        ("empty", ""),
        ("labels", "its columns are"),
        ("more", "its columns are"),
        ("text", "are no numbers"),
        ("lists", "more than one value a row"),
        ("nan", "NaN"),
        ("twice", "more than once"),
        ("others", "no prediction for 120 of 120 rows"),
        ("short", "119 rows, and should have 120"),
        ("huge", "1,200 rows, and should have 120"),
    ],
)
def test_what_is_not_as_asked_is_refused(run: Run, challenge: Path, tmp_path: Path, name: str, why: str) -> None:
    folder = tmp_path / "sent"
    send(folder / "good.parquet")
    bad(folder, name)
    ran = run("challenge", "score", challenge, folder, "--labels", HIDDEN, "--json")
    assert ran.code == 1
    made = told(ran)
    refused = {one["team"]: one["refused"] for one in made["submissions"]}
    assert refused["good"] is None
    assert refused[name] is not None
    assert why in refused[name]
    assert [one["model"] for one in made["leaderboard"]["boards"][0]["entries"]] == ["good"]
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda text: text.replace("most_bytes = 1073741824", "most_bytes = 10"), "may have 10"),
        (lambda text: text.replace("[submission]", "[submission]\nrange = [0, 0.5]"), "should between 0 and 0.5"),
        (lambda text: text.replace('"parquet", ', ""), "it is parquet"),
    ],
)
def test_the_rules_are_those_of_the_file(
    run: Run, challenge: Path, tmp_path: Path, change: Callable[[str], str], why: str
) -> None:
    file = challenge / "challenge.toml"
    file.write_text(change(file.read_text()))
    ran = run("challenge", "score", challenge, send(tmp_path / "ada.parquet"), "--labels", HIDDEN)
    assert ran.code == 1
    assert why in ran.out


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda text: text.replace('metric = "auc"', 'metric = "beauty"'), "no metric that is computed"),
        (lambda text: text.replace("rows = 120", "rows = 'many'"), "rows"),
        (lambda text: text.replace("[hidden]", "[hidden"), "cannot be read"),
        (lambda text: text.replace('"csv"', '"paper"'), "paper"),
        (lambda text: text.replace("sha256:1af4", "sha256:0000"), "does not hold the hidden labels"),
        (lambda text: text.replace("split_digest", "#"), "names no digest"),
        (lambda text: "", "title"),
    ],
)
def test_a_challenge_that_is_none_is_told(
    run: Run, challenge: Path, tmp_path: Path, change: Callable[[str], str], why: str
) -> None:
    file = challenge / "challenge.toml"
    file.write_text(change(file.read_text()))
    ran = run("challenge", "score", challenge, send(tmp_path / "ada.parquet"), "--labels", HIDDEN)
    assert ran.code == 2
    assert why in ran.err


def test_what_is_not_there_is_told(run: Run, challenge: Path, tmp_path: Path) -> None:
    sent = send(tmp_path / "ada.parquet")
    (tmp_path / "none").mkdir()
    assert run("challenge", "score", tmp_path / "none", sent, "--labels", HIDDEN).code == 2
    assert run("challenge", "score", challenge, tmp_path / "none", "--labels", HIDDEN).code == 2
    assert run("challenge", "score", challenge, "nobody.csv", "--labels", HIDDEN).code == 2
    assert run("challenge", "score", challenge, sent, "--labels", "nowhere").code == 2
    assert run("challenge", "score", challenge, f"Ada L.={sent}", "--labels", HIDDEN).code == 0
