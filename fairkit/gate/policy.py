"""A policy: the scores and metrics that must hold, and the shortfalls that are accepted for a while."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple, get_args

from fairkit.assess.checklist_file import Level
from fairkit.errors import UnknownName, UsageError

__all__ = ["LEVELS", "SCORES", "Policy", "Waiver", "minimum", "vet"]

SCORES = ("F", "A", "I", "R", "total")
LEVELS: tuple[str, ...] = get_args(Level)
_PART = re.compile(r"\s*(?P<name>[A-Za-z]+)\s*=\s*(?P<value>[0-9.]+)\s*")


class Waiver(NamedTuple):
    """A shortfall of `metric` that is accepted for a `reason`, up to and including the day `until`."""

    metric: str
    reason: str
    until: date


class Policy(NamedTuple):
    """What must hold: scores as high as `minimum`, the `required` metrics, and all metrics of the `levels`.

    Where it asks for no score, no metric and no level, essential metrics must pass. `where` is the file that it stands
    in, if any.
    """

    minimum: Mapping[str, float] = {}
    required: tuple[str, ...] = ()
    levels: tuple[str, ...] | None = None
    waivers: tuple[Waiver, ...] = ()
    where: str | None = None

    @property
    def blocking_levels(self) -> tuple[str, ...]:
        """The levels whose metrics must pass."""
        if self.levels is not None:
            return self.levels
        return () if self.minimum or self.required else ("essential",)

    def waiver(self, metric: str) -> Waiver | None:
        """The waiver of a metric."""
        return next((waiver for waiver in self.waivers if waiver.metric == metric), None)

    def concerning(self, metrics: Collection[str]) -> Policy:
        """The policy, as far as it concerns these metrics: another checklist has others. No more is asked by that."""
        return self._replace(
            levels=self.blocking_levels,
            required=tuple(name for name in self.required if name in metrics),
            waivers=tuple(waiver for waiver in self.waivers if waiver.metric in metrics),
        )


def vet(policy: Policy, metrics: Collection[str], *, today: date, kind: str = "metric") -> None:
    """Refuse a policy that cannot be held against checklists with these metrics on this day.

    Raises:
        UnknownName: for a metric that is required or waived, and that they do not have; `kind` says of what.
        UsageError: for an unknown level, or a waiver that has expired or gives no reason.
    """
    for level in policy.levels or ():
        if level not in LEVELS:
            raise UnknownName("level", level, LEVELS)
    for name in (*policy.required, *(waiver.metric for waiver in policy.waivers)):
        if name not in metrics:
            raise UnknownName(kind, name, metrics)
    for waiver in policy.waivers:
        if not waiver.reason.strip():
            what = f"the waiver of {waiver.metric} gives no reason"
            raise UsageError(what, value=waiver.metric, remedy="Say why the shortfall is accepted.")
        if waiver.until < today:
            what = f"the waiver of {waiver.metric} expired on {waiver.until} ({waiver.reason})"
            remedy = "Mend what falls short and take the waiver out, or decide anew until when it is accepted."
            raise UsageError(what, value=waiver.until, remedy=remedy)


def minimum(written: Sequence[str]) -> dict[str, float]:
    """The least scores in texts such as `F=0.8,total=0.7`.

    Raises:
        UsageError: for an unknown score, or a value that is not between 0 and 1.
    """
    found: dict[str, float] = {}
    for part in (part for text in written for part in text.split(",")):
        match = _PART.fullmatch(part)
        names = {name.lower(): name for name in SCORES}
        remedy = f"Write scores between 0 and 1, as in --minimum F=0.8,total=0.7; they are {', '.join(SCORES)}."
        if match is None or match["name"].lower() not in names:
            raise UsageError(f"{part!r} is no minimum", value=part, remedy=remedy)
        try:
            value = float(match["value"])
        except ValueError:
            value = -1.0
        if not 0 <= value <= 1:
            raise UsageError(f"the minimum {part!r} is not between 0 and 1", value=part, remedy=remedy)
        found[names[match["name"].lower()]] = value
    return found
