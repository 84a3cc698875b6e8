"""How the tests call the command line: in this process, as a user would."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from fairkit.cli.main import app


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


@pytest.fixture
def run() -> Callable[..., Ran]:
    def call(*words: object, stdin: str | None = None) -> Ran:
        result = CliRunner().invoke(app, [str(word) for word in words], input=stdin, prog_name="fairkit")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    return call
