""".zenodo.json: what it tells of a deposit, and what it is when it is broken."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.dialects import zenodo_json
from fairkit.errors import UnreadableDocument
from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation

from .documents import ANY_JSON, assert_sane, mutants, read, read_json

JETS: dict[str, Any] = {
    "upload_type": "dataset",
    "title": "Toy jets",
    "description": "<p>Jets for a bar.</p>",
    "creators": [
        {"name": "Example, Ada", "orcid": "0000-0002-1825-0097", "affiliation": "CERN"},
        {"name": "Toymakers"},
    ],
    "contributors": [{"name": "Sample, Bo", "type": "DataCurator"}],
    "keywords": ["jets", "toys"],
    "license": "cc-by-4.0",
    "access_right": "open",
    "version": "1.10",
    "language": "eng",
    "publication_date": "2026-11-01",
    "related_identifiers": [{"identifier": "10.1000/182", "relation": "isDerivedFrom"}],
    "method": "Thrown dice.",
}


def test_a_full_file_is_read_with_pointers_into_it() -> None:
    view = read_json("zenodo-json", JETS)
    assert_sane(view)
    resource = view.resource
    assert (resource.kind, resource.title, resource.description) == ("dataset", "Toy jets", "Jets for a bar.")
    assert (resource.license, resource.access, resource.version) == ("CC-BY-4.0", "open", "1.10")
    assert resource.creators[0] == Agent(
        name="Example, Ada",
        type="person",
        identifiers=(Identifier(scheme="orcid", value="0000-0002-1825-0097"),),
        affiliations=(Agent(name="CERN", type="organisation"),),
    )
    assert [one.role for one in resource.contributors] == ["DataCurator"]
    other = Identifier(scheme="doi", value="10.1000/182")
    assert resource.relations == (Relation(type="IsDerivedFrom", identifier=other),)
    assert (view.pointers["creators"], view.pointers["license"]) == ("/creators/0", "/license")


@pytest.mark.parametrize(
    ("upload", "kind"), [("software", "software"), ("publication", "documentation"), (None, "dataset"), (3, "dataset")]
)
def test_the_kind_is_what_is_uploaded(upload: Any, kind: str) -> None:
    assert read_json("zenodo-json", {"title": "x", "upload_type": upload}).resource.kind == kind


@pytest.mark.parametrize(
    ("data", "known"), [(JETS, True), ({"upload_type": "dataset"}, False), ({"title": "x"}, False), ([JETS], False)]
)
def test_it_is_known_by_what_is_uploaded(data: Any, known: bool) -> None:
    assert zenodo_json.recognises(data) is known


def test_values_of_the_wrong_type_never_stop_the_reading() -> None:
    for _, data in mutants(JETS):
        assert_sane(read_json("zenodo-json", data))


@given(st.dictionaries(st.sampled_from(sorted(JETS)), ANY_JSON))
def test_any_json_in_any_key_is_read(changes: dict[str, Any]) -> None:
    assert_sane(read_json("zenodo-json", JETS | changes))


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(UnreadableDocument):
        read("zenodo-json", "{")
