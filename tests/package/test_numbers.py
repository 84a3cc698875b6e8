"""Counts and moments are those of NumPy over the whole array, in however many parts it was counted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from fairkit.package._numbers import Numbers

DTYPES = ["float64", "float32", "int8", "int32", "int64", "uint16", "bool"]
ANY = st.sampled_from(DTYPES).flatmap(
    lambda dtype: arrays.arrays(
        dtype,
        st.integers(1, 200),
        elements={"allow_subnormal": False, "min_value": -1e6, "max_value": 1e6} if dtype == "float64" else None,
    )
)


def counted(values: np.ndarray[Any, Any]) -> Numbers:
    numbers = Numbers(whole=values.dtype.kind != "f")
    numbers.add(values)
    return numbers


def agrees(numbers: Numbers, values: np.ndarray[Any, Any]) -> None:
    whole = values.astype(np.float64)
    finite = whole[np.isfinite(whole)]
    assert (numbers.count, numbers.nan) == (len(values), int(np.isnan(whole).sum()))
    assert numbers.infinite == int(np.isinf(whole).sum())
    assert numbers.zeros == int((finite == 0).sum())
    assert numbers.finite == len(finite)
    if len(finite):
        scale = float(np.abs(finite).max()) or 1.0
        assert (numbers.least, numbers.most) == (finite.min(), finite.max())
        assert numbers.mean == pytest.approx(finite.mean(), rel=1e-9, abs=1e-12 * scale)
        with np.errstate(over="ignore"):
            squares = float(((finite - finite.mean()) ** 2).sum())
        assert numbers.squares == pytest.approx(squares, rel=1e-6, abs=1e-14 * scale * scale * len(finite))


@given(ANY)
@example(np.array([-8.54133743402751e-82]))
def test_one_part(values: np.ndarray[Any, Any]) -> None:
    agrees(counted(values), values)


@given(ANY, st.integers(0, 200), st.integers(0, 200))
def test_parts_merge_into_the_whole(values: np.ndarray[Any, Any], one: int, other: int) -> None:
    whole = Numbers(whole=values.dtype.kind != "f")
    for part in np.split(values, sorted((min(one, len(values)), min(other, len(values))))):
        whole.merge(counted(part))
    agrees(whole, values)


@pytest.mark.parametrize(
    "values",
    [
        np.random.default_rng(1).normal(1e9, 1e-3, 200_000),
        np.random.default_rng(1).normal(0, 1e-20, 200_000),
        np.concatenate([np.full(70_000, -1e12), np.full(70_000, 1e-12)]),
        np.linspace(-1, 1, 200_001).astype("float32"),
    ],
    ids=["far-off", "tiny", "two-worlds", "line"],
)
def test_no_digits_are_lost(values: np.ndarray[Any, Any]) -> None:
    whole = Numbers(whole=False)
    for part in np.array_split(values, 3):
        whole.merge(counted(part))
    expected = values.astype(np.float64)
    assert whole.mean == pytest.approx(expected.mean(), rel=1e-12, abs=1e-12 * expected.std())
    assert np.sqrt(whole.squares / whole.finite) == pytest.approx(expected.std(), rel=1e-6)


@pytest.mark.parametrize(
    ("values", "distinct"),
    [
        (np.array([0.0, 1.0, 1.0]), {0.0: 1, 1.0: 2}),
        (np.array([0.5, np.nan, np.inf]), {0.5: 1}),
        (np.arange(1000) / 7, None),
        (np.array([1, 2]), None),
    ],
)
def test_few_fractions_are_kept_one_by_one(values: np.ndarray[Any, Any], distinct: dict[float, int] | None) -> None:
    assert counted(values).distinct == distinct


def test_nothing_at_all() -> None:
    empty = counted(np.array([np.nan, np.nan]))
    assert (empty.count, empty.nan, empty.finite, empty.sketch.is_open) == (2, 2, 0, False)
    other = counted(np.array([2.0]))
    other.merge(empty)
    assert (other.count, other.mean, other.nan) == (3, 2.0, 2)
