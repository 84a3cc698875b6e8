"""Writing versions: any series of them is read back as it was put, and is what another program takes for OCFL."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.errors import DepositError, UnreadableDocument, UsageError
from fairkit.ocfl import writing
from fairkit.ocfl.storage import Object, Storage
from fairkit.ocfl.writing import STAGING, add, identifier, made

from .judge import faults

WHEN = "2026-11-27T00:00:00Z"
NAMES = st.sampled_from(["a.bin", "b.bin", "sub/a.bin", "sub/deep/ä #?%.txt", "inventory.json", "v1/content/x", "0=x"])
SETS = st.lists(st.dictionaries(NAMES, st.binary(max_size=3), min_size=1), min_size=1, max_size=4)


class File(NamedTuple):
    key: str
    path: str
    size: int
    sha256: str


def held(folder: Path, contents: Mapping[str, bytes]) -> list[File]:
    """Files with these contents."""
    found = []
    for number, (name, body) in enumerate(sorted(contents.items())):
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / str(number)
        path.write_bytes(body)
        found.append(File(name, str(path), len(body), hashlib.sha256(body).hexdigest()))
    return found


def read(object: Object, number: int) -> dict[str, bytes]:
    return {name: Path(each.path).read_bytes() for name, each in object.version(number).files.items()}


@settings(max_examples=60, deadline=None)
@given(sets=SETS, swaps=st.booleans())
def test_any_versions_are_read_back(*, sets: list[dict[str, bytes]], swaps: bool) -> None:
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patched:
        if not swaps:
            patched.setattr(writing, "_exchanged", lambda one, other: False)
        storage, id = made(Path(place) / "root"), identifier("r")
        for head, contents in enumerate(sets):
            files = held(Path(place) / str(head), contents)
            object = add(storage, id, files, message=f"version {head + 1}", created=WHEN, head=head)
        assert [read(object, number) for number in range(1, len(sets) + 1)] == sets
        assert object == Storage(storage.root).object(id)
        assert faults(storage.root) == []
        bodies = [path for path in Path(object.path).glob("v*/content/**/*") if path.is_file()]
        assert len(bodies) == len({body for contents in sets for body in contents.values()}), "each is stored once"


def test_the_same_release_has_the_same_identifier() -> None:
    assert identifier("r") == identifier("r") != identifier("s")


def test_who_was_slower_is_told(tmp_path: Path) -> None:
    storage, files = made(tmp_path / "root"), held(tmp_path / "files", {"a": b"a"})
    add(storage, identifier("r"), files, message="m", created=WHEN, head=0)
    with pytest.raises(DepositError, match="has the version 1, not 0"):
        add(storage, identifier("r"), files, message="m", created=WHEN, head=0)


def test_another_who_writes_is_told(tmp_path: Path) -> None:
    storage = made(tmp_path / "root")
    with writing._held(storage.root), pytest.raises(UsageError, match="somebody else writes"):
        add(storage, identifier("r"), held(tmp_path, {"a": b"a"}), message="m", created=WHEN, head=0)


@pytest.mark.parametrize("kind", ["missing", "link", "pipe", "folder"])
def test_what_is_no_file_is_not_stored(tmp_path: Path, kind: str) -> None:
    storage, [file] = made(tmp_path / "root"), held(tmp_path / "files", {"a": b"a"})
    place = Path(file.path)
    place.rename(tmp_path / "real")
    if kind == "link":
        place.symlink_to(tmp_path / "real")
    elif kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    with pytest.raises(UnreadableDocument, match="cannot be stored"):
        add(storage, identifier("r"), [file], message="m", created=WHEN, head=0)
    assert list(storage.ids()) == []


def test_a_full_disk_is_told_and_leaves_the_former_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = made(tmp_path / "root")
    add(storage, identifier("r"), held(tmp_path / "files", {"a": b"a"}), message="m", created=WHEN, head=0)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="No space left on device"):
        add(storage, identifier("r"), held(tmp_path / "more", {"b": b"b"}), message="m", created=WHEN, head=1)
    monkeypatch.undo()
    assert storage.object(identifier("r")).head == 1
    object = add(storage, identifier("r"), held(tmp_path / "more", {"b": b"b"}), message="m", created=WHEN, head=1)
    assert (object.head, (storage.root / STAGING).exists(), faults(storage.root)) == (2, False, [])


def test_what_a_kill_left_between_two_names_is_put_back(tmp_path: Path) -> None:
    storage, id = made(tmp_path / "root"), identifier("r")
    object = add(storage, id, held(tmp_path / "files", {"a": b"a"}), message="m", created=WHEN, head=0)
    (storage.root / STAGING).mkdir(parents=True)
    os.rename(object.path, storage.root / STAGING / f"former-{id}")
    assert add(storage, id, held(tmp_path / "more", {"b": b"b"}), message="m", created=WHEN, head=1).head == 2


def test_a_root_cannot_be_made_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="nothing can be written into"):
        made(tmp_path / "file" / "root")
