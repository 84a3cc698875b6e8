"""`fairkit validate` on the command line: exit codes, places, and the forms for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

TOML = """\
[resource]
title = "Jets"
description = "Toy jets."
license = "{licence}"
[[creators]]
name = "Example, Ada"
[[variables]]
name = "{name}"
unit = "GeV"
description = "momentum"
"""


def make(folder: Path, *, licence: str = "CC0-1.0", name: str = "pt") -> Path:
    folder.mkdir()
    (folder / "fairkit.toml").write_text(TOML.format(licence=licence, name=name))
    (folder / "a.csv").write_text("pt\n20.5\n")
    return folder


@pytest.mark.parametrize(
    ("licence", "name", "options", "code"),
    [
        ("CC0-1.0", "pt", ["--strict", "--stats", "--digests", "-j", "1"], 0),
        ("ours", "pt", [], 0),
        ("ours", "pt", ["--strict"], 1),
        ("CC0-1.0", "eta", [], 1),
        ("CC0-1.0", "pt", ["--format", "html"], 2),
        ("CC0-1.0", "pt", ["--json", "--format", "text"], 2),
        ("CC0-1.0", "pt", ["--jobs", "many"], 2),
    ],
)
def test_the_exit_code_tells(
    run: Callable[..., Ran], tmp_path: Path, licence: str, name: str, options: list[str], code: int
) -> None:
    assert run("validate", make(tmp_path / "it", licence=licence, name=name), *options).code == code


def test_each_fault_is_a_line_that_editors_follow(run: Callable[..., Ran], tmp_path: Path) -> None:
    folder = make(tmp_path / "it", name="eta\\u001b")
    lines = run("validate", folder).out.splitlines()
    assert f"{folder}/fairkit.toml:7: error: eta\ufffd is in no file [variable-missing]" in lines
    assert lines[-1] == f"{folder}: 1 error, 1 warning"


def test_quiet_is_silent_where_nothing_is_wrong(run: Callable[..., Ran], tmp_path: Path) -> None:
    assert run("validate", make(tmp_path / "it"), "-q") == Ran(0, "", "")
    assert run("validate", make(tmp_path / "other", name="eta"), "-q").out != ""


def test_sarif_points_at_the_line(run: Callable[..., Ran], tmp_path: Path) -> None:
    folder = make(tmp_path / "it", name="{eta}")
    output = tmp_path / "out.sarif"
    assert run("validate", folder, "--format", "sarif", "-o", output).code == 1
    found = json.loads(output.read_bytes())["runs"][0]
    first = next(row for row in found["results"] if row["ruleId"] == "variable-missing")
    place = first["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]) == (f"file://{folder}/fairkit.toml", {"startLine": 7})
    assert (first["level"], first["message"]["text"]) == ("error", "{{eta}} is in no file")
    assert found["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == "variable-missing"
