"""Measurements in the Data Quality Vocabulary, as somebody finds who asks the graph."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.query import ResultRow

from fairkit.assess.assessment import Assessment
from fairkit.report import Style, report

from .made import made, row, showcase
from .programs import NASTY, hostile

# The JSON-LD parser of rdflib 7 warns of a class that it uses itself.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

DQV = Namespace("http://www.w3.org/ns/dqv#")
PREFIXES = """
PREFIX dqv: <http://www.w3.org/ns/dqv#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX schema: <https://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX fair: <https://w3id.org/fair/principles/terms/>
"""


def graph(*assessments: Assessment) -> Graph:
    return Graph().parse(data=report("dqv").render(assessments, style=Style()), format="json-ld")


def asked(data: Graph, question: str) -> list[tuple[Any, ...]]:
    found = []
    for one in data.query(PREFIXES + question):
        assert isinstance(one, ResultRow)
        found.append(tuple(term.toPython() if isinstance(term, Literal) else term and str(term) for term in one))
    return sorted(found, key=str)


def test_what_was_decided_is_measured() -> None:
    rows = (
        row("a", points=2),
        row("b", "partial", points=1),
        row("c", "fail", principle="R1.1"),
        row("d", "unknown"),
        row("e", "not-applicable", possible=0),
    )
    found = asked(
        graph(made(*rows)),
        """SELECT ?name ?value ?dimension {
             ?m a dqv:QualityMeasurement; dqv:value ?value; dqv:isMeasurementOf ?metric .
             ?metric a dqv:Metric; dcterms:identifier ?name; dqv:inDimension ?dimension }""",
    )
    terms = "https://w3id.org/fair/principles/terms/"
    assert found == [("a", 1.0, f"{terms}F1"), ("b", 0.5, f"{terms}F1"), ("c", 0.0, f"{terms}R1.1")]


def test_a_score_is_measured_with_the_most_that_it_may_be() -> None:
    found = asked(
        graph(made(scores={"F": (0.5, 0.75), "R": (1, 1)})),
        """SELECT ?name ?value ?most {
             ?m dqv:value ?value; dqv:isMeasurementOf/dcterms:identifier ?name
             OPTIONAL { ?m schema:maxValue ?most } }""",
    )
    assert found == [("score-F", 0.5, 0.75), ("score-R", 1.0, None)]


def test_every_measurement_tells_of_what_from_what_by_whom_and_when() -> None:
    data = graph(showcase(), showcase("fair4hep"))
    count = len(set(data.subjects(RDF.type, DQV.QualityMeasurement)))
    assert count > 50
    told = asked(
        data,
        """SELECT (COUNT(DISTINCT ?m) AS ?n) ?when {
             ?m a dqv:QualityMeasurement;
                dqv:computedOn <https://doi.org/10.7483/OPENDATA.CMS.JGJX.MS7Q>;
                prov:wasDerivedFrom ?document; prov:wasGeneratedBy ?activity; prov:wasAttributedTo ?agent;
                prov:generatedAtTime ?when .
             ?document a prov:Entity; dcterms:title "showcase:12102/native.json" .
             ?activity a prov:Activity; prov:used <https://doi.org/10.7483/OPENDATA.CMS.JGJX.MS7Q> .
             ?agent a prov:SoftwareAgent; dcterms:title "fairkit" } GROUP BY ?when""",
    )
    assert told == [(count, datetime(2026, 11, 21, tzinfo=UTC))]


def test_a_document_is_named_by_its_content() -> None:
    data = graph(made(urls=["a.json"]))
    (document,) = data.subjects(URIRef("http://purl.org/dc/terms/title"), Literal("a.json"))
    assert document == URIRef("ni:///sha-256;AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")


def test_the_showcase_is_said_to_be_one() -> None:
    question = "SELECT ?said { ?a a prov:Activity; dcterms:description ?said }"
    assert len(asked(graph(showcase()), question)) == 1
    assert asked(graph(made()), question) == []


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_whatever_strangers_write_is_a_graph_that_can_be_written_anew(text: str) -> None:
    data = graph(hostile(text))
    assert len(Graph().parse(data=data.serialize(format="nt"), format="nt")) == len(data) > 20
