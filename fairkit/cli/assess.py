"""`fairkit assess`: how FAIR is it, principle by principle, with the evidence and what to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fairkit.errors import UsageError

from . import edge
from .gathering import Options, assessed, checklists, gathered
from .options import (
    ChecklistNames,
    EvidenceFile,
    FailFast,
    Offline,
    Online,
    OutputFile,
    Quiet,
    SaveEvidence,
    Verbose,
)

if TYPE_CHECKING:
    from fairkit.assess.checklist import Checklist, Metric

__all__ = ["assess"]


@edge.guarded
def assess(
    targets: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TARGET", help="A record (record 12102), a DOI, a file, a folder; - reads them from stdin."
        ),
    ] = None,
    checklist: ChecklistNames = None,
    format: Annotated[str, typer.Option("--format", "-f", metavar="NAME", help="The report: text, json …")] = "text",
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    output: OutputFile = None,
    offline: Offline = False,
    online: Online = False,
    evidence: EvidenceFile = None,
    save_evidence: SaveEvidence = None,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="METRIC", help="Explain one metric and its verdict.")
    ] = None,
    fail_fast: FailFast = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Tell how FAIR something is, principle by principle, with the evidence and what to change.

    \b
    fairkit assess record 12102
    fairkit assess 10.7483/OPENDATA.CMS.JGJX.MS7Q --checklist fair4hep
    fairkit assess ./dataset --format json -o report.json

    The exit code is 0 whatever the score, 2 for a target that does not exist, 3 if nothing at all could be read.
    """
    from fairkit.report import report

    from .looks import style

    chosen = checklists(checklist)
    writer = report("json" if json else format)
    if explain and (json or format != "text"):
        raise UsageError("--explain is written in words", remedy="Leave the format out; the JSON report has the facts.")
    metrics = _explained(explain, chosen) if explain else []
    codes: list[int] = []
    options = Options(offline, online, evidence, save_evidence, fail_fast, quiet, verbose)
    lines = getattr(writer, "LINES", False)
    found = list(assessed(gathered(targets or [], chosen, options, codes), chosen, codes, lines=lines))
    if metrics:
        from .explain import explanation

        edge.write(explanation(metrics, found), output)
    elif found or not codes:
        edge.write(writer.render(found, style=style(output, verbose)), output)
    return edge.worst(codes)


def _explained(name: str, chosen: list[Checklist]) -> list[Metric]:
    """The metric of this name in each of the checklists that has one.

    Raises:
        UnknownName: if none has.
    """
    found = [metric for one in chosen for metric in one.metrics if metric.id == name]
    return found or [chosen[0].metric(name)]
