"""`fairkit gate`: may it be released?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fairkit import atomic
from fairkit.errors import UnreadableDocument, UsageError

from . import edge, policy, verdicts
from .gathering import Options, assessed, checklists, gathered, words_of
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
from .saved import saved as read_back

if TYPE_CHECKING:
    from datetime import date

    from fairkit.assess.assessment import Assessment
    from fairkit.gate import Baseline, Policy, Verdict
    from fairkit.report import Report

__all__ = ["gate"]


@edge.guarded
def gate(
    targets: Annotated[
        list[str] | None, typer.Argument(metavar="TARGET", help="As of assess, or a saved JSON report.")
    ] = None,
    checklist: ChecklistNames = None,
    policy_file: Annotated[
        str | None, typer.Option("--policy", metavar="FILE", help="A file with the table [gate], instead of looking.")
    ] = None,
    minimum: Annotated[
        list[str] | None, typer.Option("--minimum", metavar="F=0.8,total=0.7", help="The least scores, 0 to 1.")
    ] = None,
    require: Annotated[
        list[str] | None, typer.Option("--require", metavar="METRIC", help="A metric that must pass.")
    ] = None,
    level: Annotated[
        list[str] | None, typer.Option("--level", metavar="NAME", help="A level whose metrics must all pass.")
    ] = None,
    baseline: Annotated[
        str | None, typer.Option("--baseline", metavar="FILE", help="What passed in this saved report must still pass.")
    ] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="Write what is found to the baseline; compare with nothing.")
    ] = False,
    report: Annotated[
        list[str] | None, typer.Option("--report", metavar="FORMAT=FILE", help="Write a report of assess as well.")
    ] = None,
    verdict: Annotated[
        str | None, typer.Option("--verdict", metavar="FILE", help="Write the verdicts to a file as JSON, too.")
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

    The policy stands in the table [gate] of a fairkit.toml, and options win over it. Where nothing is asked, every
    essential metric must pass.

    \b
    fairkit gate ./dataset
    fairkit gate record 12102 --minimum F=0.8,total=0.7
    fairkit gate report.json --require R1.1-licence
    fairkit gate ./dataset --baseline baseline.json --report json=report.json

    The exit code is 0 if it passes, 1 if it is blocked, 3 if nobody can tell, 2 for a wrong call.
    """
    reports = [_report(written) for written in report or []]
    words = words_of(targets) if targets else []
    saved = read_back(words)
    rules = policy.chosen(policy_file, words if saved is None else [], minimum, require, level)
    before = _baseline(baseline, update=update_baseline)
    codes: list[int] = []
    if saved is None:
        chosen = checklists(checklist or ([rules.checklist] if rules.checklist else None))
        _vet(rules.policy, [metric.id for one in chosen for metric in one.metrics])
        options = Options(offline, online, evidence, save_evidence, fail_fast, quiet, verbose)
        lines = any(getattr(writer, "LINES", False) for writer, _ in reports)
        found = list(assessed(gathered(words, chosen, options, codes), chosen, codes, lines=lines))
    else:
        found = _by(saved, rules.checklist, checklist)
        _vet(rules.policy, [row.metric for assessment in found for row in assessment.results])
    if not found and not codes:
        raise UsageError("there is nothing to judge", remedy="Name a target, or a report that holds an assessment.")
    judged = _judged(found, rules.policy, None if update_baseline else before)
    if found:  # what found nothing must not look like a clean result
        _write(reports, found)
        if verdict is not None:
            edge.write(verdicts.as_json(judged), verdict)
        if update_baseline and before is not None:
            _update(before, found)
        edge.write(verdicts.as_json(judged) if json else verdicts.as_text(judged), output)
    return edge.worst([*codes, *(each.exit_code for each in judged)])


def _judged(found: Sequence[Assessment], asked: Policy, before: Baseline | None) -> list[Verdict]:
    from fairkit.gate import judge

    if before is not None and found:
        before.hold(found)
    policies = (asked.concerning({row.metric for row in each.results}) for each in found)
    return [judge(each, own, before, today=_today()) for each, own in zip(found, policies, strict=True)]


def _today() -> date:
    """The day of results: that of SOURCE_DATE_EPOCH where it is set."""
    from datetime import date

    from fairkit import settings

    return date.fromisoformat(settings.now()[:10])


def _vet(asked: Policy, metrics: list[str]) -> None:
    """Refuse a wrong policy before anything is fetched for it."""
    from fairkit.gate import vet

    vet(asked, metrics, today=_today())


def _report(written: str) -> tuple[Report, str]:
    """The report and the file in a text such as `sarif=fairkit.sarif`."""
    from fairkit.report import report

    name, found, path = written.partition("=")
    if not found or not path:
        remedy = "Write it as in --report json=report.json."
        raise UsageError(f"{written!r} names no report and file", value=written, remedy=remedy)
    return report(name), path


def _write(reports: Sequence[tuple[Report, str]], found: Sequence[Assessment]) -> None:
    from fairkit.report import Style

    for writer, path in reports:
        edge.write(writer.render(found, style=Style()), path)


def _baseline(path: str | None, *, update: bool) -> Baseline | None:
    """What was found before; nothing yet where the baseline is about to be written for the first time."""
    from fairkit.gate import Baseline

    if path is None:
        if update:
            raise UsageError("--update-baseline needs a file", remedy="Name it: --baseline FILE --update-baseline")
        return None
    try:
        return Baseline.parse(Path(path).read_bytes(), where=path)
    except FileNotFoundError:
        if update:
            return Baseline((), path)
        what, remedy = f"there is no baseline {path}", "Write it once with --update-baseline, and keep it."
        raise UsageError(what, value=path, remedy=remedy) from None
    except OSError as error:
        raise UnreadableDocument(f"{path} cannot be read: {error.strerror}", value=path) from None


def _update(before: Baseline, found: Sequence[Assessment]) -> None:
    """Write down what could be judged; the showcase and what could not be read are no baseline of anything."""
    solid = [each for each in found if not (each.is_empty or each.from_showcase)]
    if not solid:
        edge.say(f"fairkit: {before.where} is not written, for nothing could be judged")
        return
    atomic.write(before.where, before.updated(solid).dump())


def _by(saved: list[Assessment], asked: str | None, said: list[str] | None) -> list[Assessment]:
    """The saved assessments by the checklist that the policy asks for."""
    if said:
        raise UsageError("a saved report has been made by its own checklist", remedy="Leave --checklist out.")
    found = [each for each in saved if asked in (None, "all", each.checklist.id)]
    if saved and not found:
        what = f"the policy asks for the checklist {asked}, and the report has been made by another"
        raise UsageError(what, value=asked, remedy=f"Assess it again with --checklist {asked}.")
    return found
