"""A file on its way: its digests are those of the bytes that were sent, and nothing else is sent."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from fairkit.errors import UnreadableDocument
from fairkit.publish.sending import LocalFile, Sending, md5_of


def local(path: Path, body: bytes) -> LocalFile:
    path.write_bytes(body)
    return LocalFile(path.name, str(path), len(body), hashlib.sha256(body).hexdigest())


@pytest.mark.parametrize("size", [0, 1, 1024 * 1024, 3 * 1024 * 1024 + 7])
def test_the_digests_are_those_of_what_was_sent(tmp_path: Path, size: int) -> None:
    file, told = local(tmp_path / "a", os.urandom(size)), list[int]()
    body = Sending(file, advance=told.append)
    sent = b"".join(body)
    assert sent == (tmp_path / "a").read_bytes()
    assert len(body) == sum(told) == size
    assert body.md5 == hashlib.md5(sent, usedforsecurity=False).hexdigest() == md5_of(file)
    assert body.sha256 == file.sha256


@pytest.mark.parametrize("change", [b"", b"shorter", b"longer than it was before"])
def test_a_file_of_another_length_is_not_sent_as_it_is(tmp_path: Path, change: bytes) -> None:
    file = local(tmp_path / "a", b"as it was packaged")
    (tmp_path / "a").write_bytes(change)
    with pytest.raises(UnreadableDocument, match="its size changed"):
        list(Sending(file))


def test_a_file_with_other_bytes_is_not_taken_for_ours(tmp_path: Path) -> None:
    file = local(tmp_path / "a", b"one")
    (tmp_path / "a").write_bytes(b"two")
    with pytest.raises(UnreadableDocument, match="is not what was packaged"):
        md5_of(file)


def test_links_and_what_is_no_file_are_not_followed(tmp_path: Path) -> None:
    file = local(tmp_path / "a", b"secret")
    os.symlink(tmp_path / "a", tmp_path / "link")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", "none"):
        with pytest.raises(UnreadableDocument, match="cannot be sent"):
            list(Sending(file._replace(path=str(tmp_path / name))))
