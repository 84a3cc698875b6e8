"""The plan tells what would be done, to whom, and what stands against it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fairkit.model.base import plain
from fairkit.publish.places import place
from fairkit.publish.plan import plan, text
from fairkit.publish.problem import problem
from fairkit.publish.release import Release
from fairkit.publish.result import Way
from tests.conftest import ROOT


@pytest.fixture
def jets(tmp_path: Path) -> Release:
    shutil.copytree(ROOT / "examples" / "jets", tmp_path / "jets")
    return Release(str(tmp_path / "jets"))


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (Way(), "leave it as a draft"),
        (Way(publish=True), "publish it: this cannot be undone"),
        (Way(community="cms"), "ask the community cms for a review"),
        (Way(new_version=True), "open the next version of 10.5281/zenodo.7"),
    ],
)
def test_it_tells_how_far_it_goes(jets: Release, way: Way, said: str) -> None:
    former = "10.5281/zenodo.7" if way.new_version else None
    assert any(said in step for step in plan(jets, place(zenodo=True), way, version_of=former).steps)


@pytest.mark.parametrize(("sandbox", "said"), [(False, "REAL"), (True, "a sandbox")])
def test_it_tells_whether_it_is_for_good(jets: Release, sandbox: bool, said: str) -> None:
    made = plan(jets, place(zenodo=True, sandbox=sandbox), Way())
    assert made.real is not sandbox
    assert said in text(made)


def test_it_tells_of_every_file_and_of_the_room(jets: Release) -> None:
    made = plan(jets, place(zenodo=True), Way())
    assert {file.name for file in made.files} == {file.key for file in jets.contents()}
    assert made.quota == 50 * 10**9
    assert made.byte_size == sum(file.size for file in jets.contents()) < made.quota
    assert all(file.sha256 and file.holds is None for file in made.files)
    assert (made.license, made.access, made.doi) == ("CC0-1.0", "open", None)


def test_it_tells_what_stands_against_it(jets: Release) -> None:
    found = [problem("file-empty", place="a.csv"), problem("version-missing")]
    made = plan(jets, place(zenodo=True), Way(), problems=found)
    assert [(one.code, one.blocks) for one in made.problems] == [("file-empty", True), ("version-missing", False)]
    assert "  ✗ a.csv: a file is empty [file-empty]" in text(made)
    assert "  – no version is stated [version-missing]" in text(made)


def test_archives_are_told_with_what_they_hold_before_they_are_made(tmp_path: Path) -> None:
    (tmp_path / "set" / "runs").mkdir(parents=True)
    for number in range(20):
        (tmp_path / "set" / "runs" / f"{number}.csv").write_text("a\n1\n")
    made = plan(Release(str(tmp_path / "set"), most_files=19), place(zenodo=True), Way())
    [zipped] = [file for file in made.files if file.holds]
    assert (zipped.name, zipped.holds, zipped.sha256) == ("runs.zip", 20, None)
    assert "1 ZIP archive, stored" in made.steps[0]
    assert plain(made)["files"]
