"""An assessment: what is written down of results, in a published form whose key order never changes.

The same evidence makes the same bytes: times come from `SOURCE_DATE_EPOCH` where it is set, and stay out of digests.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, Literal

from fairkit import __version__
from fairkit.model.base import Frozen, Told, plain, read_json, word
from fairkit.model.evidence import Document
from fairkit.model.harvest import Harvest
from fairkit.model.outcome import Status

from .checklist import BoundTest, Checklist
from .engine import Finding, Result, evaluate_all
from .score import scores

__all__ = ["Assessment", "assess", "assess_all", "dump", "load"]

LineFinder = Callable[[Document, str], int | None]

_LONGEST = 300
"""Characters of a value that evidence quotes; the pointer leads to the rest."""
_LONGEST_MESSAGE = 2_000
"""Characters of a message, a title, a name: what a stranger wrote must not make a report of many megabytes."""
_MOST_NAMES = 100
_SEVERITY = {"fail": 0, "partial": 1, "unknown": 2, "pending": 3, "pass": 4, "not-applicable": 5}
_SHORT = frozenset({"fail", "partial", "unknown", "pending"})


@word
class Proof(Frozen):
    """Where a verdict stands: the document, the pointer in it, and the value there."""

    document: Annotated[str, Told("The URL or path of the document")]
    pointer: Annotated[str, Told("A JSON pointer (RFC 6901) in it")]
    line: Annotated[int | None, Told("The line on which the value begins, if a report asked for it", ge=1)] = None
    value: Annotated[Any, Told("What stands there; long values are cut")]


@word
class Advice(Frozen):
    """What to change."""

    field: Annotated[str | None, Told("The field of the resource")]
    suggestion: Annotated[str | None, Told("A value to begin with")]
    remedy: Annotated[str, Told("What to do, in words")]


@word
class TestedRow(Frozen):
    """One test of a metric, on one thing."""

    id: str
    check: str
    on: Annotated[str, Told("'resource', or the dialect of the document that was judged")]
    status: Status
    points: Annotated[float, Told("Between 0 and 1", ge=0)]
    worth: Annotated[float | None, Told("The points that it can earn; null for an equal share", ge=0)]
    maturity: Annotated[int | None, Told("The maturity that passing it shows, where the checklist has levels", ge=0)]
    answer: Annotated[str | None, Told("The answer that passing it stands for, where the checklist has answers")]


@word
class ResultRow(Frozen):
    """One metric."""

    metric: str
    title: str
    principle: str
    about: Literal["metadata", "data"]
    level: Literal["essential", "important", "useful"]
    status: Status
    points: Annotated[float, Told("What was earned for certain", ge=0)]
    possible: Annotated[float, Told("What could be earned; 0 where it is not asked", ge=0)]
    maturity: Annotated[int | None, Told("The highest that was shown, where the checklist has levels", ge=0)]
    answer: Annotated[str | None, Told("The answer that was found, where the checklist has answers")]
    message: str
    tests: tuple[TestedRow, ...]
    evidence: tuple[Proof, ...]
    fix: Advice | None


@word
class ScoreRow(Frozen):
    """A share of the points: an interval where something is unknown."""

    low: Annotated[float, Told("", ge=0, le=1)]
    high: Annotated[float, Told("", ge=0, le=1)]


@word
class ResourceRow(Frozen):
    """What was assessed."""

    kind: str
    title: str | None
    identifiers: tuple[str, ...]
    url: str | None


@word
class ChecklistRow(Frozen):
    """By which checklist."""

    id: str
    version: str


@word
class DocumentRow(Frozen):
    """What was read."""

    representation: str
    url: str
    media_type: str
    sha256: str
    size: int


@word
class Scores(Frozen):
    """The score of each letter and of the whole; null where nothing applies."""

    F: ScoreRow | None
    A: ScoreRow | None
    I: ScoreRow | None  # noqa: E741 - the letters of FAIR
    R: ScoreRow | None
    total: ScoreRow | None


@word
class Assessment(Frozen):
    """One target by one checklist."""

    target: str
    resource: ResourceRow | None
    checklist: ChecklistRow
    results: tuple[ResultRow, ...]
    scores: Scores
    documents: tuple[DocumentRow, ...]
    evidence_digest: str
    fairkit_version: str
    assessed_at: str

    @property
    def from_showcase(self) -> bool:
        """Whether it rests on the showcase that fairkit ships, not on the record itself."""
        return any(document.url.startswith("showcase:") for document in self.documents)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all could be read."""
        return not self.documents


def assess(
    harvest: Harvest, checklist: Checklist, *, when: str, version: str = __version__, lines: bool = False
) -> Assessment:
    """Judge what was harvested by a checklist, and write it down with the time and the version of fairkit.

    With `lines` each proof tells its line too, which takes reading the documents once more.
    """
    (found,) = assess_all(harvest, [checklist], when=when, version=version, lines=lines)
    return found


def assess_all(
    harvest: Harvest, checklists: Sequence[Checklist], *, when: str, version: str = __version__, lines: bool = False
) -> Iterator[Assessment]:
    """Judge what was harvested by several checklists, as `assess` does by one."""
    line_of = _line_finder() if lines else None
    evidence = harvest.evidence
    for checklist, results in zip(checklists, evaluate_all(harvest, checklists), strict=True):
        yield Assessment(
            target=evidence.target,
            resource=_resource(harvest),
            checklist=ChecklistRow(id=checklist.id, version=checklist.version),
            results=tuple(_row(result, harvest, line_of) for result in results),
            scores=_scores(results),
            documents=tuple(map(_document, evidence.documents)),
            evidence_digest=evidence.digest,
            fairkit_version=version,
            assessed_at=when,
        )


def _scores(results: Sequence[Result]) -> Scores:
    found = scores(results)
    return Scores(**{key: ScoreRow(low=score.low, high=score.high) if score else None for key, score in found.items()})


def _document(document: Document) -> DocumentRow:
    return DocumentRow(
        representation=document.representation,
        url=document.url,
        media_type=document.media_type,
        sha256=document.digest,
        size=len(document.body),
    )


def _resource(harvest: Harvest) -> ResourceRow | None:
    if not harvest.views:
        return None
    resource = harvest.resource
    names = tuple(_short(str(identifier)) for identifier in resource.identifiers[:_MOST_NAMES])
    title, page = (value and _short(value) for value in (resource.title, resource.landing_page))
    return ResourceRow(kind=resource.kind, title=title, identifiers=names, url=page)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_MESSAGE else f"{text[:_LONGEST_MESSAGE]}…"


def _line_finder() -> LineFinder:
    from fairkit.model.locate import line_finder  # few reports ask for lines

    return line_finder()


def _row(result: Result, harvest: Harvest, line_of: LineFinder | None) -> ResultRow:
    metric = result.metric
    return ResultRow(
        metric=metric.id,
        title=metric.title,
        principle=metric.principle,
        about=metric.about,
        level=metric.level,
        status=result.status,
        points=round(result.low, 4),
        possible=result.possible,
        maturity=_maturity(result),
        answer=_answer(result),
        message=_short(_message(result)),
        tests=tuple(_test(finding) for finding in result.tests),
        evidence=_evidence(result, line_of),
        fix=_advice(result, harvest),
    )


def _test(finding: Finding) -> TestedRow:
    points = {"pass": 1.0, "partial": 0.5}.get(finding.outcome.status, 0.0)
    test, status = finding.test, finding.outcome.status
    return TestedRow(
        id=test.id,
        check=test.check.name,
        on=finding.on,
        status=status,
        points=points,
        worth=test.points,
        maturity=test.maturity,
        answer=test.answer,
    )


def _maturity(result: Result) -> int | None:
    """The highest maturity that a passed test shows; 0 if none does, None if the metric has no such levels."""
    levels = [(f.test.maturity, f.outcome.status) for f in result.tests if f.test.maturity is not None]
    return max((level for level, status in levels if status == "pass"), default=0) if levels else None


def _answer(result: Result) -> str | None:
    """The answer of the test that is worth most of those that pass on all that they look at; else that of none."""
    short = {f.test for f in result.tests if f.outcome.status in _SHORT}
    given = [f.test for f in _passing(result) if f.test.answer is not None and f.test not in short]
    if given:
        return max(given, key=lambda test: _worth(test, result)).answer
    return result.metric.otherwise if result.status == "fail" else None


def _message(result: Result) -> str:
    """What decided the status: the findings that fall short, the worst first, each with its document; else the best."""
    short = [f for f in _telling(result) if f.outcome.status in _SHORT]
    told = sorted(short, key=lambda f: _SEVERITY[f.outcome.status]) or _decided(result)[:1]
    return "; ".join(dict.fromkeys(_line(finding) for finding in told))


def _line(finding: Finding) -> str:
    """The message of a finding, with the one document that it is about."""
    text = finding.outcome.text
    return text if finding.on == "resource" or finding.seen is None else f"{finding.on}: {text}"


def _decided(result: Result) -> list[Finding]:
    passing = _passing(result)
    if result.metric.scoring == "best":
        passing.sort(key=lambda finding: _worth(finding.test, result), reverse=True)
    return passing or list(result.tests)


def _passing(result: Result) -> list[Finding]:
    return [finding for finding in result.tests if finding.outcome.status == "pass"]


def _telling(result: Result) -> list[Finding]:
    """The findings that could change the result: where the best one counts, those that are worth more than it earns."""
    if result.metric.scoring != "best":
        return list(result.tests)
    return [finding for finding in result.tests if _worth(finding.test, result) > result.low]


def _worth(test: BoundTest, result: Result) -> float:
    """The points that a test can earn where the best one counts."""
    return result.possible if test.points is None else min(test.points, result.possible)


def _evidence(result: Result, line_of: LineFinder | None) -> tuple[Proof, ...]:
    """Where the verdicts stand, each place once."""
    places: dict[tuple[str, str], Proof] = {}
    for finding in result.tests:
        for field in finding.outcome.at if finding.seen else ():
            origin = finding.seen.origin(field) if finding.seen else None
            if origin:
                document, pointer = origin.document, origin.pointer
                line = line_of(document, pointer) if line_of else None
                proof = Proof(document=document.url, pointer=pointer, line=line, value=_cut(origin.value))
                places.setdefault((document.url, pointer), proof)
    return tuple(places.values())


def _cut(value: Any) -> Any:
    """A value short enough to quote, in what every reader of JSON takes: no NaN, and no half of a surrogate pair."""
    try:
        written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    except RecursionError:
        return "…"
    written = written.encode("utf-8", "replace").decode()
    if len(written) > _LONGEST:
        items = f"[{len(value)} items] " if isinstance(value, list) else ""
        return f"{items}{written[:_LONGEST]}…"
    return written if isinstance(value, str) else json.loads(written, parse_constant=str)


def _advice(result: Result, harvest: Harvest) -> Advice | None:
    """What to change about the worst finding; nothing where nothing falls short."""
    if result.status not in ("fail", "partial"):
        return None
    short = [finding for finding in _telling(result) if finding.outcome.status in ("fail", "partial")]
    if not short:  # points were missed by a question that does not arise
        return None
    worst = min(short, key=lambda finding: _SEVERITY[finding.outcome.status])
    fix = worst.outcome.fix or next((finding.outcome.fix for finding in short if finding.outcome.fix), None)
    field = fix.field if fix else None
    suggestion = (_lost_value(field, worst, harvest) or fix.suggestion) if fix else None
    return Advice(
        field=field,
        suggestion=suggestion and _short(suggestion),
        remedy=result.metric.remedy or worst.test.check.remedy,
    )


def _lost_value(field: str | None, finding: Finding, harvest: Harvest) -> str | None:
    """What another document has for a field that this one lacks: the best suggestion there is."""
    value = getattr(harvest.resource, field, None) if field and finding.seen is not harvest else None
    return value if isinstance(value, str) else None


def dump(assessments: Sequence[Assessment]) -> bytes:
    """A list of assessments as JSON: UTF-8, two spaces, keys in the order of the model."""
    return (
        json.dumps(plain(tuple(assessments)), ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"
    )


def load(body: bytes) -> tuple[Assessment, ...]:
    """The assessments in the bytes of a saved report.

    Raises:
        ValidationError: if it is no such report.
    """
    return read_json(tuple[Assessment, ...], body)
