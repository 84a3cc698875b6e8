"""What the values show to be wrong: beside what documents say of them, and beside each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fairkit.package.description import Description, describe
from fairkit.package.words import Lengths, Padded, Statistics


def described(folder: Path, columns: dict[str, Any], toml: str = "") -> Description:
    if toml:
        (folder / "fairkit.toml").write_text(toml)
    pq.write_table(pa.table(columns), folder / "jets.parquet")
    return describe(str(folder), stats=True)


def variable(**told: object) -> str:
    lines = [f"{key} = {value if isinstance(value, list | dict) else repr(value)}" for key, value in told.items()]
    return "[[variables]]\n" + "\n".join(lines) + "\n"


def texts(found: Description, *kinds: str) -> list[str]:
    return [each.text for each in found.findings if each.kind in kinds]


def of(found: Description, name: str, **where: str | None) -> Statistics:
    wanted = {"split": None, "by": None, "by_value": None} | where
    [one] = [
        each
        for each in found.stats
        if each.variable == name and all(getattr(each, key) == value for key, value in wanted.items())
    ]
    return one


@pytest.mark.parametrize(
    ("bounds", "told"),
    [("[0, 10]", []), ("[0, inf]", []), ("[0, 9.5]", ["x is said to lie in 0 to 9.5, and goes from 0 to 10"])],
)
def test_values_out_of_their_range(tmp_path: Path, bounds: str, told: list[str]) -> None:
    found = described(tmp_path, {"x": np.arange(11.0)}, f'[[variables]]\nname = "x"\nrange = {bounds}\n')
    assert texts(found, "range") == told
    assert all((each.file, each.line) == ("fairkit.toml", 1) for each in found.findings if each.kind == "range")


def test_values_that_are_no_class(tmp_path: Path) -> None:
    toml = '[[variables]]\nname = "y"\nrole = "label"\nclasses = { 0 = "quark", 1 = "gluon" }\n'
    found = described(tmp_path, {"y": [0, 1, 2, 1]}, toml)
    assert texts(found, "values") == ["y has values that are no class of it: 2"]
    assert of(found, "y").values == (("0", 1), ("1", 2), ("2", 1))


def test_missing_values_are_counted_by_what_stands_for_them(tmp_path: Path) -> None:
    found = described(tmp_path, {"x": [1.0, -999.0, -999.0]}, variable(name="x", missing=-999))
    assert of(found, "x").missing == 2


@pytest.mark.parametrize(
    ("missing", "told"), [(None, ["2 values of x are no number, and no document says what that means"]), ("nan", [])]
)
def test_nan_that_nobody_explains(tmp_path: Path, missing: str | None, told: list[str]) -> None:
    toml = variable(name="x", **({"missing": missing} if missing else {}))
    found = described(tmp_path, {"x": [1.0, np.nan, np.nan]}, toml)
    assert texts(found, "values") == told
    assert of(found, "x").missing == (2 if missing else None)


def test_columns_that_are_the_same(tmp_path: Path) -> None:
    x = np.random.default_rng(1).normal(size=2000)
    almost = x.copy()
    almost[-1] += 1
    found = described(tmp_path, {"x": x, "twin": x, "almost": almost, "mirror": -x})
    assert texts(found, "identical") == ["x and twin are the same in every row"]


def test_a_feature_that_is_the_label(tmp_path: Path) -> None:
    y = np.random.default_rng(1).integers(0, 2, 500)
    toml = variable(name="y", role="label") + variable(name="clue", role="feature")
    found = described(tmp_path, {"y": y, "clue": y.astype("float32"), "other": 1 - y}, toml)
    assert texts(found, "leak") == ["clue equals the label y in every row"]


def test_a_column_with_one_value(tmp_path: Path) -> None:
    found = described(tmp_path, {"a": [7, 7, 7], "b": ["x", "x", "x"], "c": [1, 2, 3], "d": [7, 7, 7]})
    assert texts(found, "constant") == ["a is 7 everywhere", "b is x everywhere", "d is 7 everywhere"]
    assert texts(found, "identical") == []


def test_lists_are_measured_and_counted(tmp_path: Path) -> None:
    toml = variable(name="pt", count="n")
    lists = pa.array([[1.0, 2.0], [], [3.0], None], pa.list_(pa.float32()))
    found = described(tmp_path, {"pt": lists, "n": [2, 0, 3, 0]}, toml)
    stats = of(found, "pt")
    assert stats.lengths == Lengths(least=0, most=2, mean=1.0, empty=1)
    assert (stats.entries, stats.count, stats.null, stats.mean) == (4, 3, 1, 2.0)
    assert texts(found, "conflict") == ["1 lists of pt are not as long as its counting variable says"]


@pytest.mark.parametrize("filler", [0.0, -1.0, np.nan])
def test_padding_is_found(tmp_path: Path, filler: float) -> None:
    random = np.random.default_rng(1)
    used = random.integers(1, 9, 1000)
    arrays = np.where(np.arange(10) < used[:, None], random.normal(5, 1, (1000, 10)), filler)
    found = described(tmp_path, {"x": pa.FixedSizeListArray.from_arrays(arrays.reshape(-1), 10)})
    stats, kept = of(found, "x"), arrays[np.arange(10) < used[:, None]]
    assert stats.padded is not None
    assert (stats.padded.least, stats.padded.most) == (1, 8)
    assert stats.padded.mean == pytest.approx(used.mean())
    assert stats.padded.places == 10 * 1000 - used.sum()
    assert stats.padded.value == ("nan" if filler != filler else f"{filler:g}")
    assert stats.padded.mean_used == pytest.approx(kept.mean())
    assert stats.padded.std_used == pytest.approx(kept.std())
    assert stats.histogram is not None
    assert sum(stats.histogram.counts) + stats.histogram.below + stats.histogram.above == kept.size


def test_numbered_columns_are_padded_as_an_array(tmp_path: Path) -> None:
    used = np.random.default_rng(1).integers(1, 6, 500)
    found = described(tmp_path, {f"E_{place}": np.where(place < used, 1.5, 0.0) for place in range(6)})
    stats = of(found, "E")
    assert (stats.entries, stats.count) == (500, 3000)
    assert stats.padded == Padded(
        value="0", places=int(3000 - used.sum()), least=1, most=5, mean=float(used.mean()), mean_used=1.5, std_used=0.0
    )


def test_an_array_that_is_not_padded_though_it_is_said_to_be(tmp_path: Path) -> None:
    array = pa.FixedSizeListArray.from_arrays(np.arange(1.0, 41.0), 4)
    found = described(tmp_path, {"x": array}, variable(name="x", padding=0))
    assert texts(found, "conflict") == ["x is said to be padded with 0, and no place is"]


CONDITIONAL = (
    variable(name="kind")
    + """[[variables]]
name = "value"
meanings = [
    { by = "kind", value = 1, name = "E_em", unit = "GeV" },
    { by = "kind", value = 2, name = "eta" },
]
"""
)


def test_a_column_is_counted_by_what_it_means(tmp_path: Path) -> None:
    found = described(tmp_path, {"kind": [1, 2, 1, 3], "value": [10.0, 0.5, 30.0, 9.0]}, CONDITIONAL)
    assert of(found, "value").mean == 12.375
    assert (of(found, "value", by="kind", by_value="1").mean, of(found, "value", by="kind", by_value="2").mean) == (
        20,
        0.5,
    )
    assert of(found, "value", by="kind", by_value="1").entries == 2


def test_items_of_lists_are_counted_by_what_they_mean(tmp_path: Path) -> None:
    columns = {"kind": [[1, 2], [], [1]], "value": [[10.0, 0.5], [], [30.0]]}
    found = described(tmp_path, columns, CONDITIONAL)
    assert of(found, "value", by="kind", by_value="1").mean == 20
    assert of(found, "value", by="kind", by_value="2").count == 1


@pytest.mark.parametrize(
    ("column", "count", "values"),
    [
        (["a", "b", "a", None], 3, (("a", 2), ("b", 1))),
        ([True, False, True, True], 4, (("0", 1), ("1", 3))),
        (pa.array(["a", "b", "a", ""]).dictionary_encode(), 4, (("a", 2), ("", 1), ("b", 1))),
        ([0.5, 0.5, 1.0, 1.0], 4, (("0.5", 2), ("1", 2))),
        ([f"x{place}" for place in range(4)], 4, tuple((f"x{place}", 1) for place in range(4))),
        ([[1, 2], [2], [], []], 3, (("1", 1), ("2", 2))),
        ([["a"], ["b", "a"], [], []], 3, (("a", 2), ("b", 1))),
    ],
)
def test_few_values_are_counted_one_by_one(
    tmp_path: Path, column: Any, count: int, values: tuple[tuple[str, int], ...]
) -> None:
    stats = of(described(tmp_path, {"x": column}), "x")
    assert (stats.count, stats.values) == (count, values)


@pytest.mark.parametrize(
    ("column", "least"),
    [
        (pa.array([1, 2], pa.timestamp("us")), 1.0),
        (pa.array([1, 2], pa.date32()), 1.0),
        (pa.array([1, 2], pa.decimal128(5, 2)), 1.0),
        (pa.array([1, 2], pa.float16()), 1.0),
        (pa.array([1, 2**63], pa.uint64()), 1.0),
        (pa.array([{"a": 1}, {"a": 2}]), None),
        (pa.array([b"x", b"y"]), None),
        (pa.array([None, None], pa.float64()), None),
        (pa.array([None, None]), None),
        (pa.array([[[1.0], []], [[2.0, 3.0]]]), 1.0),
    ],
)
def test_every_type_is_passed_without_harm(tmp_path: Path, column: pa.Array, least: float | None) -> None:
    stats = of(described(tmp_path, {"x": column, "label": [0, 1]}), "x")
    assert (stats.entries, stats.minimum) == (2, least)


def test_many_texts_are_not_kept(tmp_path: Path) -> None:
    stats = of(described(tmp_path, {"x": [f"{place}" for place in range(3000)]}), "x")
    assert (stats.count, stats.values) == (3000, ())
