"""The documents of a package: which are made, and which stay."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.model.resource import Resource
from fairkit.package import documents
from fairkit.package.documents import DOCUMENTS, Made, Unmade, always_made, made, stands
from fairkit.package.words import Description
from fairkit.registry import DIALECTS


def test_every_dialect_of_the_table_can_be_written() -> None:
    assert all(hasattr(DIALECTS.get(form), "write") for _, form in DOCUMENTS if form is not None)


@pytest.mark.parametrize(
    ("name", "there", "stands_already"),
    [
        ("LICENSE", {"LICENSE"}, True),
        ("LICENSE", {"LICENCE.md"}, True),
        ("LICENSE", {"COPYING"}, True),
        ("LICENSE", {"sub/LICENSE"}, False),
        ("LICENSE", {"LICENSES.txt"}, False),
        ("CITATION.cff", {"CITATION.cff"}, True),
        ("CITATION.cff", {"CITATION"}, False),
    ],
)
def test_a_document_that_does_the_same_work_stands(name: str, there: set[str], stands_already: bool) -> None:
    assert stands(name, frozenset(there)) is stands_already


def test_what_people_write_is_not_made_anew() -> None:
    assert {name for name, _ in DOCUMENTS if always_made(name)} == {
        "ro-crate-metadata.json",
        "croissant.json",
        "datacite.json",
        "fair4ml.jsonld",
        "bom.cdx.json",
    }


def test_nothing_is_invented_about_an_empty_resource() -> None:
    every = list(made(Description(target="x"), there=frozenset()))
    names = {one.name for one in every if isinstance(one, Made)}
    assert "provenance.jsonld" not in names
    assert Unmade("LICENSE", "no licence is stated") in every


@pytest.mark.parametrize(
    ("licence", "told"),
    [
        ("CC0-1.0", ["SPDX-License-Identifier: CC0-1.0", "creativecommons.org/publicdomain/zero/1.0"]),
        ("MIT OR Apache-2.0", ["SPDX-License-Identifier: MIT OR Apache-2.0"]),
        ("ask us", ["Licence: ask us"]),
    ],
)
def test_a_licence_is_named(licence: str, told: list[str]) -> None:
    text = documents._licence(Resource(title="Toys", license=licence)).decode()
    assert text.startswith("Toys\n\nLicence: ")
    assert all(part in text for part in told)


@pytest.mark.parametrize(
    ("kind", "there", "of_it"),
    [
        ("model", True, {"fair4ml.jsonld", "bom.cdx.json", "MODEL_CARD.md"}),
        ("dataset", False, {"croissant.json", "DATASHEET.md"}),
    ],
)
def test_each_kind_has_its_documents(kind: Any, of_it: set[str], *, there: bool) -> None:
    every = made(Description(target="x", resource=Resource(kind=kind, title="T")), there=frozenset())
    names = {one.name for one in every if isinstance(one, Made)}
    assert of_it <= names
    assert ("bom.cdx.json" in names) is there
    assert ("croissant.json" in names) is not there
    assert {"ro-crate-metadata.json", "datacite.json", "CITATION.cff"} <= names
