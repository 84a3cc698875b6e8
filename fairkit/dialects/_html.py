"""Plain text out of the HTML that portals put into descriptions."""

from __future__ import annotations

import html
import re

__all__ = ["links", "plain"]

# A hostile text must not make a pattern quadratic: none looks past the next "<", but for _HIDDEN, which always matches.
_HIDDEN = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\b[^<>]*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"</?(?:p|br|li|ul|ol|div|h[1-6]|tr|td|th|table)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<![a-zA-Z][^<>]*>")  # "|η| < 2.4" is no tag
_LINK = re.compile(r"""<a\s[^<>]*?href\s*=\s*["']([^"'<>]*)["']""", re.IGNORECASE)
_BEFORE = 200


def plain(text: object) -> str | None:
    """The words of a text that may be HTML: tags gone, entities read, white space single; None without words."""
    if not isinstance(text, str):
        return None
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", _HIDDEN.sub(" ", text)))
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.split()) or None


def links(text: object) -> list[tuple[str, str]]:
    """The links of an HTML text, each with the words that stand in the 200 characters before it."""
    if not isinstance(text, str) or "<a" not in text.lower():
        return []
    found = _LINK.finditer(text)
    return [(plain(text[max(0, m.start() - _BEFORE) : m.start()]) or "", html.unescape(m[1])) for m in found]
