"""What becomes an IRI, a date or a digest in a graph, and what stays a text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal

from fairkit.dialects._rdf import Node, checksum, iri, moment, relative, written
from fairkit.model.distribution import Checksum


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/%7Bx%zz", "https://example.org/%7Bx%25zz"),
        ("https://example.org/<\">{}|\\^`", "https://example.org/%3C%22%3E%7B%7D%7C%5C%5E%60"),
        ("root://eos.example.org//a/b.root", "root://eos.example.org//a/b.root"),
        ("urn:isbn:1", "urn:isbn:1"),
        ("dct:title", None),
        ("no address", None),
        ("C:\\data", None),
        ("https://a\nb", None),
        ("", None),
        (None, None),
    ],
)  # fmt: skip
def test_a_text_is_an_iri_or_none(text: str | None, found: str | None) -> None:
    assert iri(text) == found


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("2026", "2026", "xsd:gYear"),
        ("2026-11", "2026-11", "xsd:gYearMonth"),
        ("2026-11-01", "2026-11-01", "xsd:date"),
        ("2026-11-01T10:00:00Z", "2026-11-01T10:00:00Z", "xsd:dateTime"),
        ("2026-11-01 10:00:00.5+01:00", "2026-11-01T10:00:00.5+01:00", "xsd:dateTime"),
        ("2026-13", None, None),
        ("0000", None, None),
        ("2026-02-30", None, None),
        ("2026-11-01T25:00:00", None, None),
        ("soon", None, None),
        ("２０２６", None, None),
        (None, None, None),
    ],
)
def test_a_moment_is_as_exact_as_it_is_told(text: str | None, value: str | None, kind: str | None) -> None:
    assert moment(text) == ({"@value": value, "@type": kind} if value else None)


def test_the_strongest_digest_is_told() -> None:
    sums = [Checksum(algorithm=name, value=value) for name, value in (("md5", "aa"), ("sha256", "bb"), ("toy", "cc"))]
    found = checksum(sums)
    assert found is not None
    assert found["spdx:checksumValue"] == {"@value": "bb", "@type": "xsd:hexBinary"}
    assert checksum([Checksum(algorithm="sha256", value="xyz"), Checksum(algorithm="md5", value="abc")]) is None


@given(st.text(min_size=1))
def test_any_path_and_any_text_can_be_written_and_read(text: str) -> None:
    node: Node = {"@id": relative(text), "@type": "prov:Entity", "rdfs:label": text, "dct:relation": {"@id": iri(text)}}
    node = {key: value for key, value in node.items() if value != {"@id": None}}
    graph = Graph().parse(data=written(node, "turtle"), format="turtle")
    assert (None, None, Literal(text.encode(errors="replace").decode())) in graph or not text.isprintable()
    assert json.loads(written(node, "json-ld"))["@type"] == "prov:Entity"


def test_the_same_node_gives_the_same_document() -> None:
    node: Node = {"@type": "prov:Entity", "dct:relation": [{"rdfs:label": "a"}, {"rdfs:label": "b"}]}
    assert written(node, "turtle") == written(node, "turtle")
