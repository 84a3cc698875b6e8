"""DataCite's XML: valid to its schema, the same as the JSON, and read with care."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import lxml.etree
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.dialects import datacite_xml
from fairkit.errors import UnreadableDocument
from fairkit.model.resource import Resource

from .documents import assert_sane
from .resources import resources
from .test_datacite_writing import complete
from .written import BARE, HOSTILE, RICH, again, whole, written

KERNEL = "http://datacite.org/schema/kernel-4"
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;">]><resource xmlns="%s"><version>&c;</version></resource>'
THEIRS = f"""<?xml version="1.0"?>
<r:resource xmlns:r="{KERNEL}">
  <r:identifier identifierType="DOI">10.5281/zenodo.1</r:identifier>
  <r:creators><r:creator><r:creatorName nameType="Personal">Doe, Jo</r:creatorName>
    <r:nameIdentifier nameIdentifierScheme="ORCID">0000-0002-1825-0097</r:nameIdentifier></r:creator></r:creators>
  <r:titles><r:title>Toys</r:title><r:title titleType="AlternativeTitle">t</r:title></r:titles>
  <r:publicationYear>2026</r:publicationYear>
  <r:resourceType resourceTypeGeneral="Dataset"/>
  <r:descriptions><r:description descriptionType="Abstract">One<r:br/>two &lt;b&gt;</r:description></r:descriptions>
  <r:sizes><r:size>12 kB</r:size></r:sizes>
  <r:what><r:is/>this?</r:what>
</r:resource>""".encode()


@cache
def schema(path: Path) -> Any:
    return lxml.etree.XMLSchema(lxml.etree.parse(str(path)))


def faults(shared: Path, resource: Resource) -> str:
    """What the official schema says."""
    known = schema(shared / "data" / "judges" / "datacite" / "kernel-4.6" / "metadata.xsd")
    good = known.validate(lxml.etree.fromstring(datacite_xml.write(resource)))
    return "" if good else str(known.error_log)


def test_what_is_written_is_valid(shared: Path) -> None:
    for resource in (RICH, replace(RICH, kind="model"), BARE, *(complete(whole(text or "x")) for text in HOSTILE)):
        assert faults(shared, resource) == ""


@settings(max_examples=100)
@given(resource=resources())
def test_any_resource_that_has_what_is_required_is_valid(shared: Path, resource: Resource) -> None:
    assert faults(shared, complete(resource)) == ""


def test_a_document_of_others_is_read() -> None:
    view = written("datacite-xml", THEIRS)
    assert_sane(view)
    resource = view.resource
    assert [str(one) for one in resource.identifiers] == ["doi:10.5281/zenodo.1"]
    assert (resource.title, resource.alternate_title, resource.kind) == ("Toys", "t", "dataset")
    assert (resource.byte_size, resource.date_published) == (12_000, "2026")
    assert resource.creators[0].identifier("orcid") == "0000-0002-1825-0097"
    assert resource.description is not None


def test_the_identifier_is_pending_until_there_is_one() -> None:
    body = datacite_xml.write(BARE)
    assert b'<identifier identifierType="DOI">:tba</identifier>' in body
    assert written("datacite-xml", body).resource.identifiers == ()


def test_it_says_what_the_json_says() -> None:
    for resource in (RICH, BARE):
        assert (
            replace(again("datacite", resource).resource, landing_page=None) == again("datacite-xml", resource).resource
        )


@pytest.mark.parametrize(("body", "is_one"), [(THEIRS, True), (b"<resource/>", False), (b"", False)])
def test_it_is_told_from_other_xml(body: bytes, is_one: bool) -> None:
    assert datacite_xml.claims(body) == is_one


@pytest.mark.parametrize(
    "body",
    [
        LAUGHS % KERNEL.encode(),
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><resource/>',
        b"<a>" * 100_000,
        b"<a>" * 41 + b"</a>" * 41,
        b"<resource>" + b"<a/>" * 500_001 + b"</resource>",
        b"<resource>&undeclared;</resource>",
        b"<resource",
        b"",
        b'{"titles": []}',
        b'<?xml version="1.0" encoding="no-such"?><resource/>',
    ],
    ids=["laughs", "external", "endless", "deep", "many", "entity", "cut", "empty", "json", "encoding"],
)
def test_hostile_xml_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        written("datacite-xml", body)


@given(st.binary(max_size=200))
def test_bytes_are_read_or_refused(noise: bytes) -> None:
    for body in (noise, THEIRS.replace(b"Toys", noise), THEIRS.replace(b"r:title", noise)):
        with contextlib.suppress(UnreadableDocument):
            assert_sane(written("datacite-xml", body))
