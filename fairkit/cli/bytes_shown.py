"""Long work over many bytes, shown on a terminal while it goes on; and what such verbs are told."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fairkit.errors import UsageError

if TYPE_CHECKING:
    from fairkit.package.progress import Progress

__all__ = ["harmless", "number", "shown", "size"]

_MOST_JOBS = 1024


def number(written: str | None, option: str, *, example: int, most: int = _MOST_JOBS) -> int | None:
    """The number that was written after an option.

    Raises:
        UsageError: if it is none, or too large.
    """
    if written is None:
        return None
    if not (written.isdecimal() and len(written) < 12 and 0 < int(written) <= most):
        what = f"{written!r} is no number for {option}"
        raise UsageError(what, value=written, remedy=f"As in: {option} {example}")
    return int(written)


def size(count: float) -> str:
    """A number of bytes as people read it."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:,.0f} {unit}" if unit == "bytes" else f"{count:,.1f} {unit}"
        count /= 1000
    return f"{count:,.1f} TB"


def harmless(text: str) -> str:
    """A line with what a terminal would obey made visible."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


@contextmanager
def shown(*, quiet: bool) -> Iterator[Progress]:
    """A bar with bytes, rate and the time that is left, where somebody looks."""
    from fairkit.package.progress import SILENT, Progress

    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield SILENT
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TimeRemainingColumn, TransferSpeedColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None)
        yield Progress(
            begin=lambda total: bar.update(task, total=total), advance=lambda count: bar.advance(task, count)
        )
