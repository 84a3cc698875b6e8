"""A JSON document that is a list of words of the model under one name: what was written is read back whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from fairkit.errors import UnreadableDocument
from fairkit.model.base import adapter, plain
from fairkit.model.evidence import Document
from fairkit.model.harvest import View

from ._reading import Reading
from ._values import parse_json, parsed

__all__ = ["Rows"]

Word = TypeVar("Word")


class Rows(Generic[Word]):
    """The document whose list `field` holds a `word` in each row; each of ours has the key `needed`.

    `before` may mend a row before it is read.
    """

    def __init__(
        self, field: str, word: type[Word], *, needed: str, before: Callable[[Any], Any] = lambda row: row
    ) -> None:
        self.field, self.word, self._needed, self._before = field, word, needed, before

    def recognises(self, data: Any) -> bool:
        """Whether it is our form and nothing else: many projects keep files of the same name."""
        ours = isinstance(data, dict) and data.keys() <= {self.field, "$schema"}
        rows = data.get(self.field) if ours else None
        return isinstance(rows, list) and all(isinstance(row, dict) and self._needed in row for row in rows)

    def claims(self, body: bytes) -> bool:
        """Whether a file of that name has our form."""
        try:
            return self.recognises(parsed(body))
        except (ValueError, RecursionError):
            return False

    def read(self, document: Document) -> View:
        """The rows that stand there; one that is none is a fault, and the others are read.

        Raises:
            UnreadableDocument: if it is not JSON.
        """
        data = parse_json(document)
        reading, place = Reading(document, data), f"/{self.field}"
        rows = data.get(self.field) if isinstance(data, dict) else None
        every = [(self._row(row), number) for number, row in enumerate(rows if isinstance(rows, list) else [])]
        reading.faults += [f"{place}/{number}: {found}" for found, number in every if isinstance(found, str)]
        if not isinstance(rows, list):
            reading.faults.append(f"{place}: no list")
        reading.put(self.field, tuple(one for one, _ in every if isinstance(one, self.word)), place)
        return reading.view("model", holds=frozenset({self.field}))

    def whole(self, document: Document) -> tuple[Word, ...]:
        """All rows of a document.

        Raises:
            UnreadableDocument: if one cannot be read: whoever writes the file anew would lose it.
        """
        view = self.read(document)
        if view.faults:
            what = f"{document.url} is not as fairkit writes it: {view.faults[0]}"
            raise UnreadableDocument(what, value=document.url, remedy="Mend it, or move it away to begin a new one.")
        found: tuple[Word, ...] = getattr(view.resource, self.field)
        return found

    def body(self, told: Iterable[Word]) -> bytes:
        """The document of these rows, without what is not told of them."""
        rows = [{name: value for name, value in plain(one).items() if value is not None} for one in told]
        return json.dumps({self.field: rows}, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"

    def _row(self, row: Any) -> Word | str:
        """A row as a word, or why it is none."""
        from pydantic import ValidationError

        try:
            return adapter(self.word).validate_python(self._before(row))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            noun = self.word.__name__.lower()
            return f"it is no {noun}: {place + ': ' if place else ''}{first['msg']}"
