"""Titles of columns: the words, and a unit in brackets at the end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.formats._titles import told


@pytest.mark.parametrize(
    ("title", "words", "unit"),
    [
        ("transverse momentum [GeV]", "transverse momentum", "GeV"),
        ("pt (GeV/c)", "pt", "GeV/c"),
        ("length [ m ]", "length", "m"),
        ("length (m)", "length (m)", None),
        ("kind [0 or 1]", "kind [0 or 1]", None),
        ("energy [GeV] of the jet", "energy [GeV] of the jet", None),
        ("[GeV]", "", "GeV"),
        ("  plain ", "plain", None),
        ("", "", None),
    ],
)
def test_a_unit_stands_in_brackets_at_the_end(title: str, words: str, unit: str | None) -> None:
    assert told(title) == (words, unit)


@given(title=st.text(alphabet="ab [](){}GeV/c^0 1", max_size=60))
def test_no_title_breaks_it(title: str) -> None:
    words, unit = told(title)
    assert title.strip().startswith(words)
    assert unit is None or unit in title
