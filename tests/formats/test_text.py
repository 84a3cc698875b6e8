"""Text behind compression: codecs by their first bytes, faults as ours, a cap on what comes out."""

from __future__ import annotations

import bz2
import gzip
from pathlib import Path

import pytest

from fairkit.errors import UnreadableDocument
from fairkit.formats import _text
from fairkit.formats._text import compression, opened


@pytest.mark.parametrize(
    ("body", "codec"),
    [(b"plain", None), (b"", None), (gzip.compress(b"plain"), "gzip"), (bz2.compress(b"plain"), "bzip2")],
)
def test_codecs_are_told_by_the_first_bytes(tmp_path: Path, body: bytes, codec: str | None) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(body)
    assert compression(str(path)) == codec
    with opened(str(path), "text") as file:
        assert file.read() == (b"plain" if body else b"")


def test_members_one_after_the_other_are_one_text(tmp_path: Path) -> None:
    path = tmp_path / "t.gz"
    path.write_bytes(gzip.compress(b"one ") + gzip.compress(b"two"))
    with opened(str(path), "text") as file:
        assert file.read() == b"one two"


@pytest.mark.parametrize("cut", [-1, -9, 12])
def test_what_is_cut_off_is_unreadable(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "t.gz"
    path.write_bytes(gzip.compress(b"some text" * 50)[:cut])
    with pytest.raises(UnreadableDocument, match="cannot be read as text"), opened(str(path), "text") as file:
        file.read()


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="No such file"), opened(str(tmp_path / "none"), "text"):
        pass


@pytest.mark.parametrize(("free", "fits"), [(200_000, True), (100_000, False)])
def test_a_cap_ends_what_expands_without_measure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, fits: bool
) -> None:
    monkeypatch.setattr(_text, "_FREE", free)
    path = tmp_path / "t.gz"
    path.write_bytes(gzip.compress(bytes(200_000)))
    with opened(str(path), "text") as file:
        if fits:
            assert len(file.read()) == 200_000
        else:
            with pytest.raises(UnreadableDocument, match="expands to more than 200 times"):
                file.read()
