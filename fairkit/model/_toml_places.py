"""Where values stand in the text of TOML 1.0: in tables, arrays of tables, dotted keys, arrays and inline tables.

A small scanner that knows where values begin and end, and nothing of what they mean: the text was read as TOML before.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator

__all__ = ["finder"]

_BLANK = re.compile(r"[ \t]*")
_LINES = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_NAME = re.compile(r"""[A-Za-z0-9_-]+|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\n]*'""")
_PLAIN = re.compile(
    r'''"""[^"\\]*(?:(?:\\.|"{1,2}(?!"))[^"\\]*)*"{3,5}'''
    r"""|'''[^']*(?:'{1,2}(?!')[^']*)*'{3,5}"""
    r'''|"[^"\\\n]*(?:\\.[^"\\\n]*)*"'''
    r"""|'[^'\n]*'"""
    r"""|[^,\[\]{}#\r\n"']+""",
    re.DOTALL,
)
"""Texts of many lines, texts of one, and what needs no quotes: numbers, dates, true and false."""

Path = tuple[str, ...]


def finder(text: str) -> Callable[[list[str]], int | None]:
    """What finds the offset of the value at a path.

    Raises:
        ValueError: if the text is no TOML.
    """
    places = _Scan(text).places()
    return lambda path: places.get(tuple(path))


class _Scan:
    """One pass over a text, which goes forward only."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._places: dict[Path, int] = {(): 0}
        self._counts: dict[Path, int] = {}
        """How many tables each array of tables has so far."""

    def places(self) -> dict[Path, int]:
        """The offset of each value; a table begins where it is first spoken of."""
        table: Path = ()
        while self._skip(_LINES) < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
        return self._places

    def _skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise ValueError(f"no TOML at offset {self._at}")
        self._at = found.end()
        return self._at

    def _sees(self, sign: str) -> bool:
        return self._text.startswith(sign, self._at)

    def _header(self) -> Path:
        """`[a.b]` or `[[a.b]]`: the table that the lines below belong to."""
        start, several = self._at, self._sees("[[")
        self._at += 2 if several else 1
        names = list(self._names())
        self._at += 2 if several else 1
        path: Path = ()
        for number, name in enumerate(names, 1):
            path += (name,)
            self._places.setdefault(path, start)
            if several and number == len(names):
                self._counts[path] = self._counts.get(path, 0) + 1
            if path in self._counts:  # what is said of an array of tables is said of its last
                path += (str(self._counts[path] - 1),)
                self._places.setdefault(path, start)
        return path

    def _names(self) -> Iterator[str]:
        """The parts of a key: `a`, `"b c"` and `d` of `a."b c".d`."""
        while True:
            start = self._skip(_BLANK)
            written = self._text[start : self._skip(_NAME)]
            yield tomllib.loads(f"it = {written}")["it"] if written[0] in "\"'" else written
            self._skip(_BLANK)
            if not self._sees("."):
                return
            self._at += 1

    def _pair(self, table: Path) -> None:
        """`key = value`."""
        start, path = self._at, table
        for name in self._names():
            path += (name,)
            self._places.setdefault(path, start)
        self._at += 1
        self._skip(_BLANK)
        self._value(path)

    def _value(self, path: Path) -> None:
        self._places[path] = self._at
        if self._sees("["):
            self._inside(path, "]")
        elif self._sees("{"):
            self._inside(path, "}")
        else:
            self._skip(_PLAIN)

    def _inside(self, path: Path, closing: str) -> None:
        """What stands between the brackets of an array or an inline table."""
        self._at += 1
        index = 0
        while self._skip(_LINES) < len(self._text) and not self._sees(closing):
            if closing == "]":
                self._value((*path, str(index)))
            else:
                self._pair(path)
            self._skip(_LINES)
            if self._sees(","):
                self._at += 1
            index += 1
        self._at += 1
