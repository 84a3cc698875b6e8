"""Which objects there are, the newest first, and which of them a query finds; each is read again once it changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from threading import Lock
from typing import NamedTuple

from fairkit.errors import FairkitError
from fairkit.ocfl.storage import Object, Storage

__all__ = ["Listing", "Row", "Stamp", "stamp"]

_LONGEST = 16_000
"""Characters of an object that a search looks at."""

Stamp = tuple[int, int, int]
"""What changes with an inventory: an object is replaced whole, and its inventory with it."""


class Row(NamedTuple):
    """One object in the list."""

    id: str
    created: str | None
    """When its newest version was made; None if the object is broken."""
    stamp: Stamp


class Listing:
    """The objects of a storage root. `text` tells what a search looks at; it is asked for the first search only."""

    def __init__(self, storage: Storage, text: Callable[[Object], str]) -> None:
        self._storage, self._text = storage, text
        self._rows: dict[str, Row] = {}
        self._texts: dict[str, tuple[Stamp, str]] = {}
        self._lock = Lock()

    def rows(self) -> list[Row]:
        """Every object, the newest first; those whose inventory is broken are passed over."""
        with self._lock:
            known = self._rows
        now = {id: row for id in self._storage.ids() if (row := self._row(id, known.get(id)))}
        with self._lock:
            self._rows = now
            self._texts = {id: text for id, text in self._texts.items() if id in now}
        whole = [row for row in now.values() if row.created is not None]
        return sorted(whole, key=lambda row: (row.created or "", row.id), reverse=True)

    def found(self, query: str) -> list[Row]:
        """The objects in which every word of a query stands, the newest first; all of them without a word."""
        words: Sequence[str] = query.casefold().split()
        rows = self.rows()
        return [row for row in rows if all(map(self._read(row).__contains__, words))] if words else rows

    def _row(self, id: str, known: Row | None) -> Row | None:
        now = stamp(self._storage, id)
        if now is None or (known and known.stamp == now):
            return known if now else None
        try:
            object = self._storage.object(id)
        except FairkitError:
            return Row(id, None, now)
        return Row(id, object.version().created if object.id == id else None, now)

    def _read(self, row: Row) -> str:
        with self._lock:
            known = self._texts.get(row.id)
        if known is not None and known[0] == row.stamp:
            return known[1]
        try:
            text = self._text(self._storage.object(row.id))[:_LONGEST].casefold()
        except FairkitError:
            text = row.id.casefold()
        with self._lock:
            self._texts[row.id] = row.stamp, text
        return text


def stamp(storage: Storage, id: str) -> Stamp | None:
    """The stamp of the object in a folder; None if there is none."""
    try:
        told = os.stat(storage.root / id / "inventory.json")
    except (OSError, ValueError):
        return None
    return told.st_mtime_ns, told.st_size, told.st_ino
