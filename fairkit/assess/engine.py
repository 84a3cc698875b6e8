"""The engine: a harvest and a checklist make results. Pure, and small enough to read in one sitting.

A prerequisite that is missing never counts as a pass: what could not be tried is unknown, what a folder cannot have
before it is deposited is pending, what a document has no place for is not asked of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fairkit.checks import Seen
from fairkit.model.evidence import Evidence
from fairkit.model.harvest import Harvest, View, merge
from fairkit.model.outcome import Outcome, Status, not_applicable, unknown

from .checklist import Checklist, Metric, BoundTest

__all__ = ["Result", "Finding", "evaluate"]

VALUES = {"pass": 1.0, "partial": 0.5, "fail": 0.0}
_ORDER: tuple[Status, ...] = ("fail", "partial", "unknown", "pass", "pending", "not-applicable")
_UNTRIED = frozenset({"fail", "partial", "unknown"})


class Finding(NamedTuple):
    """What one test found on one thing: the merged resource, or one document's view."""

    test: BoundTest
    on: str
    outcome: Outcome
    seen: Seen | None


class Result(NamedTuple):
    """What a metric comes to: at least `low` and, with what is unknown, at most `high` of its `possible` points."""

    metric: Metric
    status: Status
    low: float
    high: float
    possible: float
    tests: tuple[Finding, ...]


def evaluate(harvest: Harvest, checklist: Checklist) -> tuple[Result, ...]:
    """Every metric of the checklist, in its order."""
    if checklist.reads:
        harvest = merge(harvest.evidence, [view for view in harvest.views if view.representation in checklist.reads])
    return tuple(_result(metric, harvest) for metric in checklist.metrics)


def _result(metric: Metric, harvest: Harvest) -> Result:
    kind = harvest.resource.kind
    if harvest.views and kind not in metric.applies:
        outcome = not_applicable("not asked of a {kind} record", kind=kind)
        tests = tuple(Finding(test, test.on, outcome, None) for test in metric.tests)
    else:
        tests = tuple(found for test in metric.tests for found in _run(test, harvest))
    return _combine(metric, tests)


def _run(test: BoundTest, harvest: Harvest) -> Iterator[Finding]:
    """The test on everything that it looks at."""
    if test.on == "resource":
        yield Finding(test, "resource", _judge(test, harvest, harvest), harvest)
        return
    views = [v for v in harvest.views if test.on in ("each", v.representation) and v.representation != "folder"]
    for view in views:
        yield Finding(test, view.representation, _judge(test, view, harvest), view)
    missing = [name for name in _not_had(harvest.evidence) if test.on in ("each", name)]
    for name in missing:
        reason = unknown("the {name} document could not be had", name=name)
        yield Finding(test, name, reason, None)
    if not views and not missing:
        empty = not_applicable("there is no such document") if harvest.views else unknown("nothing could be read")
        yield Finding(test, test.on, empty, None)


def _not_had(evidence: Evidence) -> list[str]:
    """The dialects whose documents were asked for in vain."""
    failed = (o.name for o in evidence.observations if o.error is not None and o.name.startswith("document:"))
    had = {document.representation for document in evidence.documents}
    return [name for failure in failed if (name := failure.partition(":")[2]) not in had]


def _judge(test: BoundTest, seen: Harvest | View, harvest: Harvest) -> Outcome:
    outcome = _try(test, seen, harvest)
    if harvest.evidence.basis == "local" and test.check.after_deposit and outcome.status in _UNTRIED:
        return outcome._replace(status="pending", fix=None)
    return outcome


def _try(test: BoundTest, seen: Harvest | View, harvest: Harvest) -> Outcome:
    """The outcome of the check, or why it could not be tried."""
    if not harvest.views:
        return unknown("nothing could be read")
    fields = test.fields
    if isinstance(seen, View) and fields and not fields & (seen.known | seen.withheld | {"kind"}):
        return not_applicable("{name} has no place for it", name=seen.representation)
    needed: dict[str, str] = {}
    for name in test.check.needs:
        observation = harvest.evidence.observation(name)
        if observation is None or observation.value is None:
            reason = observation.error if observation and observation.error else "not tried"
            return unknown("{reason}", reason=reason)
        needed[name] = observation.value
    outcome = test.check.run(seen, **needed, **test.params)
    withheld = fields & seen.withheld
    if withheld and outcome.status != "pass" and (not outcome.at or withheld & set(outcome.at)):
        return unknown("the documents at hand leave out {fields}", fields=", ".join(sorted(withheld)))
    return outcome


def _combine(metric: Metric, tests: tuple[Finding, ...]) -> Result:
    """One result of all tests, by the metric's scoring; what is pending or not asked leaves the denominator."""
    counted = [found for found in tests if found.outcome.status in VALUES or found.outcome.status == "unknown"]
    if not counted:
        statuses = {found.outcome.status for found in tests}
        return Result(metric, "pending" if "pending" in statuses else "not-applicable", 0.0, 0.0, 0.0, tests)
    low = _share(metric, counted, 0.0)
    high = _share(metric, counted, 1.0)
    return Result(metric, _status(metric, counted), low * metric.points, high * metric.points, metric.points, tests)


def _share(metric: Metric, tests: list[Finding], of_unknown: float) -> float:
    """The share of the metric's points that the tests earn, if what is unknown counts as `of_unknown`."""
    earned = [VALUES.get(found.outcome.status, of_unknown) for found in tests]
    if metric.scoring == "best":
        return max(earned)
    if metric.scoring == "sum":
        worth = (value * (found.test.points or 0.0) for value, found in zip(earned, tests, strict=True))
        return min(sum(worth) / metric.points, 1.0)
    worths = [1.0 if found.test.points is None else found.test.points for found in tests]
    total = sum(worths)
    return sum(value * worth for value, worth in zip(earned, worths, strict=True)) / total if total else 0.0


def _status(metric: Metric, tests: list[Finding]) -> Status:
    """The status that the tests make together; a decided shortfall is told even where others are unknown."""
    statuses = {found.outcome.status for found in tests}
    if metric.scoring != "all":
        best = _share(metric, tests, 0.0)
        if best >= 1.0:
            return "pass"
        return "unknown" if "unknown" in statuses else "partial" if best > 0 else "fail"
    if "fail" in statuses or "partial" in statuses:
        return "partial" if statuses & {"pass", "partial"} else "fail"
    return "unknown" if "unknown" in statuses else "pass"
