"""Vocabularies by the IRIs of their terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.vocab import namespaces


@pytest.mark.parametrize(
    ("iri", "prefix", "generic"),
    [
        ("http://schema.org/name", "schema", True),
        ("https://schema.org", "schema", True),
        ("http://schema.orgy/name", None, None),
        ("http://purl.org/dc/terms/title", "dcterms", True),
        ("http://www.w3.org/ns/dcat", "dcat", True),
        ("https://www.w3.org/ns/prov#used", "prov", False),
        ("http://purl.obolibrary.org/obo/CHEBI_123", "chebi", False),
        ("http://purl.obolibrary.org/obo/GO_1", "obo", False),
        ("http://mlcommons.org/croissant/RAI/x", "croissant-rai", False),
        ("http://mlcommons.org/croissant/1.0", "croissant", False),
        ("http://w3id.org/fair4ml#mlTask", "fair4ml", False),
        ("https://w3id.org/fairkit/terms#x", "fairkit", False),
        ("http://example.org/x", None, None),
        ("", None, None),
    ],
)
def test_a_term_belongs_to_a_vocabulary(iri: str, prefix: str | None, generic: bool | None) -> None:
    found = namespaces.of_iri(iri)
    assert (found and found.prefix, found and found.generic) == (prefix, generic)


@pytest.mark.parametrize("row", namespaces.vocabularies(), ids=lambda row: row.prefix)
def test_a_vocabulary_is_found_by_its_own_iri(row: namespaces.Vocabulary) -> None:
    assert namespaces.of_iri(row.iri) is row
    assert row.domain


@given(st.text())
def test_no_text_makes_the_search_fail(text: str) -> None:
    namespaces.of_iri(text)
