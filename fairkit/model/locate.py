"""On which line of a document a value stands, for those who want to point a finger at it.

A pointer is all that is kept of where a value was read; its line is found in the text when somebody asks. Whatever a
text holds, asking for a line raises nothing: what leads nowhere has no line.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property
from typing import Literal

from . import _csv_places, _json_places, _toml_places, _yaml_places
from .evidence import Document

__all__ = ["Form", "Lines", "line_finder", "locate"]

Form = Literal["csv", "json", "toml", "yaml"]

_DEEPEST = 100
"""Parts of a pointer that are followed: no dialect goes deeper, and each level of a hostile text is read anew."""
_FINDERS: dict[Form, Callable[[str], Callable[[list[str]], int | None]]] = {
    "csv": _csv_places.finder,
    "json": _json_places.finder,
    "toml": _toml_places.finder,
    "yaml": _yaml_places.finder,
}


class Lines:
    """The lines of one text; it is read once, for as many pointers as there are."""

    def __init__(self, text: str, form: Form = "json") -> None:
        self.text = text
        self.form = form

    @cached_property
    def _find(self) -> Callable[[list[str]], int | None] | None:
        try:
            return _FINDERS[self.form](self.text)
        except (ValueError, RecursionError):  # the text is not of this form, or deeper than it can be read
            return None

    def line(self, pointer: str) -> int | None:
        """The line, from 1, on which the value at a JSON pointer (RFC 6901) begins; None if there is no such value."""
        parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
        if self._find is None or len(parts) > _DEEPEST:
            return None
        try:
            offset = self._find(parts)
        except ValueError:  # the text breaks off before it gets there
            return None
        return None if offset is None else self.text.count("\n", 0, offset) + 1


def locate(text: str, pointer: str, *, form: Form = "json") -> int | None:
    """The line, from 1, on which the value at a pointer begins in a text; None if there is no such value."""
    return Lines(text, form).line(pointer)


def line_finder() -> Callable[[Document, str], int | None]:
    """What tells the line of a pointer in a document, and reads each document once.

    The media type says which form it has. Of other forms no line is known, nor of the listing of a folder, which is no
    file that anybody could open.
    """
    known: dict[tuple[str, str], Lines | None] = {}

    def find(document: Document, pointer: str) -> int | None:
        key = (document.representation, document.url)
        if key not in known:
            known[key] = _lines_of(document)
        lines = known[key]
        return lines.line(pointer) if lines else None

    return find


def _lines_of(document: Document) -> Lines | None:
    form = next((form for form in _FINDERS if form in document.media_type), None)
    if form is None or document.representation == "folder":
        return None
    encoding = json.detect_encoding(document.body) if form == "json" else "utf-8"
    return Lines(document.body.decode(encoding, "replace"), form)
