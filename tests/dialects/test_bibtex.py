"""Texts in BibTeX: every brace has its partner, and addresses stay addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.dialects._bibtex import address, author, escaped


@given(st.text())
def test_braces_are_balanced_in_any_text(text: str) -> None:
    depth = 0
    for letter in escaped(text) + author(text, person=True):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://doi.org/10.1000/a_b", "https://doi.org/10.1000/a_b"),
        ("https://example.org/{x} y\\z", "https://example.org/%7Bx%7D%20y%5Cz"),
        ("https://example.org/%7B", "https://example.org/%7B"),
    ],
)
def test_an_address_has_no_sign_of_latex(url: str, written: str) -> None:
    assert address(url) == written
