"""What came of a deposit, as it is written for programs."""

from __future__ import annotations

from fairkit.model.base import plain
from fairkit.publish.result import Result, Way
from fairkit.repositories import Draft

DRAFT = Draft("a-1", "https://data.example.org/uploads/a-1", "10.5072/a-1", "c-1", False, 3, review="submitted")


def test_a_result_tells_the_deposit_and_what_was_done() -> None:
    assert plain(Result(DRAFT, ("made a draft",)).told()) == {
        "id": "a-1",
        "url": "https://data.example.org/uploads/a-1",
        "doi": "10.5072/a-1",
        "concept": "c-1",
        "published": False,
        "steps": ["made a draft"],
        "stale": [],
    }


def test_nothing_is_published_unasked() -> None:
    assert not any(Way()[:2])
    assert Way().community is None
