"""Uncertainties: the bootstrap covers what it promises, agrees with the formulas, and is quick."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from fairkit.results import scores, spread

TRUE_AREA = 0.7602499389065233
"""Of two normal distributions of width 1 whose means are 1 apart: the normal integral up to 1/sqrt(2)."""


def sample(seed: int, number: int, *, digits: int = 12) -> tuple[Any, Any]:
    draw = np.random.default_rng(seed)
    signal = draw.random(number) < 0.5
    return np.round(draw.normal(size=number) + signal, digits), signal


def deviation(values: Any, signal: Any, weights: Any = None, *, replicas: int = spread.REPLICAS) -> float:
    parts = spread.shares(spread.drawn(values, signal, weights), replicas=replicas)
    return float(np.concatenate([scores.area(each) for each in parts]).std(ddof=1))


@pytest.mark.parametrize("digits", [12, 1])
def test_two_thirds_of_intervals_hold_the_truth(digits: int) -> None:
    held = {"bootstrap": 0, "formula": 0}
    for seed in range(200):
        values, signal = sample(seed, 300, digits=digits)
        area = float(scores.area(scores.heights(values, signal)[0]))
        held["bootstrap"] += abs(area - TRUE_AREA) < deviation(values, signal)
        held["formula"] += abs(area - TRUE_AREA) < spread.area_deviation(values, signal, None)
    assert all(0.58 < count / 200 < 0.78 for count in held.values()), held


@pytest.mark.parametrize("weighted", [False, True])
def test_the_bootstrap_agrees_with_the_formula_and_with_drawing_rows(weighted: bool) -> None:
    values, signal = sample(3, 4000)
    weights = np.random.default_rng(4).exponential(size=4000) if weighted else np.ones(4000)
    draw, found = np.random.default_rng(5), []
    for _ in range(1000):
        times = draw.poisson(1.0, 4000)
        found.append(float(scores.area(scores.heights(values, signal, weights * times)[0])))
    rows = float(np.std(found, ddof=1))
    assert deviation(values, signal, weights, replicas=1000) == pytest.approx(rows, rel=0.1)
    assert spread.area_deviation(values, signal, weights) == pytest.approx(rows, rel=0.1)


def test_bins_keep_the_weight_and_the_order() -> None:
    values, signal = sample(6, 100_000)
    weights = np.random.default_rng(7).exponential(size=100_000)
    mine, other = spread.drawn(values, signal, weights)
    assert len(mine.counts) <= spread.BINS
    assert float((mine.counts * mine.weight).sum()) == pytest.approx(weights[signal].sum())
    assert float((other.counts * other.weight).sum()) == pytest.approx(weights[~signal].sum())
    exact = float(scores.area(scores.heights(values, signal, weights)[0]))
    assert float(scores.area(scores.Heights(mine.counts * mine.weight, other.counts * other.weight))) == pytest.approx(
        exact, abs=1e-4
    )


def test_the_same_seed_draws_the_same() -> None:
    values, signal = sample(8, 500)
    assert deviation(values, signal) == deviation(values, signal)


def test_a_million_rows_take_seconds() -> None:
    values, signal = sample(9, 1_000_000)
    begin = time.monotonic()
    deviation(values, signal)
    assert time.monotonic() - begin < 20


@pytest.mark.parametrize(("share", "rows", "deviation"), [(0.5, 100, 0.05), (0.0, 100, 0.0), (1.0, 7, 0.0)])
def test_a_share_has_a_binomial_deviation(share: float, rows: int, deviation: float) -> None:
    assert spread.share_deviation(share, rows) == pytest.approx(deviation)
    assert spread.share_deviation(share, np.full(rows, 3.0)) == pytest.approx(deviation)
