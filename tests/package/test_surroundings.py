"""Where a step was run: the lock file or the packages, and who git says that we are."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from fairkit.package.surroundings import agent, commit, environment


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


def test_a_lock_file_is_the_environment(here: Path) -> None:
    (here / "requirements.txt").write_text("numpy==2\n")
    [lock] = environment()
    assert lock.name == "requirements.txt"
    assert lock.checksums[0].value == hashlib.sha256(b"numpy==2\n").hexdigest()


def test_without_one_the_packages_are() -> None:
    [installed] = environment()
    assert installed.name.endswith("installed Python packages")


def test_outside_of_a_repository_there_is_no_commit() -> None:
    assert commit() == ()


def test_whoever_is_named_did_it() -> None:
    found = agent("Ada Example")
    assert found is not None
    assert (found.name, found.type) == ("Ada Example", "person")
