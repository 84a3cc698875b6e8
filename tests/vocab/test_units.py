"""Units as physicists write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.vocab import units


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("GeV", "GeV"),
        ("gev", "GeV"),
        ("[GeV]", "GeV"),
        ("MeV", "MeV"),
        ("meV", "meV"),
        ("mev", None),
        ("GeV^2", "GeV^2"),
        ("GeV/c²", "GeV/c^2"),
        ("GeV / c**2", "GeV/c^2"),
        ("Radians", "rad"),
        ("radian", "rad"),
        ("Milimeters", "mm"),
        ("µm", "um"),
        ("μm", "um"),
        ("degrees", "deg"),
        ("°", "deg"),
        ("1/fb", "1/fb"),
        ("fb^-1", "1/fb"),
        ("cm^-2 s^-1", "1/cm^2/s"),
        ("T", "T"),
        ("t", None),
        ("MHz", "MHz"),
        ("mHz", None),
        ("http://qudt.org/vocab/unit/GigaEV", "GeV"),
        ("percent", "%"),
        ("N/A", None),
        ("none", None),
        ("furlong", None),
        ("", None),
    ],
)
def test_a_unit_is_found_by_symbol_and_name(text: str, symbol: str | None) -> None:
    found = units.find(text)
    assert (found and found.symbol) == symbol


@pytest.mark.parametrize("text", ["1", "dimensionless", "Unitless", "no unit"])
def test_a_pure_number_is_marked(text: str) -> None:
    found = units.find(text)
    assert found is not None
    assert found.dimensionless


@pytest.mark.parametrize("text", ["", " ", "N/A", "n/a", "NA", "n.a.", "none", "None", "-", "—"])
def test_a_word_for_nothing_is_no_unit(text: str) -> None:
    assert not units.is_stated(text)


@pytest.mark.parametrize("text", ["1", "GeV", "Radians", "unitless", "no unit", "furlong"])
def test_anything_else_is_said_to_be_a_unit(text: str) -> None:
    assert units.is_stated(text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("1", True),
        ("GeV", True),
        ("[GeV]", True),
        ("GeV / c**2", True),
        ("GeV/[c]2", True),
        ("µm", True),
        ("fb^-1", True),
        ("http://qudt.org/vocab/unit/GigaEV", True),
        ("gev", False),
        ("radian", False),
        ("Radians", False),
        ("Milimeters", False),
        ("unitless", False),
        ("furlong", False),
        ("", False),
    ],
)
def test_a_unit_is_written_by_its_symbol_and_not_in_words(text: str, right: bool) -> None:
    assert units.is_standard(text) is right


@pytest.mark.parametrize("row", units.units(), ids=lambda row: row.name)
def test_a_unit_is_found_by_each_of_its_spellings(row: units.Unit) -> None:
    for text in filter(None, (row.symbol, row.name, row.ucum, row.qudt, *row.notations, *row.aliases)):
        assert units.find(text) is row, text
    assert all(map(units.is_standard, (row.symbol, *row.notations)))


@given(st.text())
def test_no_text_makes_the_search_fail(text: str) -> None:
    units.find(text)
