"""How results are written down: as JSON for programs, as text in colour and width for whoever reads it."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from fairkit.model.base import Frozen
    from fairkit.report import Style

__all__ = ["json_of", "style"]


def json_of(made: Frozen | tuple[Frozen, ...], *, indent: int | None = 2) -> bytes:
    """Words of the model as JSON: UTF-8, keys in the order of the model; no half letter can break it.

    Without `indent` it is one line, for what goes on after it.
    """
    import json

    from fairkit.model.base import plain

    return json.dumps(plain(made), ensure_ascii=False, indent=indent).encode("utf-8", "backslashreplace") + b"\n"


def style(output: str | None, verbose: bool, *, stream: TextIO | None = None) -> Style:
    """Colour on a terminal that takes it, unless NO_COLOR is set (no-color.org); else plain text of 100 columns.

    The `stream` is where the text goes, standard output if none is named.
    """
    from fairkit.report import Style

    stream = stream or sys.stdout
    terminal = output in (None, "-") and stream is not None and stream.isatty()
    width = min(shutil.get_terminal_size().columns, 120) if terminal else 100
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return Style(colour=terminal and not plain, width=max(width, 60), verbose=verbose)
