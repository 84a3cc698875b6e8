"""The engine: a harvest and a checklist make results. Pure, and small enough to read in one sitting.

A prerequisite that is missing never counts as a pass: what could not be tried is unknown, what a folder cannot have
before it is deposited is pending, what a document has no place for is not asked of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from fairkit.checks import Seen
from fairkit.model.evidence import Observation
from fairkit.model.harvest import Harvest, View, merge
from fairkit.model.outcome import STATUSES, Outcome, Status, not_applicable, unknown

from .checklist import BoundTest, Checklist, Metric

__all__ = ["Finding", "Result", "evaluate", "evaluate_all"]

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
    settled: bool
    """Whether all that was asked for is at hand, so that what a check finds is the outcome."""
    known: Known | None


class _Step(NamedTuple):
    """A metric as it is asked of one kind: prepared once, since it is asked of thousands of records."""

    metric: Metric
    unasked: Result | None
    """Its result, if it is not asked of this kind."""
    direct: tuple[BoundTest, ...] | None
    """Its tests, if what their checks find in the merged resource are the outcomes once all is at hand: mostly."""
    exports: frozenset[str] | None
    """The dialects that its tests are about, if they are about nothing else."""
    alone: BoundTest | None
    """The test, if there is only one of them."""
    worth: Mapping[Status, tuple[Status, float, float, float]]
    """The verdict of that one for each status."""


Known = dict[tuple[Any, int], Outcome]
"""What checks have found in this harvest and its views, by the question and the thing that was looked at."""


def evaluate_all(harvest: Harvest, checklists: Sequence[Checklist]) -> Iterator[tuple[Result, ...]]:
    """Every metric of each checklist; what two of them ask alike is looked at once."""
    known: Known | None = {} if len(checklists) > 1 else None
    merged: dict[tuple[str, ...], Harvest] = {}
    for checklist in checklists:
        read = tuple(name for name in harvest.representations if not checklist.reads or name in checklist.reads)
        seen = merged.setdefault(read, harvest if read == harvest.representations else _only(harvest, checklist.reads))
        yield evaluate(seen, checklist, known=known)


def evaluate(harvest: Harvest, checklist: Checklist, *, known: Known | None = None) -> tuple[Result, ...]:
    """Every metric of the checklist, in its order; `known` is what has been found out already, and grows."""
    case = _case(harvest, checklist.reads, known)
    harvest, settled = case.harvest, case.settled
    results: list[Result] = []
    dialects = {name for name, _ in case.documents}
    for metric, unasked, direct, exports, alone, worth in _steps(checklist, case.kind):
        if unasked is not None:
            results.append(unasked)
        elif exports is not None and settled and exports.isdisjoint(dialects):
            results.append(_without_exports(metric))
        elif direct is None or not settled:
            results.append(_result(metric, case))
        elif alone is not None:  # this and the next come to what `_result` does, at a third of its cost
            outcome = alone.run(harvest) if known is None else _remembered(alone, harvest, known)
            status, low, high, possible = worth[outcome[0]]
            finding = _new(Finding, (alone, "resource", outcome, harvest))
            results.append(_new(Result, (metric, status, low, high, possible, (finding,))))
        else:
            tests = [_new(Finding, (test, "resource", _found(test, harvest, known), harvest)) for test in direct]
            results.append(_combine(metric, tests))
    return tuple(results)


@lru_cache(maxsize=1000)
def _steps(checklist: Checklist, kind: str | None) -> tuple[_Step, ...]:
    return tuple([_step(metric, kind) for metric in checklist.metrics])


def _step(metric: Metric, kind: str | None) -> _Step:
    tests = metric.tests
    direct = all(t.on == "resource" and not t.check.needs and not t.check.of_documents for t in tests)
    unasked = _unasked(metric, kind) if kind is not None and kind not in metric.applies else None
    alone = tests[0] if direct and len(tests) == 1 else None
    worth = {status: _verdict(metric, ((alone, status),)) for status in STATUSES} if alone else {}
    away = frozenset(test.on for test in tests)
    exports = None if away & {"resource", "each"} else away
    return _Step(metric, unasked, tests if direct else None, exports, alone, worth)


def _unasked(metric: Metric, kind: str) -> Result:
    outcome = not_applicable("not asked of a {kind} record", kind=kind)
    return _combine(metric, [Finding(test, test.on, outcome, None) for test in metric.tests])


def _found(test: BoundTest, seen: Seen, known: Known | None) -> Outcome:
    return test.run(seen) if known is None else _remembered(test, seen, known)


def _remembered(test: BoundTest, seen: Seen, known: Known) -> Outcome:
    """What the check finds; things are told apart by identity, since the harvest keeps them all alive."""
    key = (test.question, id(seen))
    outcome = known.get(key)
    if outcome is None:
        outcome = known[key] = test.run(seen)
    return outcome


def _only(harvest: Harvest, reads: frozenset[str]) -> Harvest:
    """What the documents in some dialects tell."""
    views = [view for view in harvest.views if view.representation in reads]
    return merge(harvest.evidence, views, unread=harvest.unread)


def _case(harvest: Harvest, reads: frozenset[str], known: Known | None) -> _Case:
    evidence = harvest.evidence
    if reads and not reads.issuperset(harvest.representations):
        harvest = _only(harvest, reads)
    observed = {o.name: o for o in reversed(evidence.observations)}  # of two that tell the same, the first counts
    kind = harvest.resource.kind if harvest.views else None
    documents = tuple([(name, view) for view in harvest.views if (name := view.representation) != "folder"])
    lost, basis = _lost(harvest, observed, reads), evidence.basis
    settled = not (kind is None or lost or harvest.withheld or basis == "local")
    return _Case(harvest, kind, documents, observed, lost, basis == "local", basis == "saved", settled, known)


def _lost(harvest: Harvest, observed: dict[str, Observation], reads: frozenset[str]) -> tuple[str, ...]:
    """The dialects whose documents were asked for and failed, or came and could not be read."""
    failed = {name for name, o in observed.items() if o.error is not None and name.startswith("document:")}
    asked = {name.removeprefix("document:") for name in failed} | {d.representation for d in harvest.evidence.documents}
    return tuple(sorted(name for name in asked.difference(harvest.representations) if not reads or name in reads))


def _result(metric: Metric, case: _Case) -> Result:
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
    every = case.documents if on == "each" else [pair for pair in case.documents if pair[0] == on]
    found = [_new(Finding, (test, name, _judge_alone(test, view, case), view)) for name, view in every]
    lost = [name for name in case.lost if on in ("each", name)]
    found += [Finding(test, name, unknown("the {name} document could not be had", name=name), None) for name in lost]
    return found or [_new(Finding, (test, on, _absent(test, case), None))]


def _absent(test: BoundTest, case: _Case) -> Outcome:
    """Nobody asked for such a document: there is nothing to judge, though a deposit may bring one."""
    if case.local and test.check.after_deposit:
        return Outcome("pending", "there is no {name}document yet", {"name": _named(test.on)})
    return unknown("nothing could be read") if case.kind is None else _no_document(test.on)


@lru_cache(maxsize=10_000)
def _without_exports(metric: Metric) -> Result:
    """The result where none of the documents that a metric is about was asked for: the same for every record."""
    return _combine(metric, [Finding(test, test.on, _no_document(test.on), None) for test in metric.tests])


@lru_cache
def _no_document(on: str) -> Outcome:
    return not_applicable("there is no {name}document", name=_named(on))


def _named(on: str) -> str:
    return "" if on == "each" else f"{on} "


def _judge_alone(test: BoundTest, view: View, case: _Case) -> Outcome:
    """The outcome of the check on one document, which is only asked for what it has a place for."""
    places, known = test.places, view.known
    if places and places.isdisjoint(known) and places.isdisjoint(view.withheld):
        return _no_place(view.document.representation)
    params = test.params
    if "fields" in params and not known.issuperset(params["fields"]):
        params = params | {"fields": [name for name in params["fields"] if name in known]}
    elif case.settled and not test.check.needs:
        return _found(test, view, case.known)
    return _judge(test, view, case, params)


@lru_cache
def _no_place(name: str) -> Outcome:
    return not_applicable("{name} has no place for it", name=name)


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
    """One result of all tests, by the metric's scoring."""
    status, low, high, possible = _verdict(metric, tuple([(test, outcome[0]) for test, _, outcome, _ in tests]))
    return _new(Result, (metric, status, low, high, possible, tuple(tests)))


@lru_cache(maxsize=100_000)
def _verdict(metric: Metric, tests: tuple[tuple[BoundTest, Status], ...]) -> tuple[Status, float, float, float]:
    """The status, and what it earns at least and at most of how many points; few patterns come back all the time.

    What is pending or not asked leaves the denominator.
    """
    statuses = {status for _, status in tests}
    if statuses.isdisjoint(_EARNS):
        return "pending" if "pending" in statuses else "not-applicable", 0.0, 0.0, 0.0
    low, high = _shares(metric, tests)
    points = metric.points
    return _status(metric, statuses, low, high), low * points, high * points, points


def _shares(metric: Metric, tests: Iterable[tuple[BoundTest, Status]]) -> tuple[float, float]:
    """The shares of the metric's points that its tests earn at least and at most."""
    if metric.scoring == "best":
        return _best(metric, tests)
    share = 0.0 if metric.scoring == "sum" else 1.0  # what a test is worth whose points are not given
    low = high = total = 0.0
    for test, status in tests:
        earned = _EARNS.get(status)
        if earned is None:
            continue
        least, most = earned
        worth = share if test.points is None else test.points
        low, high, total = low + least * worth, high + most * worth, total + worth
    if metric.scoring == "sum":
        return min(low / metric.points, 1.0), min(high / metric.points, 1.0)
    return (low / total, high / total) if total else (0.0, 0.0)


def _best(metric: Metric, tests: Iterable[tuple[BoundTest, Status]]) -> tuple[float, float]:
    """The shares of the best test, of which each is worth its points or, without any, all of the metric's.

    A test that stands for an answer is no answer in part, nor for some documents only.
    """
    shares: list[tuple[float, float]] = []
    answers: dict[BoundTest, tuple[float, float]] = {}
    for test, status in tests:
        earned = _EARNS.get(status)
        if earned is None:
            continue
        worth = 1.0 if test.points is None else min(test.points / metric.points, 1.0)
        least, most = earned
        if test.answer is None:
            shares.append((least * worth, most * worth))
        else:
            low, high = answers.get(test, (worth, worth))
            answers[test] = min(low, worth * (least == 1.0)), min(high, worth * (most == 1.0))
    shares += answers.values()
    return max((low for low, _ in shares), default=0.0), max((high for _, high in shares), default=0.0)


def _status(metric: Metric, statuses: set[Status], low: float, high: float) -> Status:
    """The status that the tests make together; a decided shortfall is told even where others are unknown."""
    if metric.scoring != "all":
        if low >= 1.0:
            return "pass"
        return "unknown" if high > low else "partial" if low > 0 else "fail"
    if not _SHORT.isdisjoint(statuses):
        return "fail" if statuses.isdisjoint(("pass", "partial")) else "partial"
    return "unknown" if "unknown" in statuses else "pass"
