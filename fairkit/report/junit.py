"""JUnit XML: a suite for each target and checklist, a case for each metric, for the test pages of CI systems.

What falls short is a failure. What is unknown, pending or not asked is skipped: nothing is said about the work, and a
network that is down breaks no build.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from fairkit.assess.assessment import Assessment, ResultRow

from . import Style
from ._facts import SHORT, moment, place
from ._wording import letters, percent, quoted, warned
from ._xml import document, element

__all__ = ["LINES", "MEDIA_TYPE", "TITLE", "render"]

TITLE = "JUnit XML, for the test page of a CI system"
MEDIA_TYPE = "application/xml"
LINES = True

_NO_TIME = "0"
"""Seconds: cases are judged together, in less than a millisecond."""


def render(assessments: Sequence[Assessment], *, style: Style) -> bytes:
    """All suites, in order; the style changes nothing."""
    suites = [_suite(assessment) for assessment in assessments]
    rows = [row for assessment in assessments for row in assessment.results]
    return document(element("testsuites", *suites, name="fairkit", **_counts(rows)))


def _counts(rows: Sequence[ResultRow]) -> dict[str, str]:
    failures = sum(row.status in SHORT for row in rows)
    skipped = sum(row.status not in SHORT and row.status != "pass" for row in rows)
    counts = {"tests": len(rows), "failures": failures, "errors": 0, "skipped": skipped}
    return {name: str(number) for name, number in counts.items()} | {"time": _NO_TIME}


def _suite(assessment: Assessment) -> Element:
    ended = moment(assessment)
    return element(
        "testsuite",
        element("properties", *_properties(assessment)),
        *(_case(assessment, row) for row in assessment.results),
        *(element("system-out", text=f"{word}: {sentence}") for word, sentence in warned(assessment)),
        name=f"{assessment.target} ({assessment.checklist.id} {assessment.checklist.version})",
        timestamp=ended and ended.removesuffix("Z"),  # the schema knows no time zones
        **_counts(assessment.results),
    )


def _properties(assessment: Assessment) -> Iterator[Element]:
    for letter, score in letters(assessment).items():
        yield element("property", name=f"score.{letter}", value=percent(score))
    yield element("property", name="evidence_digest", value=assessment.evidence_digest)
    yield element("property", name="fairkit_version", value=assessment.fairkit_version)


def _case(assessment: Assessment, row: ResultRow) -> Element:
    name, group = f"{row.metric}: {row.title}", f"{assessment.checklist.id}.{row.principle.replace('.', '_')}"
    return element("testcase", *_outcome(assessment, row), name=name, classname=group, time=_NO_TIME)


def _outcome(assessment: Assessment, row: ResultRow) -> Iterator[Element]:
    if row.status in SHORT:
        yield element("failure", message=row.message, type_=row.status, text=_details(assessment, row))
    elif row.status != "pass":
        yield element("skipped", message=f"{row.status}: {row.message}")


def _details(assessment: Assessment, row: ResultRow) -> str:
    """Where it is, what stands there, and what to do, a line each."""
    found = place(assessment, row)
    lines = [f"{found.document}:{found.line}"]
    lines += [f"{proof.pointer} = {quoted(proof.value)[:400]}" for proof in row.evidence[:5]]
    lines += [row.fix.remedy] if row.fix else []
    if row.fix and row.fix.field and row.fix.suggestion:
        lines.append(f"{row.fix.field} = {row.fix.suggestion}")
    return "\n".join(" ".join(line.split()) for line in lines)
