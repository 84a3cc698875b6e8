"""Sources: each recognises targets of its kind, and plans which documents and observations to gather about them.

A source is a module with `TITLE`, `KEYWORDS` (the words that name its kind on the command line), `EXAMPLES`,
`matches(target)` and `plan(target, wants)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from fairkit.errors import UnknownTarget, UsageError
from fairkit.registry import SOURCES
from fairkit.vocab import identifiers

from ._plan import Answer, Ask, Fetch, Gathered, Glance, Inspect, Look, Plan, Read, Survey, Target, Wants

__all__ = [
    "Answer",
    "Ask",
    "Fetch",
    "Gathered",
    "Glance",
    "Inspect",
    "Look",
    "Plan",
    "Read",
    "Source",
    "Survey",
    "Target",
    "Wants",
    "find",
    "is_keyword",
    "targets",
]

_GENERAL = ("doi", "web")  # they take any DOI and any URL, which a source that knows the repository reads better


class Source(Protocol):
    """What a module of this package offers."""

    TITLE: str
    KEYWORDS: tuple[str, ...]
    EXAMPLES: tuple[str, ...]

    def matches(self, target: Target) -> bool:
        """Whether the target is of this source's kind."""

    def plan(self, target: Target, wants: Wants) -> Plan:
        """Ask for what is wanted about the target; return what was gathered."""


def find(target: Target) -> tuple[str, Source]:
    """The first source that recognises the target, and its name: by the order of their names, the general ones last.

    Raises:
        UnknownTarget: if none does.
    """
    for name, module in SOURCES.in_turn(last=_GENERAL):
        source = cast(Source, module)
        if target.word.strip() and source.matches(target):
            return name, source
    forms = "  ·  ".join(cast(Source, module).EXAMPLES[0] for _, module in SOURCES)
    known = identifiers.identify(target.word)
    why = "it is no file, no folder and no identifier that fairkit knows"
    if known is not None:
        why = f"it is a {known.scheme}, and no source looks that one up yet"
    what = f"nothing recognises {str(target)!r}: {why}"
    raise UnknownTarget(what, value=str(target), remedy=f"Targets look like:  {forms}  (fairkit list sources)")


def targets(words: Sequence[str]) -> list[Target]:
    """The targets in the words of a command line: a keyword takes the word after it.

    Raises:
        UsageError: if a keyword is the last word.
    """
    found: list[Target] = []
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if not is_keyword(word):
            found.append(Target(word))
        elif waiting:
            found.append(Target(waiting.pop(0), keyword=word))
        else:
            raise UsageError(f"the keyword {word!r} needs a word after it", value=word, remedy=f"As in: {word} NAME")
    return found


def is_keyword(word: str) -> bool:
    """Whether a source has this keyword; what is plainly something else needs no look through the plug-ins."""
    if not word.isalpha():
        return False
    return any(word in cast(Source, module).KEYWORDS for _, module in SOURCES)
