"""What can go wrong, and what to do about it.

FairkitError
├── UsageError                 the call, the settings or the input are wrong                    (exit 2)
│   ├── UnknownName            a plug-in, metric or format that does not exist; lists the known ones
│   ├── ChecklistError         a checklist names something that does not exist
│   └── TargetError            the thing to assess could not be named or read
│       ├── UnknownTarget      nothing recognises it
│       ├── NotFound           the service says there is no such record
│       └── UnreadableDocument a document is broken: not JSON, not TOML, not what it claims to be
├── Unreachable                network, rate limit, server fault: nothing is said about the work (exit 3)
│   ├── Offline                the network was not to be used
│   ├── RefusedAddress         an address that a stranger may not send us to (private, loopback …)
│   └── TooLarge               an answer beyond the caps of size or time
├── AuthenticationError        a credential is missing, refused, or would leave its origin        (exit 4)
└── DepositError               the repository refused, or its answer and our files disagree       (exit 2)
    ├── MetadataRefused        the repository says what is wrong with the metadata, field by field
    ├── OutcomeUnknown         nobody can tell whether a step was done: run it again              (exit 5)
    └── Unfinished             begun and not finished: run it again                               (exit 5)

Every error has a code, says what was wrong, with what value, and what to do.
"""

# ruff: noqa: N818  (the tree above reads better without "Error" at the end of every word)

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = [
    "AuthenticationError",
    "ChecklistError",
    "DepositError",
    "FairkitError",
    "MetadataRefused",
    "NotFound",
    "Offline",
    "OutcomeUnknown",
    "RefusedAddress",
    "TargetError",
    "TooLarge",
    "Unfinished",
    "UnknownName",
    "UnknownTarget",
    "Unreachable",
    "UnreadableDocument",
    "UsageError",
]


class FairkitError(Exception):
    """The root: `what` went wrong, with what `value`, and the `remedy`.

    `code` is stable and machine-readable; `exit_code` is what the command line returns.
    """

    code = "error"
    exit_code = 70

    def __init__(self, what: str, *, value: object = None, remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.value = value
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what}\n  {self.remedy}" if self.remedy else self.what


class UsageError(FairkitError):
    code = "usage"
    exit_code = 2


class UnknownName(UsageError):
    """`name` is none of the `known` ones of its `kind`; a near miss is proposed."""

    code = "unknown-name"

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        near = difflib.get_close_matches(name, names, n=1)
        remedy = f"Did you mean {near[0]!r}?  " if near else ""
        super().__init__(f"there is no {kind} {name!r}", value=name, remedy=f"{remedy}Known: {', '.join(names)}")
        self.known = names


class ChecklistError(UsageError):
    code = "checklist"


class TargetError(UsageError):
    code = "target"


class UnknownTarget(TargetError):
    code = "unknown-target"


class NotFound(TargetError):
    code = "not-found"


class UnreadableDocument(TargetError):
    code = "unreadable"


class Unreachable(FairkitError):
    code = "unreachable"
    exit_code = 3


class Offline(Unreachable):
    code = "offline"


class RefusedAddress(Unreachable):
    code = "refused-address"


class TooLarge(Unreachable):
    code = "too-large"


class AuthenticationError(FairkitError):
    code = "authentication"
    exit_code = 4


class DepositError(FairkitError):
    code = "deposit"
    exit_code = 2


class MetadataRefused(DepositError):
    """`errors` are the fields that the repository names, in its own words, each with the reason."""

    code = "metadata-refused"

    def __init__(self, errors: Iterable[tuple[str, str]]) -> None:
        self.errors = tuple(errors)
        told = "; ".join(f"{field}: {why}" if field else why for field, why in self.errors)
        super().__init__(f"the repository refuses the metadata: {told}", value=self.errors, remedy="Mend fairkit.toml.")


class OutcomeUnknown(DepositError):
    code = "outcome-unknown"
    exit_code = 5


class Unfinished(DepositError):
    code = "unfinished"
    exit_code = 5
