"""Every shipped table: its columns are the fields of its rows, no spelling means two things, and every URL is one."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from fairkit import resources
from fairkit.vocab import (
    identifiers,
    licences,
    media_types,
    metrics,
    namespaces,
    protocols,
    relations,
    standards,
    units,
)
from fairkit.vocab.table import address, index, load, longest_prefix, plain

TABLES: list[tuple[str, Any, Callable[[], tuple[Any, ...]]]] = [
    ("identifier_schemes", identifiers.Scheme, identifiers.schemes),
    ("licences", licences.Licence, licences.licences),
    ("media_types", media_types.Format, media_types.formats),
    ("metrics", metrics.Metric, metrics.metrics),
    ("namespaces", namespaces.Vocabulary, namespaces.vocabularies),
    ("protocols", protocols.Protocol, protocols.protocols),
    ("relation_types", relations.RelationType, relations.relation_types),
    ("standards", standards.Standard, standards.standards),
    ("units", units.Unit, units.units),
]
URL_COLUMNS = {"url", "policy", "resolver", "iri", "iris", "qudt"}


class Colour(NamedTuple):
    name: str
    warm: bool
    aliases: tuple[str, ...]


@pytest.fixture
def shipped(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Ships a table `colours` of this text."""
    monkeypatch.setattr(resources, "folder", lambda name: tmp_path)
    return lambda text: (tmp_path / "colours.csv").write_text(text, encoding="utf-8") and None


def test_a_row_is_read_by_the_types_of_its_fields(shipped: Callable[[str], None]) -> None:
    shipped("name,warm,aliases\nred,yes,rouge; rot\nblue,no,\n")
    assert load("colours", Colour) == (Colour("red", True, ("rouge", "rot")), Colour("blue", False, ()))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("name,warm,aliases\nred,yes\n", ValueError),
        ("name,warm,aliases\nred,perhaps,\n", KeyError),
        ("name,hot,aliases\nred,yes,\n", KeyError),
    ],
)
def test_a_broken_table_is_refused(shipped: Callable[[str], None], text: str, fault: type[Exception]) -> None:
    shipped(text)
    with pytest.raises(fault):
        load("colours", Colour)


def test_a_spelling_of_two_rows_is_refused() -> None:
    rows = [Colour("red", True, ("rosso",)), Colour("pink", True, ("rosso",))]
    with pytest.raises(ValueError, match="rosso"):
        index(rows, lambda row: row.aliases)


@pytest.mark.parametrize(("name", "row", "rows"), TABLES)
def test_the_columns_of_a_table_are_the_fields_of_its_rows(name: str, row: Any, rows: Any) -> None:
    header = next(csv.reader(resources.read_bytes("vocabularies", f"{name}.csv").decode().splitlines()))
    assert tuple(header) == row._fields
    assert len(rows()) > 20


def test_every_shipped_table_is_read_here() -> None:
    assert {name for name, _, _ in TABLES} == set(resources.names("vocabularies", ".csv"))


@pytest.mark.parametrize(("name", "row", "rows"), TABLES)
def test_the_first_column_is_a_key(name: str, row: Any, rows: Any) -> None:
    keys = [each[0] for each in rows()]
    assert all(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(("name", "row", "rows"), TABLES)
def test_every_url_is_well_formed(name: str, row: Any, rows: Any) -> None:
    cells = [cell for each in rows() for column, cell in each._asdict().items() if column in URL_COLUMNS]
    urls = [url for cell in cells for url in ([cell] if isinstance(cell, str) else cell) if url]
    known_others = {"{value}", "ddi:codebook:2_5", "eml://ecoinformatics.org"}
    assert [url for url in urls if not re.fullmatch(r"https?://[\w.-]+(/\S*)?", url) and url not in known_others] == []


@pytest.mark.parametrize(
    ("iri", "compared"),
    [
        ("https://www.W3.org/ns/dcat#", "w3.org/ns/dcat"),
        ("http://schema.org/", "schema.org"),
        ("urn:x:y", "urn:x:y"),
    ],
)
def test_an_address_is_compared_without_what_means_nothing(iri: str, compared: str) -> None:
    assert address(iri) == compared


@pytest.mark.parametrize(
    ("text", "found"),
    [("a/b/c", 2), ("a/bc", 1), ("a", 1), ("ab", None), ("a/b-1", 2), ("", None)],
)
def test_a_prefix_ends_where_a_part_ends(text: str, found: int | None) -> None:
    assert longest_prefix(text, {"a": 1, "a/b": 2}) == found


def test_a_plain_spelling_has_letters_and_digits_only() -> None:
    assert plain("Is-Part of_2") == "ispartof2"
