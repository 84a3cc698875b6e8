"""Checks: pure functions that judge one question about a resource, filed by subject.

No check knows a checklist, a metric id, a file or the network. Checklists join them by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from types import ModuleType

from fairkit.errors import UnknownName
from fairkit.registry import CHECKS

from ._check import Check, Seen

__all__ = ["Check", "Seen", "every", "find"]


@cache
def _shipped() -> dict[str, Check]:
    return _checks(CHECKS.shipped())


@cache
def every() -> dict[str, Check]:
    """All checks by name: ours, and those of entry points."""
    return _checks(CHECKS) | _shipped()


def _checks(modules: Iterable[tuple[str, ModuleType]]) -> dict[str, Check]:
    return {value.name: value for _, module in modules for value in vars(module).values() if isinstance(value, Check)}


def find(name: str) -> Check:
    """The check called `name`; plug-ins are looked through only for one that is not ours.

    Raises:
        UnknownName: listing the known ones.
    """
    found = _shipped().get(name) or every().get(name)
    if found is None:
        raise UnknownName("check", name, every())
    return found
