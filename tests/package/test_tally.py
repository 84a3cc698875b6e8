"""The counts of parts are put together to those of the whole: numbers, texts, lengths, padding."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.package._tally import Tally, written


def of_texts(texts: list[str]) -> Tally:
    tally = Tally()
    tally.entries += len(texts)
    tally.add_texts(dict(Counter(texts)))
    return tally


def of_numbers(values: list[int]) -> Tally:
    tally = Tally()
    tally.entries += len(values)
    if values:
        tally.add_numbers(np.array(values))
    return tally


def merged(parts: list[Tally]) -> Tally:
    whole = Tally()
    for part in parts:
        whole.merge(part)
    return whole


@given(st.lists(st.lists(st.sampled_from(["a", "b", "", "d"]), max_size=9), max_size=5))
def test_texts(parts: list[list[str]]) -> None:
    every = [text for part in parts for text in part]
    stats = merged([of_texts(part) for part in parts]).told("x")
    assert (stats.entries, stats.count, stats.zeros) == (len(every), len(every), every.count(""))
    assert dict(stats.values) == Counter(every)


@given(st.lists(st.lists(st.integers(-20, 20), max_size=9), max_size=5))
def test_whole_numbers(parts: list[list[int]]) -> None:
    every = [value for part in parts for value in part]
    stats = merged([of_numbers(part) for part in parts]).told("x")
    assert (stats.entries, stats.count, stats.zeros) == (len(every), len(every), every.count(0))
    assert {int(value): count for value, count in stats.values} == Counter(every)
    if every:
        assert (stats.minimum, stats.maximum) == (min(every), max(every))
        assert stats.histogram is not None
        assert sum(stats.histogram.counts) + stats.histogram.below + stats.histogram.above == len(every)
        for share, value in stats.quantiles:
            assert value == np.quantile(every, share, method="inverted_cdf")


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=9), min_size=1, max_size=5))
def test_lengths(parts: list[list[int]]) -> None:
    tallies: list[Tally] = []
    for part in parts:
        tallies.append(Tally())
        tallies[-1].add_lengths(np.array(part))
    every = [length for part in parts for length in part]
    lengths = merged(tallies).told("x").lengths
    assert lengths is not None
    assert (lengths.least, lengths.most, lengths.empty) == (min(every), max(every), every.count(0))
    assert lengths.mean == pytest.approx(np.mean(every))


def test_padding_with_different_values_is_none() -> None:
    tallies = []
    for filler in (0.0, -1.0):
        tally = Tally()
        tally.padding = filler
        tally.add_numbers(np.array([1.0, filler]))
        tally.add_used(np.array([1]), 2, 1)
        tallies.append(tally)
    assert tallies[0].told("x").padded is not None
    assert merged(tallies).told("x").padded is None


@pytest.mark.parametrize(
    ("value", "told"), [(0.0, "0"), (-999.0, "-999"), (0.5, "0.5"), (1e300, "1e+300"), (float("nan"), "nan")]
)
def test_numbers_are_written_as_people_write_them(value: Any, told: str) -> None:
    assert written(value) == told
