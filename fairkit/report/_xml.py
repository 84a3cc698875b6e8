"""XML that is well-formed whatever strangers write into it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from ._harmless import harmless

__all__ = ["document", "element"]

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 permits in no form, not even escaped: controls, lone surrogates, U+FFFE and U+FFFF."""


def element(
    name: str, /, *children: ElementTree.Element, text: str = "", **attributes: str | int | None
) -> ElementTree.Element:
    """An element with harmless attributes and text, of which the lines stay; underscores at the end of names go."""
    made = ElementTree.Element(
        name, {key.rstrip("_"): _legal(str(value)) for key, value in attributes.items() if value is not None}
    )
    made.text = "\n".join(_legal(line) for line in text.split("\n")) or None
    made.extend(children)
    return made


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", harmless(text, longest=2000))


def document(root: ElementTree.Element) -> bytes:
    """The whole document in UTF-8, indented."""
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
