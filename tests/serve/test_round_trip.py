"""The circle closes: what is served scores what the package scored, but for what a local host cannot give."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from fairkit import resources
from tests.cli.conftest import Ran, run

from .conftest import Stored

Run = Callable[..., Ran]
__all__ = ["run"]

LOST = {
    "F1-persistent": "no host of one's own gives a persistent identifier",
    "F1-resolves": "there is none to resolve",
    "F3-named": "the documents name what identifier there is, and that is not persistent; typed links need one",
    "F4-indexed": "no index looks at this machine",
    "A2-registry": "no registry knows it",
}


def assessed(run: Run, *words: object) -> dict[str, Any]:
    ran = run("assess", *words, "--json", "--quiet")
    assert ran.code == 0, ran.err
    [made] = json.loads(ran.out)
    return {row["metric"]: row for row in made["results"]} | {"total": made["scores"]["total"]}


def test_an_object_scores_what_the_package_scored(run: Run, jets: Stored) -> None:
    package, object = assessed(run, jets.package), assessed(run, jets.root / jets.name)
    assert {name: row.get("status", row) for name, row in object.items()} == {
        name: row.get("status", row) for name, row in package.items()
    }


def test_an_object_is_verified_like_the_package(run: Run, jets: Stored, tmp_path: Path) -> None:
    assert run("verify", jets.root / jets.name).code == 0
    assert run("verify", jets.root / jets.name / "v1").code == 0
    place = Path(shutil.copytree(jets.root, tmp_path / "copy"))
    [content] = place.glob("*/v1/content/test.h5")
    content.write_bytes(content.read_bytes()[:-1] + b"x")
    ran = run("verify", place / jets.name)
    assert (ran.code, "test.h5" in ran.out) == (1, True)


def test_the_page_scores_what_the_package_scored(run: Run, jets: Stored, served: str) -> None:
    package, page = assessed(run, jets.package), assessed(run, f"{served}/records/{jets.name}")
    worse = {}
    order = ("fail", "unknown", "pending", "partial", "not-applicable", "pass")
    for name, row in page.items():
        was = package[name]
        if name != "total" and row["status"] != was["status"] and was["status"] != "pending":
            if order.index(row["status"]) < order.index(was["status"]):
                worse[name] = (was["status"], row["status"])
        elif name != "total" and was["status"] == "pending" and row["status"] in ("fail", "partial"):
            worse[name] = (was["status"], row["status"])
    assert worse.keys() - LOST.keys() == set(), worse
    essential = {
        n for n, row in page.items() if n != "total" and row["level"] == "essential" and row["status"] == "fail"
    }
    assert essential <= {"F1-persistent"}


def test_the_command_serves_and_ends(jets: Stored, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "fairkit", "serve", str(jets.root), "--port", "0", "--json"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    rules = json.loads(resources.read_bytes("schemas", "serve.schema.json"))
    Draft202012Validator(rules).validate(told)
    assert (told["records"], told["url"].startswith("http://127.0.0.1:")) == (1, True)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "")


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (["nowhere"], 2, "there is no repository nowhere"),
        (["."], 2, "no local repository"),
        (["ROOT", "--port", "many"], 2, "is no port"),
        (["ROOT", "--port", "99999"], 2, "is no port"),
        (["ROOT", "--host", "0.0.0.0"], 2, "--base-url"),
        (["ROOT", "--host", "192.0.2.1", "--base-url", "https://a.example"], 2, "nothing can be served"),
        (["ROOT", "--base-url", "a.example"], 2, "is no address"),
    ],
)
def test_what_cannot_be_served_is_told(
    run: Run, jets: Stored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, why: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("serve", *(str(jets.root) if word == "ROOT" else word for word in words))
    assert (ran.code, why in ran.err) == (code, True), ran.err
