"""A resource as the body of a draft: what InvenioRDM reads, and nothing that it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from fairkit.dialects._invenio_writing import access, body
from fairkit.model.agent import Agent, Funding
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource

from .resources import resources

DAY = "2026-11-27"
ORCID = Identifier(scheme="orcid", value="0000-0002-1825-0097")
URL = Identifier(scheme="url", value="https://example.org/jets")
DOI = Identifier(scheme="doi", value="10.5281/zenodo.1")


def metadata(**fields: Any) -> dict[str, Any]:
    found: dict[str, Any] = body(Resource(**fields), day=DAY)["metadata"]
    return found


@pytest.mark.parametrize(
    ("fields", "key", "value"),
    [
        ({"title": "Jets"}, "title", "Jets"),
        ({}, "publication_date", DAY),
        ({"date_published": "2026-05"}, "publication_date", "2026-05"),
        ({"kind": "model"}, "resource_type", {"id": "model"}),
        ({"license": "CC-BY-4.0"}, "rights", [{"id": "cc-by-4.0"}]),
        ({"license": "Ask us"}, "rights", [{"title": {"en": "Ask us"}}]),
        ({"language": "en"}, "languages", [{"id": "eng"}]),
        ({"description": "One & two.\n\nThree."}, "description", "<p>One &amp; two.</p><p>Three.</p>"),
        ({"keywords": ("jets", "jets")}, "subjects", [{"subject": "jets"}]),
        ({"identifiers": (URL, DOI, URL)}, "identifiers", [{"scheme": "url", "identifier": URL.value}]),
        ({"date_created": "2026"}, "dates", [{"date": "2026", "type": {"id": "created"}}]),
    ],
)
def test_each_field_has_its_place(fields: dict[str, Any], key: str, value: Any) -> None:
    assert metadata(**fields)[key] == value


def test_people_and_organisations_are_told_apart() -> None:
    home = Agent(name="CERN", type="organisation")
    ada = Agent(
        name="Example, Ada", type="person", identifiers=(ORCID, ORCID), affiliations=(home,), role="DataCurator"
    )
    told = metadata(creators=(ada, home), contributors=(ada,))
    person, place = told["creators"]
    assert person["person_or_org"]["identifiers"] == [{"scheme": "orcid", "identifier": ORCID.value}]
    assert (person["person_or_org"]["family_name"], person["affiliations"]) == ("Example", [{"name": "CERN"}])
    assert place["person_or_org"] == {"type": "organizational", "name": "CERN"}
    assert told["contributors"][0]["role"] == {"id": "datacurator"}


def test_relations_and_grants_are_carried_over() -> None:
    link = Relation(type="IsDerivedFrom", identifier=DOI, kind="dataset")
    told = metadata(relations=(link, link), funding=(Funding(funder=Agent(name="CERN"), award="TOY-20"),))
    [row] = told["related_identifiers"]
    assert (row["relation_type"], row["identifier"]) == ({"id": "isderivedfrom"}, DOI.value)
    assert told["funding"] == [{"funder": {"name": "CERN"}, "award": {"number": "TOY-20", "title": {"en": "TOY-20"}}}]


@pytest.mark.parametrize(
    ("fields", "files", "embargo"),
    [
        ({}, "public", None),
        ({"access": "restricted"}, "restricted", None),
        ({"access": "embargoed", "embargo_until": "2027-01-31"}, "restricted", {"active": True, "until": "2027-01-31"}),
    ],
)
def test_who_gets_the_files(fields: dict[str, Any], files: str, embargo: Any) -> None:
    told = access(Resource(**fields))
    assert (told["record"], told["files"], told.get("embargo")) == ("public", files, embargo)


@given(resources())
def test_any_resource_makes_a_body_of_json(resource: Resource) -> None:
    told = body(resource, day=DAY)
    json.dumps(told)
    names = [row["identifier"] for row in told["metadata"].get("identifiers", ())]
    assert len(names) == len(set(names))
