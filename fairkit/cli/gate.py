"""`fairkit gate`: may it be released?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fairkit.errors import UnreadableDocument, UsageError

from . import edge
from .gathering import Options, assessed, checklists, gathered
from .options import (
    ChecklistNames,
    EvidenceFile,
    FailFast,
    Json,
    Offline,
    Online,
    OutputFile,
    Quiet,
    SaveEvidence,
    Verbose,
)

if TYPE_CHECKING:
    from fairkit.assess.assessment import Assessment
    from fairkit.gate import Policy, Verdict

__all__ = ["gate"]


@edge.guarded
def gate(
    targets: Annotated[
        list[str] | None, typer.Argument(metavar="TARGET", help="As of assess, or a saved JSON report.")
    ] = None,
    checklist: ChecklistNames = None,
    minimum: Annotated[
        list[str] | None, typer.Option("--minimum", metavar="F=0.8,total=0.7", help="The least scores, 0 to 1.")
    ] = None,
    require: Annotated[
        list[str] | None, typer.Option("--require", metavar="METRIC", help="A metric that must pass.")
    ] = None,
    json: Json = False,
    output: OutputFile = None,
    offline: Offline = False,
    online: Online = False,
    evidence: EvidenceFile = None,
    save_evidence: SaveEvidence = None,
    fail_fast: FailFast = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Tell whether something is FAIR enough to release.

    Without --minimum or --require every essential metric must pass.

    \b
    fairkit gate ./dataset
    fairkit gate record 12102 --minimum F=0.8,total=0.7
    fairkit gate report.json --require R1.1-licence

    The exit code is 0 if it passes, 1 if it is blocked, 3 if nobody can tell, 2 for a wrong call.
    """
    from fairkit.gate import Policy, judge
    from fairkit.gate import minimum as parsed

    policy = Policy(parsed(minimum or []), tuple(require or ())) if minimum or require else None
    codes: list[int] = []
    found = _saved(targets or [])
    if found is not None and checklist:
        raise UsageError("a saved report has been made by its own checklist", remedy="Leave --checklist out.")
    if found is None:
        chosen = checklists(checklist)
        _known(policy, [metric.id for one in chosen for metric in one.metrics])
        options = Options(offline, online, evidence, save_evidence, fail_fast, quiet, verbose)
        found = list(assessed(gathered(targets or [], chosen, options, codes), chosen, codes))
    elif policy:
        _known(policy, [row.metric for assessment in found for row in assessment.results])
    verdicts = [judge(assessment, _asked_of(assessment, policy)) for assessment in found]
    if not verdicts and not codes:
        raise UsageError("there is nothing to judge", remedy="Name a target, or a report that holds an assessment.")
    if verdicts:
        edge.write(_json(verdicts) if json else _text(verdicts), output)
    return edge.worst([*codes, *(verdict.exit_code for verdict in verdicts)])


def _known(policy: Policy | None, known: list[str]) -> None:
    """Refuse an unknown metric before anything is fetched for it."""
    from fairkit.errors import UnknownName

    for name in policy.required if policy else ():
        if name not in known:
            raise UnknownName("metric", name, known)


def _asked_of(assessment: Assessment, policy: Policy | None) -> Policy | None:
    """The policy, as far as it concerns the metrics of this assessment: another checklist has others."""
    if policy is None:
        return None
    own = {row.metric for row in assessment.results}
    return policy._replace(required=tuple(name for name in policy.required if name in own))


def _saved(words: list[str]) -> list[Assessment] | None:
    """The assessments of saved reports, if all the words name such files."""
    if not words or not all(map(os.path.isfile, words)):
        return None
    try:
        bodies = [Path(word).read_bytes() for word in words]
    except OSError:  # the one who reads documents says what is wrong with it
        return None
    if not all(body.lstrip().startswith(b"[") and b'"evidence_digest"' in body for body in bodies):
        return None
    from pydantic import ValidationError

    from fairkit.assess.assessment import load

    try:
        return [assessment for body in bodies for assessment in load(body)]
    except ValidationError as error:
        what = f"{', '.join(words)} is not a report that fairkit wrote: {error.errors()[0]['msg']}"
        raise UnreadableDocument(what, value=words, remedy="Assess the target again with --json.") from None


def _json(verdicts: list[Verdict]) -> bytes:
    import json

    from fairkit.model.base import plain

    return json.dumps(plain(tuple(verdicts)), ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"


def _text(verdicts: list[Verdict]) -> bytes:
    words = {"pass": "may pass", "block": "is BLOCKED", "unknown": "cannot be judged"}
    lines: list[str] = []
    for verdict in verdicts:
        lines.append(f"{verdict.target} {words[verdict.verdict]} (checklist {verdict.checklist.id})")
        lines += [f"  ✗ {reason.what}: {reason.why}" for reason in verdict.blocking]
        lines += [f"  ? {reason.what}: {reason.why}" for reason in verdict.unknown]
    clean = ("".join(c if c.isprintable() else "\ufffd" for c in line) for line in lines)
    return "\n".join(clean).encode("utf-8", "replace") + b"\n"
