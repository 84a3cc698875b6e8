"""`--explain METRIC`: what a metric asks, how it is judged, and on what its verdict stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fairkit.assess.assessment import Assessment, ResultRow
    from fairkit.assess.checklist import Metric

__all__ = ["explanation"]


def explanation(metrics: Sequence[Metric], assessments: Sequence[Assessment]) -> bytes:
    """The metrics in words, each with its verdict on every target; plain text in UTF-8."""
    lines: list[str] = []
    for metric in metrics:
        lines += _metric(metric)
        for assessment in assessments:
            rows = [row for row in assessment.results if row.metric == metric.id]
            lines += [line for row in rows for line in _verdict(row, assessment.target)]
    text = "\n".join("".join(c if c.isprintable() else "\ufffd" for c in line) for line in lines)
    return text.encode("utf-8", "replace") + b"\n"


def _metric(metric: Metric) -> Iterator[str]:
    yield f"{metric.id} ({metric.principle}, {metric.level}, {metric.points:g} points, about the {metric.about})"
    yield f"  {metric.title}"
    yield f"  asked of: {', '.join(sorted(metric.applies))}"
    for test in metric.tests:
        settings = "".join(f", {name} = {value}" for name, value in test.params.items())
        yield f"  test {test.id}: {test.check.name} on {test.on}{settings}"
        yield f"    {test.check.title}"
        if test.fields:
            yield f"    depends on: {', '.join(sorted(test.fields))}"
    for remedy in dict.fromkeys([metric.remedy] if metric.remedy else [test.check.remedy for test in metric.tests]):
        yield f"  what to do: {remedy}"


def _verdict(row: ResultRow, target: str) -> Iterator[str]:
    yield ""
    yield f"{target}: {row.status}, {row.points:g} of {row.possible:g} points"
    yield f"  {row.message}"
    for test in row.tests:
        yield f"  {test.id} on {test.on}: {test.status}"
    for proof in row.evidence:
        yield f"  seen in {proof.document} at {proof.pointer or '/'}: {proof.value}"
    if row.fix:
        begin = f" Begin with {row.fix.suggestion!r}." if row.fix.suggestion else ""
        where = f"{row.fix.field}: " if row.fix.field else ""
        yield f"  to change: {where}{row.fix.remedy}{begin}"
