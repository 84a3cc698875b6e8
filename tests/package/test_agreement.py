"""Two descriptions of one work: what is written in another way agrees, what means something else does not."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource
from fairkit.package.agreement import disagreements


def dois(*values: str) -> tuple[Identifier, ...]:
    return tuple(Identifier(scheme="doi", value=value) for value in values)


def people(*names: str) -> tuple[Agent, ...]:
    return tuple(Agent(name=name) for name in names)


@pytest.mark.parametrize(
    ("field", "one", "other", "agree"),
    [
        ("title", "Toy  jets", "toy jets", True),
        ("title", "Toy jets", "Toys", False),
        ("license", "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/", True),
        ("license", "CC-BY-4.0", "CC0-1.0", False),
        ("version", "v1.0", "1.0", True),
        ("version", "1.0", "1.1", False),
        ("identifiers", dois("10.5281/ZENODO.1"), dois("10.5281/zenodo.1"), True),
        ("identifiers", dois("10.5281/zenodo.1"), dois("10.5281/zenodo.2"), False),
        ("identifiers", dois("10.5281/zenodo.1", "10.5281/zenodo.2"), dois("10.5281/zenodo.3"), True),
        ("creators", people("Example, Ada"), people("Ada Example"), True),
        ("creators", people("Example, Ada"), people("Example, A.", "Bo"), False),
        ("title", "Toy jets", None, True),
        ("keywords", ("a",), ("b",), True),
    ],
)
def test_meanings_are_compared(field: str, one: Any, other: Any, agree: bool) -> None:
    empty: Any = () if isinstance(one, tuple) else None
    a, b = (Resource(**{field: value if value is not None else empty}) for value in (one, other))
    assert [each.field for each in disagreements(a, b)] == ([] if agree else [field])


def test_only_what_is_known_is_compared() -> None:
    one, other = Resource(title="a"), Resource(title="b")
    assert list(disagreements(one, other, known=lambda field: field != "title")) == []


def test_both_are_told() -> None:
    found = next(disagreements(Resource(creators=people("A", "B")), Resource(creators=people("C"))))
    assert (found.one, found.other) == ("A; B", "C")
