"""The engine: a harvest and a checklist make results. Pure, and small enough to read in one sitting.

A prerequisite that is missing never counts as a pass: what could not be tried is unknown, what a folder cannot have
before it is deposited is pending, what a document has no place for is not asked of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from fairkit.checks import Seen
from fairkit.model.evidence import Observation
from fairkit.model.harvest import Harvest, View, merge
from fairkit.model.outcome import Outcome, Status, not_applicable, unknown

from .checklist import BoundTest, Checklist, Metric

__all__ = ["Finding", "Result", "evaluate"]

_EARNS = {"pass": (1.0, 1.0), "partial": (0.5, 0.5), "fail": (0.0, 0.0), "unknown": (0.0, 1.0)}
"""What a status earns at least and at most; the others are not counted."""
_new = tuple.__new__  # a NamedTuple's own constructor takes twice as long, and a record makes a hundred
_SHORT = frozenset({"fail", "partial"})
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


@dataclass(frozen=True, slots=True)
class _Case:
    """What all tests of one evaluation share."""

    harvest: Harvest
    kind: str | None
    """The kind of the resource, if anything could be read."""
    documents: tuple[tuple[str, View], ...]
    """The views that a test can look at by themselves, with their dialects: files alone are no document."""
    observed: dict[str, Observation]
    lost: tuple[str, ...]
    """The dialects whose documents were asked for in vain."""
    local: bool
    """Whether it is a folder that is not deposited yet."""
    saved: bool
    """Whether documents that someone saved are all there is: nobody asked for others."""


def evaluate(harvest: Harvest, checklist: Checklist) -> tuple[Result, ...]:
    """Every metric of the checklist, in its order."""
    case = _case(harvest, checklist.reads)
    if case.kind is None or case.lost or case.local or case.harvest.withheld:
        return tuple([_result(metric, case) for metric in checklist.metrics])
    harvest, kind = case.harvest, case.kind
    results: list[Result] = []
    for metric in checklist.metrics:
        test = metric.alone
        if test is None or kind not in metric.applies:
            results.append(_result(metric, case))
            continue
        # What `_result` comes to for one test where everything is at hand, at a third of its cost: most metrics are so.
        outcome = test.run(harvest)
        if case.saved and test.check.of_documents:
            outcome = _unless_others(outcome, test, case)
        status, points = outcome[0], metric.points
        earned = _EARNS.get(status)
        low, high, possible = (earned[0] * points, earned[1] * points, points) if earned else (0.0, 0.0, 0.0)
        tests = (_new(Finding, (test, "resource", outcome, harvest)),)
        results.append(_new(Result, (metric, status, low, high, possible, tests)))
    return tuple(results)


def _case(harvest: Harvest, reads: frozenset[str]) -> _Case:
    evidence = harvest.evidence
    if reads:
        views = [view for view in harvest.views if view.representation in reads]
        harvest = merge(evidence, views, unread=harvest.unread)
    observed = {o.name: o for o in reversed(evidence.observations)}  # of two that tell the same, the first counts
    kind = harvest.resource.kind if harvest.views else None
    documents = tuple([(name, view) for view in harvest.views if (name := view.representation) != "folder"])
    lost, basis = _lost(harvest, observed, reads), evidence.basis
    return _Case(harvest, kind, documents, observed, lost, local=basis == "local", saved=basis == "saved")


def _lost(harvest: Harvest, observed: dict[str, Observation], reads: frozenset[str]) -> tuple[str, ...]:
    """The dialects whose documents were asked for and failed, or came and could not be read."""
    failed = {name for name, o in observed.items() if o.error is not None and name.startswith("document:")}
    asked = {name.removeprefix("document:") for name in failed} | {d.representation for d in harvest.evidence.documents}
    return tuple(sorted(name for name in asked.difference(harvest.representations) if not reads or name in reads))


def _result(metric: Metric, case: _Case) -> Result:
    if case.kind and case.kind not in metric.applies:
        outcome = not_applicable("not asked of a {kind} record", kind=case.kind)
        tests = tuple([_new(Finding, (test, test.on, outcome, None)) for test in metric.tests])
        return _new(Result, (metric, outcome.status, 0.0, 0.0, 0.0, tests))
    harvest = case.harvest
    findings: list[Finding] = []
    for test in metric.tests:
        if test.on == "resource":
            outcome = _judge(test, harvest, case, test.params)
            findings.append(_new(Finding, (test, "resource", outcome, harvest)))
        else:
            findings += _on_documents(test, case)
    return _combine(metric, findings)


def _on_documents(test: BoundTest, case: _Case) -> list[Finding]:
    """The test on each document that it looks at; one that was asked for in vain leaves it open."""
    on = test.on
    found = [Finding(test, n, _judge_alone(test, v, case), v) for n, v in case.documents if on in ("each", n)]
    lost = [name for name in case.lost if on in ("each", name)]
    found += [Finding(test, name, unknown("the {name} document could not be had", name=name), None) for name in lost]
    return found or [Finding(test, on, _absent(test, case), None)]


def _absent(test: BoundTest, case: _Case) -> Outcome:
    """Nobody asked for such a document: there is nothing to judge, though a deposit may bring one."""
    told = {"name": "" if test.on == "each" else f"{test.on} "}
    if case.local and test.check.after_deposit:
        return Outcome("pending", "there is no {name}document yet", told)
    if case.kind is None:
        return unknown("nothing could be read")
    return not_applicable("there is no {name}document", **told)


def _judge_alone(test: BoundTest, view: View, case: _Case) -> Outcome:
    """The outcome of the check on one document, which is only asked for what it has a place for."""
    if test.places and test.places.isdisjoint(view.known) and test.places.isdisjoint(view.withheld):
        return not_applicable("{name} has no place for it", name=view.representation)
    params = test.params
    if "fields" in params:
        params = params | {"fields": [name for name in params["fields"] if name in view.known]}
    return _judge(test, view, case, params)


def _judge(test: BoundTest, seen: Harvest | View, case: _Case, params: Mapping[str, Any]) -> Outcome:
    """The outcome of the check, or why it is not known."""
    check = test.check
    if case.kind is None:
        outcome = unknown("nothing could be read")
        return outcome._replace(status="pending") if case.local and check.after_deposit else outcome
    if check.needs:
        outcome = _observed(test, seen, case)
    else:
        outcome = test.run(seen) if params is test.params else check.run(seen, **params)
    if outcome.status == "pass":
        return outcome
    if check.of_documents:
        outcome = _unless_others(outcome, test, case)
    if seen.withheld:
        outcome = _unless_withheld(outcome, test.fields & seen.withheld)
    if case.local and check.after_deposit and outcome.status in _UNTRIED:
        return outcome._replace(status="pending", fix=None)
    return outcome


def _unless_others(outcome: Outcome, test: BoundTest, case: _Case) -> Outcome:
    """The outcome of a check of documents, but unknown where another one that was not read may make up for it."""
    if outcome.status not in _SHORT:
        return outcome
    if case.lost:
        return unknown("the {names} document could not be had", names=" and the ".join(case.lost))
    if case.saved and test.on == "resource" and not outcome.at:  # what a document does say is known
        documents = "document was" if len(case.harvest.evidence.documents) == 1 else "documents were"
        return unknown("only the saved {documents} read", documents=documents)
    return outcome


def _observed(test: BoundTest, seen: Harvest | View, case: _Case) -> Outcome:
    """The outcome of a check that needs observations, if all of them were made."""
    found: dict[str, str] = {}
    for name in test.check.needs:
        observation = case.observed.get(name)
        if observation is None or observation.value is None:
            return unknown("{reason}", reason=(observation and observation.error) or "not tried")
        found[name] = observation.value
    return test.check.run(seen, **found, **test.params)


def _unless_withheld(outcome: Outcome, withheld: frozenset[str]) -> Outcome:
    """The outcome, but unknown where it may rest on what the documents at hand leave out."""
    if not withheld or (outcome.at and withheld.isdisjoint(outcome.at)):
        return outcome
    return unknown("the documents at hand leave out {fields}", fields=", ".join(sorted(withheld)))


def _combine(metric: Metric, tests: list[Finding]) -> Result:
    """One result of all tests, by the metric's scoring; what is pending or not asked leaves the denominator."""
    points = metric.points
    if len(tests) == 1 and metric.scoring != "sum":  # most metrics: what follows comes to the same, at more expense
        status = tests[0].outcome.status
        if status in _EARNS:
            low, high = _EARNS[status]
            return _new(Result, (metric, status, low * points, high * points, points, tuple(tests)))
        return Result(metric, status, 0.0, 0.0, 0.0, tuple(tests))
    statuses = {found.outcome.status for found in tests}
    if statuses.isdisjoint(_EARNS):
        status = "pending" if "pending" in statuses else "not-applicable"
        return Result(metric, status, 0.0, 0.0, 0.0, tuple(tests))
    low, high = _shares(metric, tests)
    return Result(metric, _status(metric, statuses, low), low * points, high * points, points, tuple(tests))


def _shares(metric: Metric, tests: list[Finding]) -> tuple[float, float]:
    """The shares of the metric's points that its tests earn at least and at most."""
    share = 0.0 if metric.scoring == "sum" else 1.0  # what a test is worth whose points are not given
    low = high = total = 0.0
    for found in tests:
        earned = _EARNS.get(found.outcome.status)
        if earned is None:
            continue
        least, most = earned
        if metric.scoring == "best":
            low, high, total = max(low, least), max(high, most), 1.0
        else:
            worth = share if found.test.points is None else found.test.points
            low, high, total = low + least * worth, high + most * worth, total + worth
    if metric.scoring == "sum":
        return min(low / metric.points, 1.0), min(high / metric.points, 1.0)
    return (low / total, high / total) if total else (0.0, 0.0)


def _status(metric: Metric, statuses: set[Status], low: float) -> Status:
    """The status that the tests make together; a decided shortfall is told even where others are unknown."""
    if metric.scoring != "all":
        if low >= 1.0:
            return "pass"
        return "unknown" if "unknown" in statuses else "partial" if low > 0 else "fail"
    if not _SHORT.isdisjoint(statuses):
        return "fail" if statuses.isdisjoint(("pass", "partial")) else "partial"
    return "unknown" if "unknown" in statuses else "pass"
