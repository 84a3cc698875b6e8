"""Publishing into a local repository: once, as versions, whatever breaks off."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fairkit.errors import DepositError, NotFound, UnreadableDocument, UsageError
from fairkit.ocfl.storage import Storage
from fairkit.ocfl.writing import STAGING
from fairkit.publish import local
from fairkit.publish.journal import HOME, opened
from fairkit.publish.result import Result, Way
from tests.conftest import ROOT
from tests.ocfl.judge import faults

from .bench import Release

KILLS = int(os.environ.get("FAIRKIT_KILLS", "12"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "set"
    (root / "sub").mkdir(parents=True)
    (root / "a.bin").write_bytes(b"a" * 3000)
    (root / "sub" / "b #?ä.bin").write_bytes(bytes(range(256)) * 4)
    return root


def stored(folder: Path, *, version: str = "1", version_of: str | None = None, **way: Any) -> Result:
    root = str(folder.parent / "repository")
    with opened(folder, root) as journal:
        return local.deposit(root, journal, Release(folder, version=version), Way(**way), version_of=version_of)


def storage(folder: Path) -> Storage:
    return Storage(folder.parent / "repository")


def contents(folder: Path, number: int | None = None) -> dict[str, bytes]:
    [id] = storage(folder).ids()
    version = storage(folder).object(id).version(number)
    return {name: Path(each.path).read_bytes() for name, each in version.files.items()}


def of(folder: Path) -> dict[str, bytes]:
    every = [path for path in folder.rglob("*") if path.is_file() and HOME not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in every}


def test_a_second_run_changes_nothing_and_a_new_version_is_another_of_the_same_object(folder: Path) -> None:
    first, before = stored(folder), of(folder)
    assert first.draft.published
    assert len(first.steps) == 1
    assert stored(folder).steps == ()
    (folder / "c.bin").write_bytes(b"new")
    assert stored(folder, new_version=True).draft.id == first.draft.id
    assert stored(folder, new_version=True).steps == ()
    assert faults(folder.parent / "repository") == []
    assert storage(folder).object(first.draft.id).head == 2
    assert contents(folder, 1) == before
    assert contents(folder, 2) == of(folder)
    names = {path.name for path in (Path(first.draft.page) / "v2" / "content").rglob("*") if path.is_file()}
    assert names == {"c.bin"}, "a version stores what is new"


def test_other_data_are_refused_unless_they_are_said_to_be_a_new_version(folder: Path) -> None:
    stored(folder)
    (folder / "a.bin").write_bytes(b"other")
    with pytest.raises(DepositError, match="its data or version are others now"):
        stored(folder)
    assert storage(folder).object(next(iter(storage(folder).ids()))).head == 1


@pytest.mark.parametrize("again", [1, 2])
def test_without_its_journal_a_release_is_found_again(folder: Path, again: int) -> None:
    first = stored(folder)
    if again == 2:
        stored(folder, version="2", new_version=True)
    shutil.rmtree(folder / HOME)
    found = stored(folder, version=str(again))
    assert found.steps == ()
    assert found.draft.id == first.draft.id


def test_a_new_version_without_a_journal_names_what_it_is_a_version_of(folder: Path) -> None:
    first = stored(folder)
    shutil.rmtree(folder / HOME)
    with pytest.raises(DepositError, match="nobody knows of which object"):
        stored(folder, version="2", new_version=True)
    with pytest.raises(NotFound, match="has no object nothing"):
        stored(folder, version="2", new_version=True, version_of="nothing")
    named = first.draft.id.removeprefix("urn:uuid:")
    assert stored(folder, version="2", new_version=True, version_of=named).draft.id == first.draft.id
    assert storage(folder).object(first.draft.id).head == 2


def test_communities_are_none_here(folder: Path) -> None:
    with pytest.raises(UsageError, match="has no communities"):
        stored(folder, community="physics")


def test_bytes_that_the_disk_changed_are_told(folder: Path) -> None:
    first = stored(folder)
    content = storage(folder).object(first.draft.id).version().files["a.bin"]
    Path(content.path).write_bytes(b"b" * 3000)
    with pytest.raises(DepositError, match=r"files that are not what was stored: a\.bin"):
        stored(folder)


def test_a_file_that_changes_while_it_is_stored_is_not_stored(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = Release.files

    def changed(self: Release, doi: str | None) -> Any:
        found = files(self, doi)
        (folder / "a.bin").write_bytes(b"x" * 3000)
        return found

    monkeypatch.setattr(Release, "files", changed)
    with pytest.raises(UnreadableDocument, match=r"a\.bin changed while it was stored"):
        stored(folder)
    assert list(storage(folder).ids()) == []
    monkeypatch.undo()
    stored(folder)
    assert not (folder.parent / "repository" / STAGING).exists()


def test_a_folder_with_something_else_in_it_is_no_repository(folder: Path) -> None:
    (folder.parent / "repository").mkdir()
    (folder.parent / "repository" / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="is not empty, and no local repository"):
        stored(folder)


def test_two_folders_are_two_objects(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.bin").write_bytes(b"x")
    assert stored(folder).draft.id != stored(other).draft.id
    assert faults(tmp_path / "repository") == []
    assert len(list(storage(folder).ids())) == 2


# ── kill -9


@pytest.fixture(scope="module")
def seconds(tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long it takes to store what is stored here, from the moment that a process is ready to."""
    taken = []
    for _ in range(3):
        folder = tmp_path_factory.mktemp("measured") / "set"
        folder.mkdir()
        _grown(folder, random.Random(0))  # noqa: S311 - bytes, and no secret
        process = _begun(folder, new=False)
        start = time.monotonic()
        assert _ended(process) == 0
        taken.append(time.monotonic() - start)
    return min(taken)


def _grown(folder: Path, chance: random.Random) -> None:
    for name in range(60):
        (folder / f"{name}-{chance.random()}.bin").write_bytes(chance.randbytes(200_000))


@pytest.mark.parametrize("number", range(KILLS))
def test_a_run_that_was_killed_leaves_whole_versions_and_no_orphan(
    folder: Path, seconds: float, number: int, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(number)  # noqa: S311 - a moment, and no secret
    new, root = number % 2 == 1, folder.parent / "repository"
    if new:
        stored(folder)
    _grown(folder, chance)
    process = _begun(folder, new=new)
    time.sleep(chance.uniform(0, seconds))
    process.kill()
    process.communicate()
    record_property("in the middle", (root / STAGING).exists())
    if (root / "0=ocfl_1.1").exists():
        wrong = [fault for fault in faults(root) if "[W901]" not in fault]  # the folder in which it was being built
        assert wrong == [], "every object is whole, right after the kill"
        heads = [storage(folder).object(id).head for id in storage(folder).ids()]
        assert heads in ([1], [2]) if new else heads in ([], [1])
    again = _begun(folder, new=new)
    _, told = again.communicate(timeout=120)
    assert again.returncode == 0, told
    assert faults(root) == []
    [id] = storage(folder).ids()
    assert storage(folder).object(id).head == (2 if new else 1)
    assert contents(folder) == of(folder)
    assert not (root / STAGING).exists()


def _begun(folder: Path, *, new: bool) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.publish.storer",
            str(folder.parent / "repository"),
            str(folder),
            "new" if new else "no",
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def test_two_who_write_at_once_do_not_spoil_it(folder: Path, tmp_path: Path) -> None:
    root, copies = tmp_path / "repository", []
    for name in ("one", "two", "three"):
        shutil.copytree(folder, tmp_path / name)
        (tmp_path / name / "own.bin").write_bytes(name.encode() * 500_000)
        copies.append(tmp_path / name)
    every = [_begun(copy, new=False) for copy in copies]
    codes = [_ended(process) for process in every]
    assert 0 in codes
    assert faults(root) == []
    for copy, code in zip(copies, codes, strict=True):
        if code:
            assert _ended(_begun(copy, new=False)) == 0
    assert faults(root) == []
    assert len(list(Storage(root).ids())) == 3


def _ended(process: subprocess.Popen[str]) -> int:
    process.communicate(timeout=120)
    return process.returncode
