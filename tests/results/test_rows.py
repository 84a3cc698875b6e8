"""Predictions and labels brought together, and all that would make a number wrong in silence."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import FairkitError, UsageError
from fairkit.results.rows import Columns, Rows, joined, labels

NONE = pa.array([], pa.float64())
TRUTH = {"id": [1, 2, 3, 4], "label": [0, 1, 0, 1]}


def put(path: Path, table: Mapping[str, Any]) -> str:
    if path.suffix == ".parquet":
        pq.write_table(pa.table(dict(table)), path)
    elif path.suffix == ".csv":
        rows = [",".join(map(str, row)) for row in zip(*table.values(), strict=True)]
        path.write_text("\n".join([",".join(table), *rows]) + "\n")
    elif path.suffix == ".npy":
        np.save(path, np.array(next(iter(table.values()))))
    elif path.suffix == ".h5":
        import h5py

        with h5py.File(path, "w") as file:
            for name, values in table.items():
                file[name] = values
    else:
        import uproot

        with uproot.recreate(path) as file:
            tree = file.mktree("rows", {name: np.array(values).dtype for name, values in table.items()})
            tree.extend({name: np.array(values) for name, values in table.items()})
    return str(path)


def together(folder: Path, truth: Mapping[str, Any], told: Mapping[str, Any], names: Columns | None = None) -> Rows:
    known = labels(put(folder / "labels.parquet", truth), names or Columns())
    return joined(put(folder / "predictions.parquet", told), known)


@pytest.mark.parametrize("form", ["parquet", "csv", "h5", "root"])
def test_rows_are_matched_by_what_names_them(tmp_path: Path, form: str) -> None:
    known = labels(put(tmp_path / f"labels.{form}", TRUTH), Columns())
    found = joined(put(tmp_path / f"told.{form}", {"id": [3, 1, 4, 2], "score": [0.3, 0.1, 0.4, 0.2]}), known)
    assert found.scores.tolist() == pytest.approx([0.1, 0.2, 0.3, 0.4])
    assert (found.truth.tolist(), found.classes, found.notes) == ([0, 1, 0, 1], ("0", "1"), ())


def test_arrays_are_matched_by_their_order(tmp_path: Path) -> None:
    known = labels(put(tmp_path / "labels.npy", {"": [0, 1, 1]}), Columns())
    found = joined(put(tmp_path / "told.npy", {"": [0.5, 0.25, 1.0]}), known)
    assert found.scores.tolist() == [0.5, 0.25, 1.0]
    assert "by their order" in found.notes[0]


@given(st.permutations(range(1, 9)), st.lists(st.integers(0, 1), min_size=8, max_size=8))
def test_any_order_gives_the_same(tmp_path_factory: pytest.TempPathFactory, order: list[int], truth: list[int]) -> None:
    if len(set(truth)) < 2:
        return
    folder = tmp_path_factory.mktemp("rows")
    told = {"id": order, "score": [one / 10 for one in order]}
    found = together(folder, {"id": list(range(1, 9)), "label": truth}, told)
    assert found.scores.tolist() == [one / 10 for one in range(1, 9)]


@pytest.mark.parametrize(
    ("truth", "told", "why"),
    [
        (TRUTH, {"id": [1, 2, 3], "score": [0.1, 0.2, 0.3]}, "no prediction for 1 of 4 rows, as for id 4"),
        (TRUTH, {"id": [1, 2, 3, 4, 5], "score": [0.1] * 5}, "predictions for 1 rows without a label, as for id 5"),
        (TRUTH, {"id": [1, 2, 2, 4], "score": [0.1] * 4}, "has id 2 more than once"),
        (TRUTH, {"id": NONE, "score": NONE}, "no prediction for 4"),
        (TRUTH, {"score": [0.1, 0.2, 0.3]}, "has 3 rows, and"),
        (TRUTH, {"id": [1, 2, 3, 4], "score": [0.1, float("nan"), 0.3, 0.4]}, "NaN or infinite, the first in row 2"),
        (TRUTH, {"id": [1, 2, 3, 4], "score": [0.1, None, 0.3, 0.4]}, "NaN or infinite, the first in row 2"),
        (TRUTH, {"id": [1, 2, 3, 4], "score": [0.1, float("inf"), 0.3, 0.4]}, "NaN or infinite"),
        (TRUTH, {"id": [1, 2, 3, 4], "score": ["a", "b", "c", "d"]}, "nobody can tell which column"),
        (TRUTH, {"id": [1, 2, 3, 4], "a": [0.1] * 4, "b": [0.1] * 4, "c": [0.1] * 4}, "nobody can tell which column"),
        ({"id": [1, 2], "label": [1, 1]}, {"id": [1, 2], "score": [0.1, 0.2]}, "does not part the rows: all are 1"),
        ({"id": [1, 2], "label": [0.5, 1.0]}, {"id": [1, 2], "score": [0.1, 0.2]}, "name no class"),
        ({"id": [1, 2], "label": ["b", "c"]}, {"id": [1, 2], "score": [0.1, 0.2]}, "which is the signal"),
        ({"id": [1, 2], "a": [0, 1], "b": [0, 1]}, {"id": [1, 2], "score": [0.1, 0.2]}, "has the labels"),
        ({"id": [1, 2], "label": [[0], [1]]}, {"id": [1, 2], "score": [0.1, 0.2]}, "has the labels"),
        ({"id": NONE, "label": NONE}, {"id": NONE, "score": NONE}, "does not part the rows"),
    ],
)
def test_what_would_be_wrong_is_refused(
    tmp_path: Path, truth: Mapping[str, Any], told: Mapping[str, Any], why: str
) -> None:
    with pytest.raises(FairkitError, match=why):
        together(tmp_path, truth, told)


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (Columns(score=("no",)), "no column 'no'"),
        (Columns(label="no"), "no column 'no'"),
        (Columns(weight="no"), "has a column 'no'"),
        (Columns(identifier="no"), "no column 'no'"),
        (Columns(positive="2"), "no label is '2'"),
    ],
)
def test_what_is_named_must_be_there(tmp_path: Path, names: Columns, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        together(tmp_path, TRUTH, {"id": [1, 2, 3, 4], "score": [0.1] * 4}, names)


def test_weights_stand_beside_the_labels_or_the_scores(tmp_path: Path) -> None:
    told = {"id": [4, 3, 2, 1], "score": [0.4, 0.3, 0.2, 0.1], "w": [4, 3, 2, 1]}
    found = together(tmp_path, TRUTH, told, Columns(weight="w"))
    assert found.weights is not None
    assert found.weights.tolist() == [1, 2, 3, 4]
    beside = together(tmp_path, {**TRUTH, "w": [5, 6, 7, 8]}, told, Columns(weight="w"))
    assert beside.weights is not None
    assert beside.weights.tolist() == [5, 6, 7, 8]


def test_of_two_scores_the_second_is_of_the_signal(tmp_path: Path) -> None:
    told = {"id": [1, 2, 3, 4], "prob_0": [0.9, 0.8, 0.7, 0.6], "prob_1": [0.1, 0.2, 0.3, 0.4]}
    found = together(tmp_path, TRUTH, told)
    assert found.scores.tolist() == [0.1, 0.2, 0.3, 0.4]
    assert "the second is taken" in found.notes[0]


def test_a_word_may_be_the_signal(tmp_path: Path) -> None:
    truth = {"id": [1, 2, 3], "label": ["top", "qcd", "w"]}
    found = together(tmp_path, truth, {"id": [1, 2, 3], "score": [1, 2, 3]}, Columns(positive="top"))
    assert (found.truth.tolist(), found.classes) == ([1, 0, 0], ("not top", "top"))


def test_classes_are_found_by_the_names_of_their_scores(tmp_path: Path) -> None:
    truth = {"id": [1, 2, 3], "label": ["top", "qcd", "w"]}
    told = {"id": [1, 2, 3], "p_w": [0.1, 0.2, 0.3], "p_top": [1.1, 1.2, 1.3], "p_qcd": [2.1, 2.2, 2.3]}
    found = together(tmp_path, truth, told)
    assert (found.classes, found.truth.tolist()) == (("w", "top", "qcd"), [1, 2, 0])
    assert found.scores[0].tolist() == [0.1, 1.1, 2.1]


def test_a_class_may_have_no_row(tmp_path: Path) -> None:
    np.save(tmp_path / "told.npy", np.arange(12.0).reshape(3, 4))
    known = labels(put(tmp_path / "labels.npy", {"": [0, 3, 1]}), Columns())
    found = joined(str(tmp_path / "told.npy"), known)
    assert (found.classes, found.truth.tolist()) == (("0", "1", "2", "3"), [0, 3, 1])


def test_a_pickle_is_not_opened(tmp_path: Path) -> None:
    import pickle

    (tmp_path / "told.pkl").write_bytes(pickle.dumps({"score": [0.1]}))
    known = labels(put(tmp_path / "labels.parquet", TRUTH), Columns())
    with pytest.raises(FairkitError):
        joined(str(tmp_path / "told.pkl"), known)


def test_whole_numbers_may_be_written_as_floating_ones(tmp_path: Path) -> None:
    rows = together(tmp_path, TRUTH, {"id": [4.0, 3.0, 2.0, 1.0], "score": [0.4, 0.3, 0.2, 0.1]})
    assert rows.scores.tolist() == [0.1, 0.2, 0.3, 0.4]
    ids = np.array([1, 2, 2**64 - 1, 4], dtype="u8")
    rows = together(tmp_path, {**TRUTH, "id": ids}, {"id": ids[::-1], "score": [0.4, 0.3, 0.2, 0.1]})
    assert rows.scores.tolist() == [0.1, 0.2, 0.3, 0.4]


def test_labels_beyond_all_whole_numbers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="values that name no class"):
        together(tmp_path, {**TRUTH, "label": [0.0, 1e30, 0.0, 1e30]}, {"id": TRUTH["id"], "score": [0.1] * 4})


@pytest.mark.parametrize("scale", [1e308, 1e-300, 1.0])
def test_only_the_ratios_of_weights_count(tmp_path: Path, scale: float) -> None:
    weights = [0.5 * scale, 1.0 * scale, 0.25 * scale, 1.0 * scale]
    rows = together(
        tmp_path, {**TRUTH, "w": weights}, {"id": TRUTH["id"], "score": [0.1, 0.9, 0.2, 0.1]}, Columns(weight="w")
    )
    assert rows.weights is not None
    assert rows.weights.tolist() == pytest.approx([0.5, 1.0, 0.25, 1.0])
