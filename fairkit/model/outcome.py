"""The outcome of a check: a status, a message that is written out only when it is shown, and what to change."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

__all__ = ["STATUSES", "Fix", "Outcome", "Status", "fail", "not_applicable", "partial", "passed", "unknown"]

Status = Literal["pass", "partial", "fail", "unknown", "pending", "not-applicable"]
STATUSES: tuple[Status, ...] = ("pass", "partial", "fail", "unknown", "pending", "not-applicable")
"""`unknown` could not be tried; `pending` exists only after deposit; `not-applicable` asks nothing of this resource."""


class Fix(NamedTuple):
    """What to change: the `field` of the resource, and a value to begin with where there is a good one."""

    field: str
    suggestion: str | None = None


class Outcome(NamedTuple):
    """What a check found; `at` names the fields on whose values the verdict stands."""

    status: Status
    message: str
    values: dict[str, Any]
    at: tuple[str, ...] = ()
    fix: Fix | None = None

    @property
    def text(self) -> str:
        """The message with its values written in; what strangers wrote is a value and never read as a format."""
        return self.message.format_map(self.values)


_new = (
    tuple.__new__
)  # what a NamedTuple's own constructor calls: hundreds are made for each record, and this is half the cost


def passed(message: str, *at: str, **values: Any) -> Outcome:
    """What the check asks for is there."""
    return _new(Outcome, ("pass", message, values, at, None))


def partial(message: str, *at: str, fix: Fix | None = None, **values: Any) -> Outcome:
    """Some of it is there."""
    return _new(Outcome, ("partial", message, values, at, fix))


def fail(message: str, *at: str, fix: Fix | None = None, **values: Any) -> Outcome:
    """It is not there."""
    return _new(Outcome, ("fail", message, values, at, fix))


def unknown(message: str, **values: Any) -> Outcome:
    """It could not be tried: nothing is said about the work."""
    return Outcome("unknown", message, values)


def not_applicable(message: str, *at: str, **values: Any) -> Outcome:
    """The question does not arise."""
    return Outcome("not-applicable", message, values, at)
