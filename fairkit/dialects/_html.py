"""Plain text out of the HTML that portals put into descriptions."""

from __future__ import annotations

import html
import re

__all__ = ["links", "plain"]

# No pattern looks past the next "<": a hostile text must not make them quadratic.
_BREAK = re.compile(r"</?(?:p|br|li|ul|ol|div|h[1-6]|tr|table)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z!/][^<>]*>")
_SPACE = re.compile(r"\s+")
_LINK = re.compile(r"""<a\s[^<>]*?href\s*=\s*["']([^"'<>]*)["']""", re.IGNORECASE)


def plain(text: object) -> str | None:
    """The words of a text that may be HTML: tags gone, entities read, white space single; None without words."""
    if not isinstance(text, str):
        return None
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
    return _SPACE.sub(" ", text).strip() or None


def links(text: object) -> list[tuple[str, str]]:
    """The links of an HTML text, each with the words before it (at most 120 characters, in plain text)."""
    if not isinstance(text, str) or "<a" not in text.lower():
        return []
    return [(plain(text[max(0, m.start() - 200) : m.start()]) or "", html.unescape(m[1])) for m in _LINK.finditer(text)]
