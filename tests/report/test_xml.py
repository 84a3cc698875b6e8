"""XML stays well-formed, and says what was meant as far as XML can."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.report._xml import document, element

from .programs import NASTY


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a < b & \"c\" > 'd'", "a < b & \"c\" > 'd'"),
        ("]]>", "]]>"),
        ("\x00\x1b", r"\x00\x1b"),
        ("\ufffe\uffff", "\ufffd\ufffd"),
        ("\ud800", r"\ud800"),
        ("żółć 😀", "żółć 😀"),
    ],
)
def test_what_is_written_is_read_back(text: str, read: str) -> None:
    root = ElementTree.fromstring(document(element("a", element("b", text=text), key=text)))  # noqa: S314 - our own
    assert root.get("key") == root.findtext("b") == read


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_it_is_well_formed_whatever_stands_in_it(text: str) -> None:
    assert ElementTree.fromstring(document(element("a", text=text, key=text))).tag == "a"  # noqa: S314


@given(st.text(st.characters(exclude_categories=())))
def test_and_whatever_else(text: str) -> None:
    assert ElementTree.fromstring(document(element("a", text=text, key=text))).tag == "a"  # noqa: S314


def test_lines_of_a_text_stay_and_absent_attributes_are_left_out() -> None:
    made = document(element("a", text="one\ntwo", type_="x", none=None)).decode()
    assert made.endswith('<a type="x">one\ntwo</a>\n')
