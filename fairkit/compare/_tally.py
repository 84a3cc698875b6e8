"""What one value has and another has not, counted until a verdict can be given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

__all__ = ["SAME", "Likeness", "Tally", "listed", "poorer_or_richer", "sets"]

_MOST = 3
_LONGEST = 60


class Likeness(NamedTuple):
    """How another value stands to the one that it is held against, and `why`, in words."""

    verdict: Literal["same", "poorer", "richer", "contradicts"]
    why: str = ""


SAME = Likeness("same")


def listed(labels: Iterable[str]) -> str:
    """The first few names of a list, and how many there are besides."""
    every = list(labels)
    named = ", ".join(label if len(label) <= _LONGEST else f"{label[:_LONGEST]}…" for label in every[:_MOST])
    return f"{named} and {len(every) - _MOST:,} more" if len(every) > _MOST else named


def poorer_or_richer(*, is_less: bool, why: str) -> Likeness:
    return Likeness("poorer" if is_less else "richer", why)


@dataclass(slots=True)
class Tally:
    """What the other value lacks, has besides, and has otherwise; each in words."""

    lost: list[str] = field(default_factory=list)
    gained: list[str] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)

    def members(self, ours: Mapping[Any, str], theirs: Mapping[Any, str]) -> None:
        """Count the members of two collections, which have names by what they share if they are one."""
        missing = [name for key, name in ours.items() if key not in theirs]
        added = [name for key, name in theirs.items() if key not in ours]
        if missing:
            self.lost.append(listed(missing))
        if added:
            self.gained.append(listed(added))

    def attributes(self, noun: str, pairs: Iterable[tuple[Any, Any]], *names: str) -> None:
        """Count for how many of the paired words an attribute is stated on one side only."""
        every = list(pairs)
        for name in names:
            stated = [(bool(getattr(one, name)), bool(getattr(other, name))) for one, other in every]
            word = name.replace("_", " ")
            for told, side in ((self.lost, (True, False)), (self.gained, (False, True))):
                if number := stated.count(side):
                    told.append(f"the {word} of {counted(number, noun)}")

    def likeness(self) -> Likeness:
        """The verdict: what contradicts weighs most, then what is lost."""
        if self.clashes:
            return Likeness("contradicts", listed(self.clashes))
        also = f"also {', '.join(self.gained)}" if self.gained else ""
        if self.lost:
            return Likeness("poorer", "; ".join(filter(None, [f"without {', '.join(self.lost)}", also])))
        return Likeness("richer", also) if self.gained else SAME


def counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"


def sets(ours: Mapping[Any, str], theirs: Mapping[Any, str]) -> Likeness:
    """Two collections of which either may have more; none excludes another."""
    tally = Tally()
    tally.members(ours, theirs)
    return tally.likeness()
