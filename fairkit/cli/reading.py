"""Files that are read one after the other, shown on a terminal; and how many at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["cores", "shown"]


@contextmanager
def shown(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """The file that is read at the time, where somebody looks."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status("") as status:
        yield lambda name: status.update(Text(f"reading {name}"))


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
