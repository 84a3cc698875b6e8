"""Nodes of JSON-LD: properties under any spelling, references, types, and the main node."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.dialects._jsonld import main_node, mentions_schema_org


@pytest.mark.parametrize(
    ("context", "key"),
    [
        ("https://schema.org/", "name"),
        ("https://schema.org/", "schema:name"),
        ("https://schema.org/", "http://schema.org/name"),
        (None, "https://schema.org/name"),
        ({"s": "http://schema.org/"}, "s:name"),
        (["https://example.org/", {"s": "https://schema.org/"}], "s:name"),
        ({"titel": "https://schema.org/name"}, "titel"),
        ({"titel": {"@id": "schema:name"}}, "titel"),
        ({"s": "https://schema.org/", "titel": "s:name"}, "titel"),
    ],
)
def test_a_property_is_found_under_any_spelling(context: Any, key: str) -> None:
    node = main_node({"@context": context, "@type": "Dataset", key: "Toy"})
    assert node.text("name") == "Toy"
    assert node.get("name")[1] == "/" + key.replace("/", "~1")


@pytest.mark.parametrize("key", ["Name", "dc:name", "http://example.org/name", "x", "schema:name/x"])
def test_other_properties_are_other_properties(key: str) -> None:
    assert main_node({"@type": "Dataset", key: "Toy"}).get("name") == (None, "")


def test_the_first_of_several_names_counts() -> None:
    node = main_node({"@type": "Dataset", "name": "", "headline": "H", "prov:used": "U"})
    assert node.get("name", "headline") == ("H", "/headline")
    assert node.text("prov:used") == "U"


@pytest.mark.parametrize(
    ("types", "names"),
    [
        ("Dataset", ("Dataset",)),
        (["schema:Dataset", "http://schema.org/Thing"], ("Dataset", "Thing")),
        ("http://www.w3.org/ns/dcat#Dataset", ("Dataset",)),
        (None, ()),
        (3, ("3",)),
    ],
)
def test_types_are_named_without_namespace(types: Any, names: tuple[str, ...]) -> None:
    assert main_node({"@type": types}).types == names


@pytest.mark.parametrize(
    ("id_", "own"),
    [
        ("https://example.org", "https://example.org"),
        ("_:b0", None),
        ("#x", None),
        ("./x", None),
        (3, "3"),
        (None, None),
    ],
)
def test_an_id_inside_the_document_is_no_id(id_: Any, own: str | None) -> None:
    assert main_node({"@id": id_}).id == own


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ({"@type": "Dataset"}, ""),
        ([{"@type": "Person"}, {"@type": "Dataset"}], "/1"),
        ({"@graph": [{"@type": "CreativeWork"}, {"@type": "Dataset"}]}, "/@graph/1"),
        ({"@type": "WebPage", "mainEntity": {"@type": "Dataset"}}, "/mainEntity"),
        ({"@type": "WebPage", "mainEntity": [{}, {"@type": "Dataset"}]}, "/mainEntity/1"),
        ([{"@type": "Person"}], "/0"),
        ([], ""),
        (3, ""),
    ],
)
def test_the_main_node_is_the_first_of_a_kind_that_we_know(data: Any, pointer: str) -> None:
    assert main_node(data).pointer == pointer


def test_a_reference_is_the_node_that_it_names() -> None:
    node = main_node([{"@id": "#d", "@type": "Dataset", "creator": {"@id": "#a"}}, {"@id": "#a", "name": "Ada"}])
    child = node.child(node.value("creator"))
    assert child is not None
    assert child.text("name") == "Ada"
    assert node.inner(node.value("creator")).text("name") is None
    unknown = node.child({"@id": "#nobody"})
    assert unknown is not None
    assert unknown.text("name") is None
    assert node.child({"@value": "x"}) is None
    assert node.child("x") is None


@pytest.mark.parametrize(
    ("data", "speaks"),
    [
        ({"@context": "https://schema.org"}, True),
        ({"@context": "http://schema.org/"}, True),
        ({"@context": {"@vocab": "https://schema.org/"}}, True),
        ([{"@context": ["https://example.org", {"s": "http://schema.org/"}]}], True),
        ({"http://schema.org/name": "x"}, True),
        ({"@context": "https://w3id.org/ro/crate/1.1/context"}, False),
        ({"@context": {"x": {"@id": 3}}}, False),
        ({"name": "https://schema.org"}, False),
        ("https://schema.org", False),
    ],
)
def test_a_document_speaks_schema_org_by_its_context_or_its_iris(data: Any, speaks: bool) -> None:
    assert mentions_schema_org(data) is speaks
