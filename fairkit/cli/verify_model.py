"""What `fairkit verify --run` is told, and what it says."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, NamedTuple

from fairkit.errors import UsageError

from . import edge
from .bytes_shown import harmless

if TYPE_CHECKING:
    from fairkit.verification.run import Run

__all__ = ["Wanted", "lines", "ran"]

_MOST_SECONDS = 86_400.0


class Wanted(NamedTuple):
    """The options about running a model, as they were written."""

    run: bool
    power: bool
    record: bool
    make_outputs: bool
    noise: str | None
    rtol: str | None
    atol: str | None
    seconds: str | None

    @property
    def any(self) -> bool:
        """Whether a model is to be run: whoever asks for more than running asks for that."""
        return any(self)


def ran(place: str, wanted: Wanted, *, quiet: bool) -> Run:
    """Run the model of a folder as it is wanted, and record it if that is.

    Raises:
        UsageError: if an option is no number; else as `verification.run.run`.
    """
    from fairkit.verification import run as verification

    relative, absolute = _number(wanted.rtol, "--rtol", 1e-5), _number(wanted.atol, "--atol", 1e-6)
    noise = _number(wanted.noise, "--noise", 0.01, zero=False)
    limit = _number(wanted.seconds, "--seconds", 60, zero=False, most=_MOST_SECONDS) or 60.0
    if wanted.make_outputs:
        path, rows = verification.make_outputs(place, seconds=limit)
        _say(f"{path} has what the model gives for {rows:,} rows: what changes later is seen, what is wrong now is not")
    if noise is None and wanted.power:
        noise = verification.NOISE
    with _waiting(place, quiet=quiet):
        found = verification.run(
            place, relative=relative, absolute=absolute, noise=noise, seconds=limit, accept=wanted.record
        )
    if wanted.record:
        path = verification.record(place, found)
        if not quiet:
            _say(f"recorded in {path}")
    return found


def _waiting(place: str, *, quiet: bool) -> AbstractContextManager[object]:
    """A sign that something is done, where somebody looks."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console
    from rich.markup import escape

    return Console(stderr=True).status(f"running the model of {escape(harmless(place))}")


def _say(text: str) -> None:
    edge.say(f"fairkit: {text}")


def lines(run: Run) -> Iterator[str]:
    """What is told of a run, line by line; the last one is the verdict."""
    found = run.verification
    yield from found.faults
    yield from run.notes
    if found.power == "power":
        yield f"power: {found.noise:g} of noise on the weights is seen"
    most = "" if found.largest_difference is None else f", differing by {found.largest_difference:.3g} at the most"
    within = f"(relative {found.relative_tolerance:g}, absolute {found.absolute_tolerance:g})"
    verdict = "as expected" if found.passed else "NOT as expected"
    if found.passed and found.power == "no power":
        verdict += ", which says nothing of the weights"
    yield f"{run.model}: {found.rows:,} rows by {found.runtime}{most} {within}: {verdict}"


def _number(written: str | None, option: str, example: float, *, zero: bool = True, most: float = 1e9) -> float | None:
    """The number that was written after an option.

    Raises:
        UsageError: if it is none, negative, or too large.
    """
    if written is None:
        return None
    try:
        value = float(written)
    except ValueError:
        value = math.nan
    if not (0 <= value <= most) or (value == 0 and not zero):
        raise UsageError(f"{written!r} is no number for {option}", value=written, remedy=f"As in: {option} {example:g}")
    return value
