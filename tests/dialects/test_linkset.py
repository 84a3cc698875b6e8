"""Link sets: what others serve, what fairkit writes, and how the house's own reader of links takes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairkit.dialects import linkset
from fairkit.errors import UnreadableDocument
from fairkit.model.agent import Agent
from fairkit.model.distribution import Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource
from fairkit.sources import _links

from .documents import ANY_JSON, assert_sane, mutants, read, read_json
from .resources import resources

PAGE = "https://example.org/jets"
DOI = Identifier(scheme="doi", value="10.5281/zenodo.1")
ORCID = Identifier(scheme="orcid", value="0000-0002-1825-0097")
JETS = Resource(
    identifiers=(DOI,),
    landing_page=PAGE,
    creators=(Agent(name="Example, Ada", type="person", identifiers=(ORCID,)), Agent(name="Nobody")),
    license="CC-BY-4.0",
    distributions=(
        Distribution(name="a b.csv", content_url="https://example.org/a b.csv", media_type="text/csv"),
        Distribution(name="local.csv"),
    ),
    relations=(
        Relation(type="IsPartOf", identifier=Identifier(scheme="doi", value="10.1000/182")),
        Relation(type="Cites", identifier=Identifier(scheme="doi", value="10.1000/183")),
    ),
    superseded_by=(Identifier(scheme="doi", value="10.5281/zenodo.2"),),
)
WRITTEN = {
    "linkset": [
        {
            "anchor": PAGE,
            "cite-as": [{"href": "https://doi.org/10.5281/zenodo.1"}],
            "type": [{"href": "https://schema.org/AboutPage"}, {"href": "https://schema.org/Dataset"}],
            "author": [{"href": "https://orcid.org/0000-0002-1825-0097"}],
            "license": [{"href": "https://creativecommons.org/licenses/by/4.0/"}],
            "item": [{"href": "https://example.org/a%20b.csv", "type": "text/csv"}],
            "collection": [{"href": "https://doi.org/10.1000/182"}],
            "successor-version": [{"href": "https://doi.org/10.5281/zenodo.2"}],
        },
        {
            "anchor": "https://example.org/a%20b.csv",
            "collection": [{"href": PAGE, "type": "text/html"}],
        },
    ]
}


def test_the_links_of_a_page_and_back() -> None:
    assert json.loads(linkset.write(JETS)) == WRITTEN


def test_what_is_written_is_read_back() -> None:
    view = read("linkset", linkset.write(JETS))
    assert_sane(view)
    after = view.resource
    assert (after.kind, after.landing_page, after.license) == ("dataset", PAGE, "CC-BY-4.0")
    assert (after.identifiers, after.superseded_by) == (JETS.identifiers, JETS.superseded_by)
    assert after.relations == JETS.relations[:1]
    assert view.pointers["license"] == "/linkset/0/license/0"


def test_the_reader_of_links_of_pages_takes_it() -> None:
    found = _links.linkset(linkset.write(JETS), PAGE)
    own = [(link.rel, link.href) for link in found if link.anchor == PAGE]
    assert ("cite-as", "https://doi.org/10.5281/zenodo.1") in own
    assert len(found) == 9


@pytest.mark.shared
def test_a_real_repository_is_read(shared: Path) -> None:
    capture = json.loads((shared / "inveniordm/captures/086-export-application_linkset+json.json").read_bytes())
    view = read_json("linkset", capture["response"]["body"])
    assert_sane(view)
    assert (view.resource.kind, view.resource.license) == ("dataset", "CC-BY-4.0")
    assert len(view.resource.distributions) == 4


@pytest.mark.parametrize(
    ("licence", "pages"),
    [
        ("MIT OR Apache-2.0", 2),
        ("MIT AND Apache-2.0", 0),
        ("https://example.org/terms", 1),
        ("our own", 0),
        (None, 0),
    ],
)
def test_a_licence_is_linked_where_it_can_be_read(licence: str | None, pages: int) -> None:
    assert len(json.loads(linkset.write(Resource(license=licence)))["linkset"][0].get("license", ())) == pages


@pytest.mark.parametrize(
    ("data", "known"),
    [(WRITTEN, True), ({"linkset": []}, True), ({"linkset": [1]}, False), ({"linkset": {}}, False), ([WRITTEN], False)],
)
def test_it_is_known_by_its_one_key(data: Any, known: bool) -> None:
    assert linkset.recognises(data) is known


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(resources())
def test_any_resource_is_written_and_read(resource: Resource) -> None:
    assert_sane(read("linkset", linkset.write(resource)))


def test_values_of_the_wrong_type_never_stop_the_reading() -> None:
    for _, data in mutants(WRITTEN):
        assert_sane(read_json("linkset", data))


@given(st.dictionaries(st.sampled_from(sorted(WRITTEN["linkset"][0])), ANY_JSON))
def test_any_json_in_any_key_is_read(changes: dict[str, Any]) -> None:
    assert_sane(read_json("linkset", {"linkset": [WRITTEN["linkset"][0] | changes]}))


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(UnreadableDocument):
        read("linkset", "{")
