"""Numbers as people read them: with as many digits as their uncertainty allows."""

from __future__ import annotations

import math

from fairkit.model.ai import Result
from fairkit.model.identifier import Identifier
from fairkit.vocab import identifiers

__all__ = ["named", "number", "with_error"]


def number(one: Result) -> str:
    """The value of a result, with its uncertainty."""
    return with_error(one.value, one.uncertainty)


def with_error(value: float, error: float | None) -> str:
    """A value and its uncertainty to two digits of that: `0.9878 ± 0.0123`; six digits of a value without one."""
    if not error or not math.isfinite(error):
        return f"{value:.6g}"
    digits = 1 - math.floor(math.log10(abs(error)))
    if abs(digits) > 12:
        return f"{value:.6g} ± {error:.2g}"
    shown = max(digits, 0)
    return f"{round(value, digits):.{shown}f} ± {round(error, digits):.{shown}f}"


def named(identifier: Identifier | None) -> str:
    """An identifier as it is read, a DOI without its resolver; empty for none."""
    if identifier is None:
        return ""
    return identifier.value if identifier.scheme == "doi" else (identifiers.url(identifier) or str(identifier))
