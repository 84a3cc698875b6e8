"""A badge in SVG, drawn here: it fetches no font, no script and no picture, and says aloud what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from fairkit.assess.assessment import Assessment

from . import Style
from ._badge import LABEL, badge
from ._xml import document, element

__all__ = ["MEDIA_TYPE", "TITLE", "render"]

TITLE = "a badge in SVG, with the total"
MEDIA_TYPE = "image/svg+xml"

_COLOURS = {"good": "#1a7f37", "middling": "#9a6700", "poor": "#b3261e", "none": "#6e7781"}
"""Of at least 4.5 to 1 against white letters (WCAG 2.1, 1.4.3)."""
_GREY = "#444c56"
_FONT = "Verdana, 'DejaVu Sans', Geneva, sans-serif"
_WIDE, _NARROW, _MARGIN, _HEIGHT = 8, 4, 8, 20
"""In pixels: a letter or digit, a blank or dash, what is left free at each end, and the whole height."""


def render(assessments: Sequence[Assessment], *, style: Style) -> bytes:
    """One badge for all assessments; the style changes nothing."""
    message, grade = badge(assessments)
    first, second = _width(LABEL), _width(message)
    title = f"{LABEL}: {message}"
    drawing = element(
        "svg",
        element("title", text=title),
        _box(0, first, _GREY),
        _box(first, second, _COLOURS[grade]),
        _words(LABEL, 0, first),
        _words(message, first, second),
        xmlns="http://www.w3.org/2000/svg",
        width=first + second,
        height=_HEIGHT,
        viewBox=f"0 0 {first + second} {_HEIGHT}",
        role="img",
    )
    drawing.set("aria-label", title)
    return document(drawing)


def _width(text: str) -> int:
    return 2 * _MARGIN + _length(text)


def _length(text: str) -> int:
    return sum(_NARROW if letter in " –1il" else _WIDE for letter in text)


def _box(left: int, width: int, colour: str) -> Element:
    return element("rect", x=left, width=width, height=_HEIGHT, fill=colour)


def _words(text: str, left: int, width: int) -> Element:
    """A text in the middle of its box, of the same length in whatever font there is."""
    made = element("text", text=text, x=left + width // 2, y=14, fill="#ffffff", textLength=_length(text))
    for name, value in {"font-family": _FONT, "font-size": "11", "text-anchor": "middle"}.items():
        made.set(name, value)
    return made
