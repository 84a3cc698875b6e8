"""Numbers, sizes, shapes and rows of splits are said as people say them."""

from __future__ import annotations

import pytest

from fairkit.model.resource import Resource
from fairkit.model.variable import Variable
from fairkit.package import _words_shown as shown
from fairkit.package.words import Histogram, Overlap, Statistics


@pytest.mark.parametrize(
    ("value", "told"),
    [(None, ""), (0.0, "0"), (1234.0, "1,234"), (-7.0, "-7"), (1e9, "1e+09"), (0.123456, "0.1235"), (1e-9, "1e-09")],
)
def test_numbers(value: float | None, told: str) -> None:
    assert shown.number(value) == told


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (244_910_603_204, "244.9 GB"), (1.4e15, "1,400.0 TB")],
)
def test_sizes(count: int, told: str) -> None:
    assert shown.size(count) == told


@pytest.mark.parametrize(
    ("variable", "told"),
    [
        (Variable(name="x"), "?"),
        (Variable(name="x", dtype="int8"), "int8"),
        (Variable(name="x", dtype="int8", shape=(None, 4)), "int8[*×4]"),
        (Variable(name="x", shape=(3,)), "?[3]"),
    ],
)
def test_shapes(variable: Variable, told: str) -> None:
    assert shown.shape(variable) == told


@pytest.mark.parametrize(
    ("bounds", "told"), [(None, ""), ((0.0, None), "0 … ∞"), ((None, 2.5), "−∞ … 2.5"), ((-1.0, 1.0), "-1 … 1")]
)
def test_ranges(bounds: tuple[float | None, float | None] | None, told: str) -> None:
    assert shown.range_of(Variable(name="x", range=bounds)) == told


@pytest.mark.parametrize(
    ("counts", "told"), [((0, 1, 7), " ▂█"), ((), ""), ((0, 0), ""), ((1,) * 24, "█" * 12), ((1000, 1), "█▂")]
)
def test_a_histogram_in_a_line(counts: tuple[int, ...], told: str) -> None:
    assert shown.spark(Statistics(variable="x", histogram=Histogram(low=0.0, high=1.0, counts=counts))) == told


@pytest.mark.parametrize(
    ("overlaps", "told"),
    [
        ([("a", "b", 0)], [(True, "No row of a is in b: compared row by row, by x, y.")]),
        ([("a", "b", 0), ("a", "c", 0)], [(True, "No row is in more than one split: compared row by row, by x, y.")]),
        ([("a", "b", 3), ("a", "c", 0)], [(False, "3 rows of a are in b too, by x, y.")]),
        ([("a", "a", 2)], [(False, "2 rows of a are in it more than once, by x, y.")]),
        ([("a", "a", 0)], []),
    ],
)
def test_what_comparing_splits_showed(overlaps: list[tuple[str, str, int]], told: list[tuple[bool, str]]) -> None:
    made = [Overlap(one=one, other=other, rows=rows, columns=("x", "y")) for one, other, rows in overlaps]
    assert shown.compared(Resource(), made) == told
