"""Drawing for a terminal with rich, in which neither the environment nor the terminal has a say."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import Style

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["drawn", "width_of"]

_NARROWEST = 60
"""Columns below which no table can be read."""


def width_of(style: Style) -> int:
    """The columns that are drawn."""
    return max(style.width, _NARROWEST)


def drawn(blocks: Sequence[RenderableType], *, style: Style) -> bytes:
    """The blocks, one below the other, in UTF-8; no line ends in blanks."""
    from rich.console import Console

    out = io.StringIO()
    # Everything is set, so that neither the environment nor the terminal has a say; with a width but no height rich
    # asks the terminal for both.
    console = Console(
        file=out,
        width=width_of(style),
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
    for block in blocks:
        console.print(block)
    lines = (line.rstrip() for line in out.getvalue().splitlines())
    return "".join(f"{line}\n" for line in lines).encode()
