"""Where values stand in the text of JSON.

Only the containers that a pointer passes through are looked into, each once; all else is skipped by a pattern, so that
neither a second tree of the document is built nor a deep one exhausts the stack.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

__all__ = ["finder"]

_BLANK = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
_PLAIN = re.compile(r"[^\s,\]}]*")
_NEXT = re.compile(r'[\[\]{}]|"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)


def finder(text: str) -> Callable[[list[str]], int | None]:
    """What finds the offset of the value at a path."""
    inside: dict[int, dict[str, int]] = {}  # what each container holds, by the offset of its bracket
    start = _past_blank(text, 0)

    def find(path: list[str]) -> int | None:
        offset: int | None = start if start < len(text) else None
        for part in path:
            if offset is None:
                return None
            if offset not in inside:
                inside[offset] = dict(_children(text, offset))  # of a key that stands twice, the last counts
            offset = inside[offset].get(part)
        return offset

    return find


def _past_blank(text: str, offset: int) -> int:
    found = _BLANK.match(text, offset)
    return found.end() if found else offset


def _children(text: str, offset: int) -> Iterator[tuple[str, int]]:
    """The keys or indices of a container with the offsets of their values; a plain value has none."""
    opening = text[offset]
    if opening not in "[{":
        return
    at, index = _past_blank(text, offset + 1), 0
    while at < len(text) and text[at] not in "]}":
        key = str(index)
        if opening == "{":
            written = _STRING.match(text, at)
            if written is None:
                return
            key = json.loads(written[0])
            at = _past_blank(text, _past_blank(text, written.end()) + 1)  # the colon between them
        if at == len(text):
            return
        yield key, at
        at, index = _past_blank(text, _end(text, at)), index + 1
        if text[at : at + 1] != ",":
            return
        at = _past_blank(text, at + 1)


def _end(text: str, offset: int) -> int:
    """The offset behind the value that begins at one."""
    first = text[offset : offset + 1]
    if first not in ("[", "{", '"'):
        found = _PLAIN.match(text, offset)
        return found.end() if found else offset
    depth = 0
    for token in _NEXT.finditer(text, offset):
        sign = text[token.start()]
        depth += 1 if sign in "[{" else -1 if sign in "]}" else 0
        if not depth:
            return token.end()
    return len(text)
