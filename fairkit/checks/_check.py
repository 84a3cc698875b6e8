"""A check: a small pure function with the fields it depends on and the observations it needs."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, Protocol

from fairkit.model.harvest import Origin
from fairkit.model.outcome import Fix, Outcome
from fairkit.model.resource import Resource

__all__ = ["Check", "Seen", "check", "count", "graded", "share"]


class Seen(Protocol):
    """What a check looks at: one document's view of the resource, or the harvest of them all."""

    @property
    def resource(self) -> Resource: ...
    @property
    def representations(self) -> tuple[str, ...]: ...
    @property
    def faults(self) -> tuple[str, ...]: ...
    def told(self, name: str) -> str | None: ...
    def origin(self, name: str) -> Origin | None: ...


class Check(NamedTuple):
    """A check as the registry knows it."""

    name: str
    run: Callable[..., Outcome]
    needs: frozenset[str]
    """Observations without which it cannot be tried; each is handed over by its name."""
    fields: frozenset[str]
    """What the verdict depends on."""
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
            fields=frozenset(fields),
            of_documents=of_documents,
            after_deposit=after_deposit,
            title=" ".join(title.split()),
            remedy=" ".join(remedy.split()),
        )

    return made


def count(number: int, noun: str) -> str:
    """So many of a thing: `1 creator`, `2,020 files`."""
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"


def share(good: int, total: int, noun: str, verbs: tuple[str, str]) -> str:
    """How many of how many do what the `verbs` (of one, of many) say: `3 of 8 files state a size`."""
    says, say = verbs
    if total == 1:
        return f"the only {noun} {says}" if good else f"no {noun} {says}"
    if good in (0, 1):
        return f"{'one' if good else 'none'} of {total:,} {noun}s {says}"
    return f"all {total:,} {noun}s {say}" if good == total else f"{good:,} of {total:,} {noun}s {say}"


def graded(good: int, total: int, noun: str, verbs: tuple[str, str], *, field: str) -> Outcome:
    """A pass if all do what the `verbs` say, partial if some, fail if none; the verdict stands on `field`."""
    told = {"share": share(good, total, noun, verbs)}
    if good == total:
        return Outcome("pass", "{share}", told, (field,))
    return Outcome("partial" if good else "fail", "{share}", told, (field,), Fix(field))
