"""`fairkit diff`: what changed between two assessments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from fairkit.errors import UsageError

from . import edge
from .gathering import Options, assessed, checklists, gathered
from .options import ChecklistNames, Json, Offline, Online, OutputFile, Quiet, Verbose
from .saved import saved

if TYPE_CHECKING:
    from fairkit.assess.assessment import Assessment

__all__ = ["diff"]


@edge.guarded
def diff(
    targets: Annotated[
        list[str] | None,
        typer.Argument(metavar="A B", help="Two saved JSON reports, or targets that are assessed now."),
    ] = None,
    checklist: ChecklistNames = None,
    json: Json = False,
    output: OutputFile = None,
    offline: Offline = False,
    online: Online = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Tell what changed between two assessments: scores then and now, metrics, and with -v the messages.

    \b
    fairkit diff january.json july.json
    fairkit diff report.json ./dataset
    fairkit diff report.json record 12102

    What is assessed now is assessed by the checklists of the saved report, unless --checklist names others. The exit
    code is 0 whatever changed.
    """
    from fairkit import diff as core
    from fairkit.diff import text

    from .looks import json_of, style

    sides = list(_sides(targets or []))
    if len(sides) != 2:
        what = f"a difference is between two things, not {len(sides)}"
        raise UsageError(what, value=targets, remedy="As in: fairkit diff report.json ./dataset")
    reports = [saved(side) for side in sides]
    if checklist and all(report is not None for report in reports):
        raise UsageError("saved reports have been made by their own checklists", remedy="Leave --checklist out.")
    names = checklist or list(dict.fromkeys(each.checklist.id for report in reports for each in report or []))
    codes: list[int] = []
    options = Options(offline, online, quiet=quiet, verbose=verbose)
    then, now = (
        _assessed(side, names, options, codes) if report is None else report
        for side, report in zip(sides, reports, strict=True)
    )
    if then and now:
        made = core.diff(then, now)
        edge.write(json_of(made) if json else text.render(made, style=style(output, verbose)), output)
    elif not codes:
        raise UsageError("one of the two holds no assessment", value=targets, remedy="Assess the target again.")
    return edge.worst(codes)


def _sides(words: Sequence[str]) -> Iterator[list[str]]:
    """Each thing that is named: a word, or a keyword and its word."""
    from fairkit.sources import targets

    for target in targets(words):
        yield [target.keyword, target.word] if target.keyword else [target.word]


def _assessed(side: list[str], names: list[str], options: Options, codes: list[int]) -> list[Assessment]:
    chosen = checklists(names)
    return list(assessed(gathered(side, chosen, options, codes), chosen, codes))
