"""What a path into an object means."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairkit.errors import UnreadableDocument
from fairkit.ocfl.inside import content, inside, is_inside
from fairkit.ocfl.writing import add, identifier, made

from .test_writing import WHEN, held

ID = identifier("r")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    storage = made(tmp_path / "root")
    add(storage, ID, held(tmp_path / "1", {"a.bin": b"one", "sub/b": b"b"}), message="m", created=WHEN, head=0)
    add(storage, ID, held(tmp_path / "2", {"a.bin": b"two", "c": b"c"}), message="m", created=WHEN, head=1)
    return storage.root


@pytest.mark.parametrize(
    ("path", "version", "name"),
    [
        (ID, 2, ""),
        (f"{ID}/", 2, ""),
        (ID.removeprefix("urn:uuid:"), 2, ""),
        (f"{ID}/v1", 1, ""),
        (f"{ID}/v2", 2, ""),
        (f"{ID}/a.bin", 2, "a.bin"),
        (f"{ID}/v1/a.bin", 1, "a.bin"),
        (f"{ID.removeprefix('urn:uuid:')}/v1/sub/b", 1, "sub/b"),
    ],
)
def test_a_path_means_a_version_and_a_name(root: Path, path: str, version: int, name: str) -> None:
    found = inside(f"{root}/{path}")
    assert found is not None
    assert (found.object.id, found.version.number, found.name) == (ID, version, name)
    assert is_inside(f"{root}/{path}") == (not name)


@pytest.mark.parametrize("path", ["", "nothing", "extensions", "../files", "0=ocfl_1.1"])
def test_other_paths_mean_none(root: Path, path: str) -> None:
    assert inside(f"{root}/{path}") is None
    assert not is_inside(f"{root}/{path}")


@pytest.mark.parametrize(
    ("path", "body"),
    [("a.bin", b"two"), ("v1/a.bin", b"one"), ("v1/sub/b", b"b"), ("sub/b", None), ("v9/a.bin", None), ("", None)],
)
def test_a_file_is_found_wherever_it_is_stored(root: Path, path: str, body: bytes | None) -> None:
    found = content(f"{root}/{ID}/{path}")
    assert (None if found is None else Path(found.path).read_bytes()) == body


def test_a_version_that_there_is_not_is_told(root: Path) -> None:
    with pytest.raises(UnreadableDocument, match="has no version 9"):
        inside(root / ID / "v9")


def test_an_object_by_itself_is_one_too(root: Path, tmp_path: Path) -> None:
    (root / ID).rename(tmp_path / "alone")
    found = inside(tmp_path / "alone")
    assert found is not None
    assert found.version.number == 2
