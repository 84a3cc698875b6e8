"""The W3C Data Quality Vocabulary in JSON-LD: a measurement for each metric that was decided, and for each score.

A value is a share of points between 0 and 1. Where something is unknown it is what is certain, with the most that it
may come to as `schema:maxValue`; of a metric that could not be tried, or is not asked, nothing is measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fairkit.assess.assessment import Assessment

from . import Style
from ._facts import SHORT, moment
from ._harmless import harmless
from ._linked import Node, activity, agent, documents, linked, metric, named, reference, target
from ._wording import LETTERS, letters

__all__ = ["MEDIA_TYPE", "TITLE", "render"]

TITLE = "measurements in the Data Quality Vocabulary (DQV), in JSON-LD"
MEDIA_TYPE = "application/ld+json"

_DECIDED = SHORT | {"pass"}


def render(assessments: Sequence[Assessment], *, style: Style) -> bytes:
    """All measurements in one graph, with their metrics, targets and provenance; the style changes nothing."""
    return linked(node for assessment in assessments for node in _nodes(assessment))


def _nodes(assessment: Assessment) -> Iterator[Node]:
    read, of = list(documents(assessment)), target(assessment)
    measured = [*_metrics(assessment), *_scores(assessment)]
    by = activity(assessment)
    yield from (of, by, agent(assessment), *read)
    for unit, value in measured:
        yield unit
        yield value | {
            "dqv:computedOn": reference(of),
            "prov:wasDerivedFrom": [reference(document) for document in read],
            "prov:wasGeneratedBy": reference(by),
            "prov:wasAttributedTo": reference(agent(assessment)),
            **_when(assessment),
        }


def _when(assessment: Assessment) -> Node:
    at = moment(assessment)
    return {"prov:generatedAtTime": {"@value": at, "@type": "xsd:dateTime"}} if at else {}


def _metrics(assessment: Assessment) -> Iterator[tuple[Node, Node]]:
    """The metrics that were decided, each with its measurement."""
    for row in assessment.results:
        if row.status in _DECIDED and row.possible:
            unit = _unit(assessment, row.metric, row.title, row.principle)
            said = {"dcterms:description": harmless(row.message)}
            yield unit, _measurement(assessment, unit, row.points / row.possible) | said


def _scores(assessment: Assessment) -> Iterator[tuple[Node, Node]]:
    """The scores that there are, each with its measurement."""
    for letter, score in letters(assessment).items():
        if score is not None:
            unit = _unit(assessment, f"score-{letter}", f"{LETTERS[letter]}: the share of the points", letter)
            most = {"schema:maxValue": _double(score.high)} if score.high > score.low else {}
            yield unit, _measurement(assessment, unit, score.low) | most


def _unit(assessment: Assessment, name: str, title: str, about: str) -> Node:
    return metric(assessment, name, title, about) | {"dqv:expectedDataType": {"@id": "xsd:double"}}


def _measurement(assessment: Assessment, unit: Node, value: float) -> Node:
    return {
        "@id": named("measurement", assessment, unit["@id"]),
        "@type": "dqv:QualityMeasurement",
        "dqv:isMeasurementOf": reference(unit),
        "dqv:value": _double(value),
    }


def _double(value: float) -> Node:
    return {"@value": str(round(value, 4)), "@type": "xsd:double"}
