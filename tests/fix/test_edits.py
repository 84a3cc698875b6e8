"""From values to the places of a document that must change."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from fairkit.dialects import dialect
from fairkit.fix.edits import edits, where
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.variable import Variable
from tests.checks.judge import agent

from .works import RECORD, folder, record


def native(**others: Any) -> View:
    return record({"metadata": RECORD | others}, datacite=None).views[0]


@pytest.mark.parametrize(
    ("field", "value", "made"),
    [
        ("license", "CC0-1.0", [("/metadata/license/attribution", "CC0-1.0")]),
        ("entry_count", 5, [("/metadata/distribution/number_events", 5)]),
        ("description", "a < b & c", [("/metadata/abstract/description", "a &lt; b &amp; c")]),
        ("language", "en", [("/metadata/language", "English")]),
        ("date_created", "2011/2012", [("/metadata/date_created", ["2011", "2012"])]),
        ("version", "1.0", []),  # a record has no place for it
        ("title", RECORD["title"], []),
    ],
)
def test_a_value_has_its_place_in_a_record(field: str, value: Any, made: list[Any]) -> None:
    assert list(edits(native(), field, value)) == made


def test_only_the_keys_that_differ_are_touched() -> None:
    view = native()
    rows = (replace(view.resource.variables[0], unit="GeV"), *view.resource.variables[1:], Variable(name="new"))
    assert list(edits(view, "variables", rows)) == [
        ("/metadata/dataset_semantics/0/unit", "GeV"),
        ("/metadata/dataset_semantics/2", {"variable": "new"}),
    ]


@pytest.mark.parametrize("authors", [[{"name": "Doe, Jo"}, 3], ["Doe, Jo"], [{"name": "Doe, Jo"}, {}], "Doe, Jo"])
def test_rows_that_were_not_all_read_are_left_alone(authors: Any) -> None:
    assert edits(native(authors=authors), "creators", (agent("Doe, Jo", "orcid:0000-0002-1825-0097"),)) == ()


def test_a_collaboration_is_no_author() -> None:
    view = native(authors=[], collaboration={"name": "CMS Collaboration"})
    [group] = view.resource.creators
    assert edits(view, "creators", (replace(group, name="CMS"),)) == ()


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("license", "/metadata/license/attribution"),
        ("variables", "/metadata/dataset_semantics"),
        ("title", "/metadata/title"),
        ("version", None),
    ],
)
def test_a_question_has_the_place_of_its_answer(field: str, place: str | None) -> None:
    assert where(native(), field) == place


def test_a_document_that_says_no_places_has_those_of_its_values() -> None:
    datacite = record().views[1]
    assert (where(datacite, "title"), where(datacite, "version")) == ("/titles/0", None)
    assert edits(datacite, "version", "1.0") == ()


@pytest.mark.parametrize("title", ["Jets", None])
def test_a_document_that_is_only_written_whole_says_no_places(title: str | None) -> None:
    body = json.dumps({"resources": [], **({"title": title} if title else {})}).encode()
    view = dialect("datapackage").read(Document(representation="datapackage", media_type="", url="", body=body))
    assert where(view, "title") == ("/title" if title else None)
    assert edits(view, "title", "Toy jets") == ()


def test_identifiers_of_a_folder_go_to_their_keys() -> None:
    view = folder('[resource]\ntitle = "Jets"\n').views[0]
    named = agent("x", "doi:10.5555/1", "url:https://example.org/a").identifiers
    assert list(edits(view, "identifiers", named)) == [
        ("/resource/doi", "10.5555/1"),
        ("/resource/identifiers", ["https://example.org/a"]),
    ]
