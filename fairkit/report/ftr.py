"""FAIR test results as OSTrails writes them (w3id.org/ftr), in JSON-LD: a set of results for each assessment.

A metric is tested by a test of fairkit's, and has one result: `pass`, `fail`, or `indeterminate` for what could not be
tried or is not asked. What is there in part fails, with the percentage of its points as its completion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fairkit.assess.assessment import Assessment, ResultRow

from . import Style
from ._facts import SHORT, SOURCE, told
from ._harmless import harmless
from ._linked import Node, activity, agent, linked, metric, named, reference, target

__all__ = ["MEDIA_TYPE", "TITLE", "render"]

TITLE = "FAIR test results (FTR) of OSTrails, in JSON-LD"
MEDIA_TYPE = "application/ld+json"

_FREE = {"@id": "https://creativecommons.org/publicdomain/zero/1.0/"}
"""The licence that the shapes want of results: these are facts, and nobody's."""
_OURS = {"@id": "https://spdx.org/licenses/BSD-3-Clause"}
_MAKERS: Node = {
    "@id": f"{SOURCE}#developers",
    "@type": "vcard:Organization",
    "vcard:organization-name": "The fairkit developers",
}


def render(assessments: Sequence[Assessment], *, style: Style) -> bytes:
    """All sets in one graph, with the tests, metrics and targets that they speak of; the style changes nothing."""
    return linked(node for assessment in assessments for node in _nodes(assessment))


def _nodes(assessment: Assessment) -> Iterator[Node]:
    of, by = target(assessment), activity(assessment, "ftr:TestExecutionActivity")
    tests = [_test(assessment, row) for row in assessment.results]
    results = [_result(assessment, row, test) for row, test in zip(assessment.results, tests, strict=True)]
    title = f"{assessment.target} by {assessment.checklist.id} {assessment.checklist.version}"
    yield {
        "@id": named("set", assessment),
        "@type": "ftr:TestResultSet",
        "dcterms:identifier": named("set", assessment),
        "dcterms:title": harmless(title),
        "dcterms:license": _FREE,
        "ftr:assessmentTarget": reference(of),
        "prov:wasGeneratedBy": reference(by),
        "prov:hadMember": [reference(result) for result in results],
    }
    yield from (of, by, agent(assessment), _MAKERS, *results, *tests)
    for row in assessment.results:
        yield metric(assessment, row.metric, row.title, row.principle)


def _test(assessment: Assessment, row: ResultRow) -> Node:
    """What tests a metric: fairkit, by the checks that the checklist joins to it."""
    measured = metric(assessment, row.metric, row.title, row.principle)
    return {
        "@id": f"{measured['@id']}-test",
        "@type": "ftr:Test",
        "dcterms:identifier": f"{measured['@id']}-test",
        "dcterms:title": harmless(row.title),
        "dcterms:description": f"fairkit judges it by {', '.join(dict.fromkeys(test.check for test in row.tests))}.",
        "dcterms:license": _OURS,
        "dcat:version": measured["dcat:version"],
        "dcterms:creator": reference(_MAKERS),
        "dcat:contactPoint": reference(_MAKERS),
        "sio:SIO_000233": reference(measured),  # is implementation of
    }


def _result(assessment: Assessment, row: ResultRow, test: Node) -> Node:
    name = named("result", assessment, row.metric)
    return {
        "@id": name,
        "@type": "ftr:TestResult",
        "dcterms:identifier": name,
        "dcterms:title": f"{harmless(row.metric, longest=200)}: {row.status}",
        "dcterms:description": harmless(row.title),
        "dcterms:license": _FREE,
        "prov:value": _value(row),
        "ftr:log": told(row),
        **({"ftr:completion": _completion(row)} if row.possible else {}),
        "ftr:outputFromTest": reference(test),
        "ftr:assessmentTarget": reference(target(assessment)),
    }


def _value(row: ResultRow) -> str:
    return "fail" if row.status in SHORT else "pass" if row.status == "pass" else "indeterminate"


def _completion(row: ResultRow) -> int:
    """The percentage of its points; 100 only for all of them."""
    return 100 if row.points >= row.possible else min(round(100 * row.points / row.possible), 99)
