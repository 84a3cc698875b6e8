"""An identifier is a scheme and a value."""

from __future__ import annotations

from fairkit.model.identifier import Identifier


def test_an_identifier_is_shown_with_its_scheme() -> None:
    assert str(Identifier(scheme="orcid", value="0000-0002-1825-0097")) == "orcid:0000-0002-1825-0097"


def test_an_identifier_keeps_its_case_and_differs_by_it() -> None:
    """Which schemes ignore the case is for the vocabulary to say."""
    upper, lower = Identifier(scheme="doi", value="10.7483/A"), Identifier(scheme="doi", value="10.7483/a")
    assert upper.value == "10.7483/A"
    assert len({upper, lower, Identifier(scheme="doi", value="10.7483/a")}) == 2
