"""`fairkit init` on the command line: what is written, what is told, what is asked."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fairkit import resources
from tests.cli.conftest import Ran


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "toy_jets"
    made.mkdir()
    (made / "a.csv").write_text("pt,label\n20.5,0\n30.5,1\n")
    (made / "README.md").write_text("# Toys\n\nSome \x1b[31mtoys.\n")
    return made


def test_it_writes_and_tells_what_and_why(run: Callable[..., Ran], folder: Path) -> None:
    ran = run("init", folder)
    assert (ran.code, ran.err) == (0, "")
    assert f"wrote {folder}/fairkit.toml" in ran.out
    assert "  resource.title = Toys  (extracted from README.md, line 1)" in ran.out.splitlines()
    assert "  creators: who made it, in the order of credit?" in ran.out.splitlines()
    assert "\x1b" not in ran.out + (folder / "fairkit.toml").read_text()
    again = run("init", folder, "--yes")
    assert (again.code, "nothing was changed" in again.out) == (0, True)


def test_json_keeps_to_its_schema(run: Callable[..., Ran], folder: Path) -> None:
    rules = json.loads(resources.read_bytes("schemas", "init.schema.json"))
    told = json.loads(run("init", folder, "--json").out)
    Draft202012Validator(rules).validate(told)
    assert (told["created"], told["written"]) == (True, ["fairkit.toml"])


def test_quiet_says_nothing_and_verbose_more(run: Callable[..., Ran], folder: Path) -> None:
    assert run("init", folder, "-q") == Ran(0, "", "")
    (folder / "fairkit.toml").unlink()
    ran = run("init", folder, "-v")
    assert "a.csv" in ran.err
    assert "variables.1.role" in ran.out


def test_many_rows_are_told_in_a_line(run: Callable[..., Ran], folder: Path) -> None:
    lines = run("init", folder).out.splitlines()
    assert "  variables: 2  (extracted from a.csv)" in lines
    assert "  variables role: 1  (guessed)" in lines


@pytest.mark.parametrize("words", [("none",), ("a.csv",)])
def test_what_is_no_folder_is_refused(run: Callable[..., Ran], folder: Path, words: tuple[str, ...]) -> None:
    ran = run("init", folder / words[0])
    assert (ran.code, "folder" in ran.err) == (2, True)


def test_on_a_terminal_questions_are_asked(folder: Path) -> None:
    ours, theirs = pty.openpty()
    answers = "CC-BY-4.1\n\nExample, Ada (0000-0002-1825-0098)\nExample, Ada (0000-0002-1825-0097); Bo\n-\n"
    os.write(ours, answers.encode())
    words = [sys.executable, "-m", "fairkit", "init", str(folder)]
    done = subprocess.run(words, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, check=False, timeout=60)
    os.close(theirs)
    os.close(ours)
    text = (folder / "fairkit.toml").read_text()
    assert done.returncode == 0
    assert 'license = "CC-BY-4.0"  # as answered' in text
    assert 'orcid = "0000-0002-1825-0097"' in text
    assert 'name = "Bo"' in text
    assert "#? keywords:" in text
