"""What stands in documents beside their fields: addresses, typed links and classes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.checks import _pages
from fairkit.model.evidence import Evidence
from fairkit.model.harvest import merge
from fairkit.model.resource import Resource

from .judge import view


def test_addresses_are_found_in_json_and_in_markup() -> None:
    body = b'{"a": "https:\\/\\/qudt.org\\/vocab#x", "b": ["http://www.w3.org/ns/prov#used"]} <a href=\'http://x.org\'>'
    seen = view(Resource(), dialect="schema-org", body=body)
    assert list(_pages.addresses(seen, ["schema-org"])) == [
        "https://qudt.org/vocab#x",
        "http://www.w3.org/ns/prov#used",
        "http://x.org",
    ]
    assert list(_pages.addresses(seen, ["datacite"])) == []


@given(st.binary(max_size=200))
def test_any_bytes_can_be_searched(body: bytes) -> None:
    assert all(":" in found for found in _pages.addresses(view(Resource(), dialect="html", body=body), ["html"]))


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ([{"rel": "describedby", "type": "text/turtle"}, {"rel": "item", "type": "text/csv"}], ["text/turtle"]),
        ([{"rel": "alternate"}, "no link", {"rel": "alternate", "type": 7}], []),
        ({"rel": "describedby", "type": "text/turtle"}, []),
        (None, []),
    ],
)
def test_types_of_links_that_describe(data: Any, found: list[str]) -> None:
    assert _pages.linked_types(view(Resource(), dialect="signposting", data=data)) == found


@pytest.mark.parametrize(
    ("dialect", "data", "stated", "found"),
    [
        ("schema-org", {"@type": "Dataset"}, None, ["Dataset"]),
        ("schema-org", [{"@type": ["schema:Dataset", "https://schema.org/Map"]}], None, ["Dataset", "Map"]),
        ("schema-org", {"@graph": [{"@type": "WebPage"}, {"@type": 3}, 4]}, None, ["WebPage"]),
        ("html", {"rdfa": [{"@type": "http://schema.org/Dataset"}]}, "website", ["website", "Dataset"]),
        ("datacite", {"types": {}}, "Software", ["Software"]),
        ("datacite", {"types": {"resourceType": "Code", "schemaOrg": "Dataset", "x": 1}}, "Code", ["Code", "Dataset"]),
        ("datacite", None, None, []),
    ],
)
def test_types_are_fields_and_classes(dialect: str, data: Any, stated: str | None, found: list[str]) -> None:
    assert _pages.stated_types(view(Resource(type=stated), dialect=dialect, data=data)) == found


def test_only_the_documents_that_are_asked_for_say_a_type() -> None:
    views = [view(Resource(type="website"), dialect="html"), view(Resource(type="Model"), dialect="datacite")]
    seen = merge(Evidence(target="x", source="web"), views)
    assert _pages.stated_types(seen, ["datacite"]) == ["Model"]
