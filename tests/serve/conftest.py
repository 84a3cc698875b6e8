"""A local repository with the example in it, in two versions."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from werkzeug.test import Client

from fairkit.ocfl.storage import Storage
from fairkit.publish.journal import opened
from fairkit.publish.local import deposit
from fairkit.publish.release import Release
from fairkit.publish.result import Way
from fairkit.serve.server import listening
from fairkit.serve.site import Site
from tests.conftest import ROOT

BASE = "http://127.0.0.1:8000"


class Stored(NamedTuple):
    """A repository, the object in it, and the package of its newest version."""

    root: Path
    name: str
    package: Path


def stored(folder: Path, root: Path, *, new: bool = False) -> str:
    release = Release(str(folder))
    with opened(str(folder), str(root)) as journal:
        return deposit(str(root), journal, release, Way(new_version=new)).draft.id.removeprefix("urn:uuid:")


@pytest.fixture(scope="session")
def jets(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    place = tmp_path_factory.mktemp("served")
    ours = shutil.ignore_patterns(".fairkit")
    folder = Path(shutil.copytree(ROOT / "examples" / "jets", place / "jets", ignore=ours))
    stored(folder, place / "repository")
    told = folder / "fairkit.toml"
    told.write_text(told.read_text("utf-8").replace('version = "1.0.0"', 'version = "1.1.0"'), "utf-8")
    name = stored(folder, place / "repository", new=True)
    return Stored(place / "repository", name, folder / ".fairkit" / "package")


@pytest.fixture
def client(jets: Stored) -> Client:
    return Client(Site(Storage(jets.root), BASE))


@contextmanager
def running(root: Path) -> Iterator[str]:
    """The address of a server that runs."""
    with listening(str(root), host="127.0.0.1", port=0, base=None) as (told, server):

        def run() -> None:
            with suppress(OSError):  # it is closed under its feet
                server.run()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        yield told.url.rstrip("/")
    thread.join(timeout=10)


@pytest.fixture
def served(jets: Stored) -> Iterator[str]:
    """The address of a server that runs."""
    with running(jets.root) as url:
        yield url
