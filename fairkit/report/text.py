"""Text for a terminal: four bars, the worst first, and what to do about it."""

from __future__ import annotations

import io
from collections.abc import Sequence

from fairkit.assess.assessment import Assessment

from . import Style

__all__ = ["MEDIA_TYPE", "TITLE", "render"]

TITLE = "a table for the terminal"
MEDIA_TYPE = "text/plain; charset=utf-8"

_NARROWEST = 60
"""Columns below which no table can be read."""


def render(assessments: Sequence[Assessment], *, style: Style) -> bytes:
    """A block for each assessment and, for several, a table of all scores at the end."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.rule import Rule

    from . import _block  # it stands on rich, which costs more than all the rest

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
    blocks = [_block.block(each, width=console.width, verbose=style.verbose) for each in assessments]
    if len(assessments) > 1:
        blocks.append(_block.closing(assessments))
    for number, block in enumerate(blocks):
        if number:
            console.print(Padding(Rule(style="dim"), (1, 0)))
        console.print(block)
    lines = (line.rstrip() for line in out.getvalue().splitlines())
    return "".join(f"{line}\n" for line in lines).encode()
