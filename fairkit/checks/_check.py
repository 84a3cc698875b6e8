"""A check: a small pure function with the fields it depends on and the observations it needs."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from fairkit.model.harvest import Origin, View
from fairkit.model.outcome import Fix, Outcome, fail, partial, passed
from fairkit.model.resource import Resource

__all__ = ["Check", "Seen", "Words", "check", "count", "graded", "share"]


class Seen(Protocol):
    """What a check looks at: one document's view of the resource, or the harvest of them all."""

    @property
    def resource(self) -> Resource: ...
    @property
    def representations(self) -> tuple[str, ...]: ...
    @property
    def views(self) -> tuple[View, ...]: ...
    @property
    def faults(self) -> tuple[str, ...]: ...
    @property
    def given(self) -> Collection[str]: ...
    def told(self, name: str) -> str | None: ...
    def origin(self, name: str) -> Origin | None: ...


@dataclass(frozen=True, slots=True)
class Check:
    """A check as the registry knows it."""

    name: str
    run: Callable[..., Outcome]
    needs: frozenset[str]
    """Observations without which it cannot be tried; each is handed over by its name."""
    fields: frozenset[str]
    """What the verdict depends on."""
    instead: frozenset[str]
    """Those of the fields that only stand in where the others are missing: what is asked has no place in them."""
    of_documents: bool
    """Whether the verdict depends on which documents there are: one that could not be had leaves it open."""
    after_deposit: bool
    """Whether a folder that is not deposited cannot have it yet."""
    title: str
    remedy: str

    @property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        """What a checklist may set."""
        every = inspect.signature(self.run, eval_str=True).parameters
        return {
            name: parameter
            for name, parameter in every.items()
            if parameter.kind is parameter.KEYWORD_ONLY and name not in self.needs
        }


def check(
    *,
    fields: Iterable[str] = (),
    instead: Iterable[str] = (),
    needs: Iterable[str] = (),
    of_documents: bool = False,
    after_deposit: bool = False,
) -> Callable[[Callable[..., Outcome]], Check]:
    """Make a check of a function whose docstring is a title, an empty line, and what to do about a failure."""

    def made(run: Callable[..., Outcome]) -> Check:
        title, _, remedy = (run.__doc__ or "").partition("\n\n")
        return Check(
            name=run.__name__,
            run=run,
            needs=frozenset(needs),
            fields=frozenset(fields) | frozenset(instead),
            instead=frozenset(instead),
            of_documents=of_documents,
            after_deposit=after_deposit,
            title=" ".join(title.split()),
            remedy=" ".join(remedy.split()),
        )

    return made


class Words(NamedTuple):
    """A text that a message tells the length of: `186 words`, counted only when the message is shown."""

    text: str

    def __str__(self) -> str:
        return str(count(len(self.text.split()), "word"))


class count(NamedTuple):  # noqa: N801 - reads as the function that it stands for
    """So many of a thing: `1 creator`, `2,020 files`; written out only when the message is shown."""

    number: int
    noun: str

    def __str__(self) -> str:
        return f"1 {self.noun}" if self.number == 1 else f"{self.number:,} {self.noun}s"


def share(good: int, total: int) -> str:
    """How many of how many, as a message with places for the `noun` and what each `says`, or all `say`."""
    if total == 1:
        return "the only {noun} {says}" if good else "no {noun} {says}"
    if good == total:
        return "all {total:,} {noun}s {say}"
    if good > 1:
        return "{good:,} of {total:,} {noun}s {say}"
    return "one of {total:,} {noun}s {says}" if good else "none of {total:,} {noun}s {says}"


def graded(
    good: int, total: int, noun: str, verbs: tuple[str, str], *, field: str, none: Callable[..., Outcome] = fail
) -> Outcome:
    """A pass if all do what the `verbs` (of one, of many) say, partial if some, else `none`; it stands on `field`."""
    told = {"good": good, "total": total, "noun": noun, "says": verbs[0], "say": verbs[1]}
    if good == total:
        return passed(share(good, total), field, **told)
    return (partial if good else none)(share(good, total), field, fix=Fix(field), **told)
