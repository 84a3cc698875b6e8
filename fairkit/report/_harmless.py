"""Metadata are written by strangers: nothing in them may move a cursor, turn text round or fill a screen."""

from __future__ import annotations

import unicodedata

__all__ = ["harmless"]

_BLANK = frozenset({"Zs", "Zl", "Zp"})
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
"""Unicode's categories of what has no shape: controls (ESC, CSI), formats (bidi overrides), lone surrogates."""
_MOST_MARKS = 3
"""Marks that may stand on one letter; more of them pile up over the neighbouring lines."""


def harmless(text: str, *, longest: int = 400) -> str:
    r"""The text on one line of at most `longest` characters, with what has no shape written out: `\x1b`, `\u202e`."""
    words = " ".join(text[: 2 * longest].split())
    line = words if words.isascii() and words.isprintable() else "".join(_shown(words))  # most are, and it is soon seen
    return line if len(line) <= longest and len(text) <= 2 * longest else f"{line[: longest - 1]}…"


def _shown(text: str) -> list[str]:
    shown: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category in _UNSEEN:
            shown.append(character.encode("unicode_escape").decode())
        elif marks <= _MOST_MARKS:
            shown.append(" " if category in _BLANK else character)
    return shown
