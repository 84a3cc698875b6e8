"""The verdict: what blocks a release, what nobody can tell, what is waived, what has fallen back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, NamedTuple

from fairkit.assess.assessment import Assessment, ChecklistRow
from fairkit.model.base import Frozen, Told, word

from .baseline import Baseline, Entry, changes
from .policy import Policy, Waiver, vet

__all__ = ["Reason", "Verdict", "Waived", "judge"]


@word
class Reason(Frozen):
    """Why a release is blocked, or why nobody can tell."""

    what: Annotated[str, Told("The score or the metric")]
    why: Annotated[str, Told("What was found against what was asked")]


@word
class Waived(Frozen):
    """A shortfall that is accepted for a while."""

    what: Annotated[str, Told("The metric")]
    why: Annotated[str, Told("What was found against what was asked")]
    reason: Annotated[str, Told("Why it is accepted")]
    until: Annotated[str, Told("The last day on which it is, in ISO 8601")]


@word
class Verdict(Frozen):
    """Whether a release may pass."""

    target: str
    checklist: ChecklistRow
    policy: Annotated[str | None, Told("The file that the policy stands in; null where options or nothing gave it")]
    verdict: Annotated[Literal["pass", "block", "unknown"], Told("What the gate says")]
    blocking: Annotated[tuple[Reason, ...], Told("What blocks; regressions are among it")]
    unknown: Annotated[tuple[Reason, ...], Told("What is asked, and could not be told")]
    waived: Annotated[tuple[Waived, ...], Told("What would block or be unknown, and is waived")]
    regressions: Annotated[tuple[Reason, ...], Told("What passed in the baseline, and does no longer")]
    notes: Annotated[tuple[str, ...], Told("What else differs from the baseline")]
    evidence_digest: str
    fairkit_version: str

    @property
    def exit_code(self) -> int:
        """0 passes, 1 is blocked, 3 nobody can tell."""
        return {"pass": 0, "block": 1, "unknown": 3}[self.verdict]


class _Finding(NamedTuple):
    reason: Reason
    blocks: bool
    regressed: bool = False
    waiver: Waiver | None = None


def judge(
    assessment: Assessment,
    policy: Policy | None = None,
    baseline: Baseline | None = None,
    *,
    today: date = date.max,
) -> Verdict:
    """The verdict on one assessment. Waivers hold as of `today`; without a day all of them have expired.

    Raises:
        UnknownName: if the policy names a metric that the checklist does not have.
        UsageError: if a waiver has expired, or gives no reason.
    """
    policy = policy or Policy()
    kind = f"metric of {assessment.checklist.id}"
    vet(policy, [row.metric for row in assessment.results], today=today, kind=kind)
    entry = baseline.entry(assessment) if baseline else None
    findings = list(_evidence(assessment)) or [*_scores(assessment, policy), *_metrics(assessment, policy, entry)]
    counted = [finding for finding in findings if finding.waiver is None]
    blocking = tuple(finding.reason for finding in counted if finding.blocks)
    unknown = tuple(finding.reason for finding in counted if not finding.blocks)
    return Verdict(
        target=assessment.target,
        checklist=assessment.checklist,
        policy=policy.where,
        verdict="block" if blocking else "unknown" if unknown else "pass",
        blocking=blocking,
        unknown=unknown,
        waived=tuple(_waived(finding.reason, finding.waiver) for finding in findings if finding.waiver),
        regressions=tuple(finding.reason for finding in counted if finding.regressed),
        notes=tuple(changes(entry, assessment)) if baseline else (),
        evidence_digest=assessment.evidence_digest,
        fairkit_version=assessment.fairkit_version,
    )


def _evidence(assessment: Assessment) -> Iterator[_Finding]:
    """Why there is nothing that could be judged."""
    if assessment.from_showcase:
        why = "the portal did not give the record, and the gate never judges the showcase"
        yield _Finding(Reason(what="evidence", why=why), blocks=False)
    elif assessment.is_empty:
        yield _Finding(Reason(what="evidence", why="nothing could be read"), blocks=False)


def _scores(assessment: Assessment, policy: Policy) -> Iterator[_Finding]:
    """The scores that fall short of the policy; a letter of which nothing applies asks nothing."""
    for name, least in policy.minimum.items():
        score = getattr(assessment.scores, name)
        if score is None or score.low >= least:
            continue
        found = f"{score.low:.2f}" if score.low == score.high else f"{score.low:.2f} to {score.high:.2f}"
        waived = "; waivers change no score" if policy.waivers else ""
        why = f"{found}, and {least:.2f} is asked{waived}"
        yield _Finding(Reason(what=name, why=why), blocks=score.high < least)


def _metrics(assessment: Assessment, policy: Policy, entry: Entry | None) -> Iterator[_Finding]:
    """The metrics that must pass, by the policy or because they did before; pending and not applicable ask nothing."""
    passed = {name for name, status in entry.statuses.items() if status == "pass"} if entry else set()
    for row in assessment.results:
        before = row.metric in passed
        asked = row.metric in policy.required or row.level in policy.blocking_levels
        if row.status not in ("fail", "partial", "unknown") or not (asked or before):
            continue
        blocks = row.status != "unknown"
        why = f"{row.status}: {row.message}{' (it passed in the baseline)' if before else ''}"
        reason = Reason(what=row.metric, why=why)
        yield _Finding(reason, blocks=blocks, regressed=before and blocks, waiver=policy.waiver(row.metric))


def _waived(reason: Reason, waiver: Waiver) -> Waived:
    return Waived(what=reason.what, why=reason.why, reason=waiver.reason, until=waiver.until.isoformat())
