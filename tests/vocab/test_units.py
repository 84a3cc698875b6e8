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
        ("furlong", None),
        ("", None),
    ],
)
def test_a_unit_is_found_by_symbol_and_name(text: str, symbol: str | None) -> None:
    found = units.find(text)
    assert (found and found.symbol) == symbol


@pytest.mark.parametrize("text", ["1", "N/A", "none", "None", "dimensionless", "Unitless", "-"])
def test_a_pure_number_is_marked(text: str) -> None:
    found = units.find(text)
    assert found is not None
    assert found.dimensionless


@pytest.mark.parametrize("row", units.units(), ids=lambda row: row.name)
def test_a_unit_is_found_by_each_of_its_spellings(row: units.Unit) -> None:
    for text in filter(None, (row.symbol, row.name, row.ucum, row.qudt, *row.aliases)):
        assert units.find(text) is row, text


@given(st.text())
def test_no_text_makes_the_search_fail(text: str) -> None:
    units.find(text)
