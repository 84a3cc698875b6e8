"""What lies in a folder, and what opens."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fairkit.errors import NotFound, UnreadableDocument
from fairkit.package.layout import below, is_describing, look, open_inside
from tests.package.made import deep


@pytest.mark.parametrize(
    ("path", "describing"),
    [
        ("fairkit.toml", True),
        ("README", True),
        ("readme.md", True),
        ("LICENSE.txt", True),
        (".zenodo.json", True),
        ("manifest-sha256.txt", True),
        ("sub/README.md", False),
        ("data.csv", False),
        ("READMEFIRST", False),
    ],
)
def test_documents_are_known_by_name(path: str, describing: bool) -> None:
    assert is_describing(path) is describing


def test_data_documents_and_the_rest_are_told_apart(tmp_path: Path) -> None:
    for name in ("b.csv", "a/x.csv", "README.md", ".zenodo.json", ".hidden", ".git/config"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "inside").symlink_to("a/x.csv")
    (tmp_path / "outside").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe")
    found = look(tmp_path)
    assert found.data == ("a/x.csv", "b.csv", "inside")
    assert found.describing == (".zenodo.json", "README.md")
    assert found.links_out == ("outside",)
    assert found.special == ("pipe",)


def test_folders_may_lie_deeper_than_python_can_call(tmp_path: Path) -> None:
    with deep(tmp_path, 1200) as path:
        assert look(tmp_path).data == (path,)
        assert [entry.path for entry in below(tmp_path)] == [str(tmp_path / path)]


def test_folders_that_lie_too_deep_are_told_shortly(tmp_path: Path) -> None:
    with deep(tmp_path, 2500), pytest.raises(UnreadableDocument, match="File name too long") as caught:
        look(tmp_path)
    assert len(str(caught.value)) < 500


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked").mkdir()
    listed = os.scandir

    def refusing(path: Path) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(UnreadableDocument, match="Permission denied"):
        look(tmp_path)


def test_a_folder_without_a_name_is_not_the_one_where_we_are() -> None:
    with pytest.raises(NotFound, match="no folder is named"):
        look("")


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_only_folders_are_looked_into(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotFound):
        look(tmp_path / name)


@pytest.mark.parametrize(
    ("path", "links", "opens"),
    [
        ("file", False, True),
        ("sub/file", False, True),
        ("link", False, False),
        ("link", True, True),
        ("sub/up", True, True),
        ("out", True, False),
        ("around", True, False),
        ("linked/file", False, False),
        ("linked/file", True, False),
        ("sub", False, False),
        ("pipe", False, False),
        ("nothing", False, False),
        ("../secret", False, False),
        ("sub/../file", False, False),
        ("/etc/hostname", False, False),
        ("", False, False),
        ("file/file", False, False),
    ],
)
def test_only_plain_files_inside_open(tmp_path: Path, path: str, links: bool, opens: bool) -> None:
    home = tmp_path / "home"
    (home / "sub").mkdir(parents=True)
    (tmp_path / "secret").write_text("secret")
    (home / "file").write_text("x")
    (home / "sub" / "file").write_text("x")
    (home / "link").symlink_to("sub/file")
    (home / "sub" / "up").symlink_to("../file")
    (home / "out").symlink_to("../secret")
    (home / "around").symlink_to("around")
    (home / "linked").symlink_to("sub")
    os.mkfifo(home / "pipe")
    if not opens:
        with pytest.raises(OSError):
            open_inside(home, path, links=links)
        return
    file = open_inside(home, path, links=links)
    assert os.read(file, 9) == b"x"
    os.close(file)


def test_a_folder_that_is_a_link_may_be_named(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "a.csv").write_text("x")
    (tmp_path / "named").symlink_to("set")
    assert look(tmp_path / "named").data == ("a.csv",)
    os.close(open_inside(tmp_path / "named", "a.csv"))
