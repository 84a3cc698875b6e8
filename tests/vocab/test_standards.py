"""Standards by id, name and IRI."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.vocab import standards


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("DataCite 4", "datacite"),
        ("http://datacite.org/schema/kernel-4", "datacite"),
        ("https://datacite.org/schema/kernel-4.6/metadata.xsd", "datacite"),
        ("http://datacite.org/schema/kernel-40", None),
        ("https://w3id.org/ro/crate/1.2/context", "ro-crate"),
        ("http://mlcommons.org/croissant/1.1", "croissant"),
        ("http://mlcommons.org/croissant/RAI/1.0", "croissant-rai"),
        ("https://schema.org/Dataset", "schema.org"),
        ("DAOD_PHYSLITE", "physlite"),
        ("nanoaodsim", "nanoaod"),
        ("CF", "cf"),
        ("CITATION.cff", "cff"),
        ("http://opendata.cern.ch/schema/records/record-v1.0.0.json", "cern-open-data"),
        ("unheard-of", None),
        ("", None),
    ],
)
def test_a_standard_is_found_by_id_name_and_iri(text: str, id_: str | None) -> None:
    found = standards.find(text)
    assert (found and found.id) == id_


@pytest.mark.parametrize("row", standards.standards(), ids=lambda row: row.id)
def test_a_standard_is_found_by_each_of_its_spellings(row: standards.Standard) -> None:
    for text in (row.id, row.name, *row.iris, *row.aliases):
        assert standards.find(text) is row, text
    assert row.about in ("metadata", "data")


@given(st.text())
def test_no_text_makes_the_search_fail(text: str) -> None:
    standards.find(text)
