"""FAIR test results: what OSTrails' SHACL shapes ask for, and what the graph says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, SH, BNode, Graph, Literal, Namespace, URIRef

from fairkit.assess import checklist
from fairkit.assess.assessment import Assessment
from fairkit.report import Style, report

from .made import made, row, showcase
from .programs import NASTY, hostile

# The JSON-LD parser of rdflib 7 warns of a class that it uses itself.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

FTR = Namespace("https://w3id.org/ftr#")
PROV = Namespace("http://www.w3.org/ns/prov#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
SIO = Namespace("http://semanticscience.org/resource/")
ME = Namespace("http://www.example.org/me#")
SHAPES = {
    "testResult": {},
    "testResultSet": {"testResultSetShape": FTR.TestResultSet},
    "metric": {},
    "test": {"testShape": FTR.Test},
}
"""The files of shapes, with the classes of those shapes that name none themselves."""


def graph(*assessments: Assessment) -> Graph:
    return Graph().parse(data=report("ftr").render(assessments, style=Style()), format="json-ld")


def shapes(shared: Path, name: str) -> Graph:
    found = Graph().parse(shared / "data" / "judges" / "ftr" / f"{name}.shacl", format="turtle")
    for shape, kind in SHAPES[name].items():
        found.add((ME[shape], SH.targetClass, kind))
    return found


def judged(data: Graph, shapes: Graph) -> tuple[bool, str]:
    pyshacl = pytest.importorskip("pyshacl", reason="pyshacl is not installed: pip install fairkit[shacl]")
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    return bool(conforms), str(text)


@pytest.mark.shared
@pytest.mark.parametrize("shape", SHAPES)
def test_it_conforms_to_the_shapes(shared: Path, shape: str) -> None:
    every = graph(showcase("fairkit"), showcase("fair4hep"), made(row("F1", "unknown"), urls=[], resource=None))
    conforms, text = judged(every, shapes(shared, shape))
    assert conforms, text


@pytest.mark.shared
@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_whatever_strangers_write_does(shared: Path, text: str) -> None:
    data = graph(hostile(text))
    for shape in SHAPES:
        conforms, why = judged(data, shapes(shared, shape))
        assert conforms, why


@pytest.mark.shared
@pytest.mark.parametrize(
    ("shape", "kind", "missing"),
    [
        ("testResult", FTR.TestResult, PROV.value),
        ("testResult", FTR.TestResult, FTR.outputFromTest),
        ("testResultSet", FTR.TestResultSet, PROV.hadMember),
        ("metric", URIRef("http://www.w3.org/ns/dqv#Metric"), DCTERMS.title),
        ("test", FTR.Test, SIO.SIO_000233),
    ],
)
def test_the_shapes_see_what_is_missing(shared: Path, shape: str, kind: URIRef, missing: URIRef) -> None:
    data = graph(made(row("F1")))
    (subject,) = data.subjects(RDF.type, kind)
    data.remove((subject, missing, None))
    assert not judged(data, shapes(shared, shape))[0]


@pytest.mark.parametrize("name", checklist.names())
def test_a_set_has_a_result_for_each_metric(name: str) -> None:
    one = showcase(name)
    data = graph(one)
    (whole,) = data.subjects(RDF.type, FTR.TestResultSet)
    assert len(set(data.objects(whole, PROV.hadMember))) == len(one.results)
    assert (whole, FTR.assessmentTarget, URIRef("https://doi.org/10.7483/OPENDATA.CMS.JGJX.MS7Q")) in data


@pytest.mark.parametrize(
    ("status", "points", "value", "completion"),
    [
        ("pass", 2.0, "pass", 100),
        ("partial", 1.999, "fail", 99),
        ("fail", 0.0, "fail", 0),
        ("unknown", 0.0, "indeterminate", 0),
        ("not-applicable", 0.0, "indeterminate", None),
    ],
)
def test_a_status_is_a_value_with_its_completion(
    status: str, points: float, value: str, completion: int | None
) -> None:
    possible = 0.0 if status == "not-applicable" else 2.0
    data = graph(made(row("F1", status, points=points, possible=possible)))
    (result,) = data.subjects(RDF.type, FTR.TestResult)
    assert data.value(result, PROV.value) == Literal(value)
    assert data.value(result, FTR.completion) == (None if completion is None else Literal(completion))


@pytest.mark.parametrize(
    ("resource", "iri"),
    [
        ({"identifiers": ["arxiv:1", "doi:10.5555/a b"], "url": "https://x.org/1"}, "https://doi.org/10.5555/a%20b"),
        ({"identifiers": ["arxiv:1"], "url": "https://x.org/1?a=<b>"}, "https://x.org/1?a=%3Cb%3E"),
        ({"identifiers": [], "url": "javascript:alert(1)"}, "urn:uuid:"),
        ({"identifiers": [], "url": None}, "urn:uuid:"),
    ],
)
def test_the_target_goes_by_its_doi_or_its_page(resource: dict[str, Any], iri: str) -> None:
    data = graph(made(row("F1"), resource=resource | {"kind": "dataset", "title": "Jets"}))
    (target,) = set(data.objects(None, FTR.assessmentTarget))
    assert str(target).startswith(iri)


def remote(context: Any) -> Iterator[str]:
    """What a context would have a reader fetch."""
    if isinstance(context, str):
        yield context
    for part in context if isinstance(context, list) else ():
        yield from remote(part)


@pytest.mark.parametrize("name", ["ftr", "dqv"])
def test_the_context_is_in_the_document(name: str) -> None:
    written = json.loads(report(name).render([showcase()], style=Style()))
    assert list(remote(written["@context"])) == []
    assert b'"@import"' not in report(name).render([showcase()], style=Style())
    assert not any(isinstance(term, BNode) for term in graph(showcase()).all_nodes()), "every node has a name"


@pytest.mark.parametrize(
    "other",
    [{"evidence_digest": "sha256:1"}, {"fairkit_version": "0.2.0"}, {"assessed_at": "2026-11-22T00:00:00Z"}],
)
def test_the_names_tell_runs_apart(other: dict[str, Any]) -> None:
    first, again, later = made(row("F1")), made(row("F1")), made(row("F1"), **other)
    names = [set(graph(one).subjects(RDF.type, FTR.TestResult)) for one in (first, again, later)]
    assert names[0] == names[1]
    assert names[0] != names[2]


@pytest.mark.shared
def test_runs_in_one_store_still_conform(shared: Path) -> None:
    runs = made(row("F1")), made(row("F1", "fail"), assessed_at="2026-11-22T00:00:00Z", fairkit_version="0.2.0")
    for shape in SHAPES:
        conforms, text = judged(graph(*runs), shapes(shared, shape))
        assert conforms, text
