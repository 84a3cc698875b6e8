"""A text of a stranger becomes one line that does nothing to the screen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.report._harmless import harmless

from .made import HOSTILE


@pytest.mark.parametrize(("text", "shown"), HOSTILE)
def test_what_has_no_shape_is_written_out(text: str, shown: str) -> None:
    assert harmless(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("  two \n\n words ", "two words"),
        ("Jet\u00a0pT\u2003in GeV", "Jet pT in GeV"),
        ("żółć, 粒子, 🎲", "żółć, 粒子, 🎲"),
        ("e\u0301", "e\u0301"),
        ("e" + "\u0301" * 3, "e" + "\u0301" * 3),
        ("e\u20dd\u20dd\u20dd\u20dd", "e\u20dd\u20dd\u20dd"),
        ("a\u0301" * 5, "a\u0301" * 5),
        ("\x00\x7f", r"\x00\x7f"),
    ],
)
def test_what_people_read_stays(text: str, shown: str) -> None:
    assert harmless(text) == shown


@pytest.mark.parametrize(
    ("text", "longest", "shown"),
    [
        ("jets", 4, "jets"),
        ("jets!", 4, "jet…"),
        ("\x1b\x1b", 8, r"\x1b\x1b"),
        ("\x1b\x1b", 7, r"\x1b\x…"),  # it is the written out that counts
        ("a" + " " * 100, 4, "a…"),  # what was not looked at may have been anything
        ("a" + " " * 7, 4, "a"),
    ],
)
def test_a_long_text_is_cut_and_says_so(text: str, longest: int, shown: str) -> None:
    assert harmless(text, longest=longest) == shown


@given(st.text(), st.integers(1, 40))
def test_any_text_is_one_short_line_without_tricks(text: str, longest: int) -> None:
    line = harmless(text, longest=longest)
    assert len(line) <= longest
    assert not {unicodedata.category(each) for each in line} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
