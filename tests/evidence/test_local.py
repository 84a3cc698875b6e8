"""Reading local files and folders."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from fairkit.evidence import local


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b"{}")
    assert local.read(str(file), most=2).body == b"{}"


@pytest.mark.parametrize(
    ("name", "why"),
    [("missing", "No such file"), ("folder", "not a regular file"), ("large", "3 bytes, more than the 2")],
)
def test_what_cannot_be_read_is_an_error_in_the_answer(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "large").write_bytes(b"123")
    assert why in str(local.read(str(tmp_path / name), most=2).error)


def test_a_folder_is_listed_by_path_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/two.csv", "a/one.csv", ".git/config", ".hidden", "z.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("xyz")
    listing = json.loads(local.look(str(tmp_path)).body)
    assert [row["path"] for row in listing["files"]] == ["a/one.csv", "b/two.csv", "z.csv"]
    assert {row["size"] for row in listing["files"]} == {3}
    assert (listing["links_out"], listing["more"]) == ([], 0)


def test_folders_may_lie_deeper_than_python_can_call(tmp_path: Path) -> None:
    home = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=home)
        inner = os.open("d", os.O_RDONLY, dir_fd=home)
        os.close(home)
        home = inner
    os.close(os.open("deep.csv", os.O_CREAT | os.O_WRONLY, dir_fd=home))
    os.close(home)
    try:
        listing = json.loads(local.look(str(tmp_path)).body)
        assert [row["path"] for row in listing["files"]] == ["d/" * 1200 + "deep.csv"]
    finally:
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)  # Python's own way to remove it calls itself


def test_names_that_are_no_text_are_listed_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "jets\udcff.csv").write_text("x")
    listing = local.look(str(tmp_path))
    assert listing.ok
    assert len(json.loads(listing.body.decode("utf-8", "surrogateescape"))["files"]) == 1


@pytest.mark.parametrize("target", ["around.csv", "back.csv", "nowhere.csv", "../outside.csv"])
def test_links_in_a_circle_to_nothing_and_out_are_named(tmp_path: Path, target: str) -> None:
    (tmp_path / "outside.csv").write_text("x")
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "around.csv").symlink_to(target)
    (tmp_path / "set" / "back.csv").symlink_to("around.csv")
    assert json.loads(local.look(str(tmp_path / "set")).body)["links_out"] == ["around.csv", "back.csv"]


@pytest.mark.parametrize("kind", ["file", "nothing"])
def test_what_is_no_folder_is_an_error_in_the_answer(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x"
    if kind == "file":
        path.write_text("")
    assert "folder" in str(local.look(str(path)).error)
