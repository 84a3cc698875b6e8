"""Where in a folder's fairkit.toml stands what the portal would refuse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from fairkit.dialects import fairkit_toml
from fairkit.model.locate import Lines
from fairkit.publish.preflight.folder import written

if TYPE_CHECKING:
    from .rules import Fault

__all__ = ["sourced"]

_FIELDS = {
    "title-empty": "title",
    "created-missing": "date_created",
    "maker-missing": "creators",
    "licence-other": "license",
    "link-broken": "relations",
    "cms-constant": "contributors",
}


def sourced(faults: Iterable[Fault], root: str) -> tuple[Fault, ...]:
    """The faults with FILE:LINE of what is meant; of what is missing, the line of the table that should have it."""
    own = written(root)
    if own is None:
        return tuple(faults)
    lines = Lines(own.text, "toml")
    return tuple(_sourced(fault, own.path, lines) for fault in faults)


def _sourced(fault: Fault, path: str, lines: Lines) -> Fault:
    field = _FIELDS.get(fault.code)
    pointer = fairkit_toml.place(field) if field else None
    if pointer is None:
        return fault
    line = lines.line(pointer) or lines.line("/resource")
    return replace(fault, source=f"{path}:{line}") if line else fault
