"""Sizes in bytes as people write them: `12345`, `244.9 GB`, `3 MiB`."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["byte_size"]

_SIZE = re.compile(r"^\s*([0-9]{1,18}(?:[.,][0-9]{1,12})?)\s*([kmgtp]?)(i?)(b|bytes?|byte)?\s*$", re.IGNORECASE)


def byte_size(value: Any) -> int | None:
    """The number of bytes in a size, or None; decimal prefixes are powers of 1000, `KiB` and its kin of 1024."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if 0 <= value < 1e19 else None
    match = _SIZE.match(value) if isinstance(value, str) else None
    if match is None:
        return None
    base = 1024 if match[3] else 1000
    return int(float(match[1].replace(",", ".")) * base ** " kmgtp".index(match[2].lower() or " "))
