"""Who hears how far long work has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

__all__ = ["SILENT", "Progress"]


class Progress(NamedTuple):
    """`begin` is told how many bytes there are, `advance` each time some are done, `say` what is worked on."""

    begin: Callable[[int], None] = lambda total: None
    advance: Callable[[int], None] = lambda count: None
    say: Callable[[str], None] = lambda text: None


SILENT = Progress()
