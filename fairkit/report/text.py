"""Text for a terminal: four bars, the worst first, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from fairkit.assess.assessment import Assessment

from . import Style
from ._console import drawn, width_of

__all__ = ["MEDIA_TYPE", "TITLE", "render"]

TITLE = "a table for the terminal"
MEDIA_TYPE = "text/plain; charset=utf-8"


def render(assessments: Sequence[Assessment], *, style: Style) -> bytes:
    """A block for each assessment and, for several, a table of all scores at the end."""
    from rich.padding import Padding
    from rich.rule import Rule

    from . import _block  # it stands on rich, which costs more than all the rest

    blocks = [_block.block(each, width=width_of(style), verbose=style.verbose) for each in assessments]
    if len(assessments) > 1:
        blocks.append(_block.closing(assessments))
    between = [block for each in blocks for block in (Padding(Rule(style="dim"), (1, 0)), each)]
    return drawn(between[1:], style=style)
