"""`python -m fairkit` is `fairkit`."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

import fairkit


@pytest.mark.parametrize(
    ("words", "code", "out"),
    [(["--version"], 0, f"fairkit {fairkit.__version__}\n"), (["assess", "nothing-like-it"], 2, "")],
)
def test_the_module_runs_as_the_program_does(words: list[str], code: int, out: str) -> None:
    ran = subprocess.run([sys.executable, "-m", "fairkit", *words], capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (code, out)


def test_importing_it_runs_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    importlib.import_module("fairkit.__main__")
    assert capsys.readouterr().out == ""
