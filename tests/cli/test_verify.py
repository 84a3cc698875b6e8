"""`fairkit verify`: what it says, and ends with."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fairkit import resources
from fairkit.package.package import build
from tests.cli.conftest import Ran
from tests.package.made import folder

Run = Callable[..., Ran]
SCHEMA = Draft202012Validator(json.loads(resources.read_bytes("schemas", "verify.schema.json")))


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    build(str(folder(tmp_path / "toys")), "pkg")
    return tmp_path / "pkg"


def test_what_is_right_ends_with_0(run: Run, package: Path) -> None:
    ran = run("verify", "pkg")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("pkg: 11 files, ")
    assert ran.out.endswith(", as it was made\n")
    assert run("verify", "pkg", "-q") == Ran(0, "", "")


def test_what_is_wrong_ends_with_1(run: Run, package: Path) -> None:
    (package / "a.csv").unlink()
    (package / "sub" / "b.csv").write_text("changed")
    (package / "more\x1b[31m").write_text("x")
    ran = run("verify", "pkg", "--jobs", "2")
    assert ran.code == 1
    assert ran.out.splitlines()[:3] == [
        "missing: a.csv", "changed: sub/b.csv", "not in the manifest: more\ufffd[31m"
    ]  # fmt: skip
    assert "NOT as it was made, 3 things are wrong" in ran.out
    assert run("verify", "pkg", "-q").out == ran.out


@pytest.mark.parametrize("wrong", [False, True])
def test_the_report_keeps_to_its_schema(run: Run, package: Path, wrong: bool) -> None:
    if wrong:
        (package / "a.csv").unlink()
    ran = run("verify", "pkg", "--json")
    told = json.loads(ran.out)
    SCHEMA.validate(told)
    assert (ran.code, told["passed"]) == ((1, False) if wrong else (0, True))


@pytest.mark.parametrize("words", [["nowhere"], ["toys"], ["toys/a.csv"], ["pkg", "--jobs", "x"]])
def test_what_is_no_package_ends_with_2(run: Run, package: Path, words: list[str]) -> None:
    ran = run("verify", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("fairkit: ")
