"""Checks: pure functions that judge one question about a resource, filed by subject.

No check knows a checklist, a metric id, a file or the network. Checklists join them by name.
"""

from __future__ import annotations

from functools import cache

from fairkit.errors import UnknownName
from fairkit.registry import CHECKS

from ._check import Check, Seen

__all__ = ["Check", "Seen", "every", "find"]


@cache
def every() -> dict[str, Check]:
    """All checks by name: ours, then those of entry points."""
    return {value.name: value for _, module in CHECKS for value in vars(module).values() if isinstance(value, Check)}


def find(name: str) -> Check:
    """The check called `name`.

    Raises:
        UnknownName: listing the known ones.
    """
    try:
        return every()[name]
    except KeyError:
        raise UnknownName("check", name, every()) from None
