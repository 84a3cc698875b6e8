"""Sizes in bytes as people write them: `12345`, `244.9 GB`, `3 MiB`, `1,234,567 bytes`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

__all__ = ["byte_size"]

_SIZE = re.compile(r"\s*([0-9]{1,18}(?:[.,][0-9]{1,12})*)\s*([kmgtp]?)(i?)(?:b|bytes?)?\s*", re.IGNORECASE)
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_MOST = 2**63 - 1


def byte_size(value: Any) -> int | None:
    """The number of bytes in a size, or None; decimal prefixes are powers of 1000, `KiB` and its kin of 1024.

    A comma before exactly three digits groups thousands, any other comma is a decimal one.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if 0 <= value <= _MOST else None
    match = _SIZE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    written = match[1].replace(",", "" if _THOUSANDS.fullmatch(match[1]) else ".")
    if written.count(".") > 1:
        return None
    size = round(Decimal(written) * (1024 if match[3] else 1000) ** " kmgtp".index(match[2].lower() or " "))
    return size if size <= _MOST else None
