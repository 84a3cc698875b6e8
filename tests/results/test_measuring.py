"""The numbers of one training: named, placed, and with an uncertainty of a known kind."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, roc_auc_score

from fairkit.errors import UsageError
from fairkit.results.measuring import measured, wanted
from fairkit.results.rows import Rows


def binary(number: int = 2000, *, shift: float = 1.0) -> Rows:
    draw = np.random.default_rng(1)
    truth = (draw.random(number) < 0.5).astype(np.int64)
    return Rows(1 / (1 + np.exp(-draw.normal(shift * (2 * truth - 1), 1))), truth, ("0", "1"), None)


def several() -> Rows:
    draw = np.random.default_rng(2)
    truth = draw.integers(0, 3, 900)
    return Rows(draw.random((900, 3)) + np.eye(3)[truth], truth.astype(np.int64), ("qcd", "top", "w"), None)


def test_each_metric_stands_at_its_point() -> None:
    what = wanted(["auc", "1/eps_B", "accuracy"], signal_efficiencies=[0.3, 0.5])
    found = [(one.metric, one.point) for one in measured(binary(), what)]
    assert found == [
        ("auc", "none"),
        ("background-rejection", "signal efficiency 0.3"),
        ("background-rejection", "signal efficiency 0.5"),
        ("accuracy", "threshold 0.5"),
    ]


def test_rejection_is_the_inverse_of_what_passes() -> None:
    what = wanted(["background-rejection", "background-efficiency"], signal_efficiencies=[0.9])
    rejection, passing = measured(binary(), what)
    assert rejection.value == pytest.approx(1 / passing.value)
    formula = measured(binary(), what._replace(uncertainty="statistical"))
    for drawn, told in zip((rejection, passing), formula, strict=True):
        assert drawn.kind is not None
        assert drawn.kind.startswith("bootstrap")
        assert told.kind == "statistical (binomial)"
        assert drawn.uncertainty == pytest.approx(told.uncertainty, rel=0.25)


def test_each_class_is_held_against_the_rest() -> None:
    rows = several()
    found = {one.metric: one.value for one in measured(rows, wanted(["auc", "accuracy"], uncertainty="none"))}
    for place, name in enumerate(rows.classes):
        expected = roc_auc_score(rows.truth == place, rows.scores[:, place])
        assert found[f"auc: {name} against the rest"] == pytest.approx(expected)
    assert found["accuracy"] == pytest.approx(accuracy_score(rows.truth, rows.scores.argmax(axis=1)))


def test_a_weighted_number_says_so() -> None:
    rows = binary()._replace(weights=np.random.default_rng(3).exponential(size=2000))
    [one] = measured(rows, wanted(["auc"], weighted_by="w"))
    assert one.metric == "auc: weighted by w"
    assert one.value == pytest.approx(roc_auc_score(rows.truth, rows.scores, sample_weight=rows.weights))


@pytest.mark.parametrize(
    ("rows", "what", "why"),
    [
        (binary(100, shift=50), {"names": ["1/eps_B"]}, "none of"),
        (binary()._replace(scores=np.linspace(-3, 3, 2000)), {"names": ["accuracy"]}, "are no probabilities"),
    ],
)
def test_what_has_no_value_is_told(rows: Rows, what: dict[str, Any], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        measured(rows, wanted(**what))


def test_few_rows_have_their_uncertainty_by_formula() -> None:
    rows = Rows(np.array([0.9, 0.8, 0.3, 0.2]), np.array([1, 0, 1, 0]), ("0", "1"), None)
    [one] = measured(rows, wanted(["1/eps_B"], signal_efficiencies=[0.9]))
    assert one.kind == "statistical (binomial)"
