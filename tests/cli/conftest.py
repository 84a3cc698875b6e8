"""How the tests call the command line: in this process, as a user would."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from fairkit.cli.main import app
from tests.conftest import ROOT
from tests.servers.invenio.deposits import TOKEN
from tests.servers.invenio.http import Served


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


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A repository on loopback that takes the token of the environment."""
    with Served() as served:
        monkeypatch.setenv("FAIRKIT_INVENIO_TOKEN", TOKEN)
        yield served


@pytest.fixture
def jets(tmp_path: Path) -> str:
    """A copy of the example."""
    shutil.copytree(ROOT / "examples" / "jets", tmp_path / "jets")
    return str(tmp_path / "jets")
