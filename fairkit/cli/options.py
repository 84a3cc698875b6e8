"""The options that several verbs share, so that they mean the same everywhere."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = [
    "ChecklistNames",
    "EvidenceFile",
    "FailFast",
    "Json",
    "Offline",
    "Online",
    "OutputFile",
    "Quiet",
    "SaveEvidence",
    "Verbose",
]

ChecklistNames = Annotated[
    list[str] | None,
    typer.Option("--checklist", "-c", metavar="NAME", help="A checklist, or all; may be given more than once."),
]
EvidenceFile = Annotated[str | None, typer.Option("--evidence", metavar="FILE", help="Replay saved evidence.")]
FailFast = Annotated[bool, typer.Option("--fail-fast", help="Stop at the first target that fails.")]
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]
Offline = Annotated[bool, typer.Option("--offline", help="Use no network.")]
Online = Annotated[bool, typer.Option("--online", help="Look up online what files and folders name.")]
OutputFile = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the result to a file.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
SaveEvidence = Annotated[
    str | None, typer.Option("--save-evidence", metavar="FILE", help="Save all that was read and tried to a file.")
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Tell more: every result, and what is fetched.")]
