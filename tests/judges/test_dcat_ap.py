"""The SHACL shapes of DCAT-AP 3.0.1 judge what fairkit writes; rdflib reads it in both forms."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from pyshacl import validate
from rdflib import Graph, Namespace, URIRef
from rdflib.compare import isomorphic

from fairkit.dialects import dcat_ap
from fairkit.model.resource import Resource

from . import works

SHACL = Namespace("http://www.w3.org/ns/shacl#")
DCT = Namespace("http://purl.org/dc/terms/")
DCAT = Namespace("http://www.w3.org/ns/dcat#")

# The JSON-LD parser of rdflib 7 warns of a class that it uses itself.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


@pytest.fixture(scope="module")
def shapes(shared: Path) -> Graph:
    """The shapes and the ranges; what these only name, and do not say the path of, cannot be judged by."""
    folder = shared / "data" / "judges" / "dcat-ap"
    graph = Graph().parse(folder / "dcat-ap-SHACL.ttl").parse(folder / "ranges.ttl")
    for part in {one for one in graph.objects(None, SHACL.property) if (one, SHACL.path, None) not in graph}:
        graph.remove((None, None, part))
        graph.remove((part, None, None))
    return graph


def faults(shapes: Graph, resource: Resource) -> str:
    """What the shapes say against a written work; nothing if they take it."""
    graph = Graph().parse(data=dcat_ap.write(resource), format="turtle")
    conforms, _, told = validate(graph, shacl_graph=shapes)
    return "" if conforms else told


def test_the_judge_judges(shapes: Graph) -> None:
    assert "title" in faults(shapes, Resource(description="No title."))


def test_the_example_conforms(shapes: Graph) -> None:
    assert faults(shapes, works.example()) == ""


def test_a_model_and_its_data_conform(shapes: Graph) -> None:
    assert faults(shapes, works.model()) == ""


@pytest.mark.parametrize("number", works.RECORDS)
def test_records_conform(shapes: Graph, shared: Path, number: str) -> None:
    assert faults(shapes, works.record(shared, number)) == ""


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(resource=works.complete())
def test_any_work_with_a_title_and_a_description_conforms(shapes: Graph, resource: Resource) -> None:
    assert faults(shapes, resource) == ""


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(resource=works.complete())
def test_both_forms_say_the_same(resource: Resource) -> None:
    turtle = Graph().parse(data=dcat_ap.write(resource), format="turtle", publicID="https://example.org/")
    linked = dcat_ap.write(resource, form="json-ld")
    assert isomorphic(turtle, Graph().parse(data=linked, format="json-ld", publicID="https://example.org/"))


def test_what_a_portal_looks_for_is_there(shared: Path) -> None:
    graph = Graph().parse(data=dcat_ap.write(works.record(shared, "12102")), format="turtle")
    own = URIRef("https://doi.org/10.7483/OPENDATA.CMS.JGJX.MS7Q")
    for property_ in (
        DCT.title,
        DCT.description,
        DCT.creator,
        DCT.publisher,
        DCT.license,
        DCT.issued,
        DCAT.landingPage,
    ):
        assert (own, property_, None) in graph, property_
    assert len(list(graph.objects(own, DCAT.distribution))) == 8
