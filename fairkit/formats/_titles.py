"""Titles of columns as people write them, `transverse momentum [GeV]`: the words and the unit in brackets."""

from __future__ import annotations

import re

from fairkit.vocab import units

__all__ = ["told"]

_BRACKETS = re.compile(r"\s*(?:\[([^\[\]]{1,24})\]|\(([^()]{1,24})\))\s*$")


def told(title: str) -> tuple[str, str | None]:
    """The title without a unit that it ends with in brackets, and that unit; other brackets stay where they are.

    A round bracket needs more than one letter: `(m)` is a unit as seldom as `(s)` is.
    """
    found = _BRACKETS.search(title)
    if found is None:
        return title.strip(), None
    unit = (found[1] or found[2]).strip()
    if (found[2] and len(unit) < 2) or units.find(unit) is None:
        return title.strip(), None
    return title[: found.start()].strip(), unit
