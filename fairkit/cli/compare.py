"""`fairkit compare`: what each form of the metadata tells, what it loses, and what contradicts."""

from __future__ import annotations

from typing import Annotated

import typer

from fairkit.errors import UsageError

from . import edge
from .gathering import Options, checklists, gathered
from .options import EvidenceFile, Json, Offline, Online, OutputFile, Quiet, SaveEvidence, Verbose

__all__ = ["compare"]


@edge.guarded
def compare(
    targets: Annotated[
        list[str] | None,
        typer.Argument(metavar="TARGET [TARGET]", help="One target, to compare its documents, or two."),
    ] = None,
    json: Json = False,
    output: OutputFile = None,
    offline: Offline = False,
    online: Online = False,
    evidence: EvidenceFile = None,
    save_evidence: SaveEvidence = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Show what each form of the metadata tells, field by field, what it loses, and what contradicts.

    \b
    fairkit compare record 12102
    fairkit compare record 12102 ./record.jsonld
    fairkit compare ./dataset --json

    Two targets are compared with each other, each as all its documents together tell it. The exit code is 0 whatever
    is found, 3 if there was nothing to read.
    """
    from fairkit import compare as core
    from fairkit.compare import text
    from fairkit.dialects import harvest

    from .looks import json_of, style

    codes: list[int] = []
    options = Options(offline, online, evidence, save_evidence, False, quiet, verbose)
    found = [harvest(one) for one in gathered(targets or [], checklists(None), options, codes)]
    if len(found) > 2:
        what = f"there are {len(found):,} works to compare, and a comparison takes one or two"
        raise UsageError(what, value=targets, remedy="Name one target, to compare its documents, or two.")
    if not any(one.views for one in found):
        return edge.worst([*codes, 3])
    if not codes:
        made = core.compare(*found) if len(found) == 1 else core.compare_two(*found)
        edge.write(json_of(made) if json else text.render(made, style=style(output, verbose)), output)
    return edge.worst(codes)
