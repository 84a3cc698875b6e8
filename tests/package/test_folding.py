"""Columns that differ by a number only are one array, and what is described one by one stays."""

from __future__ import annotations

import pytest

from fairkit.model.variable import Variable
from fairkit.package.folding import expand, folded


def columns(*names: str, dtype: str = "float32") -> list[Variable]:
    return [Variable(name=name, dtype=dtype) for name in names]


def numbered(stem: str, numbers: range, end: str = "") -> list[str]:
    return [f"{stem}{number}{end}" for number in numbers]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (numbered("E_", range(200)), [("E", (200,), "E_{0..199}")]),
        (numbered("E_", range(1, 5)), [("E", (4,), "E_{1..4}")]),
        (numbered("x[", range(4), "]"), [("x", (4,), "x[{0..3}]")]),
        (numbered("f", range(8)), [("f", (8,), "f{0..7}")]),
        ([f"x_{number:02d}" for number in range(12)], [("x", (12,), "x_{00..11}")]),
        (numbered("x", range(3)), [(name, None, None) for name in numbered("x", range(3))]),
        (numbered("x_", range(3)), [(name, None, None) for name in numbered("x_", range(3))]),
        (["x_0", "x_1", "x_2", "x_4"], [(name, None, None) for name in ("x_0", "x_1", "x_2", "x_4")]),
        (numbered("x_", range(5, 11)), [(name, None, None) for name in numbered("x_", range(5, 11))]),
        (["a", *numbered("b_", range(4)), "c"], [("a", None, None), ("b", (4,), "b_{0..3}"), ("c", None, None)]),
        (["b", *numbered("b_", range(4))], [("b", None, None), ("b_{0..3}", (4,), "b_{0..3}")]),
    ],
)
def test_numbered_columns_are_one_array(names: list[str], found: list[tuple[str, object, object]]) -> None:
    assert [(one.name, one.shape, one.columns) for one in folded(columns(*names))] == found


def test_columns_that_differ_in_type_are_no_array() -> None:
    mixed = [*columns("x_0", "x_1", "x_2"), *columns("x_3", dtype="int32")]
    assert list(folded(mixed)) == mixed


def test_columns_that_are_described_one_by_one_stay() -> None:
    names = numbered("x_", range(4))
    assert [one.name for one in folded(columns(*names), keep=["x_2"])] == names


def test_arrays_of_arrays_keep_their_shape() -> None:
    rows = [Variable(name=f"row_{number}", dtype="int8", shape=(None, 3)) for number in range(4)]
    assert folded(rows) == (Variable(name="row", dtype="int8", shape=(4, None, 3), columns="row_{0..3}"),)


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("E_{0..2}", ("E_0", "E_1", "E_2")),
        ("x_{08..11}", ("x_08", "x_09", "x_10", "x_11")),
        ("x[{0..1}]", ("x[0]", "x[1]")),
        ("plain", ("plain",)),
        ("x_{5..2}", ()),
        ("x_{0..999999}", ("x_{0..999999}",)),
        ("x_{0..1}_{0..1}", ("x_{0..1}_{0..1}",)),
    ],
)
def test_a_pattern_names_its_columns(pattern: str, names: tuple[str, ...]) -> None:
    assert expand(pattern) == names
