"""The JSON-LD that fairkit writes is read back whole, by us, and by a reader of RDF without any network."""

from __future__ import annotations

import json
import socket
from dataclasses import replace
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, Graph, Literal, URIRef

from fairkit.dialects import _jsonld_terms, schema_org
from fairkit.model.agent import Agent, Funding
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity, Relation
from fairkit.model.resource import Resource, Subject
from fairkit.model.variable import Split, Variable

from .documents import ANY_JSON, assert_sane, mutants, read, read_json
from .resources import resources

# The JSON-LD parser of rdflib 7 warns of a class that it uses itself.
rdf = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

DOI = Identifier(scheme="doi", value="10.5281/zenodo.1")
SDO = "https://schema.org/"
JETS = Resource(
    identifiers=(DOI,),
    title="Toy jets",
    catalogue="A catalogue",
    creators=(Agent(name="Example, Ada", type="person", affiliations=(Agent(name="CERN", type="organisation"),)),),
    license="CC-BY-4.0",
    access="open",
    keywords=("jets", "toys"),
    subjects=(Subject(name="Physics"),),
    listing="complete",
    distributions=(Distribution(name="jets.csv", byte_size=3, checksums=(Checksum(algorithm="sha256", value="ab"),)),),
    variables=(Variable(name="pt", unit="GeV", range=(20.0, None), shape=(None, 3)), Variable(name="n", shape=())),
    splits=(Split(name="train", entry_count=7, files=("jets.csv",)),),
    relations=(
        Relation(type="IsDerivedFrom", identifier=Identifier(scheme="doi", value="10.1000/182")),
        Relation(type="Documents", identifier=Identifier(scheme="doi", value="10.1000/183")),
    ),
    activities=(Activity(name="simulation", software=(Entity(name="Pythia"),), parameters=(("seed", "1"),)),),
    funding=(Funding(funder=Agent(name="Example Fund")),),
    implied_license="CC0-1.0",
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(resources())
def test_what_is_written_is_read_back(resource: Resource) -> None:
    view = read("schema-org", schema_org.write(resource))
    assert view.faults == ()
    assert view.resource == resource
    assert_sane(view)


def test_all_but_the_implied_licence_is_held() -> None:
    view = read("schema-org", schema_org.write(JETS))
    assert view.resource == replace(JETS, implied_license=None)
    assert view.origin("title") is not None
    assert view.pointers["title"] == "/name"


def test_licences_are_read_back_in_the_spelling_of_spdx() -> None:
    assert read("schema-org", schema_org.write(Resource(license="cc by 4.0"))).resource.license == "CC-BY-4.0"


def test_the_document_is_plain_schema_org_for_others() -> None:
    document = json.loads(schema_org.write(JETS))
    assert document["@type"] == "Dataset"
    assert document["@id"] == "https://doi.org/10.5281/zenodo.1"
    assert document["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert document["isAccessibleForFree"] is True
    assert document["includedInDataCatalog"] == {"@type": "DataCatalog", "name": "A catalogue"}
    assert document["isBasedOn"] == [{"@id": "https://doi.org/10.1000/182"}]
    assert document["keywords"] == ["jets", "toys"]
    assert document["creator"][0]["@type"] == "Person"
    assert document["about"] == [{"@type": "DefinedTerm", "name": "Physics"}]


@rdf
def test_any_reader_of_rdf_understands_it_without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("a context was to be fetched")

    monkeypatch.setattr(socket, "socket", closed)
    graph = Graph().parse(data=schema_org.write(JETS), format="json-ld")
    me = URIRef("https://doi.org/10.5281/zenodo.1")
    assert (me, RDF.type, URIRef(f"{SDO}Dataset")) in graph
    assert (me, URIRef(f"{SDO}license"), Literal("https://creativecommons.org/licenses/by/4.0/")) in graph
    assert (me, URIRef(f"{SDO}name"), Literal("Toy jets")) in graph
    assert (me, URIRef(f"{SDO}isBasedOn"), URIRef("https://doi.org/10.1000/182")) in graph
    assert len(set(graph.objects(me, URIRef(f"{SDO}variableMeasured")))) == 2
    assert len(set(graph.objects(me, URIRef("http://purl.org/dc/terms/relation")))) == 2
    assert (None, URIRef("https://w3id.org/fairkit/terms#valueRange"), None) in graph
    assert {Literal("seed"), Literal("1")} <= set(graph.objects())
    assert all(str(predicate).startswith("http") for predicate in graph.predicates())
    assert len(graph) > 60


@rdf
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(resources())
def test_every_document_is_rdf(resource: Resource) -> None:
    graph = Graph().parse(data=schema_org.write(resource), format="json-ld")
    assert (None, URIRef("https://w3id.org/fairkit/terms#kind"), Literal(resource.kind)) in graph


def test_lists_of_one_may_have_been_compacted() -> None:
    document = json.loads(schema_org.write(JETS))
    compacted = {k: v[0] if isinstance(v, list) and len(v) == 1 else v for k, v in document.items()}
    assert read_json("schema-org", compacted).resource == read_json("schema-org", document).resource


@pytest.mark.parametrize("kind", ["datset", 3, None, ["dataset", "model"], {}])
def test_a_document_of_an_unknown_kind_is_read_as_any_other(kind: Any) -> None:
    document = json.loads(schema_org.write(JETS)) | {"fairkit:kind": kind}
    view = read_json("schema-org", document)
    assert_sane(view)
    assert view.resource.title == "Toy jets"


def test_a_field_that_the_model_refuses_is_a_fault_and_the_rest_is_read() -> None:
    view = read_json("schema-org", json.loads(schema_org.write(JETS)) | {"contentSize": "much", "creator": [{}]})
    assert_sane(view)
    assert sorted(fault.partition(":")[0] for fault in view.faults) == ["/contentSize", "/creator"]
    assert view.resource.title == "Toy jets"


def test_values_of_the_wrong_type_never_stop_the_reading() -> None:
    for pointer, data in mutants(json.loads(schema_org.write(JETS))):
        try:
            assert_sane(read_json("schema-org", data))
        except Exception as error:
            raise AssertionError(f"at {pointer}") from error


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(_jsonld_terms.terms(Resource).values())), ANY_JSON))
def test_any_json_in_any_property_is_read(changes: dict[str, Any]) -> None:
    assert_sane(read_json("schema-org", json.loads(schema_org.write(JETS)) | changes))
