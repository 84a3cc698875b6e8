"""Reading storage roots, good ones and those that would lead us astray."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fairkit.errors import NotFound, UnreadableDocument
from fairkit.ocfl.storage import Storage, opened
from fairkit.ocfl.writing import add, identifier, made

from .test_writing import held

Told = dict[str, Any]


@pytest.fixture
def object(tmp_path: Path) -> Path:
    storage = made(tmp_path / "root")
    files = held(tmp_path / "files", {"a.bin": b"a", "sub/b.bin": b"b"})
    found = add(storage, identifier("r"), files, message="m", created="2026-11-27T00:00:00Z", head=0)
    (tmp_path / "secret").write_bytes(b"a")
    return Path(found.path)


def rewritten(object: Path, change: Callable[[Told], None]) -> None:
    told = json.loads((object / "inventory.json").read_bytes())
    change(told)
    body = json.dumps(told).encode()
    (object / "inventory.json").write_bytes(body)
    (object / "inventory.json.sha512").write_text(f"{hashlib.sha512(body).hexdigest()} inventory.json\n")


def test_an_object_is_found_by_its_id_with_or_without_the_scheme(object: Path) -> None:
    storage = Storage(object.parent)
    [id] = storage.ids()
    assert storage.object(id) == storage.object(id.removeprefix("urn:uuid:"))
    assert storage.object(id).name == id.removeprefix("urn:uuid:")
    with pytest.raises(NotFound, match="has no version 2"):
        storage.object(id).version(2)


@pytest.mark.parametrize("id", ["nothing", "", ".", "..", "../root", "/etc", "a/b", "extensions"])
def test_what_is_no_object_is_not_found(object: Path, id: str) -> None:
    with pytest.raises(NotFound, match="has no object"):
        Storage(object.parent).object(id)


def test_what_is_no_storage_root_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no repository"):
        Storage(tmp_path / "none")
    with pytest.raises(UnreadableDocument, match="no local repository"):
        Storage(tmp_path)


def _manifest(path: str) -> Callable[[Told], None]:
    def change(told: Told) -> None:
        digest = next(iter(told["manifest"]))
        told["manifest"][digest] = [path]

    return change


def _state(*names: str) -> Callable[[Told], None]:
    def change(told: Told) -> None:
        digest = next(iter(told["manifest"]))
        told["versions"]["v1"]["state"] = {digest: list(names)}

    return change


def _set(key: str, value: Any) -> Callable[[Told], None]:
    return lambda told: told.update({key: value})


@pytest.mark.parametrize(
    "change",
    [
        *map(
            _manifest, ["../../secret", "/etc/passwd", "v1/../../../secret", "v1\\..\\x", "", "v1//a", "v1/content/no"]
        ),
        *(_state(name) for name in ("../x", "/x", "", "a/../b", "a\0b", "a//b")),
        _state("same", "same"),
        _set("head", "v2"),
        _set("head", 1),
        _set("versions", {}),
        _set("versions", {"v2": {}}),
        _set("versions", []),
        _set("manifest", {}),
        _set("manifest", [1]),
        _set("id", 7),
        _set("id", ""),
        _set("digestAlgorithm", "md5"),
        _set("digestAlgorithm", ["sha512"]),
    ],
)
def test_an_inventory_that_leads_astray_is_refused(object: Path, change: Callable[[Told], None]) -> None:
    rewritten(object, change)
    with pytest.raises(UnreadableDocument):
        opened(object)


def test_content_that_is_a_link_is_refused(object: Path, tmp_path: Path) -> None:
    content = object / "v1" / "content" / "a.bin"
    content.unlink()
    content.symlink_to(tmp_path / "secret")
    with pytest.raises(UnreadableDocument, match=r"a\.bin is no file inside of it"):
        opened(object)


def test_a_folder_of_content_that_is_a_link_is_refused(object: Path, tmp_path: Path) -> None:
    content = object / "v1" / "content"
    os.rename(content, tmp_path / "elsewhere")
    content.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnreadableDocument, match="no file inside of it"):
        opened(object)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"[" * 100_000, b'{"digestAlgorithm": "sha512"}', b"\xff"])
def test_an_inventory_that_is_none_is_told(object: Path, body: bytes) -> None:
    (object / "inventory.json").write_bytes(body)
    (object / "inventory.json.sha512").write_text(f"{hashlib.sha512(body).hexdigest()} inventory.json\n")
    with pytest.raises(UnreadableDocument):
        opened(object)


def test_an_inventory_that_somebody_changed_is_told(object: Path) -> None:
    with open(object / "inventory.json", "ab") as file:
        file.write(b" ")
    with pytest.raises(UnreadableDocument, match="is not what its sidecar says"):
        opened(object)
