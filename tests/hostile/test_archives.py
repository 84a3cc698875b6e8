"""Hostile archives: refused or told of, nothing outside opened, nothing unpacked, in little time and memory."""

from __future__ import annotations

import resource
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import UnreadableDocument
from fairkit.package.verify import Fixity, verify

from .archives import GOOD, MADE
from .decoys import SECRET, opened

MOST_MEMORY = 64 * 1024


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.csv").write_text(SECRET)
    return tmp_path / "outside"


def said(path: Path) -> str:
    """All that is said of an archive that does not pass."""
    try:
        found = verify(str(path), jobs=1)
    except UnreadableDocument as error:
        return str(error)
    assert not found.passed
    return "\n".join((*found.faults, *found.missing, *found.changed, *found.extra))


def test_there_are_enough_of_them() -> None:
    assert len(MADE) >= 25


def test_one_with_nothing_wrong_passes(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(GOOD())
    assert verify(str(tmp_path / "x.zip")).passed


@pytest.mark.parametrize("name", MADE)
def test_it_is_refused_or_told_of_and_nothing_is_unpacked(tmp_path: Path, outside: Path, name: str) -> None:
    made, told = MADE[name]
    path = tmp_path / "x.zip"
    path.write_bytes(made())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.monotonic()
    with opened(outside) as touched:
        text = said(path)
    assert told in text
    assert SECRET not in text
    assert touched == []
    assert sorted(found.name for found in tmp_path.iterdir()) == ["outside", "x.zip"]
    assert time.monotonic() - start < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_MEMORY


@given(place=st.integers(0, len(GOOD()) - 1), bit=st.integers(0, 7))
def test_one_flipped_bit_never_passes_for_other_content(
    tmp_path_factory: pytest.TempPathFactory, place: int, bit: int
) -> None:
    """Where it still passes, the files are those of the manifest: the bit was one of a date or of rights."""
    body = bytearray(GOOD())
    body[place] ^= 1 << bit
    path = tmp_path_factory.mktemp("bits") / "x.zip"
    path.write_bytes(body)
    try:
        found: Fixity | None = verify(str(path))
    except UnreadableDocument:
        found = None
    except OSError as error:
        pytest.fail(f"an accident: {error}")
    if found is not None and found.passed:
        with zipfile.ZipFile(path) as held:
            assert held.read("a.csv") == b"x,y\n1,2\n"


@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_an_accident(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "x.zip"
    path.write_bytes(body + GOOD()[-22:])
    with pytest.raises(UnreadableDocument):
        verify(str(path))
