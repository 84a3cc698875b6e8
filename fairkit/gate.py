"""The gate: an assessment and a policy make a verdict. Pure.

A score is an interval where something is unknown: its high end below the minimum blocks, its low end at or above
passes, in between nobody can tell. A decided block beats what is unknown. Without a policy every essential metric
must pass. The showcase is never judged: it is not the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal, NamedTuple

from .assess.assessment import Assessment, ChecklistRow, ResultRow
from .errors import UnknownName, UsageError
from .model.base import Frozen, Told, word

__all__ = ["SCORES", "Policy", "Reason", "Verdict", "judge", "minimum"]

SCORES = ("F", "A", "I", "R", "total")
_PART = re.compile(r"\s*(?P<name>[A-Za-z]+)\s*=\s*(?P<value>[0-9.]+)\s*")


class Policy(NamedTuple):
    """What must hold: scores at least as high as `minimum`, and the metrics that are `required`."""

    minimum: Mapping[str, float] = {}
    required: tuple[str, ...] = ()


@word
class Reason(Frozen):
    """Why a release is blocked, or why nobody can tell."""

    what: Annotated[str, Told("The score or the metric")]
    why: Annotated[str, Told("What was found against what was asked")]


@word
class Verdict(Frozen):
    """Whether a release may pass."""

    target: str
    checklist: ChecklistRow
    verdict: Annotated[Literal["pass", "block", "unknown"], Told("What the gate says")]
    blocking: tuple[Reason, ...]
    unknown: tuple[Reason, ...]
    evidence_digest: str
    fairkit_version: str

    @property
    def exit_code(self) -> int:
        """0 passes, 1 is blocked, 3 nobody can tell."""
        return {"pass": 0, "block": 1, "unknown": 3}[self.verdict]


class _Finding(NamedTuple):
    blocks: bool
    reason: Reason


def minimum(written: Sequence[str]) -> dict[str, float]:
    """The least scores in texts such as `F=0.8,total=0.7`.

    Raises:
        UsageError: for an unknown score, or a value that is not between 0 and 1.
    """
    found: dict[str, float] = {}
    for part in (part for text in written for part in text.split(",")):
        match = _PART.fullmatch(part)
        names = {name.lower(): name for name in SCORES}
        remedy = f"Write scores between 0 and 1, as in --minimum F=0.8,total=0.7; they are {', '.join(SCORES)}."
        if match is None or match["name"].lower() not in names:
            raise UsageError(f"{part!r} is no minimum", value=part, remedy=remedy)
        try:
            value = float(match["value"])
        except ValueError:
            value = -1.0
        if not 0 <= value <= 1:
            raise UsageError(f"the minimum {part!r} is not between 0 and 1", value=part, remedy=remedy)
        found[names[match["name"].lower()]] = value
    return found


def judge(assessment: Assessment, policy: Policy | None = None) -> Verdict:
    """The verdict on one assessment; without a policy every essential metric must pass.

    Raises:
        UnknownName: if the policy requires a metric that the checklist does not have.
    """
    if assessment.from_showcase:
        why = "the portal did not give the record, and the gate never judges the showcase"
        findings = [_Finding(False, Reason(what="evidence", why=why))]
    elif assessment.is_empty:
        findings = [_Finding(False, Reason(what="evidence", why="nothing could be read"))]
    else:
        findings = [*_scores(assessment, policy), *_metrics(assessment, policy)]
    blocking = tuple(finding.reason for finding in findings if finding.blocks)
    unknown = tuple(finding.reason for finding in findings if not finding.blocks)
    return Verdict(
        target=assessment.target,
        checklist=assessment.checklist,
        verdict="block" if blocking else "unknown" if unknown else "pass",
        blocking=blocking,
        unknown=unknown,
        evidence_digest=assessment.evidence_digest,
        fairkit_version=assessment.fairkit_version,
    )


def _scores(assessment: Assessment, policy: Policy | None) -> Iterator[_Finding]:
    """The scores that fall short of the policy; a letter of which nothing applies asks nothing."""
    for name, least in (policy.minimum if policy else {}).items():
        score = getattr(assessment.scores, name)
        if score is None or score.low >= least:
            continue
        found = f"{score.low:.2f}" if score.low == score.high else f"{score.low:.2f} to {score.high:.2f}"
        yield _Finding(score.high < least, Reason(what=name, why=f"{found}, and {least:.2f} is asked"))


def _metrics(assessment: Assessment, policy: Policy | None) -> Iterator[_Finding]:
    """The required metrics that do not pass; pending and not applicable ones ask nothing."""
    for row in _required(assessment, policy):
        if row.status in ("fail", "partial", "unknown"):
            yield _Finding(row.status != "unknown", Reason(what=row.metric, why=f"{row.status}: {row.message}"))


def _required(assessment: Assessment, policy: Policy | None) -> list[ResultRow]:
    if policy is None:
        return [row for row in assessment.results if row.level == "essential"]
    by_name = {row.metric: row for row in assessment.results}
    for name in policy.required:
        if name not in by_name:
            raise UnknownName(f"metric of {assessment.checklist.id}", name, by_name)
    return [by_name[name] for name in policy.required]
