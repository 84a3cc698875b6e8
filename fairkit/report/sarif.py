"""SARIF 2.1.0: what code scanners report, with the line of the metadata file, for annotations in a review.

A run is one target by one checklist. What falls short or is unknown is a result; `verbose` adds all the rest, as
results of another kind than `fail`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from fairkit.assess.assessment import Assessment, DocumentRow, ResultRow

from . import Style
from ._facts import SHORT, SOURCE, fingerprint, moment, place, told, uri, written
from ._harmless import harmless
from ._wording import letters, warned

__all__ = ["LINES", "MEDIA_TYPE", "TITLE", "render"]

TITLE = "SARIF 2.1.0, for code scanning and annotations"
MEDIA_TYPE = "application/sarif+json"
LINES = True

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"essential": "error", "important": "warning", "useful": "note"}
_KINDS = {"pass": "pass", "pending": "open", "not-applicable": "notApplicable"}
"""The kinds of what is not wrong; these have no level (SARIF 3.27.10)."""
_SEMANTIC = re.compile(r"\d+\.\d+\.\d+")


def render(assessments: Sequence[Assessment], *, style: Style) -> bytes:
    """A log with a run for each assessment."""
    runs = [_run(assessment, verbose=style.verbose) for assessment in assessments]
    return written({"$schema": _SCHEMA, "version": "2.1.0", "runs": runs})


def _run(assessment: Assessment, *, verbose: bool) -> dict[str, Any]:
    rules = {_id(row): _rule(row) for row in assessment.results}  # an id that stands there twice would be refused
    numbers = {name: number for number, name in enumerate(rules)}
    rows = [row for row in assessment.results if verbose or row.status not in _KINDS]
    return {
        "tool": {"driver": _driver(assessment, list(rules.values()))},
        "automationDetails": {"id": _automation(assessment)},
        "invocations": [_invocation(assessment)],
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(document) for document in assessment.documents],
        "results": [_result(assessment, row, numbers[_id(row)]) for row in rows],
        "properties": _properties(assessment),
    }


def _invocation(assessment: Assessment) -> dict[str, Any]:
    """How the run went, with what a reader must not miss about it."""
    ended = moment(assessment)
    warnings = [{"level": "warning", "message": _message(sentence)} for _, sentence in warned(assessment)]
    return {
        "executionSuccessful": not assessment.is_empty,
        **({"endTimeUtc": ended} if ended else {}),
        **({"toolExecutionNotifications": warnings} if warnings else {}),
    }


def _automation(assessment: Assessment) -> str:
    """What tells apart the runs of several targets and checklists; all before the last slash is their category."""
    return f"fairkit/{harmless(assessment.checklist.id, longest=80)}/{harmless(assessment.target)}/"


def _driver(assessment: Assessment, rules: list[dict[str, Any]]) -> dict[str, Any]:
    version = harmless(assessment.fairkit_version, longest=80)
    semantic = {"semanticVersion": version} if _SEMANTIC.fullmatch(version) else {}
    return {"name": "fairkit", "version": version, **semantic, "informationUri": SOURCE, "rules": rules}


def _rule(row: ResultRow) -> dict[str, Any]:
    title, principle = _message(row.title), harmless(row.principle, longest=20)
    return {
        "id": _id(row),
        "shortDescription": title,
        "fullDescription": title,
        "help": _message(row.fix.remedy) if row.fix else title,
        "defaultConfiguration": {"level": _LEVELS[row.level]},
        "properties": {"tags": ["FAIR", principle[:1], principle], "about": row.about},
    }


def _id(row: ResultRow) -> str:
    return harmless(row.metric, longest=200)


def _message(text: str) -> dict[str, str]:
    """A message that says what it says: braces would be placeholders, and brackets before a parenthesis a link."""
    plain = harmless(text, longest=900).replace("{", "{{").replace("}", "}}").replace("](", "] (")
    return {"text": plain or "–"}


def _artifact(document: DocumentRow) -> dict[str, Any]:
    return {
        "location": {"uri": uri(document.url)},
        "length": document.size,
        "mimeType": harmless(document.media_type),
        "hashes": {"sha-256": harmless(document.sha256)},
        "description": {"text": harmless(document.representation)},
    }


def _result(assessment: Assessment, row: ResultRow, number: int) -> dict[str, Any]:
    found = place(assessment, row)
    named = [{"fullyQualifiedName": harmless(found.pointer), "kind": "property"}] if found.pointer else None
    return {
        "ruleId": _id(row),
        "ruleIndex": number,
        "kind": _KINDS.get(row.status, "fail"),
        "level": _level(row),
        "message": _message(told(row)),
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri(found.document)},
                    "region": {"startLine": found.line},
                },
                **({"logicalLocations": named} if named else {}),
            }
        ],
        "partialFingerprints": {"fairkitFinding/v1": fingerprint(assessment, row)},
        "properties": {
            "status": row.status,
            "principle": harmless(row.principle, longest=20),
            "points": row.points,
            "possible": row.possible,
            "field": harmless(row.fix.field) if row.fix and row.fix.field else None,
            "suggestion": harmless(row.fix.suggestion) if row.fix and row.fix.suggestion else None,
        },
    }


def _level(row: ResultRow) -> str:
    if row.status in _KINDS:
        return "none"
    if row.level == "useful" or row.status not in SHORT:
        return "note"
    return "error" if row.status == "fail" and row.level == "essential" else "warning"


def _properties(assessment: Assessment) -> dict[str, Any]:
    scores = {letter: score and {"low": score.low, "high": score.high} for letter, score in letters(assessment).items()}
    checklist = assessment.checklist
    return {
        "target": harmless(assessment.target),
        "checklist": f"{harmless(checklist.id, longest=80)} {harmless(checklist.version, longest=80)}",
        "evidenceDigest": harmless(assessment.evidence_digest),
        "fromShowcase": assessment.from_showcase,
        "scores": scores,
    }
