"""codemeta.json: what it tells, in versions 2 and 3, and what fairkit writes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairkit.dialects import codemeta
from fairkit.errors import UnreadableDocument
from fairkit.model.agent import Agent, Funding
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource

from .documents import ANY_JSON, assert_sane, mutants, read, read_json
from .resources import resources

ORCID = Identifier(scheme="orcid", value="0000-0002-1825-0097")
TOOL: dict[str, Any] = {
    "@context": "https://w3id.org/codemeta/3.0",
    "type": "SoftwareSourceCode",
    "identifier": "https://doi.org/10.5281/zenodo.1",
    "name": "jetmaker",
    "description": "Makes jets.",
    "version": "1.10",
    "license": "https://spdx.org/licenses/BSD-3-Clause",
    "keywords": ["jets", "toys"],
    "author": [
        {
            "type": "Person",
            "id": "https://orcid.org/0000-0002-1825-0097",
            "givenName": "Ada",
            "familyName": "Example",
            "name": "Example, Ada",
            "affiliation": {"type": "Organization", "name": "CERN"},
        }
    ],
    "contributor": [{"type": "Person", "name": "Sample, Bo"}],
    "publisher": {"type": "Organization", "name": "CERN"},
    "funder": {"type": "Organization", "name": "A fund"},
    "funding": "TOY-600",
    "dateCreated": "2026-11-01",
    "datePublished": "2026-11-02",
    "dateModified": "2026-11-03",
    "embargoEndDate": "2027-01-01",
    "isAccessibleForFree": True,
    "url": "https://example.org/jetmaker",
    "codeRepository": "https://github.com/toy/jetmaker",
    "softwareRequirements": ["numpy>=2"],
    "fileFormat": ["text/x-python"],
    "fileSize": "12 kB",
    "isPartOf": "https://example.org/toys",
    "referencePublication": [{"type": "ScholarlyArticle", "name": "A paper", "id": "https://doi.org/10.1000/182"}],
}


def test_a_full_file_fills_every_field_that_the_dialect_holds() -> None:
    view = read_json("codemeta", TOOL)
    assert_sane(view)
    assert view.faults == ()
    assert view.pointers.keys() == codemeta.HOLDS


def test_the_fields_of_a_full_file() -> None:
    resource = read_json("codemeta", TOOL).resource
    assert (resource.kind, resource.title, resource.license) == ("software", "jetmaker", "BSD-3-Clause")
    home = Agent(name="CERN", type="organisation")
    assert resource.creators == (Agent(name="Example, Ada", type="person", identifiers=(ORCID,), affiliations=(home,)),)
    assert resource.funding == (Funding(funder=Agent(name="A fund", type="organisation"), award="TOY-600"),)
    assert resource.byte_size == 12_000
    assert resource.relations == (
        Relation(type="IsPartOf", identifier=Identifier(scheme="url", value="https://example.org/toys")),
        Relation(type="IsDocumentedBy", identifier=Identifier(scheme="doi", value="10.1000/182"), title="A paper"),
    )


@pytest.mark.parametrize(
    ("context", "known"),
    [
        ("https://w3id.org/codemeta/3.0", True),
        ("https://doi.org/10.5063/schema/codemeta-2.0", True),
        (["https://doi.org/10.5063/schema/codemeta-2.0", "http://schema.org"], True),
        ("https://schema.org", False),
        ({"codemeta": "https://codemeta.github.io/terms/"}, False),
        (None, False),
    ],
)
def test_it_is_known_by_its_context(context: Any, known: bool) -> None:
    assert codemeta.recognises({"@context": context}) is known


def test_a_file_without_a_type_is_about_software() -> None:
    assert read_json("codemeta", {"name": "x"}).resource.kind == "software"
    assert read_json("codemeta", {"name": "x", "@type": "Dataset"}).resource.kind == "dataset"


def test_what_is_written_is_read_back() -> None:
    before = read_json("codemeta", TOOL).resource
    written = json.loads(codemeta.write(before))
    assert written["type"] == "SoftwareSourceCode"
    assert written["license"] == "https://spdx.org/licenses/BSD-3-Clause"
    assert written["author"][0]["familyName"] == "Example"
    after = read_json("codemeta", written).resource
    assert [one for one in after.relations if one.title] == []
    untitled = [Relation(type=one.type, identifier=one.identifier) for one in before.relations]
    assert list(after.relations) == untitled
    assert {**vars(before), "relations": ()} == {**vars(after), "relations": ()}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(resources())
def test_any_resource_is_written_and_read(resource: Resource) -> None:
    view = read("codemeta", codemeta.write(resource))
    assert_sane(view)


def test_values_of_the_wrong_type_never_stop_the_reading() -> None:
    for _, data in mutants(TOOL):
        assert_sane(read_json("codemeta", data))


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(TOOL)), ANY_JSON))
def test_any_json_in_any_key_is_read(changes: dict[str, Any]) -> None:
    assert_sane(read_json("codemeta", TOOL | changes))


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(UnreadableDocument):
        read("codemeta", "{")
