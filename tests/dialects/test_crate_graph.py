"""Nodes within nodes become nodes side by side."""

from __future__ import annotations

from fairkit.dialects._crate_graph import flat


def test_what_stood_within_is_referred_to() -> None:
    root = {"@id": "./", "author": [{"@id": "a", "@type": "Person", "name": "Ada"}, {"@type": "Person", "name": "Bo"}]}
    assert flat(root) == [
        {"@id": "./", "author": [{"@id": "a"}, {"@id": "#person-1"}]},
        {"@id": "a", "@type": "Person", "name": "Ada"},
        {"@id": "#person-1", "@type": "Person", "name": "Bo"},
    ]


def test_things_that_are_alike_are_told_once() -> None:
    home = {"@type": "Organization", "name": "CERN"}
    root = {"@id": "./", "author": [{"@id": "a", "@type": "Person", "affiliation": home}, home]}
    assert [node["@id"] for node in flat(root)] == ["./", "a", "#organization-1"]


def test_another_that_claims_an_id_gets_its_own() -> None:
    root = {"@id": "./", "author": [{"@id": "a", "@type": "Person", "name": name} for name in ("Ada", "Not Ada")]}
    assert flat(root)[2] == {"@id": "#person-1", "@type": "Person", "name": "Not Ada", "sameAs": "a"}


def test_one_thing_stands_for_the_list_of_it_but_for_keywords() -> None:
    assert flat({"@id": "./", "requires": ["x"], "keywords": ["a, b"]}) == [
        {"@id": "./", "requires": "x", "keywords": ["a, b"]}
    ]


def test_what_has_no_name_is_called_by_what_it_has() -> None:
    size = {"@type": "QuantitativeValue", "value": 3, "unitText": "files"}
    paper = {"@id": "https://example.org/", "@type": "CreativeWork"}
    assert [node.get("name") for node in flat({"@id": "./", "size": size, "citation": paper})] == [
        None,
        "files",
        "https://example.org/",
    ]


def test_a_node_that_holds_itself_by_reference_ends() -> None:
    assert flat({"@id": "./", "hasPart": {"@id": "./"}}) == [{"@id": "./", "hasPart": {"@id": "./"}}]
