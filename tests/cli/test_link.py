"""`fairkit link`: the data of a model stand in its fairkit.toml, and nothing is in two roles."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fairkit import resources
from tests.conftest import ROOT

from .conftest import Ran

Run = Callable[..., Ran]
JETS = str(ROOT / "examples" / "jets")


def model(folder: Path, text: str = "") -> Path:
    folder.mkdir()
    if text:
        (folder / "fairkit.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_part_is_written_and_what_was_written_by_hand_stays(run: Run, tmp_path: Path) -> None:
    folder = model(tmp_path / "m", "# mine\n[resource]\ntitle = 'A tagger'  # its name\n\n[usage]\nhow = 'run it'\n")
    ran = run("link", folder, "--dataset", JETS, "--role", "trained", "--split", "train", "--json")
    assert ran.code == 0
    made = json.loads(ran.out)
    Draft202012Validator(json.loads(resources.read_bytes("schemas", "link.schema.json"))).validate(made)
    text = (folder / "fairkit.toml").read_text("utf-8")
    assert "# mine" in text
    assert "# its name" in text
    [row] = tomllib.loads(text)["model"]["data"]
    assert (row["role"], row["split"], row["version"], row["license"]) == ("trained", "train", "1.0.0", "CC0-1.0")
    assert row["digest"].startswith("sha256:")
    assert 0.5 < row["score"] < 1
    again = run("link", folder, "--dataset", JETS, "--role", "trained", "--split", "train")
    assert (again.code, "stands already" in again.out) == (0, True)
    assert (folder / "fairkit.toml").read_text("utf-8") == text


def test_a_record_is_linked_without_a_network(run: Run, tmp_path: Path) -> None:
    folder = model(tmp_path / "m")
    words = ("--dataset", "record 12102", "--offline", "--role", "tested", "--split", "test")
    ran = run("link", folder, *words)
    assert (ran.code, "warning: not-compared: the split test lists no files" in ran.out) == (0, True), ran.out
    told = json.loads(run("link", folder, *words, "--json").out)
    assert (told["passed"], [fault["code"] for fault in told["faults"]]) == (True, ["not-compared"])
    [row] = tomllib.loads((folder / "fairkit.toml").read_text("utf-8"))["model"]["data"]
    assert (row["doi"], row["split"]) == ("10.7483/OPENDATA.CMS.JGJX.MS7Q", "test")


def test_what_is_in_two_roles_is_named_and_not_written(run: Run, tmp_path: Path) -> None:
    folder = model(tmp_path / "m")
    assert run("link", folder, "--dataset", JETS, "--role", "trained", "--split", "train").code == 0
    before = (folder / "fairkit.toml").read_bytes()
    ran = run("link", folder, "--dataset", JETS, "--role", "tested", "--split", "train")
    assert ran.code == 1
    assert "shared-files" in ran.out
    assert "train.root" in ran.out
    assert (folder / "fairkit.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("--dataset", JETS, "--role", "seen", "--split", "train"), 2, "'seen' is no role"),
        (("--dataset", JETS, "--role", "trained"), 2, "2 splits"),
        (("--dataset", JETS, "--role", "trained", "--split", "all"), 2, "no split 'all'"),
        (("--dataset", "nowhere/at/all", "--role", "trained"), 2, "nowhere/at/all"),
        (("--dataset", JETS, "--role", "trained", "--files", "none.txt"), 2, "none.txt cannot be read"),
    ],
)
def test_a_wrong_call_is_told(run: Run, tmp_path: Path, words: tuple[str, ...], code: int, why: str) -> None:
    folder = model(tmp_path / "m")
    ran = run("link", folder, *words)
    assert (ran.code, why in ran.err) == (code, True), ran.err
    assert not (folder / "fairkit.toml").exists()


@pytest.mark.parametrize(
    "text",
    [
        "model = 3\n",
        "[model]\ndata = 3\n",
        "[model]\ndata = [1, 2]\n",
        "[model.data]\nrole = 'trained'\n",
        "[[model.data]]\nrole = 'eaten'\n",
        "[[model.data]]\nrole = 'trained'\nscore = nan\n",
    ],
)
def test_data_that_cannot_be_read_are_not_written_over(run: Run, tmp_path: Path, text: str) -> None:
    folder = model(tmp_path / "m", text)
    ran = run("link", folder, "--dataset", JETS, "--role", "tested", "--split", "test")
    assert (ran.code, "fairkit.toml: model" in ran.err) == (2, True), ran.err
    assert (folder / "fairkit.toml").read_text() == text


def test_a_key_of_somebody_else_stays(run: Run, tmp_path: Path) -> None:
    folder = model(tmp_path / "m", "[[model.data]]\nrole = 'trained'\ntitle = 'Mine'\nluck = 7\n")
    assert run("link", folder, "--dataset", JETS, "--role", "tested", "--split", "test").code == 0
    first, second = tomllib.loads((folder / "fairkit.toml").read_text("utf-8"))["model"]["data"]
    assert (first, second["split"]) == ({"role": "trained", "title": "Mine", "luck": 7}, "test")


def test_no_file_of_another_kind_is_waited_for(run: Run, tmp_path: Path) -> None:
    folder, words = model(tmp_path / "m"), ("--dataset", JETS, "--role", "tested", "--split", "test")
    os.mkfifo(tmp_path / "list")
    ran = run("link", folder, *words, "--files", tmp_path / "list")
    assert (ran.code, "not a regular file" in ran.err) == (2, True), ran.err
    os.mkfifo(folder / "fairkit.toml")
    ran = run("link", folder, *words)
    assert (ran.code, "not a regular file" in ran.err) == (2, True), ran.err
    (folder / "fairkit.toml").unlink()
    (folder / "fairkit.toml").mkdir()
    assert run("link", folder, *words).code == 2


def test_an_empty_list_of_files_and_an_empty_folder_are_told(run: Run, tmp_path: Path) -> None:
    folder = model(tmp_path / "m")
    (tmp_path / "list").write_text("\n \n")
    (tmp_path / "empty").mkdir()
    ran = run("link", folder, "--dataset", JETS, "--role", "tested", "--files", tmp_path / "list")
    assert (ran.code, "list names no files" in ran.err) == (2, True), ran.err
    ran = run("link", folder, "--dataset", tmp_path / "empty", "--role", "tested")
    assert (ran.code, "neither an identifier nor a title" in ran.err) == (2, True), ran.err
    assert not (folder / "fairkit.toml").exists()


def test_no_folder_and_a_link_are_refused(run: Run, tmp_path: Path) -> None:
    assert run("link", tmp_path / "none", "--dataset", JETS, "--role", "trained", "--split", "train").code == 2
    folder = model(tmp_path / "m")
    (tmp_path / "out.toml").write_text("")
    (folder / "fairkit.toml").symlink_to(tmp_path / "out.toml")
    assert run("link", folder, "--dataset", JETS, "--role", "trained", "--split", "train").code == 2
    assert (tmp_path / "out.toml").read_text() == ""


def test_a_package_is_not_written_to(run: Run, tmp_path: Path) -> None:
    folder = model(tmp_path / "m")
    (folder / "manifest-sha256.txt").touch()
    ran = run("link", folder, "--dataset", JETS, "--role", "tested", "--split", "test")
    assert (ran.code, "is a finished package: fairkit.toml would contradict" in ran.err) == (2, True), ran.err
    assert not (folder / "fairkit.toml").exists()
