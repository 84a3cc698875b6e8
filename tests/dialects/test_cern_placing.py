"""Where fields stand in a record of CERN Open Data: what is written there is read again."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.dialects import cern_open_data
from fairkit.fix.edits import Edit
from fairkit.fix.patch import patched
from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import FIELDS
from fairkit.model.variable import Variable

from .documents import read

BARE = {"metadata": {"recid": "7", "type": {"primary": "Dataset"}, "experiment": ["CMS"]}}
CERN = Agent(name="CERN", type="organisation", identifiers=(Identifier(scheme="ror", value="01ggx4157"),))
JO = Agent(
    name="Doe, Jo",
    type="person",
    identifiers=(Identifier(scheme="orcid", value="0000-0002-1825-0097"),),
    affiliations=(CERN, Agent(name="DESY", type="organisation")),
)
DOI = Identifier(scheme="doi", value="10.5281/zenodo.4")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Jets & <tracks> of pt < 5"),
        ("description", "a < b"),
        ("keywords", ("jets", "tracks")),
        ("language", "en"),
        ("creators", (JO,)),
        ("publisher", Agent(name="CERN", type="organisation")),
        ("date_created", "2011/2012"),
        ("date_published", "2019-05-31"),
        ("license", "CC0-1.0"),
        ("formats", ("root", "h5")),
        ("byte_size", 5),
        ("file_count", 182),
        ("entry_count", 7),
        ("variables", (Variable(name="pt", dtype="float32", unit="GeV", description="of the jet <j>"),)),
        ("relations", (Relation(type="IsDerivedFrom", identifier=DOI, title="Parent"),)),
        ("methodology", "by hand"),
        ("validation", "looked at it"),
        ("usage", "read it"),
        ("code_repository", "https://example.org/code"),
    ],
)
def test_a_value_is_read_as_it_was_meant(field: str, value: Any) -> None:
    base = cern_open_data.base(BARE)
    edits = [Edit(base + place, written) for place, written in cern_open_data.encode(field, value).items()]
    assert edits
    _, body = patched(BARE, edits)
    view = read("cern-open-data", body.decode())
    assert getattr(view.resource, field) == value
    assert view.pointers[field].startswith(base + str(cern_open_data.place(field)))


def test_the_doi_of_several_identifiers_is_written() -> None:
    assert cern_open_data.encode("identifiers", (Identifier(scheme="oai", value="x"), DOI)) == {"/doi": DOI.value}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", "1.0"),
        ("identifiers", (Identifier(scheme="oai", value="x"),)),
        ("relations", (Relation(type="IsPartOf", title="no identifier"),)),
    ],
)
def test_what_a_record_cannot_say_is_not_written(field: str, value: Any) -> None:
    assert cern_open_data.encode(field, value) == {}


def test_places_are_of_fields_that_a_record_holds() -> None:
    assert {field for field in FIELDS if cern_open_data.place(field)} <= cern_open_data.HOLDS


@pytest.mark.parametrize(
    ("data", "base"),
    [(BARE, "/metadata"), (BARE["metadata"], ""), ({"hits": {"hits": [BARE]}}, "/hits/hits/0/metadata"), ([], "")],
)
def test_the_record_begins_where_its_form_has_it(data: Any, base: str) -> None:
    assert cern_open_data.base(data) == base


def test_a_relation_to_a_page_has_no_place_in_a_row() -> None:
    page = Relation(type="IsDocumentedBy", identifier=Identifier(scheme="url", value="https://example.org/p"))
    assert cern_open_data.encode("relations", (page,)) == {}
