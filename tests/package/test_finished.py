"""What is done is remembered, whatever befalls the file that says so."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import UsageError
from fairkit.package import names
from fairkit.package._finished import Done, Finished

ONE = Done("a.csv", 8, 1, 2, {"sha256": "0" * 64})
TWO = Done("sub/b.csv", 9, 3, 4, {"sha256": "1" * 64, "md5": "2"}, made=True, derived=True, place=7)


def test_what_is_added_is_read_back(tmp_path: Path) -> None:
    kept = Finished(tmp_path / "state")
    kept.add(ONE)
    kept.add(TWO)
    assert Finished(tmp_path / "state").files == {"a.csv": ONE, "sub/b.csv": TWO}
    kept.add(ONE._replace(size=99))
    assert Finished(tmp_path / "state").files["a.csv"].size == 99


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_line_that_was_cut_short_is_none(tmp_path: Path, cut: int) -> None:
    kept = Finished(tmp_path / "state")
    kept.add(ONE)
    kept.add(TWO)
    body = (tmp_path / "state").read_bytes()
    (tmp_path / "state").write_bytes(body[:-cut])
    again = Finished(tmp_path / "state")
    assert again.files["a.csv"] == ONE
    again.add(TWO._replace(size=10))
    assert Finished(tmp_path / "state").files == {"a.csv": ONE, "sub/b.csv": TWO._replace(size=10)}


def test_only_what_is_kept_stays(tmp_path: Path) -> None:
    kept = Finished(tmp_path / "state")
    kept.add(ONE)
    kept.keep([TWO])
    assert Finished(tmp_path / "state").files == {"sub/b.csv": TWO}


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_accident(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "state"
    path.write_bytes(body)
    assert all(names.fault(name) is None for name in Finished(path).files)


@pytest.mark.parametrize(
    ("made", "derived", "body", "found"),
    [
        (True, True, b"text", (True, True)),
        (True, False, b"text", (True, False)),
        (True, True, b"changed", (False, False)),
        (False, True, b"text", (False, False)),
        (True, True, None, (False, False)),
    ],
)
def test_a_document_is_ours_as_long_as_nobody_changed_it(
    tmp_path: Path, made: bool, derived: bool, body: bytes | None, found: tuple[bool, bool]
) -> None:
    kept = Finished(tmp_path / "state")
    kept.add(Done("x.md", 4, 0, 0, {"sha256": hashlib.sha256(b"text").hexdigest()}, made=made, derived=derived))
    if body is not None:
        (tmp_path / "x.md").write_bytes(body)
    assert (kept.has_made("x.md"), kept.has_derived("x.md")) == found


def test_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    with pytest.raises(UsageError, match="cannot write"):
        Finished(tmp_path / "state").add(Done("a", 1, 2, 3, {}))
