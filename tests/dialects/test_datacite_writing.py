"""A resource as DataCite metadata: the JSON schema of the `datacite` package says whether it is valid."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from datacite import schema45
from hypothesis import given, settings

from fairkit.dialects import datacite
from fairkit.dialects._datacite_writing import metadata
from fairkit.model.agent import Agent, Funding
from fairkit.model.distribution import Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource
from fairkit.model.variable import Variable

from .resources import resources
from .written import BARE, HOSTILE, RICH, again, whole

TOY = (Identifier(scheme="toy", value="1"),)
NEWER = {"HasTranslation", "IsTranslationOf"}
"""Relations of 4.6, which the schema of 4.5 does not know."""


def complete(resource: Resource) -> Resource:
    """The resource with what DataCite requires."""
    return replace(
        resource,
        title=resource.title or "T",
        creators=resource.creators or BARE.creators,
        publisher=resource.publisher or BARE.publisher,
        date_published="2026-05-31",
    )


def faults(resource: Resource) -> list[str]:
    record = json.loads(datacite.write(resource))
    for name in {"relatedIdentifiers", "relatedItems"} & record.keys():
        record[name] = [row for row in record[name] if row["relationType"] not in NEWER]
    return [error.message for error in schema45.validator.iter_errors(record)]


@pytest.mark.parametrize(
    "resource", [RICH, replace(RICH, kind="model"), BARE, *(complete(whole(text or "x")) for text in HOSTILE)]
)
def test_what_is_written_is_valid(resource: Resource) -> None:
    assert faults(resource) == []


@settings(max_examples=100)
@given(resources())
def test_any_resource_that_has_what_is_required_is_valid(resource: Resource) -> None:
    assert faults(complete(resource)) == []


@pytest.mark.parametrize(
    ("field", "word"),
    [("title", "titles"), ("creators", "creators"), ("publisher", "publisher"), ("date_published", "publicationYear")],
)
def test_what_is_required_is_not_invented(field: str, word: str) -> None:
    said = {name: value for name, value in vars(BARE).items() if name != field}
    empty = Resource(**said)
    assert word not in metadata(empty)
    assert faults(empty) == [f"{word!r} is a required property"]


@pytest.mark.parametrize(
    ("resource", "word", "told"),
    [
        (RICH, "doi", "10.5281/zenodo.1"),
        (RICH, "publicationYear", "2026"),
        (RICH, "sizes", ["3702 bytes", "3 files", "600 entries"]),
        (
            RICH,
            "publisher",
            {
                "name": "CERN",
                "publisherIdentifier": "https://ror.org/01ggx4157",
                "publisherIdentifierScheme": "ROR",
                "schemeUri": "https://ror.org",
            },
        ),
        (replace(BARE, kind="model"), "types", {"resourceTypeGeneral": "Model"}),
        (replace(BARE, kind="environment"), "types", {"resourceTypeGeneral": "Other"}),
        (
            replace(BARE, access="open", license=None),
            "rightsList",
            [{"rights": "Open Access", "rightsUri": "info:eu-repo/semantics/openAccess"}],
        ),
        (replace(BARE, license="ours"), "rightsList", [{"rights": "ours"}]),
        (replace(BARE, date_created="2025/2026"), "dates", [
            {"date": "2025/2026", "dateType": "Created"},
            {"date": "2026-05-31", "dateType": "Issued"},
        ]),
        (
            replace(BARE, distributions=(Distribution(name="a", media_type="text/csv"),) * 2),
            "formats",
            ["text/csv"],
        ),
        (
            replace(BARE, contributors=(Agent(name="Bo", role="made the tea"),)),
            "contributors",
            [{"name": "Bo", "contributorType": "Other"}],
        ),
        (
            replace(BARE, funding=(Funding(funder=Agent(name="F", identifiers=TOY)),)),
            "fundingReferences",
            [{"funderName": "F", "funderIdentifier": "1", "funderIdentifierType": "Other"}],
        ),
    ],
)  # fmt: skip
def test_how_fields_are_written(resource: Resource, word: str, told: Any) -> None:
    assert metadata(resource)[word] == told


def test_relations_that_datacite_has_no_name_for_are_left_out() -> None:
    other = Identifier(scheme="doi", value="10.1000/182")
    kinds = ("IsDerivedFrom", "IsSiblingOf", "made up", "Relates", "HasTranslation")
    rows = metadata(replace(BARE, relations=tuple(Relation(type=kind, identifier=other) for kind in kinds)))
    assert [row["relationType"] for row in rows["relatedIdentifiers"]] == ["IsDerivedFrom", "HasTranslation"]


def test_a_scheme_that_has_no_name_there_is_written_by_its_address() -> None:
    one = Relation(type="Requires", identifier=Identifier(scheme="github", value="python/cpython"))
    [row] = metadata(replace(BARE, relations=(one,)))["relatedIdentifiers"]
    assert (row["relatedIdentifier"], row["relatedIdentifierType"]) == ("https://github.com/python/cpython", "URL")
    assert again("datacite", replace(BARE, relations=(one,))).resource.relations == (one,)


def test_what_it_replaces_is_said_once() -> None:
    older = Identifier(scheme="doi", value="10.5281/zenodo.2")
    resource = replace(BARE, supersedes=(older,), relations=(Relation(type="IsNewVersionOf", identifier=older),))
    assert [row["relationType"] for row in metadata(resource)["relatedIdentifiers"]] == ["IsNewVersionOf"]
    assert again("datacite", resource).resource == replace(resource, type="Dataset")


def test_variables_are_told_to_people() -> None:
    rows = tuple(Variable(name=f"E_{number}", dtype="float32", unit="GeV") for number in range(502))
    *_, described = metadata(replace(BARE, variables=rows))["descriptions"]
    lines = described["description"].split("\n")
    assert (described["descriptionType"], len(lines)) == ("TechnicalInfo", 502)
    assert (lines[1], lines[-1]) == ("E_0 (float32, GeV)", "and 2 more")
