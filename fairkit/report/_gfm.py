"""Text in GitHub's Markdown that stays text.

Punctuation that begins something in Markdown becomes an entity. That is not enough: GitHub looks for mentions, issues,
commits and emoji in the finished page, where an entity is its character again, so an invisible character goes between
those signs and what they would call. In code nothing is looked for, and what is copied from it is exact.
"""

from __future__ import annotations

import re

from ._harmless import harmless

__all__ = ["code", "text"]

_SPECIAL = str.maketrans({sign: f"&#{ord(sign)};" for sign in "\\`*_[]{}<>&|~$^#@"})
_BREAK = "&#8203;"
"""A blank of no width."""
_CALLS = re.compile(r"[@#!$%&~^:](?=\S)|www(?=\.)|\bGH-(?=\d)", re.IGNORECASE)
"""What would mention, refer, link, or draw an emoji or a formula, up to where it is broken; GitLab knows more signs."""
_COMMIT = re.compile(r"(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])", re.IGNORECASE)
_SHORT_OF_COMMIT = 6
"""Hexadecimal digits that are too few to name a commit."""


def text(value: str, *, longest: int = 400) -> str:
    """A stranger's text on one line of at most `longest` characters, which does nothing wherever it stands."""
    calm = _COMMIT.sub(_apart, _CALLS.sub("\\g<0>\u200b", harmless(value, longest=longest)))
    return calm.translate(_SPECIAL).replace("\u200b", _BREAK)


def _apart(commit: re.Match[str]) -> str:
    digits = commit[0]
    return "\u200b".join(digits[at : at + _SHORT_OF_COMMIT] for at in range(0, len(digits), _SHORT_OF_COMMIT))


def code(value: str, *, longest: int = 160) -> str:
    """A value as code. A bar would end the cell of a table even there, so a value with one is a text."""
    line = harmless(value, longest=longest)
    if not line or "|" in line:
        return text(line, longest=longest)
    fence = "`" * (1 + max(map(len, re.findall("`+", line)), default=0))
    room = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{room}{line}{room}{fence}"
