"""Parts of a whole: disjoint, complete, the same each time; and folders that the dead have left."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import UsageError
from fairkit.package.batch_farm import Shard, benches, shard


@given(st.integers(0, 40), st.integers(1, 12), st.sampled_from([0, 1]))
def test_parts_are_disjoint_and_together_the_whole(size: int, total: int, first: int) -> None:
    every = list(range(size))
    parts = [Shard(number, total).of(every) for number in range(first, total + first)]
    assert sorted(item for part in parts for item in part) == every


def test_a_part_is_written_as_it_is_read() -> None:
    assert (str(shard("3/8")), shard(None)) == ("3/8", None)


@pytest.mark.parametrize("written", ["", "3", "3/", "a/b", "9/8", "0/0", "-1/3", "3/8/2", "٣/8"])
def test_what_is_no_part_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="is no part of a whole"):
        shard(written)


def test_a_folder_goes_with_its_owner_and_those_of_the_dead_with_it(tmp_path: Path) -> None:
    dead = tmp_path / ".fairkit-convert-dead"
    dead.mkdir()
    (dead / "half.parquet").write_text("half")
    with benches(str(tmp_path)) as mine:
        assert not dead.exists()
        with benches(str(tmp_path)):
            assert Path(mine).is_dir()
    assert list(tmp_path.iterdir()) == []
