"""Metrics, held against scikit-learn: with ties, with weights, on any rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, roc_auc_score, roc_curve

from fairkit.errors import UsageError
from fairkit.results import scores

ROWS = st.lists(
    st.tuples(
        st.one_of(st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.floats(-1e6, 1e6)),
        st.booleans(),
        st.sampled_from([0.0, 0.5, 1.0, 3.0]),
    ),
    min_size=2,
    max_size=60,
)


def columns(rows: Any) -> tuple[Any, Any, Any]:
    values, signal, weights = zip(*rows, strict=True)
    return np.array(values), np.array(signal), np.array(weights)


def with_both(rows: Any) -> bool:
    return {row[1] for row in rows if row[2]} == {True, False}


@given(ROWS.filter(with_both))
def test_the_area_is_that_of_scikit_learn(rows: Any) -> None:
    values, signal, weights = columns(rows)
    told, _ = scores.heights(values, signal, weights)
    assert float(scores.area(told)) == pytest.approx(roc_auc_score(signal, values, sample_weight=weights), abs=1e-9)


@given(ROWS.filter(lambda rows: {row[1] for row in rows} == {True, False}))
def test_the_curve_is_that_of_scikit_learn(rows: Any) -> None:
    values, signal, _ = columns(rows)
    found = scores.roc(values, signal)
    background, mine, thresholds = roc_curve(signal, values, drop_intermediate=False)
    np.testing.assert_allclose(found.signal, mine, atol=1e-12)
    np.testing.assert_allclose(found.background, background, atol=1e-12)
    np.testing.assert_allclose(found.thresholds, thresholds)


@given(ROWS.filter(with_both))
def test_the_weighted_curve_ends_where_all_passes(rows: Any) -> None:
    found = scores.roc(*columns(rows))
    assert (found.signal[0], found.background[0]) == (0, 0)
    assert (found.signal[-1], found.background[-1]) == (1, 1)
    assert (np.diff(found.signal) >= 0).all()


@given(ROWS.filter(with_both), st.floats(0.01, 1))
def test_what_is_read_off_the_curve_lies_on_it(rows: Any, at: float) -> None:
    values, signal, weights = columns(rows)
    told, _ = scores.heights(values, signal, weights)
    curve = scores.roc(values, signal, weights)
    found = float(scores.background_efficiency(told, at))
    exact = np.isclose(curve.signal, at, rtol=0, atol=0)
    expected = curve.background[exact].min() if exact.any() else np.interp(at, curve.signal, curve.background)
    assert found == pytest.approx(expected, abs=1e-9)


@given(ROWS.filter(lambda rows: sum(row[2] for row in rows) > 0))
def test_the_accuracy_is_that_of_scikit_learn(rows: Any) -> None:
    values, signal, weights = columns(rows)
    guess = values >= 0.5
    expected = accuracy_score(signal, guess, sample_weight=weights)
    assert scores.accuracy(guess == signal, weights) == pytest.approx(expected, abs=1e-12)


def test_between_thresholds_the_curve_is_straight() -> None:
    told, _ = scores.heights(np.array([3.0, 2.0, 1.0, 0.0]), np.array([True, False, True, False]))
    assert [float(scores.background_efficiency(told, at)) for at in (0.25, 0.5, 0.75, 1.0)] == [0, 0, 0.5, 0.5]


@pytest.mark.parametrize(
    ("signal", "weights", "why"),
    [
        ([True, True], None, "no background"),
        ([False, False], None, "no signal"),
        ([True, False], [1.0, 0.0], "no background"),
        ([True, False], [1.0, -1.0], "1 weights are negative"),
    ],
)
def test_rows_without_a_curve_are_refused(signal: list[bool], weights: list[float] | None, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        scores.heights(np.array([0.1, 0.2]), np.array(signal), None if weights is None else np.array(weights))


@pytest.mark.parametrize("weights", [[-1.0, 2.0], [0.0, 0.0]])
def test_an_accuracy_needs_weight(weights: list[float]) -> None:
    with pytest.raises(UsageError, match="no weight"):
        scores.accuracy(np.array([True, False]), np.array(weights))
