"""rdflib and the prov package read the provenance that fairkit writes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import RDF, RDFS, Graph, Literal, Namespace
from rdflib.compare import isomorphic

from fairkit.dialects import prov
from fairkit.model.resource import Resource
from tests.dialects.resources import resources

from . import works
from .environments import ask

PROV = Namespace("http://www.w3.org/ns/prov#")
SPDX = Namespace("http://spdx.org/rdf/terms#")

# The JSON-LD parser of rdflib 7 warns of a class that it uses itself.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


def turtle(resource: Resource) -> Graph:
    return Graph().parse(data=prov.write(resource, form="turtle"), format="turtle", publicID="https://example.org/")


def test_steps_files_digests_and_agents_are_there() -> None:
    graph, work = turtle(works.example()), works.example()
    assert len(list(graph.subjects(RDF.type, PROV.Activity))) == len(work.activities) == 1
    made = {str(graph.value(one, RDFS.label)) for one in graph.objects(None, PROV.generated)}
    assert made == {"train.root", "train.h5", "train.parquet", "test.root", "test.h5", "test.parquet"}
    [collection] = graph.subjects(RDF.type, PROV.Collection)
    members = set(graph.objects(collection, PROV.hadMember))
    assert set(graph.objects(None, PROV.generated)) <= members
    assert all(graph.value(one, SPDX.checksum) for one in members)
    assert len(list(graph.subjects(RDF.type, PROV.SoftwareAgent))) == 3
    assert (None, None, Literal("seed_train")) in graph


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(resource=resources())
def test_both_forms_say_the_same(resource: Resource) -> None:
    linked = Graph().parse(data=prov.write(resource), format="json-ld", publicID="https://example.org/")
    assert isomorphic(linked, turtle(resource))
    assert len(list(linked.subjects(RDF.type, PROV.Activity))) == len(resource.activities)


@pytest.mark.judge
def test_the_prov_package_reads_it() -> None:
    found = ask("prov_reader", prov.write(works.example(), form="turtle"))
    assert found["activities"] == ["generation"]
    assert found["kinds"]["ProvEntity"] >= 8
    assert found["kinds"]["ProvUsage"] == 1
    assert found["kinds"]["ProvGeneration"] == 7  # six files, and the work itself
    assert found["kinds"]["ProvAssociation"] == 3
