"""`fairkit run` as a user calls it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fairkit import resources

from .conftest import Ran

Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.txt").write_text("hello")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_step_joins_the_journal_and_the_lineage(run: Run) -> None:
    ran = run("run", "-i", "a.txt", "-o", "b.txt", "--name", "copy", "--", "cp", "a.txt", "b.txt")
    assert (ran.code, ran.out) == (0, "")
    assert "one step more: copy" in ran.err
    seen = run("lineage", ".", "--json")
    [found] = json.loads(seen.out)
    assert [origin["name"] for origin in found["origins"]] == ["copy"]
    assert found["origins"][0]["origins"][0]["name"] == "a.txt"


def test_options_of_the_command_are_its_own(run: Run) -> None:
    ran = run("run", "--json", "--", "cp", "--no-clobber", "a.txt", "c.txt")
    step = json.loads(ran.out)
    Draft202012Validator(json.loads(resources.read_bytes("schemas", "run.schema.json"))).validate(step)
    assert dict(step["parameters"])["command"] == "cp --no-clobber a.txt c.txt"


def test_a_done_step_is_skipped_when_asked(run: Run, bench: Path) -> None:
    words = ("run", "--skip-done", "-i", "a.txt", "-o", "b.txt", "--", "cp", "a.txt", "b.txt")
    run(*words)
    before = (bench / "provenance.jsonld").read_bytes()
    assert "is in the journal" in run(*words).err
    assert (bench / "provenance.jsonld").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "no command was named"),
        (("--", "false"), 1, "ended with 1"),
        (("-i", "none", "--", "true"), 2, "cannot be read"),
        (("--folder", "none", "--", "true"), 2, "not a folder"),
    ],
)
def test_what_goes_wrong_is_told(run: Run, words: tuple[str, ...], code: int, told: str) -> None:
    ran = run("run", *words)
    assert ran.code == code
    assert told in ran.err
