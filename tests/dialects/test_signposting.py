"""Signposting: what typed links say about a work."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from fairkit.dialects import signposting
from fairkit.errors import UnreadableDocument
from fairkit.model.distribution import Distribution
from fairkit.model.harvest import View
from fairkit.model.identifier import Identifier

from .documents import ANY_JSON, assert_sane, mutants, read, read_json

PAGE = "there"


def link(href: str, rel: str, **more: Any) -> dict[str, Any]:
    return {"href": href, "rel": rel, "type": None, "profile": None, "anchor": None, "from": "header"} | more


RICH = [
    link("https://doi.org/10.5072/toy.1", "cite-as"),
    link("https://orcid.org/0000-0002-1825-0097", "author"),
    link("https://repo.example.org/people/7", "author"),
    link("https://creativecommons.org/licenses/by/4.0/", "license"),
    link("https://schema.org/AboutPage", "type"),
    link("https://schema.org/Dataset", "type"),
    link("https://repo.example.org/files/jets%20a.csv", "item", type="text/csv"),
    link("https://repo.example.org/files/jets.h5", "item", type="application/x-hdf5", **{"from": "html"}),
    link("https://repo.example.org/files/more.csv", "item", type="text/csv"),
    link("https://repo.example.org/export/json-ld", "describedby", type="application/ld+json"),
    link("https://doi.org/10.5072/toy.all", "collection"),
]


def test_the_relations_of_the_profile_are_read() -> None:
    view = read_json("signposting", RICH)
    work = view.resource
    assert_sane(view)
    assert work.kind == "dataset"
    assert work.identifiers == (Identifier(scheme="doi", value="10.5072/toy.1"),)
    assert [(one.name, one.type, len(one.identifiers)) for one in work.creators] == [
        ("https://orcid.org/0000-0002-1825-0097", "person", 1),
        ("https://repo.example.org/people/7", "agent", 1),
    ]
    assert (work.license, work.type, work.listing) == ("CC-BY-4.0", "https://schema.org/Dataset", "complete")
    assert work.distributions[0] == Distribution(
        name="jets a.csv", content_url="https://repo.example.org/files/jets%20a.csv", media_type="text/csv"
    )
    assert work.formats == ("text/csv", "application/x-hdf5")
    assert [(one.type, str(one.identifier)) for one in work.relations] == [("IsPartOf", "doi:10.5072/toy.all")]
    assert view.pointers["license"] == "/3"


@pytest.mark.parametrize(
    ("rows", "field", "value"),
    [
        ([link("https://x.org/terms", "license")], "license", "https://x.org/terms"),
        ([link("https://x.org/", "item")], "distributions", (Distribution(name="https://x.org/", content_url="https://x.org/"),)),
        ([link("http://[", "item")], "distributions", (Distribution(name="http://[", content_url="http://["),)),
        ([link("https://x.org/a", "item", anchor="https://other.org/")], "distributions", ()),
        ([link("https://x.org/t", "type")], "type", None),
        ([link("https://x.org/a", "ITEM"), link("https://x.org/a", "item")], "listing", "complete"),
    ],
)  # fmt: skip
def test_single_links(rows: list[dict[str, Any]], field: str, value: Any) -> None:
    assert getattr(read_json("signposting", rows).resource, field) == value


def test_links_without_signposting_are_not_asked_for_the_rest() -> None:
    few = read_json("signposting", [link("https://x.org/terms", "license")])
    assert few.known == {"license"}
    assert read_json("signposting", RICH).known == signposting.HOLDS


def check(view: View) -> None:
    assert view.pointers.keys() <= view.known <= signposting.HOLDS


def test_one_wrong_value_harms_nothing_else() -> None:
    for _, mutant in mutants(RICH[:7], depth=2):
        check(read_json("signposting", mutant))


@given(ANY_JSON)
def test_any_json_can_be_read(data: Any) -> None:
    check(read_json("signposting", data))


def test_what_is_no_json_is_unreadable() -> None:
    with pytest.raises(UnreadableDocument):
        read("signposting", "<html>")


@pytest.mark.parametrize(
    ("data", "is_ours"),
    [(RICH, True), ([], False), ([{"href": "x"}], False), ({"linkset": []}, False), (RICH[0], False)],
)
def test_a_list_of_links_is_recognised(data: Any, is_ours: bool) -> None:
    assert signposting.recognises(json.loads(json.dumps(data))) is is_ours
