"""Text for a terminal: four bars, the worst first, and what to do about it."""

from __future__ import annotations

import io
from collections.abc import Sequence

from fairkit.assess.assessment import Assessment

from . import Style

__all__ = ["MEDIA_TYPE", "TITLE", "render"]

TITLE = "a table for the terminal"
MEDIA_TYPE = "text/plain; charset=utf-8"

_NARROWEST = 40
"""Columns below which no table can be read."""


def render(assessments: Sequence[Assessment], *, style: Style) -> bytes:
    """A block for each assessment and, for several, a table of all scores at the end."""
    from rich.console import Console

    from . import _block  # stands on rich, which costs more than all the rest

    out = io.StringIO()
    # Everything is set, so that neither the environment nor the terminal has a say; with a width but no height rich
    # asks the terminal for both.
    console = Console(
        file=out,
        width=max(style.width, _NARROWEST),
        height=25,
        force_terminal=style.colour,
        force_jupyter=False,
        color_system="standard" if style.colour else None,
        no_color=not style.colour,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for number, assessment in enumerate(assessments):
        if number:
            console.rule(style="dim")
        console.print(_block.block(assessment, width=console.width, verbose=style.verbose))
    if len(assessments) > 1:
        console.rule(style="dim")
        console.print(_block.closing(assessments))
    lines = (line.rstrip() for line in out.getvalue().splitlines())
    return "".join(f"{line}\n" for line in lines).encode()
