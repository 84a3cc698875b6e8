"""Sizes and checksums of the files of a folder."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from fairkit.evidence import digests
from fairkit.model.distribution import Distribution


def test_a_file_has_its_size_and_sha256(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.csv").write_bytes(b"1,2\n")
    [found] = digests.digested(str(tmp_path), [Distribution(name="a/b.csv", media_type="text/csv")])
    assert (found.name, found.byte_size, found.media_type) == ("a/b.csv", 4, "text/csv")
    assert found.checksums[0].value == hashlib.sha256(b"1,2\n").hexdigest()


def test_one_that_cannot_be_read_leaves_no_list(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    assert digests.digested(str(tmp_path), [Distribution(name="a"), Distribution(name="b")]) == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert digests.digested(str(tmp_path), [Distribution(name="pipe")]) == ()


def test_too_many_and_too_large_are_not_read(tmp_path: Path) -> None:
    many = [Distribution(name=f"{n}") for n in range(digests.MOST_FILES + 1)]
    assert digests.digested(str(tmp_path), many) == ()
    assert digests.digested(str(tmp_path), [Distribution(name="a", byte_size=digests.MOST_BYTES + 1)]) == ()
