"""Views: what is among the features, how it is laid out, and the mapping that leads back to each number."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from fairkit.errors import NotFound, UsageError
from fairkit.package.mapping import View
from fairkit.package.views import Shape, Wanted, view
from tests.conftest import ROOT

from .views_data import dataset

JETS = str(ROOT / "examples" / "jets")
ML = Wanted(learning=True)
ROLES = ("label", "weight", "identifier", "spectator", "truth")
FOUR = {"x": [1.0, 2.0, 3.0, 4.0], "n": [5, 6, 7, 8], "y": [0, 1, 1, 0]}


def load(folder: Path, split: str = "all") -> dict[str, Any]:
    return {path.name.removesuffix(f"_{split}.npy"): np.load(path) for path in folder.glob(f"*_{split}.npy")}


def made(tmp_path: Path, wanted: Wanted = ML, **how: Any) -> tuple[View, dict[str, Any]]:
    found = view(dataset(tmp_path / "data", **how), str(tmp_path / "out"), wanted)
    return found, load(tmp_path / "out")


def test_features_labels_and_weights_become_arrays(tmp_path: Path) -> None:
    columns = {**FOUR, "w": [0.5, 1.0, 1.5, 2.0], "id": [10, 11, 12, 13], "m": [9.0, 8.0, 7.0, 6.0]}
    roles = {"x": "feature", "n": "feature", "y": "label", "w": "weight", "id": "identifier", "m": "spectator"}
    found, arrays = made(tmp_path, files={"a.jsonl": columns}, variables=roles)
    assert arrays["X"].tolist() == [[1, 5], [2, 6], [3, 7], [4, 8]]
    assert (arrays["y"].tolist(), arrays["w"].tolist()) == ([0, 1, 1, 0], [0.5, 1, 1.5, 2])
    assert {name: array.dtype.name for name, array in arrays.items()} == dict.fromkeys("Xyw", "float32")
    assert [(one.column, one.name, one.array, one.position) for one in found.columns] == [
        ("x", "f000", "X", 0), ("n", "f001", "X", 1), ("y", None, "y", 0), ("w", None, "w", 0),
        ("id", None, None, None), ("m", None, None, None),
    ]  # fmt: skip


def test_lists_are_filled_up_and_masked(tmp_path: Path) -> None:
    columns = {"pt": [[1.0, 2.0], [], [3.0]], "m": [[True, False], [], [True]], "x": [7, 8, 9]}
    roles = {"x": "feature", "pt": 'feature;group = "jet"', "m": 'feature;group = "jet"'}
    found, arrays = made(tmp_path, files={"a.jsonl": columns}, variables=roles)
    assert [(one.column, one.index) for one in found.columns] == [
        ("x", ()), ("pt", (0,)), ("pt", (1,)), ("m", (0,)), ("m", (1,)),
    ]  # fmt: skip
    assert arrays["X"].tolist() == [[7, 1, 2, 1, 0], [8, 0, 0, 0, 0], [9, 3, 0, 1, 0]]
    assert arrays["mask"].tolist() == [[1, 1, 1, 1, 1], [1, 0, 0, 0, 0], [1, 1, 0, 1, 0]]
    assert (found.lengths, found.cut) == ((("jet", 2),), ())


def test_a_length_that_is_said_cuts_longer_lists(tmp_path: Path) -> None:
    columns = {"pt": [[1.0, 2.0, 3.0], [4.0]]}
    wanted = Wanted(learning=True, lengths=(("jet", 2),))
    found, arrays = made(tmp_path, wanted, files={"a.jsonl": columns}, variables={"pt": 'feature;group = "jet"'})
    assert arrays["X"].tolist() == [[1, 2], [4, 0]]
    assert found.cut == (("pt", 1),)


def test_a_cloud_has_points_and_what_is_beside_them(tmp_path: Path) -> None:
    columns = {"pt": [[1.0, 2.0], [3.0]], "eta": [[4.0, 5.0], [6.0]], "met": [7.0, 8.0]}
    roles = {"met": "feature", "pt": 'feature;group = "jet"', "eta": 'feature;group = "jet"'}
    wanted = Wanted(learning=True, shape=Shape("point-cloud"))
    _, arrays = made(tmp_path, wanted, files={"a.jsonl": columns}, variables=roles)
    assert arrays["X"].tolist() == [[[1, 4], [2, 5]], [[3, 6], [0, 0]]]
    assert arrays["mask"].tolist() == [[True, True], [True, False]]
    assert arrays["g"].tolist() == [[7], [8]]


def test_points_become_pixels(tmp_path: Path) -> None:
    columns = {"eta": [[-0.9, 0.9, 5.0]], "phi": [[-0.9, 0.1, 0.0]], "e": [[1.0, 2.0, 3.0]]}
    roles = dict.fromkeys(columns, 'feature;group = "cell"')
    shape = Shape("image", axes=("eta", "phi"), pixels=2, extent=(-1.0, 1.0))
    found, arrays = made(tmp_path, Wanted(learning=True, shape=shape), files={"a.jsonl": columns}, variables=roles)
    assert arrays["X"][0, :, :, 0].tolist() == [[1, 0], [0, 2]]
    assert (found.columns[0].column, found.columns[0].scale) == ("e", "sum per pixel")


def test_arrays_of_rows_and_columns_are_images(tmp_path: Path) -> None:
    pictures = pa.array([[[1, 2], [3, 4], [5, 6]]] * 2, pa.list_(pa.list_(pa.uint8(), 2), 3))
    wanted = Wanted(learning=True, shape=Shape("image"))
    columns = {"a": pictures, "b": pictures}
    _, arrays = made(tmp_path, wanted, files={"p.parquet": columns}, variables=dict.fromkeys(columns, "feature"))
    assert arrays["X"].shape == (2, 3, 2, 2)
    assert arrays["X"][0, :, :, 1].tolist() == [[1, 2], [3, 4], [5, 6]]


@pytest.mark.parametrize(
    ("more", "filled"),
    [('padding = "0"', [[1, 1, 0], [1, 0, 0]]), ('count = "n"', [[1, 1, 1], [1, 0, 0]]), ("", None)],
)
def test_padded_arrays_are_masked_by_what_is_documented(tmp_path: Path, more: str, filled: Any) -> None:
    columns = {"pt": pa.array([[1.0, 2.0, 0.0], [3.0, 0.0, 0.0]], pa.list_(pa.float32(), 3)), "n": [3, 1]}
    _, arrays = made(tmp_path, files={"a.parquet": columns}, variables={"pt": f"feature;{more}", "n": "spectator"})
    assert (arrays["mask"].tolist() if "mask" in arrays else None) == filled


def test_labels_in_words_are_the_numbers_of_their_classes(tmp_path: Path) -> None:
    roles = {"x": "feature", "y": 'label;classes = { b = "bottom", c = "charm" }'}
    found, arrays = made(tmp_path, files={"a.jsonl": {"x": [1, 2, 3], "y": ["c", "b", "c"]}}, variables=roles)
    assert arrays["y"].tolist() == [1, 0, 1]
    assert found.classes == (("y", ("b", "c")),)


def test_splits_come_from_the_description(tmp_path: Path) -> None:
    more = '[[splits]]\nname = "train"\nfiles = ["a*"]\n[[splits]]\nname = "test"\nfiles = ["b.jsonl"]\n'
    files = {"a1.jsonl": {"x": [1, 2]}, "a2.jsonl": {"x": [3]}, "b.jsonl": {"x": [4]}}
    found, _ = made(tmp_path, files=files, variables={"x": "feature"}, more=more)
    assert load(tmp_path / "out", "train")["X"].tolist() == [[1], [2], [3]]
    assert load(tmp_path / "out", "test")["X"].tolist() == [[4]]
    assert [[source.path for source in file.sources] for file in found.files] == [
        ["a1.jsonl", "a2.jsonl"], ["b.jsonl"],
    ]  # fmt: skip


def test_splits_come_from_a_column_which_is_no_feature(tmp_path: Path) -> None:
    columns = {"x": [1, 2, 3], "part": ["train", "test", "train"]}
    wanted = Wanted(documented=True, learning=True, split_by="part")
    found, _ = made(tmp_path, wanted, files={"a.jsonl": columns}, variables={"x": "feature", "part": "feature"})
    assert load(tmp_path / "out" / "ml", "train")["X"].tolist() == [[1], [3]]
    assert pq.read_table(tmp_path / "out" / "documented" / "test.parquet").to_pydict() == {"x": [2], "part": ["test"]}
    assert {one.array for one in found.columns if one.column == "part"} == {None}


def test_the_documented_view_has_every_column_with_its_meaning(tmp_path: Path) -> None:
    roles = {"x": 'feature;unit = "GeV";description = "Energy"', "y": "label", "t": None}
    columns = {"x": [1.5, None], "y": [0, 1], "t": [["a"], []]}
    view(dataset(tmp_path / "d", {"a.parquet": columns}, roles), str(tmp_path / "out"), Wanted(documented=True))
    table = pq.read_table(tmp_path / "out" / "all.parquet")
    assert table.to_pydict() == columns
    assert table.schema.field("x").metadata == {b"description": b"Energy", b"unit": b"GeV", b"role": b"feature"}


@pytest.mark.parametrize("form", ["npz", "parquet"])
def test_arrays_come_in_other_files_too(tmp_path: Path, form: str) -> None:
    columns = {"pt": [[1.0, 2.0], [3.0]], "y": [0, 1]}
    wanted = Wanted(learning=True, shape=Shape("point-cloud"), format=form)
    found = view(
        dataset(tmp_path / "d", {"a.parquet": columns}, {"pt": "feature", "y": "label"}), str(tmp_path / "o"), wanted
    )
    if form == "npz":
        with np.load(tmp_path / "o" / "all.npz") as arrays:
            assert {name: arrays[name].shape for name in arrays} == {"X": (2, 2, 1), "mask": (2, 2), "y": (2,)}
            assert {file.array: file.shape for file in found.files} == {"X": (2, 2, 1), "mask": (2, 2), "y": (2,)}
    else:
        assert pq.read_table(tmp_path / "o" / "all.parquet").to_pydict() == {
            "f000": [[1, 2], [3, 0]], "mask": [[True, True], [True, False]], "y": [0, 1],
        }  # fmt: skip


def test_the_mapping_leads_from_each_number_to_the_documented_view(tmp_path: Path) -> None:
    found = view(JETS, str(tmp_path / "out"), Wanted(documented=True, learning=True))
    arrays = load(tmp_path / "out" / "ml", "test")
    table = pq.read_table(tmp_path / "out" / "documented" / "test.parquet").to_pydict()
    for one in found.columns:
        if one.array == "X":
            whole = table[one.counts or one.column]
            values = [len(entry) if one.counts else _at(entry, one.index) for entry in whole]
            assert arrays["X"][:, one.position].tolist() == np.array(values, "f4").tolist(), one.column
    assert json.loads((tmp_path / "out" / "view.json").read_text())["dataset"] == found.dataset


def _at(entry: Any, index: tuple[int, ...]) -> Any:
    for place in index:
        entry = entry[place] if place < len(entry) else 0
    return entry


def test_the_number_of_items_is_a_feature_where_files_have_only_the_lists(tmp_path: Path) -> None:
    found = view(JETS, str(tmp_path / "out"), Wanted(learning=True))
    [count] = [one for one in found.columns if one.column == "npfcand"]
    lengths = [len(entry) for entry in pq.read_table(f"{JETS}/train.parquet")["pfcand_pt"].to_pylist()]
    assert load(tmp_path / "out", "train")["X"][:, count.position].tolist() == lengths
    assert "labels" not in {one.role for one in found.columns if one.array == "X"}


@pytest.mark.parametrize("form", ["h5", "root"])
def test_the_same_data_in_other_formats_give_the_same_features(tmp_path: Path, form: str) -> None:
    wanted = Wanted(learning=True, lengths=(("", 32),) if form == "root" else ())
    view(f"{JETS}", str(tmp_path / "parquet"), Wanted(learning=True, lengths=(("", 32),)))
    (tmp_path / "data").mkdir()
    for name in ("fairkit.toml", f"train.{form}", f"test.{form}"):
        (tmp_path / "data" / name).write_bytes(Path(JETS, name).read_bytes())
    view(str(tmp_path / "data"), str(tmp_path / form), wanted)
    one, other = load(tmp_path / "parquet", "test"), load(tmp_path / form, "test")
    assert {name: array.tolist() for name, array in one.items()} == {
        name: array.tolist() for name, array in other.items()
    }


def test_numbered_columns_that_are_one_array_are_points(tmp_path: Path) -> None:
    numbered = {f"{name}_{i}": [10.0 * i + k, 0.0] for k, name in enumerate(("E", "PX"), 1) for i in range(4)}
    more = [
        f'[[variables]]\nname = "{name}"\nshape = [4]\nrole = "feature"\npadding = "0"\ncolumns = "{name}_{{0..3}}"\n'
        for name in ("E", "PX")
    ]
    wanted = Wanted(learning=True, shape=Shape("point-cloud"))
    found, arrays = made(
        tmp_path, wanted, files={"a.jsonl": {**numbered, "y": [0, 1]}}, variables={"y": "label"}, more="\n".join(more)
    )
    assert arrays["X"].tolist() == [[[1, 2], [11, 12], [21, 22], [31, 32]], [[0, 0]] * 4]
    assert arrays["mask"].tolist() == [[True] * 4, [False] * 4]
    assert [(one.column, one.name, one.point) for one in found.columns if one.array == "X"] == [
        *((f"E_{i}", "f000", i) for i in range(4)),
        *((f"PX_{i}", "f001", i) for i in range(4)),
    ]


@pytest.mark.parametrize("role", [None, "", "input"])
def test_a_variable_without_a_role_that_is_known_is_a_question(tmp_path: Path, role: str | None) -> None:
    with pytest.raises(UsageError, match=r"n: no role is stated|'input', which means nothing"):
        made(tmp_path, files={"a.parquet": FOUR}, variables={"x": "feature", "n": role, "y": "label"})
    assert not (tmp_path / "out").exists()


def test_what_has_no_role_may_be_assumed_to_be_a_feature_unless_its_name_says_otherwise(tmp_path: Path) -> None:
    columns: dict[str, Any] = {"x": [1, 2], "label": [0, 1], "gen_pt": [3, 4], "event": [5, 6], "weight": [7.0, 8.0]}
    columns |= {"name": ["a", "b"], "deep": [[[1]], []]}
    wanted = Wanted(learning=True, assume_features=True)
    found, arrays = made(tmp_path, wanted, files={"a.jsonl": columns}, variables={})
    assert [one.column for one in found.columns if one.array == "X"] == ["x"]
    assert (arrays["y"].tolist(), arrays["w"].tolist()) == ([0, 1], [7, 8])
    assert sum("is no feature although" in note for note in found.notes) == 6


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("dtype", ["int8", "float64"])
def test_a_feature_with_the_values_of_what_is_withheld_is_refused(tmp_path: Path, role: str, dtype: str) -> None:
    columns = {"x": [1.0, 2.0, 3.0, 4.0], "copy": np.array([0, 1, 1, 0], dtype), "y": [0, 1, 1, 0]}
    with pytest.raises(UsageError, match=f"copy has in every entry the value of y, whose role is {role}"):
        made(tmp_path, files={"a.jsonl": columns}, variables={"x": "feature", "copy": "feature", "y": role})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


@pytest.mark.parametrize(
    ("feature", "label", "refused"),
    [
        ([1, 0, 0, 1] * 2, [0, 1, 1, 0] * 2, True),  # exchanged
        ([1, 0, 0, 1], [0, 1, 1, 0], False),  # which four rows may be by chance
        ([True, False, False, True], [1, 0, 0, 1], True),
        ([[0, 9], [1, 9], [1, 9], [0, 9]], [0, 1, 1, 0], True),  # the first item of a list
        ([0, 1, 1, 1], [0, 1, 1, 0], False),
        ([1, 1, 1, 1], [1, 1, 1, 1], False),  # what never changes tells nothing
        ([0, 2, 2, 0], [0, 1, 1, 0], False),
    ],
)
def test_leaks_are_seen_by_their_values(tmp_path: Path, feature: Any, label: Any, refused: bool) -> None:
    how: dict[str, Any] = {
        "files": {"a.jsonl": {"f": feature, "y": label}},
        "variables": {"f": "feature", "y": "label"},
    }
    if refused:
        with pytest.raises(UsageError, match="f has in every entry the value of y"):
            made(tmp_path, **how)
    else:
        assert made(tmp_path, **how)[1]["X"].shape[0] == 4


def test_a_leak_must_be_one_in_all_splits(tmp_path: Path) -> None:
    files = {"train.jsonl": {"f": [0, 1], "y": [0, 1]}, "test.jsonl": {"f": [1, 1], "y": [0, 1]}}
    made(tmp_path, files=files, variables={"f": "feature", "y": "label"})
    assert load(tmp_path / "out", "test")["X"].tolist() == [[1], [1]]


@settings(max_examples=10)
@given(
    columns=st.lists(
        st.tuples(
            st.sampled_from(("feature", *ROLES)),
            npst.arrays(np.float32, 12, elements=st.floats(-8, 8, width=32), unique=True),
        ),
        min_size=1,
        max_size=6,
    ),
    form=st.sampled_from(["flat", "point-cloud"]),
)
def test_nothing_that_is_withheld_ever_enters_the_features(
    tmp_path_factory: pytest.TempPathFactory, columns: list[tuple[str, Any]], form: str
) -> None:
    """Each column is recognised by its values, which no other column has; clouds have a list beside them."""
    folder = tmp_path_factory.mktemp("views")
    values: dict[str, Any] = {f"c{i}": column + 100 * i for i, (_, column) in enumerate(columns)}
    variables = {f"c{i}": role for i, (role, _) in enumerate(columns)}
    lists = {"points": [[float(i)] for i in range(12)], "hidden": [[-1.0 - i] for i in range(12)]}
    variables |= {"points": 'feature;group = "p"', "hidden": 'truth;group = "p"'}
    root = dataset(folder / "data", {"a.jsonl": values | lists}, variables)
    found = view(root, str(folder / "out"), Wanted(learning=True, shape=Shape(form)))
    arrays = load(folder / "out")
    seen = np.concatenate([arrays[name].reshape(12, -1) for name in ("X", "g") if name in arrays], axis=1)
    wanted = [values[f"c{i}"] for i, (role, _) in enumerate(columns) if role == "feature"] + [np.arange(12.0)]
    assert seen.shape[1] == len(wanted)
    for column in wanted:
        assert (seen == np.asarray(column, "f4")[:, None]).all(axis=0).any()
    assert {one.role for one in found.columns if one.array in ("X", "g")} == {"feature"}


@pytest.mark.parametrize(
    ("columns", "wanted", "what"),
    [
        ({"x": ["a", "b"]}, ML, "x holds string, and no numbers"),
        ({"x": [[[1]], []]}, ML, "lists in lists"),
        ({"x": [1, 2]}, Wanted(learning=True, shape=Shape("point-cloud")), "no lists or arrays"),
        ({"x": [1, 2]}, Wanted(learning=True, shape=Shape("image")), "no feature is an image"),
        ({"x": [[1], []]}, Wanted(learning=True, lengths=(("z", 3),)), "no lists of 'z'"),
        ({"x": [1, 2]}, Wanted(learning=True, split_by="z"), "no column 'z'"),
        ({"x": [1, 2]}, Wanted(learning=True, table="z"), "no table 'z'"),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, columns: Any, wanted: Wanted, what: str) -> None:
    with pytest.raises(UsageError, match=what):
        made(tmp_path, wanted, files={"a.jsonl": columns}, variables={"x": "feature"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_data_without_rows_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no rows"):
        made(tmp_path, files={"a.parquet": {"x": pa.array([], pa.int8())}}, variables={"x": "feature"})


def test_files_that_differ_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"b.parquet and a.parquet differ in x"):
        made(tmp_path, files={"a.parquet": {"x": [1]}, "b.parquet": {"x": [1.5]}}, variables={"x": "feature"})
    with pytest.raises(UsageError, match=r"test.parquet and train.parquet differ in y"):
        made(
            tmp_path / "2",
            files={"train.parquet": {"x": [1], "y": [1]}, "test.parquet": {"x": [1.5]}},
            variables={"x": "feature"},
        )


def test_numbers_may_be_whole_in_one_split_only(tmp_path: Path) -> None:
    files = {"train.parquet": {"x": [1.5, 2.5]}, "test.parquet": {"x": [1, 2]}}
    made(tmp_path, files=files, variables={"x": "feature"})
    assert load(tmp_path / "out", "test")["X"].tolist() == [[1], [2]]


def test_whole_numbers_that_float32_does_not_hold_are_told_of(tmp_path: Path) -> None:
    found, _ = made(tmp_path, files={"a.parquet": {"x": [2**24 + 1, 1]}}, variables={"x": "feature"})
    assert "float32 does not hold every value of x" in found.notes


def test_a_view_is_made_beside_the_dataset_and_over_earlier_views_only(tmp_path: Path) -> None:
    root = dataset(tmp_path / "data", {"a.parquet": FOUR}, {"x": "feature", "n": "feature", "y": "label"})
    with pytest.raises(UsageError, match="inside of the dataset"):
        view(root, f"{root}/view", ML)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds other things"):
        view(root, str(tmp_path / "mine"), ML)
    for wanted in (ML, Wanted(documented=True)):
        view(root, str(tmp_path / "out"), wanted)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["all.parquet", "view.json"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_arrays_that_have_no_room_are_not_begun(tmp_path: Path) -> None:
    columns = {"pt": [[1.0]] * 1000}
    wanted = Wanted(learning=True, lengths=(("", 10**12),))
    with pytest.raises(UsageError, match="the arrays would take 4,000,000,000,000,000 bytes"):
        made(tmp_path, wanted, files={"a.parquet": columns}, variables={"pt": "feature"})


def test_there_must_be_a_dataset(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        view(str(tmp_path / "none"), str(tmp_path / "out"), ML)
