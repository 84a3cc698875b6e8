"""schema.org as it is found in the wild: spellings, contexts, references, and values of the wrong type."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.dialects import schema_org
from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.model.resource import OF_MODELS
from fairkit.model.variable import Variable

from .documents import ANY_JSON, assert_sane, mutants, read, read_json

PAGE: dict[str, Any] = {
    "@context": "https://schema.org/",
    "@type": "Dataset",
    "@id": "https://doi.org/10.5281/zenodo.1",
    "name": "Toy jets",
    "headline": "not asked",
    "alternateName": "/Toy/Jets",
    "description": "<p>Jets for a bar</p>",
    "url": "https://example.org/jets",
    "identifier": [
        "https://doi.org/10.5281/zenodo.1",
        {"@type": "PropertyValue", "propertyID": "ark", "value": "12148/btv1b8449691v"},
    ],
    "keywords": "jets, toys , jets",
    "about": {"@type": "DefinedTerm", "name": "Physics", "inDefinedTermSet": "FOS", "termCode": "1.3"},
    "inLanguage": {"@type": "Language", "name": "en"},
    "creator": [
        {
            "@type": "Person",
            "givenName": "Ada",
            "familyName": "Example",
            "sameAs": "https://orcid.org/0000-0002-1825-0097",
            "affiliation": {"@type": "Organization", "name": "CERN", "@id": "https://ror.org/01ggx4157"},
        },
        {"@type": "Organization", "name": "The Toys"},
    ],
    "contributor": "Bob",
    "publisher": {"@type": "Organization", "name": "The Portal"},
    "funding": {
        "@type": "Grant",
        "identifier": "42",
        "name": "Toys",
        "funder": {"@type": "Organization", "name": "Example Fund"},
    },
    "creditText": "Example, A.: Toy jets",
    "dateCreated": "2026",
    "datePublished": "2026-05-31",
    "dateModified": {"@type": "Date", "@value": "2026-06-01"},
    "version": 2,
    "license": {"@type": "CreativeWork", "name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "isAccessibleForFree": True,
    "conditionsOfAccess": "none",
    "includedInDataCatalog": {"@type": "DataCatalog", "name": "A catalogue"},
    "distribution": [
        {
            "@type": "DataDownload",
            "contentUrl": "https://example.org/jets.csv",
            "contentSize": "12.3 MB",
            "encodingFormat": "text/csv",
            "sha256": "AB",
        },
        "https://example.org/more.csv",
    ],
    "encodingFormat": ["csv"],
    "contentSize": {"@type": "QuantitativeValue", "value": 12.3, "unitText": "MB"},
    "variableMeasured": [
        "eta",
        {"@type": "PropertyValue", "name": "pt", "unitText": "GeV", "description": "momentum", "minValue": 20},
    ],
    "measurementTechnique": "Pythia",
    "usageInfo": "read it",
    "codeRepository": "https://github.com/toy/jets",
    "softwareRequirements": "Python",
    "dct:conformsTo": {"@id": "https://example.org/profile"},
    "isBasedOn": {"@id": "https://doi.org/10.1000/182"},
    "citation": "A paper without identifier",
}
OURS_ONLY = OF_MODELS | {
    "embargo_until", "entry_count", "file_count", "splits", "activities", "validation", "usage_rules", "type",
    "supersedes", "superseded_by",
}  # fmt: skip


def test_a_rich_page_fills_all_that_schema_org_has_a_word_for() -> None:
    view = read_json("schema-org", PAGE)
    assert_sane(view)
    assert view.faults == ()
    assert schema_org.HOLDS - view.pointers.keys() == OURS_ONLY


def test_the_fields_of_a_rich_page() -> None:
    resource = read_json("schema-org", PAGE).resource
    assert [str(i) for i in resource.identifiers] == ["doi:10.5281/zenodo.1", "ark:12148/btv1b8449691v"]
    assert (resource.title, resource.description) == ("Toy jets", "Jets for a bar")
    assert resource.keywords == ("jets", "toys")
    assert (resource.version, resource.language, resource.date_modified) == ("2", "en", "2026-06-01")
    assert (resource.license, resource.access) == ("CC-BY-4.0", "open")
    assert (resource.byte_size, resource.catalogue) == (12_300_000, "A catalogue")
    assert resource.conforms_to == ("https://example.org/profile",)
    assert resource.variables == (
        Variable(name="eta"),
        Variable(name="pt", unit="GeV", description="momentum", range=(20, None)),
    )
    assert [(r.type, str(r.identifier or r.title)) for r in resource.relations] == [
        ("IsDerivedFrom", "doi:10.1000/182"),
        ("Cites", "A paper without identifier"),
    ]
    assert (resource.funding[0].funder.name, resource.funding[0].award) == ("Example Fund", "42")
    first, second = resource.distributions
    assert (first.name, first.byte_size, first.media_type) == ("jets.csv", 12_300_000, "text/csv")
    assert first.checksums[0].value == "ab"
    assert second.name == "more.csv"


def expanded(node: Any) -> Any:
    """The page with every IRI written out and every value in a list, as a JSON-LD processor expands it."""
    if isinstance(node, list):
        return [item for one in node for item in expanded(one)]
    if not isinstance(node, dict):
        return [{"@value": node}]
    if "@value" in node:
        return [{"@value": node["@value"]}]
    names = {key: key if key[0] == "@" else f"http://schema.org/{key}" for key in node if key != "@context"}
    names |= {key: key.replace("dct:", "http://purl.org/dc/terms/") for key in node if key.startswith("dct:")}
    found = {name: expanded(node[key]) if key[0] != "@" else node[key] for key, name in names.items()}
    return [found | {"@type": [f"http://schema.org/{node['@type']}"]}] if "@type" in node else [found]


def prefixed(node: Any, prefix: str) -> Any:
    if isinstance(node, list):
        return [prefixed(item, prefix) for item in node]
    if not isinstance(node, dict):
        return node
    return {key if key[0] == "@" or ":" in key else f"{prefix}:{key}": prefixed(node[key], prefix) for key in node}


SPELLINGS = {
    "http": PAGE | {"@context": "http://schema.org"},
    "context in a list": PAGE | {"@context": ["https://schema.org/", {"dct": "http://purl.org/dc/terms/"}]},
    "vocabulary": PAGE | {"@context": {"@vocab": "http://schema.org/"}},
    "a list": [PAGE],
    "a graph": {"@context": "https://schema.org/", "@graph": [{"@type": "WebPage", "name": "no"}, PAGE]},
    "behind a page": {"@context": "https://schema.org/", "@type": "WebPage", "mainEntity": PAGE},
    "schema prefix": prefixed(PAGE, "schema") | {"@context": {"schema": "https://schema.org/"}},
    "own prefix": prefixed(PAGE, "s") | {"@context": {"s": "http://schema.org/"}},
    "expanded": expanded(PAGE),
}


@pytest.mark.parametrize("data", SPELLINGS.values(), ids=SPELLINGS)
def test_every_spelling_tells_the_same(data: Any) -> None:
    assert schema_org.recognises(data)
    view = read_json("schema-org", data)
    assert_sane(view)
    assert view.resource == read_json("schema-org", PAGE).resource


def test_names_that_a_context_gives_are_understood() -> None:
    context = {"titel": "schema:name", "lizenz": {"@id": "http://schema.org/license", "@type": "@id"}}
    resource = read_json(
        "schema-org", {"@context": context, "@type": "Dataset", "titel": "T", "lizenz": "MIT"}
    ).resource
    assert (resource.title, resource.license) == ("T", "MIT")


def test_references_are_followed_inside_the_document() -> None:
    graph = [
        {"@id": "#d", "@type": "Dataset", "creator": [{"@id": "#a"}], "distribution": {"@id": "#f"}},
        {"@id": "#a", "@type": "Person", "name": "Ada", "affiliation": {"@id": "#a"}},
        {"@id": "#f", "@type": "DataDownload", "contentUrl": "https://example.org/a.csv"},
    ]
    view = read_json("schema-org", {"@context": "https://schema.org", "@graph": graph})
    assert view.resource.creators == (
        Agent(name="Ada", type="person", affiliations=(Agent(name="Ada", type="person"),)),
    )
    assert view.resource.distributions[0].name == "a.csv"
    assert view.resource.identifiers == ()


def test_every_document_of_the_portal_is_read(shared: Path) -> None:
    every = sorted(shared.glob("data/cern-open-data/derived/*.jsonld"))
    assert every
    for path in every:
        view = read("schema-org", path.read_bytes())
        assert_sane(view)
        assert view.faults == ()
        assert {"identifiers", "title", "landing_page", "publisher"} <= view.pointers.keys()
        assert not {"license", "distributions", "variables", "relations"} & view.pointers.keys()


def test_a_page_without_creator_or_slug_is_read() -> None:
    page = PAGE | {"creator": None, "url": "http://opendata.cern.ch/docs/None", "dateCreated": "0"}
    view = read_json("schema-org", page)
    assert view.resource.creators == ()
    assert view.resource.identifiers[0] == Identifier(scheme="doi", value="10.5281/zenodo.1")


@pytest.mark.parametrize("data", [None, 3, [], {}, {"name": "x"}, {"@context": "https://w3id.org/ro/crate/1.1"}, [[]]])
def test_other_json_is_not_recognised(data: Any) -> None:
    assert not schema_org.recognises(data)
    assert_sane(read_json("schema-org", data))


def test_references_that_multiply_end() -> None:
    nodes = [{"@id": f"#{n}", "name": "x", "affiliation": [{"@id": f"#{n + 1}"}] * 9} for n in range(30)]
    graph = [{"@type": "Dataset", "creator": [{"@id": "#0"}] * 9}, *nodes]
    view = read_json("schema-org", {"@context": "https://schema.org", "@graph": graph})
    assert len(view.resource.creators) == 9


def test_values_of_the_wrong_type_never_stop_the_reading() -> None:
    for pointer, data in mutants(PAGE):
        try:
            assert_sane(read_json("schema-org", data))
        except Exception as error:
            raise AssertionError(f"at {pointer}") from error


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(PAGE)), ANY_JSON))
def test_any_json_in_any_property_is_read(changes: dict[str, Any]) -> None:
    assert_sane(read_json("schema-org", PAGE | changes))
