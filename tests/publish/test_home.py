"""The hidden folder of a folder that is published: git passes over it, and nothing in it leads elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from fairkit.errors import UsageError
from fairkit.publish import home
from fairkit.publish.journal import opened
from fairkit.publish.release import Release
from tests.package.made import contents, folder

BASE = "https://repository.example"


@pytest.fixture
def toys(tmp_path: Path) -> Path:
    return folder(tmp_path / "toys")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_passes_over_it(toys: Path) -> None:
    Release(str(toys))
    with opened(toys, BASE) as journal:
        journal.note("begin", release="1")
    subprocess.run(["git", "init", "-q"], cwd=toys, check=True)
    subprocess.run(["git", "add", "-A"], cwd=toys, check=True)
    listed = subprocess.run(["git", "ls-files"], cwd=toys, check=True, capture_output=True, text=True).stdout
    assert "a.csv" in listed
    assert home.HOME not in listed


def test_what_somebody_wrote_for_git_stays(toys: Path) -> None:
    ignored = home.made(toys) / ".gitignore"
    ignored.write_text("package\n")
    home.made(toys)
    assert ignored.read_text() == "package\n"


@pytest.mark.parametrize("name", [home.HOME, home.PACKAGE, home.ZIPS])
def test_nothing_is_written_or_deleted_behind_a_link(toys: Path, tmp_path: Path, name: str) -> None:
    precious = folder(tmp_path / "precious", {"thesis.tex": b"years of work"})
    (toys / name).parent.mkdir(exist_ok=True)
    (toys / name).symlink_to(precious)
    for attempt in (lambda: Release(str(toys)).files(None), lambda: opened(toys, BASE).__enter__()):
        with pytest.raises(UsageError, match="is a link"):
            attempt()
    assert contents(precious) == {"thesis.tex": b"years of work"}


def test_a_package_deletes_nothing_behind_a_link_either(toys: Path, tmp_path: Path) -> None:
    precious = folder(tmp_path / "precious", {"thesis.tex": b"years of work"})
    (toys / "manifest-sha256.txt").touch()
    (toys / home.HOME).mkdir()
    (toys / home.ZIPS).symlink_to(precious)
    with pytest.raises(UsageError, match="is a link"):
        Release(str(toys)).files(None)
    assert contents(precious) == {"thesis.tex": b"years of work"}


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="nothing here tells a link when it is opened")
@pytest.mark.parametrize("name", ["lock", "repository.example.jsonl"])
def test_a_journal_is_written_through_no_link(toys: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "profile").write_text("export PATH\n")
    (home.made(toys) / name).symlink_to(tmp_path / "profile")
    with pytest.raises(UsageError, match="journal"), opened(toys, BASE) as journal:
        journal.note("begin", release="1")
    assert (tmp_path / "profile").read_text() == "export PATH\n"
