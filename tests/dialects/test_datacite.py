"""DataCite metadata in JSON: the portal's, richer ones, and hostile ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.dialects import datacite
from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier

from .documents import ANY_JSON, assert_sane, mutants, read, read_json

RICH: dict[str, Any] = {
    "doi": "10.5281/zenodo.1",
    "url": "https://zenodo.org/records/1",
    "identifiers": [{"identifier": "https://doi.org/10.5281/zenodo.1", "identifierType": "DOI"}],
    "alternateIdentifiers": [
        {"alternateIdentifier": "oai:zenodo.org:1", "alternateIdentifierType": "oai"},
        {"alternateIdentifier": "4711", "alternateIdentifierType": "our number"},
    ],
    "creators": [
        {
            "name": "Example, Ada",
            "nameType": "Personal",
            "nameIdentifiers": [{"nameIdentifier": "0000-0002-1825-0097", "nameIdentifierScheme": "ORCID"}],
            "affiliation": [
                {
                    "name": "CERN",
                    "affiliationIdentifier": "https://ror.org/01ggx4157",
                    "affiliationIdentifierScheme": "ROR",
                },
                "Elsewhere",
            ],
        },
        {"name": "The Toy Collaboration", "nameType": "Organizational"},
    ],
    "contributors": [{"name": "Helper, Bob", "contributorType": "DataCurator"}],
    "titles": [
        {"title": "Ein Spielzeug", "titleType": "TranslatedTitle"},
        {"title": "Toy <i>jets</i>"},
    ],
    "publisher": {
        "name": "Zenodo",
        "publisherIdentifier": "https://ror.org/01ggx4157",
        "publisherIdentifierScheme": "ROR",
    },
    "publicationYear": 2026,
    "subjects": [
        {"subject": "jets"},
        {"subject": "Physics", "subjectScheme": "FOS", "valueUri": "https://example.org/fos/1.3"},
    ],
    "dates": [
        {"date": "2026-05-31", "dateType": "Issued"},
        {"date": "2025", "dateType": "Collected"},
        {"date": "2026-06-01", "dateType": "Updated"},
        {"date": "2027-01-01", "dateType": "Available"},
    ],
    "language": "en",
    "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Simulated jets"},
    "relatedIdentifiers": [
        {"relatedIdentifier": "10.1000/182", "relatedIdentifierType": "DOI", "relationType": "IsDerivedFrom"},
        {"relatedIdentifier": "2407.20127", "relatedIdentifierType": "arXiv", "relationType": "isDocumentedBy"},
        {"relatedIdentifier": "123", "relatedIdentifierType": "PMID", "relationType": "Cites"},
        {
            "relatedIdentifier": "10.5281/zenodo.2",
            "relatedIdentifierType": "DOI",
            "relationType": "IsPreviousVersionOf",
        },
        {"relatedIdentifier": "10.5281/zenodo.0", "relatedIdentifierType": "DOI", "relationType": "Obsoletes"},
        {"relatedIdentifier": "10.5281/zenodo.9", "relatedIdentifierType": "DOI", "relationType": "IsNewVersionOf"},
    ],
    "sizes": ["3 files", "1.5 MB"],
    "formats": ["text/csv"],
    "version": "1.0",
    "rightsList": [
        {"rights": "Embargoed Access", "rightsUri": "info:eu-repo/semantics/embargoedAccess"},
        {"rights": "Creative Commons Attribution 4.0 International", "rightsIdentifier": "cc-by-4.0"},
    ],
    "descriptions": [
        {"description": "<p>What</p>", "descriptionType": "Abstract"},
        {"description": "How", "descriptionType": "Methods"},
        {"description": "Else", "descriptionType": "Other"},
    ],
    "fundingReferences": [
        {
            "funderName": "Example Fund",
            "funderIdentifier": "https://doi.org/10.13039/501100000781",
            "funderIdentifierType": "Crossref Funder ID",
            "awardNumber": "42",
            "awardTitle": "Toys",
        }
    ],
}


def doi(value: str) -> Identifier:
    return Identifier(scheme="doi", value=value)


def test_a_rich_document_fills_every_field_that_the_dialect_holds() -> None:
    view = read_json("datacite", RICH)
    assert_sane(view)
    assert view.faults == ()
    assert view.pointers.keys() == datacite.HOLDS


def test_the_fields_of_a_rich_document() -> None:
    resource = read_json("datacite", RICH).resource
    assert (resource.kind, resource.type) == ("dataset", "Simulated jets")
    assert [str(i) for i in resource.identifiers] == ["doi:10.5281/zenodo.1", "oai:zenodo.org:1"]
    assert (resource.title, resource.alternate_title) == ("Toy jets", "Ein Spielzeug")
    assert (resource.description, resource.methodology) == ("What", "How")
    assert resource.keywords == ("jets",)
    assert [(s.name, s.scheme) for s in resource.subjects] == [("Physics", "FOS")]
    assert (resource.license, resource.access, resource.embargo_until) == ("CC-BY-4.0", "embargoed", "2027-01-01")
    assert (resource.date_created, resource.date_published, resource.date_modified) == (
        "2025",
        "2026-05-31",
        "2026-06-01",
    )
    assert (resource.byte_size, resource.formats, resource.version) == (1_500_000, ("text/csv",), "1.0")
    assert resource.supersedes == (doi("10.5281/zenodo.0"), doi("10.5281/zenodo.9"))
    assert resource.superseded_by == (doi("10.5281/zenodo.2"),)


def test_people_have_their_identifiers_and_places() -> None:
    resource = read_json("datacite", RICH).resource
    ror = (Identifier(scheme="ror", value="01ggx4157"),)
    person, group = resource.creators
    assert (person.type, person.identifier("orcid")) == ("person", "0000-0002-1825-0097")
    assert person.affiliations == (
        Agent(name="CERN", type="organisation", identifiers=ror),
        Agent(name="Elsewhere", type="organisation"),
    )
    assert group == Agent(name="The Toy Collaboration", type="organisation")
    assert resource.contributors[0].role == "DataCurator"
    assert resource.publisher == Agent(name="Zenodo", type="organisation", identifiers=ror)
    assert resource.funding[0].funder.identifiers == (doi("10.13039/501100000781"),)


def test_relations_are_typed_by_the_scheme_that_they_state() -> None:
    found = [(r.type, str(r.identifier)) for r in read_json("datacite", RICH).resource.relations]
    assert found[:3] == [
        ("IsDerivedFrom", "doi:10.1000/182"),
        ("IsDocumentedBy", "arxiv:2407.20127"),
        ("Cites", "pmid:123"),
    ]


@pytest.mark.parametrize(
    ("rights", "licence", "access"),
    [
        ([{"rights": "open access"}], None, "open"),
        ([{"rights": "Open Access", "rightsUri": "http://purl.org/coar/access_right/c_abf2"}], None, "open"),
        ([{"rightsUri": "info:eu-repo/semantics/restrictedAccess"}], None, "restricted"),
        ([{"rightsUri": "https://creativecommons.org/licenses/by/4.0/legalcode"}], "CC-BY-4.0", None),
        ([{"rightsIdentifier": "CC0-1.0", "rightsIdentifierScheme": "SPDX"}], "CC0-1.0", None),
        ([{"rights": "Ask the authors"}], "Ask the authors", None),
        ([{"rights": "Ask"}, {"rights": "MIT License"}], "MIT", None),
        ([{}], None, None),
        ({"rights": "MIT"}, "MIT", None),
        ("MIT", None, None),
    ],
)
def test_open_access_is_no_licence(rights: Any, licence: str | None, access: str | None) -> None:
    resource = read_json("datacite", {"titles": [], "creators": [], "rightsList": rights}).resource
    assert (resource.license, resource.access) == (licence, access)


@pytest.mark.parametrize(
    ("general", "kind"),
    [
        ("Dataset", "dataset"),
        ("Collection", "dataset"),
        ("Software", "software"),
        ("Model", "model"),
        ("Other", "documentation"),
        (None, "documentation"),
    ],
)
def test_the_kind_is_that_of_the_general_type(general: str | None, kind: str) -> None:
    assert read_json("datacite", RICH | {"types": {"resourceTypeGeneral": general}}).resource.kind == kind


@pytest.mark.parametrize(
    ("wrap", "base"),
    [
        (lambda data: {"data": {"id": "x", "attributes": data}}, "/data/attributes"),
        (lambda data: {"data": [{"attributes": data}], "meta": {}}, "/data/0/attributes"),
    ],
)
def test_an_answer_of_the_api_tells_the_same(wrap: Any, base: str) -> None:
    assert datacite.recognises(wrap(RICH))
    bare, view = read_json("datacite", RICH), read_json("datacite", wrap(RICH))
    assert_sane(view)
    assert view.resource == bare.resource
    assert view.pointers == {name: base + pointer for name, pointer in bare.pointers.items()}


def test_every_document_of_the_portal_is_read(shared: Path) -> None:
    every = sorted(shared.glob("data/cern-open-data/derived/*.datacite.json"))
    assert every
    for path in every:
        view = read("datacite", path.read_bytes())
        assert_sane(view)
        assert view.faults == ()
        assert {"identifiers", "title", "creators", "publisher", "access"} <= view.pointers.keys()
        assert "license" not in view.pointers


@pytest.mark.parametrize("data", [None, 1, [], {}, {"titles": []}, {"data": {"attributes": 3}}, {"data": []}])
def test_other_json_is_not_recognised(data: Any) -> None:
    assert not datacite.recognises(data)
    assert_sane(read_json("datacite", data))


def test_values_of_the_wrong_type_never_stop_the_reading() -> None:
    for pointer, data in mutants(RICH):
        try:
            assert_sane(read_json("datacite", data))
        except Exception as error:
            raise AssertionError(f"at {pointer}") from error


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(RICH)), ANY_JSON))
def test_any_json_in_any_field_is_read(changes: dict[str, Any]) -> None:
    assert_sane(read_json("datacite", RICH | changes))
