"""Counting what is lost, gained and otherwise."""

from __future__ import annotations

import pytest

from fairkit.compare._tally import Tally, counted, listed, sets


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["a"], "a"), (["a", "b", "c"], "a, b, c"), (["a"] * 1003, "a, a, a and 1,000 more")],
)
def test_a_list_is_named_by_its_first(names: list[str], said: str) -> None:
    assert listed(names) == said


def test_a_long_name_is_cut() -> None:
    assert len(listed(["x" * 10_000])) == 61


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict", "why"),
    [
        ("ab", "ab", "same", ""),
        ("ab", "a", "poorer", "without b"),
        ("a", "ab", "richer", "also b"),
        ("ab", "ac", "poorer", "without b; also c"),
    ],
)
def test_either_collection_may_have_more(ours: str, theirs: str, verdict: str, why: str) -> None:
    assert sets({x: x for x in ours}, {x: x for x in theirs}) == (verdict, why)


def test_what_contradicts_weighs_most() -> None:
    assert Tally(lost=["a"], gained=["b"], clashes=["c"]).likeness() == ("contradicts", "c")


def test_one_is_no_plural() -> None:
    assert (counted(1, "file"), counted(2000, "file")) == ("1 file", "2,000 files")
