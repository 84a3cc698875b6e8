"""The options that several verbs share mean the same everywhere, and are taken as they were written."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.core import TyperCommand
from typer.testing import CliRunner

from fairkit.cli.options import Command, Group
from tests.cli.conftest import Ran

SHARED = ["--checklist", "--json", "--output", "--offline", "--online", "--evidence", "--save-evidence", "--fail-fast"]


@pytest.mark.parametrize("option", [*SHARED, "--quiet", "--verbose"])
def test_assess_and_gate_take_the_same_options(run: Callable[..., Ran], option: str) -> None:
    assert option in run("assess", "--help").out
    assert option in run("gate", "--help").out


def verb(
    words: Annotated[list[str] | None, typer.Argument()] = None,
    many: Annotated[list[str] | None, typer.Option("--many", "-m")] = None,
    one: Annotated[str | None, typer.Option("--one")] = None,
    flag: Annotated[bool, typer.Option("--flag", "-f")] = False,
) -> None:
    typer.echo(ascii((words, many, one, flag)))


def shout(given: str | None) -> str | None:
    return given and given.upper()


def loud(
    one: Annotated[str | None, typer.Option("--one", callback=shout)] = None,
    version: Annotated[bool, typer.Option("--version", is_eager=True)] = False,
) -> None:
    typer.echo(ascii((one, version)))


def called(cls: type[TyperCommand], function: Callable[..., None], words: list[str]) -> tuple[int, str]:
    """The exit code and the output of a function that is a verb of a class."""
    app = typer.Typer(rich_markup_mode=None, add_completion=False)
    app.command(cls=cls)(function)
    result = CliRunner().invoke(app, words)
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ([], (None, None, None, False)),
        (["a", "b"], (["a", "b"], None, None, False)),
        (["-m", "x", "--many", "y", "--many=x"], (None, ["x", "y", "x"], None, False)),
        (["--many="], (None, [""], None, False)),
        (["-fm", "x"], (None, ["x"], None, True)),
        (["--one", "a", "--one", "b"], (None, None, "b", False)),  # the last one counts
        (["--one", ""], (None, None, "", False)),
        (["--one", " a\tb\n"], (None, None, " a\tb\n", False)),
        (["--one", "od\udcff\udc80d \x1b[31m"], (None, None, "od\udcff\udc80d \x1b[31m", False)),
        (["--one=a=b,c", "-m", "07"], (None, ["07"], "a=b,c", False)),
        (["--one", "--flag"], (None, None, "--flag", False)),
        (["--", "--flag", "-m"], (["--flag", "-m"], None, None, False)),
        (["\udcfe", ""], (["\udcfe", ""], None, None, False)),
    ],
)
def test_a_value_is_taken_as_it_was_written(words: list[str], taken: tuple[object, ...]) -> None:
    assert called(Command, verb, words) == (0, f"{taken!a}\n")
    assert called(TyperCommand, verb, words) == (0, f"{taken!a}\n")  # which needs pydantic for it


@pytest.mark.parametrize("words", [["--one"], ["--flag=1"], ["--manny", "x"], ["-x"]])
def test_a_wrong_call_is_refused_as_by_typer(words: list[str]) -> None:
    code, told = called(Command, verb, words)
    assert code == 2
    assert (code, told) == called(TyperCommand, verb, words)


def needing(
    first: Annotated[str, typer.Argument(metavar="DIR")],
    more: Annotated[list[str], typer.Argument(metavar="FILE")],
    one: Annotated[str, typer.Option("--one", "-o")],
    many: Annotated[list[str], typer.Option("--many")],
) -> None:
    typer.echo(ascii((first, more, one, many)))


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ([], "Missing argument 'DIR'."),
        (["a"], "Missing argument 'FILE'."),
        (["a", "b"], "Missing option '--one' / '-o'."),
        (["a", "b", "--one", "c"], "Missing option '--many'."),
    ],
)
def test_what_is_needed_and_missing_is_named(words: list[str], missing: str) -> None:
    code, told = called(Command, needing, words)
    assert (code, missing in told) == (2, True), told


def test_what_is_needed_may_be_empty() -> None:
    words = ["", "b", "--one", "", "--many", "x"]
    assert called(Command, needing, words) == (0, "('', ['b'], '', ['x'])\n")


def test_no_verb_falls_over_a_call_without_words(run: Callable[..., Ran]) -> None:
    verbs = [
        ("bind",),
        ("link",),
        ("describe",),
        ("verify",),
        ("package",),
        ("benchmark", "score"),
        ("challenge", "init"),
    ]
    assert {verb: run(*verb).code for verb in verbs} == dict.fromkeys(verbs, 2)


@pytest.mark.parametrize(("words", "taken"), [(["--one", "jets"], ("JETS", False)), (["--version"], (None, True))])
def test_a_callback_still_has_its_say(words: list[str], taken: tuple[object, ...]) -> None:
    assert called(Command, loud, words) == (0, f"{taken!a}\n")


def test_a_group_takes_its_own_options_so_too() -> None:
    app = typer.Typer(rich_markup_mode=None, add_completion=False, cls=Group)
    app.callback()(loud)
    app.command("verb", cls=Command)(verb)
    result = CliRunner().invoke(app, ["--one", "jets", "verb", "-m", "x"])
    assert result.output == "('JETS', False)\n(None, ['x'], None, False)\n"


def test_a_file_may_have_a_name_that_is_no_text(tmp_path: Path) -> None:
    record = tmp_path / "od\udcff d\n.json"
    record.write_bytes(b'{"recid": "7", "type": {"primary": "Dataset"}, "experiment": ["CMS"]}')
    report = tmp_path / " report \udcfe=1.json"
    words: list[str | Path] = [
        sys.executable,
        "-m",
        "fairkit",
        "assess",
        record,
        "--json",
        "--offline",
        "--output",
        report,
    ]
    subprocess.run(words, capture_output=True, check=True)
    [written] = json.loads(report.read_bytes())
    assert written["documents"][0]["url"] == str(record)
    assert sorted(tmp_path.iterdir()) == sorted([record, report])
