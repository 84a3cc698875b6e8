"""One table of shapes makes XML of the JSON names, and the same back."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from fairkit.dialects._datacite_tree import element, record_of, tree
from fairkit.dialects._datacite_writing import metadata
from fairkit.model.evidence import Document

from .written import RICH


def test_all_that_is_written_comes_back() -> None:
    record = {"doi": "10.1000/182", **metadata(RICH)}
    told = {name: value for name, value in record.items() if name not in ("url", "schemaVersion")}
    assert record_of(element(told)) == told


@pytest.mark.parametrize(
    ("record", "xml"),
    [
        ({}, "<resource />"),
        ({"doi": "x"}, "<resource><identifier>x</identifier></resource>"),
        ({"sizes": ["1", "2"]}, "<resource><sizes><size>1</size><size>2</size></sizes></resource>"),
        (
            {"types": {"resourceTypeGeneral": "Dataset"}},
            '<resource><resourceType resourceTypeGeneral="Dataset" /></resource>',
        ),
        (
            {"subjects": [{"subject": "x", "valueUri": "https://example.org/"}]},
            '<resource><subjects><subject valueURI="https://example.org/">x</subject></subjects></resource>',
        ),
        (
            {"creators": [{"name": "Doe, Jo", "familyName": "Doe", "givenName": "Jo", "nameType": "Personal"}]},
            '<resource><creators><creator><creatorName nameType="Personal">Doe, Jo</creatorName>'
            "<givenName>Jo</givenName><familyName>Doe</familyName></creator></creators></resource>",
        ),
        (
            {"fundingReferences": [{"funderName": "F", "awardUri": "https://example.org/"}]},
            "<resource><fundingReferences><fundingReference><funderName>F</funderName>"
            '<awardNumber awardURI="https://example.org/" /></fundingReference></fundingReferences></resource>',
        ),
    ],
)
def test_how_rows_are_written(record: dict[str, Any], xml: str) -> None:
    assert ElementTree.tostring(element(record), encoding="unicode") == xml
    assert record_of(ElementTree.fromstring(xml)) == record  # noqa: S314 (written above)


def test_names_are_read_without_their_namespaces() -> None:
    body = b'<a:resource xmlns:a="urn:x" xmlns:b="urn:y" b:version="9"><a:version>1</a:version></a:resource>'
    root = tree(Document(representation="datacite-xml", media_type="", url="", body=body))
    assert (root.tag, root.get("version"), record_of(root)) == ("resource", "9", {"version": "1"})
