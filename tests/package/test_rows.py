"""Rows have one digest by their values and the names of their columns, whatever file or format they lie in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.package import _rows

VALUES = st.lists(st.floats(width=32) | st.none(), min_size=1, max_size=20)
LISTS = st.lists(st.lists(st.integers(-5, 5), max_size=4) | st.none(), min_size=1, max_size=20)


def digested(columns: dict[str, pa.Array]) -> list[int]:
    batch = pa.RecordBatch.from_pydict(columns)
    found: list[int] = _rows.digests(batch, sorted(columns))[0].tolist()
    return found


def one(kind: pa.DataType, value: object) -> int:
    return digested({"x": pa.array([value], kind)})[0]


@given(VALUES)
def test_equal_values_have_equal_digests(values: list[float | None]) -> None:
    found = digested({"x": pa.array(values, pa.float32())})
    wide = digested({"x": pa.array(values, pa.float64())})
    assert found == wide
    assert len(set(found)) == len({"nan" if v != v else None if v is None else v + 0.0 for v in values})


@given(LISTS)
def test_lists_are_told_apart_by_items_order_and_length(lists: list[list[int] | None]) -> None:
    found = digested({"x": pa.array(lists, pa.list_(pa.int32()))})
    assert len(set(found)) == len({tuple(each or ()) for each in lists})


@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=1, max_size=20))
def test_arrays_are_told_apart_by_their_places(rows: list[list[int]]) -> None:
    found = digested({"x": pa.array(rows, pa.list_(pa.int8(), 3))})
    assert len(set(found)) == len({tuple(row) for row in rows})


@pytest.mark.parametrize(
    ("kind", "one_value", "other_value", "same"),
    [
        (pa.float64(), 0.0, -0.0, True),
        (pa.float64(), float("nan"), float("nan"), True),
        (pa.float64(), 0.0, None, False),
        (pa.string(), "a", "b", False),
        (pa.string(), "", None, False),
        (pa.bool_(), True, False, False),
        (pa.list_(pa.list_(pa.int8())), [[1], []], [[], [1]], False),
        (pa.list_(pa.list_(pa.int8())), [[1, 2]], [[1], [2]], False),
        (pa.list_(pa.string()), ["a", "b"], ["b", "a"], False),
        (pa.list_(pa.int8(), 2), [1, 2], None, False),
        (pa.struct([("a", pa.int8())]), {"a": 1}, {"a": 2}, False),
    ],
)
def test_what_counts_as_the_same(kind: pa.DataType, one_value: object, other_value: object, same: bool) -> None:
    assert (one(kind, one_value) == one(kind, other_value)) is same


def test_the_way_of_storing_does_not_matter() -> None:
    plain = pa.array(["a", "b", "a", None])
    numbers = pa.array([[1.5], [], [2.5, 3.5], None], pa.list_(pa.float32()))
    large = numbers.cast(pa.large_list(pa.float64()))
    assert digested({"x": plain, "y": numbers}) == digested({"y": large, "x": plain.dictionary_encode()})


def test_slices_have_the_digests_of_their_rows() -> None:
    lists = pa.array([[1, 2], [3], [], [4, 5, 6]], pa.list_(pa.int64()))
    assert digested({"x": lists})[1:3] == digested({"x": lists.slice(1, 2)})


def test_columns_are_told_apart_by_their_names() -> None:
    a, b = pa.array([1, 2]), pa.array([2, 1])
    assert digested({"a": a, "b": b}) == digested({"b": b, "a": a})
    assert digested({"a": a, "b": b}) != digested({"a": b, "b": a})


def test_more_columns_add_to_the_digest() -> None:
    batch = pa.RecordBatch.from_pydict({"a": pa.array([1, 1]), "b": pa.array([1, 2])})
    chosen, every = _rows.digests(batch, ["a"], ["b"])
    assert len(set(chosen.tolist())) == 1
    assert every.tolist() == digested({"a": batch["a"], "b": batch["b"]})


def test_few_digests_collide() -> None:
    made = np.random.default_rng(1)
    columns = {f"x{place}": pa.array(made.normal(size=200_000).astype("float32").round(1)) for place in range(6)}
    different = len(np.unique(np.stack([column.to_numpy() + 0.0 for column in columns.values()]), axis=1)[0])
    assert len(set(digested(columns))) == different


@pytest.fixture
def written(tmp_path: Path) -> dict[str, list[str]]:
    """Two splits in three files: 100 rows, of which 3 come twice, and 50 rows, of which 7 are in the first."""
    rows = np.random.default_rng(1).integers(0, 2**64, 200, np.uint64)
    first = [rows[:60], np.concatenate([rows[60:97], rows[:3]])]
    parts = {"a": first, "b": [np.concatenate([rows[100:143], rows[:7]])]}
    files: dict[str, list[str]] = {}
    for name, every in parts.items():
        for place, part in enumerate(every):
            path = tmp_path / f"{name}{place}"
            part.tofile(path)
            files.setdefault(name, []).append(str(path))
    return files


@pytest.mark.parametrize("at_once", [1_000_000, 20, 1])
def test_splits_are_held_against_each_other(
    written: dict[str, list[str]], at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_rows, "_ROWS_AT_ONCE", at_once)
    found = _rows.compared(written)
    assert found.repeats == {"a": 3, "b": 0}
    assert found.shared == {("a", "b"): 10}  # the three that come twice count twice
    assert [_rows.number(paths) for paths in written.values()] == [100, 50]


@pytest.mark.parametrize("at_once", [1_000_000, 20])
def test_the_order_of_rows_and_files_does_not_matter(
    written: dict[str, list[str]], at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _rows.whole(written["a"])
    monkeypatch.setattr(_rows, "_ROWS_AT_ONCE", at_once)
    assert _rows.whole(written["a"][::-1]) == whole
    assert _rows.whole(written["b"]) != whole
