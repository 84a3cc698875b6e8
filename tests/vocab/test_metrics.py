"""Metrics by their names."""

from __future__ import annotations

import pytest

from fairkit.vocab import metrics


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("auc", "auc"),
        ("ROC AUC", "auc"),
        ("roc_auc", "auc"),
        ("auc: Hbb against the rest", "auc"),
        ("1/eps_B", "background-rejection"),
        ("Accuracy", "accuracy"),
        ("http://purl.obolibrary.org/obo/STATO_0000415", "accuracy"),
        ("cross-entropy", "log-loss"),
        ("RMSE", "root-mean-squared-error"),
        ("beauty", None),
        ("", None),
    ],
)
def test_a_metric_is_known_by_its_names(text: str, id: str | None) -> None:
    found = metrics.find(text)
    assert (found and found.id) == id


def test_every_metric_has_a_direction() -> None:
    assert {one.direction for one in metrics.metrics()} == {"higher", "lower"}


def test_some_are_computed() -> None:
    computed = [one.id for one in metrics.metrics() if one.computed]
    assert computed == ["auc", "accuracy", "background-rejection", "background-efficiency"]
