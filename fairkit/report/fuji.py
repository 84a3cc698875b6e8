"""JSON in the shape of F-UJI's answers, for what reads these: scores, maturity and status of metrics and their tests.

The numbers follow F-UJI 3.5.1: a metric passes if it earns anything, a letter's maturity is the rounded mean of its
metrics', the whole's that of the letters; a mean above nothing is at least 1. Read it with a checklist that has F-UJI's
metrics; any other has its own ids, and no maturity where it has no levels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from fairkit.assess.assessment import Assessment, ResultRow, TestedRow

from . import Style
from ._facts import SOURCE, moment, written
from ._harmless import harmless

__all__ = ["MEDIA_TYPE", "TITLE", "render"]

TITLE = "JSON in the shape of F-UJI's answers"
MEDIA_TYPE = "application/json"

_LETTERS = ("F", "A", "I", "R")
_STATUSES = {"pass": "pass", "partial": "pass", "fail": "fail"}
"""The status in F-UJI's words; what could not be tried, or is not asked, is `indeterminate`."""


def render(assessments: Sequence[Assessment], *, style: Style) -> bytes:
    """The answer for one assessment, or the list of the answers for several; the style changes nothing."""
    answers = [_answer(assessment) for assessment in assessments]
    return written(answers[0] if len(answers) == 1 else answers)


def _answer(assessment: Assessment) -> dict[str, Any]:
    resource, checklist = assessment.resource, assessment.checklist
    return {
        "request": {"object_identifier": harmless(assessment.target)},
        "resolved_url": harmless(resource.url) if resource and resource.url else None,
        "end_timestamp": moment(assessment),
        "metric_version": f"{harmless(checklist.id, longest=80)} {harmless(checklist.version, longest=80)}",
        "metric_specification": SOURCE,
        "software_version": f"fairkit {harmless(assessment.fairkit_version, longest=80)}",
        "total_metrics": len(assessment.results),
        "summary": _summary([row for row in assessment.results if row.possible]),
        "results": [_result(number, row) for number, row in enumerate(assessment.results, 1)],
    }


def _result(number: int, row: ResultRow) -> dict[str, Any]:
    return {
        "id": number,
        "metric_identifier": harmless(row.metric, longest=200),
        "metric_name": harmless(row.title),
        "metric_tests": {harmless(test.id, longest=200): _test(test, row) for test in row.tests},
        "test_status": _STATUSES.get(row.status, "indeterminate"),
        "score": {"earned": row.points, "total": row.possible},
        "maturity": row.maturity,
        "output": [harmless(str(proof.pointer)) for proof in row.evidence],
        "test_debug": [f"INFO: {harmless(row.message)}"],
    }


def _test(test: TestedRow, row: ResultRow) -> dict[str, Any]:
    total = row.possible / len(row.tests) if test.worth is None else test.worth
    passed = test.status == "pass"
    return {
        "metric_test_name": harmless(test.check),
        "metric_test_score": {"earned": round(test.points * total, 4), "total": round(total, 4)},
        "metric_test_maturity": test.maturity if passed or test.maturity is None else 0,
        "metric_test_status": _STATUSES.get(test.status, "indeterminate"),
    }


def _summary(rows: Sequence[ResultRow]) -> dict[str, dict[str, Any]]:
    """The sums over the metrics that were asked: for each principle, each letter, and all."""
    groups = _groups(rows)
    measures: dict[str, Callable[[Sequence[ResultRow]], float | None]] = {
        "score_earned": lambda group: round(sum(row.points for row in group), 4),
        "score_total": lambda group: sum(row.possible for row in group),
        "score_percent": _percent,
        "status_total": len,
        "status_passed": lambda group: sum(_STATUSES.get(row.status) == "pass" for row in group),
    }
    told: dict[str, dict[str, Any]] = {
        name: {key: measure(group) for key, group in groups.items()} for name, measure in measures.items()
    }
    maturity = {key: _maturity([row.maturity for row in group]) for key, group in groups.items() if key != "FAIR"}
    whole = _mean([maturity[letter] for letter in _LETTERS if letter in maturity])
    told["maturity"] = maturity | {"FAIR": whole if whole is None else round(max(whole, float(whole > 0)), 2)}
    return told


def _groups(rows: Sequence[ResultRow]) -> dict[str, list[ResultRow]]:
    groups: dict[str, list[ResultRow]] = {}
    for row in rows:
        principle = harmless(row.principle, longest=20)
        for key in dict.fromkeys((principle[:1], principle)):
            groups.setdefault(key, []).append(row)
    return dict(sorted(groups.items())) | {"FAIR": list(rows)}


def _percent(rows: Sequence[ResultRow]) -> float:
    total = sum(row.possible for row in rows)
    return round(100 * sum(row.points for row in rows) / total, 2) if total else 0


def _maturity(levels: Iterable[int | None]) -> int | None:
    mean = _mean(levels)
    return None if mean is None else max(round(mean), int(mean > 0))


def _mean(levels: Iterable[float | None]) -> float | None:
    known = [level for level in levels if level is not None]
    return sum(known) / len(known) if known else None
