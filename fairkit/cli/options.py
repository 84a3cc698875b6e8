"""The options that several verbs share, so that they mean the same everywhere."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

__all__ = [
    "ChecklistNames",
    "Command",
    "EvidenceFile",
    "FailFast",
    "Group",
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


class Command(TyperCommand):
    """A verb whose options are words and flags, taken as they were written."""

    def get_params(self, ctx: Any) -> Any:
        return _as_written(super().get_params(ctx))


class Group(TyperGroup):
    """The verbs, with such options of their own."""

    def get_params(self, ctx: Any) -> Any:
        return _as_written(super().get_params(ctx))


def _as_written(parameters: list[Any]) -> list[Any]:
    """The parameters, without what typer does to values: it would load pydantic, 90 ms, to make texts of texts."""
    for parameter in parameters:
        parameter.process_value = partial(_taken, parameter)
    return parameters


def _taken(parameter: Any, context: Any, value: Any) -> Any:
    if parameter.required and parameter.value_is_missing(value):
        names = parameter.opts if parameter.param_type_name == "option" else [parameter.metavar or parameter.name]
        context.fail(f"Missing {parameter.param_type_name} {' / '.join(map(repr, names))}.")
    if parameter.callback is not None:
        value = parameter.callback(context, parameter, value)
    return list(value) if isinstance(value, tuple) else value
