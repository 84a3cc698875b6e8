"""schema.org in the wild: each property in the forms that somebody writes."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.harvest import View
from fairkit.model.resource import Subject
from fairkit.model.variable import Variable

from .documents import assert_sane, read_json


def view(**properties: Any) -> View:
    """What a page with these properties tells."""
    found = read_json("schema-org", {"@context": "https://schema.org/", "@type": "Dataset"} | properties)
    assert_sane(found)
    return found


@pytest.mark.parametrize(
    ("creator", "name", "type_", "identifiers"),
    [
        ("Ada", "Ada", "agent", []),
        ({"name": "Ada", "@type": "Person"}, "Ada", "person", []),
        (
            {"name": "Ada", "@type": "Person", "@id": "https://orcid.org/0000-0002-1825-0097"},
            "Ada",
            "person",
            ["orcid:0000-0002-1825-0097"],
        ),
        (
            {"name": "Ada", "@type": ["Person"], "identifier": {"propertyID": "ORCID", "value": "0000-0002-1825-0097"}},
            "Ada",
            "person",
            ["orcid:0000-0002-1825-0097"],
        ),
        (
            {"name": "Ada", "sameAs": ["https://example.org/ada", "https://orcid.org/0000-0002-1825-0098"]},
            "Ada",
            "agent",
            [],
        ),
        (
            {"name": "CERN", "@type": "Organization", "sameAs": "https://ror.org/01ggx4157"},
            "CERN",
            "organisation",
            ["ror:01ggx4157"],
        ),
        ({"name": "CERN", "@type": "http://schema.org/Organization"}, "CERN", "organisation", []),
    ],
)
def test_creators_come_in_many_forms(creator: Any, name: str, type_: str, identifiers: list[str]) -> None:
    [found] = view(creator=creator).resource.creators
    assert (found.name, found.type, [str(i) for i in found.identifiers]) == (name, type_, identifiers)


@pytest.mark.parametrize(
    ("licence", "found"),
    [
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("CC-BY-4.0", "CC-BY-4.0"),
        ({"@id": "https://creativecommons.org/licenses/by/4.0/"}, "CC-BY-4.0"),
        ({"@type": "CreativeWork", "name": "MIT License"}, "MIT"),
        (["https://example.org/terms", "MIT"], "https://example.org/terms"),
        ("our own terms", "our own terms"),
        ({}, None),
    ],
)
def test_licences_come_in_many_forms(licence: Any, found: str | None) -> None:
    assert view(license=licence).resource.license == found


@pytest.mark.parametrize(
    ("keywords", "found"),
    [
        ("a, b,, a", ("a", "b")),
        (["a", "b, c"], ("a", "b, c")),
        ([{"@type": "DefinedTerm", "name": "a"}], ("a",)),
        ([], ()),
    ],
)
def test_keywords_come_in_many_forms(keywords: Any, found: tuple[str, ...]) -> None:
    assert view(keywords=keywords).resource.keywords == found


@pytest.mark.parametrize(
    ("identifier", "found"),
    [
        ("12345", []),
        ({"propertyID": "pmid", "value": "12345"}, ["pmid:12345"]),
        (
            {"propertyID": "https://registry.identifiers.org/registry/doi", "value": "doi:10.1000/182"},
            ["doi:10.1000/182"],
        ),
        ({"@id": "https://doi.org/10.1000/182"}, ["doi:10.1000/182"]),
        ({"propertyID": "doi", "value": "soon"}, ["doi:soon"]),
    ],
)
def test_bare_digits_are_no_identifier_without_a_scheme(identifier: Any, found: list[str]) -> None:
    assert [str(i) for i in view(identifier=identifier).resource.identifiers] == found


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("Dataset", "dataset"),
        (["Thing", "schema:Dataset"], "dataset"),
        ("SoftwareSourceCode", "software"),
        ("MLModel", "model"),
        ("CreativeWork", "documentation"),
        (None, "documentation"),
    ],
)
def test_the_kind_is_that_of_the_type(type_: Any, kind: str) -> None:
    assert view(**{"@type": type_}).resource.kind == kind


@pytest.mark.parametrize(
    ("properties", "field", "value", "pointer"),
    [
        ({"headline": "Jets"}, "title", "Jets", "/headline"),
        ({"name": " ", "headline": "Jets"}, "title", None, None),  # the first that is there counts
        ({"name": {"@value": "Jets", "@language": "en"}}, "title", "Jets", "/name"),
        ({"abstract": "<p>Of <b>two</b> kinds</p>"}, "description", "Of two kinds", "/abstract"),
        ({"softwareVersion": 2}, "version", "2", "/softwareVersion"),
        ({"inLanguage": {"@type": "Language", "name": "en"}}, "language", "en", "/inLanguage"),
        ({"mainEntityOfPage": {"@id": "https://a.example/"}}, "landing_page", "https://a.example/",
         "/mainEntityOfPage"),
        ({"includedInDataCatalog": {"url": "https://a.example/"}}, "catalogue", "https://a.example/",
         "/includedInDataCatalog"),
        ({"about": "Physics"}, "subjects", (Subject(name="Physics"),), "/about"),
        ({"about": [None, {"name": "Physics", "@id": "https://a.example/p"}]}, "subjects",
         (Subject(name="Physics", term="https://a.example/p"),), "/about/1"),
        ({"dct:conformsTo": ["", {"@id": "https://a.example/"}]}, "conforms_to", ("https://a.example/",),
         "/dct:conformsTo/1"),
        ({"softwareRequirements": ["Python", {"name": "ROOT"}]}, "requirements", ("Python", "ROOT"),
         "/softwareRequirements/0"),
        ({"fileFormat": "csv"}, "formats", ("csv",), "/fileFormat"),
    ],
)  # fmt: skip
def test_a_value_is_told_with_where_it_stands(
    properties: dict[str, Any], field: str, value: Any, pointer: str | None
) -> None:
    found = view(**properties)
    assert (getattr(found.resource, field), found.pointers.get(field)) == (value, pointer)


@pytest.mark.parametrize(
    ("free", "access"),
    [
        (True, "open"),
        ("True", "open"),
        ("https://schema.org/True", "open"),
        ({"@type": "Boolean", "@value": True}, "open"),
        ([True], "open"),
        (False, None),
        ("no", None),
        (1, None),
    ],
)
def test_only_what_is_said_to_be_free_is_open(free: Any, access: str | None) -> None:
    assert view(isAccessibleForFree=free).resource.access == access


@pytest.mark.parametrize(
    ("publisher", "name"),
    [
        ({"publisher": "A"}, "A"),
        ({"publisher": ["A", "B"]}, "A"),
        ({"publisher": [{}, "B"]}, "B"),
        ({"provider": {"@type": "Organization", "name": "C"}}, "C"),
        ({}, None),
    ],
)
def test_there_is_one_publisher(publisher: dict[str, Any], name: str | None) -> None:
    found = view(**publisher).resource.publisher
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("funding", "funder", "award"),
    [
        ({"funding": {"@type": "Grant", "identifier": "42", "funder": {"name": "Fund"}}}, "Fund", "42"),
        ({"funding": {"identifier": 42, "sponsor": "Fund"}}, "Fund", "42"),
        ({"funding": {"name": "Toys", "identifier": "42"}}, "Toys", None),  # nobody else is named
        ({"funder": "Fund"}, "Fund", None),
        ({"funder": {"@type": "Organization", "name": "Fund"}}, "Fund", None),
    ],
)
def test_funding_is_a_grant_with_its_funder_or_a_funder_alone(
    funding: dict[str, Any], funder: str, award: str | None
) -> None:
    [found] = view(**funding).resource.funding
    assert (found.funder.name, found.award) == (funder, award)


@pytest.mark.parametrize(
    ("distribution", "found"),
    [
        ("https://a.example/x/jets.csv", Distribution(name="jets.csv", content_url="https://a.example/x/jets.csv")),
        ("https://a.example/x/", Distribution(name="x", content_url="https://a.example/x/")),
        ("https://a.example/content", Distribution(name="content", content_url="https://a.example/content")),
        (
            "https://a.example/api/records/1/files/jets.csv/content",  # Zenodo
            Distribution(name="jets.csv", content_url="https://a.example/api/records/1/files/jets.csv/content"),
        ),
        ({"name": "jets"}, Distribution(name="jets")),
        ({"url": "https://a.example/jets"}, Distribution(name="jets", content_url="https://a.example/jets")),
        (
            {"contentUrl": {"@id": "https://a.example/jets"}, "fileFormat": "text/csv", "contentSize": 3},
            Distribution(name="jets", content_url="https://a.example/jets", media_type="text/csv", byte_size=3),
        ),
        (
            {"name": "jets", "md5": "AB", "sha512": "CD"},
            Distribution(
                name="jets",
                checksums=(Checksum(algorithm="md5", value="ab"), Checksum(algorithm="sha512", value="cd")),
            ),
        ),
    ],
)
def test_a_file_is_an_address_or_a_download(distribution: Any, found: Distribution) -> None:
    told = view(distribution=distribution)
    assert told.resource.distributions == (found,)
    assert (told.resource.listing, told.told("listing")) == ("complete", "extracted")


def test_a_file_without_name_and_address_is_none() -> None:
    told = view(distribution=[{"encodingFormat": "text/csv"}, {}, 3.5])
    assert [file.name for file in told.resource.distributions] == ["3.5"]


@pytest.mark.parametrize(
    ("size", "bytes_"),
    [
        ("1 kB", 1000),
        (1000, 1000),
        ({"@type": "QuantitativeValue", "value": 1, "unitText": "kB"}, 1000),
        ({"value": "1", "unitCode": "kB"}, 1000),
        (["large", "1 kB"], 1000),
        ("large", None),
        ({}, None),
    ],
)
def test_a_size_is_a_text_a_number_or_a_quantity(size: Any, bytes_: int | None) -> None:
    assert view(contentSize=size).resource.byte_size == bytes_


@pytest.mark.parametrize(
    ("variable", "found"),
    [
        ("pt", Variable(name="pt")),
        ({"name": "pt", "unitCode": "GeV"}, Variable(name="pt", unit="GeV")),
        (
            {"name": "pt", "propertyID": {"@id": "https://a.example/pt"}},
            Variable(name="pt", term="https://a.example/pt"),
        ),
        ({"name": "pt", "minValue": "20", "maxValue": 30}, Variable(name="pt", range=(20.0, 30.0))),
        ({"name": "pt", "maxValue": 0}, Variable(name="pt", range=(None, 0.0))),
        ({"name": "pt", "minValue": "low", "maxValue": "inf"}, Variable(name="pt")),
    ],
)
def test_a_variable_is_a_name_or_a_property(variable: Any, found: Variable) -> None:
    assert view(variableMeasured=variable).resource.variables == (found,)


@pytest.mark.parametrize(
    ("properties", "type_", "other"),
    [
        ({"isBasedOn": "https://doi.org/10.1000/182"}, "IsDerivedFrom", "doi:10.1000/182"),
        ({"prov:wasDerivedFrom": {"@id": "https://doi.org/10.1000/182"}}, "IsDerivedFrom", "doi:10.1000/182"),
        ({"isPartOf": {"url": "https://doi.org/10.1000/182"}}, "IsPartOf", "doi:10.1000/182"),
        ({"hasPart": {"identifier": {"propertyID": "doi", "value": "10.1000/182"}}}, "HasPart", "doi:10.1000/182"),
        ({"citation": "A paper"}, "Cites", "A paper"),
        ({"subjectOf": {"name": "A talk"}}, "IsDocumentedBy", "A talk"),
        ({"mentions": {"@type": "Thing", "@id": "#x"}}, None, None),
    ],
)
def test_a_relation_leads_to_an_identifier_or_a_title(
    properties: dict[str, Any], type_: str | None, other: str | None
) -> None:
    told = [(found.type, str(found.identifier or found.title)) for found in view(**properties).resource.relations]
    assert told == ([(type_, other)] if type_ else [])
