"""A check: a small pure function with the fields it depends on and the observations it needs."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, Protocol

from fairkit.model.harvest import Origin
from fairkit.model.outcome import Outcome
from fairkit.model.resource import Resource

__all__ = ["Check", "Seen", "check", "share"]


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
    after_deposit: bool
    """Whether a folder that is not deposited cannot have it yet."""
    title: str
    remedy: str

    @property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        """What a checklist may set."""
        every = inspect.signature(self.run).parameters
        return {
            name: parameter
            for name, parameter in every.items()
            if parameter.kind is parameter.KEYWORD_ONLY and name not in self.needs
        }


def check(
    *, fields: Iterable[str] = (), needs: Iterable[str] = (), after_deposit: bool = False
) -> Callable[[Callable[..., Outcome]], Check]:
    """Make a check of a function whose docstring is a title, an empty line, and what to do about a failure."""

    def made(run: Callable[..., Outcome]) -> Check:
        title, _, remedy = (run.__doc__ or "").partition("\n\n")
        words = " ".join(remedy.split())
        return Check(run.__name__, run, frozenset(needs), frozenset(fields), after_deposit, title.strip(), words)

    return made


def share(count: int, total: int) -> str:
    """How many of how many, in words: `all 8`, `3 of 8`, `none of 8`."""
    return f"all {total}" if count == total else f"{count or 'none'} of {total}"
