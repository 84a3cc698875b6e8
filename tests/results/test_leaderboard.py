"""Leaderboards: who is best, who agrees with the best, and what is never held against each other."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import UsageError
from fairkit.model.ai import Result
from fairkit.model.identifier import Identifier
from fairkit.results.leaderboard import Entry, boards, value

DATA: dict[str, Any] = {
    "dataset": Identifier(scheme="doi", value="10.5281/zenodo.9"),
    "version": "1",
    "split": "test",
    "split_digest": "sha256:" + "ab" * 32,
}


def entry(model: str, number: float, error: float | None = None, metric: str = "auc", **more: Any) -> Entry:
    result = Result(metric=metric, value=number, uncertainty=error, **DATA | more)
    return Entry(model=model, target=model, result=result, standing="predictions")


def ranks(entries: list[Entry]) -> list[tuple[str, int | None, bool]]:
    [board] = boards(entries)
    return [(one.model, one.rank, one.tied) for one in board.entries]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([entry("a", 0.8), entry("b", 0.9)], [("b", 1, False), ("a", 2, False)]),
        ([entry("a", 0.8, metric="log-loss"), entry("b", 0.9, metric="log-loss")], [("a", 1, False), ("b", 2, False)]),
        ([entry("a", 0.9), entry("b", 0.9), entry("c", 0.1)], [("a", 1, False), ("b", 1, True), ("c", 3, False)]),
        ([entry("a", 0.90, 0.02), entry("b", 0.88, 0.01)], [("a", 1, False), ("b", 2, True)]),
        ([entry("a", 0.90, 0.01), entry("b", 0.88, 0.01)], [("a", 1, False), ("b", 2, False)]),
        ([entry("a", 0.90), entry("b", 0.88, 0.03)], [("a", 1, False), ("b", 2, True)]),
        ([entry("a", 1, metric="beauty"), entry("b", 2, metric="beauty")], [("a", None, False), ("b", None, False)]),
        (
            [entry("a", 1, metric="beauty", direction="lower"), entry("b", 2, metric="beauty")],
            [("a", 1, False), ("b", 2, False)],
        ),
    ],
)
def test_the_best_is_first(entries: list[Entry], expected: list[tuple[str, int | None, bool]]) -> None:
    assert ranks(entries) == expected


@pytest.mark.parametrize(
    "other",
    [
        {"version": "2"},
        {"split": "validation"},
        {"split_digest": "sha256:" + "cd" * 32},
        {"split_digest": None},
        {"dataset": None},
        {"operating_point": "signal efficiency 0.3"},
        {"metric": "accuracy"},
        {"metric": "auc: weighted by w"},
    ],
)
def test_other_rows_stand_apart(other: dict[str, Any]) -> None:
    assert len(boards([entry("a", 0.8), entry("b", 0.9, **other)])) == 2


@pytest.mark.parametrize("other", [{"metric": "ROC AUC"}, {"operating_point": "none"}, {"aggregation": "mean"}])
def test_another_spelling_is_the_same(other: dict[str, Any]) -> None:
    assert len(boards([entry("a", 0.8), entry("b", 0.9, **other)])) == 1


def test_what_the_predictions_give_counts() -> None:
    from dataclasses import replace

    liar = replace(entry("a", 0.99), recomputed=0.5, standing="differs")
    assert [one[0] for one in ranks([liar, entry("b", 0.9)])] == ["b", "a"]


def test_some_metrics_may_be_chosen() -> None:
    every = [entry("a", 0.8), entry("a", 0.7, metric="accuracy"), entry("a", 0.6, metric="auc: top against the rest")]
    assert [board.metric for board in boards(every, metric=["AUC"])] == ["auc", "auc: top against the rest"]
    assert [board.metric for board in boards(every, metric=["auc: top against the rest"])] == [every[2].result.metric]


def test_models_may_be_sorted_by_their_names() -> None:
    [board] = boards([entry("b", 0.9), entry("a", 0.8)], sort="model")
    assert [(one.model, one.rank) for one in board.entries] == [("a", 2), ("b", 1)]
    with pytest.raises(UsageError):
        boards([], sort="luck")


@given(st.lists(st.tuples(st.floats(0, 1), st.none() | st.floats(0, 0.1)), min_size=1, max_size=8))
def test_ranks_follow_the_values(told: list[tuple[float, float | None]]) -> None:
    [board] = boards([entry(str(place), *one) for place, one in enumerate(told)])
    values = [value(one) for one in board.entries]
    assert values == sorted(values, reverse=True)
    assert board.entries[0].rank == 1
    assert all(one.rank == values.index(value(one)) + 1 for one in board.entries)
