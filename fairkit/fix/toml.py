"""Edits made in the text of a TOML file: comments, order and spelling of all else stay as they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fairkit.errors import UnreadableDocument

from .edits import Edit

__all__ = ["edited"]

_HEAD = "# What this folder is. Tables and keys: docs/fairkit-toml.md of fairkit\n\n"


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made; an empty one becomes a new file.

    Raises:
        UnreadableDocument: if it is one that can be read, and not edited: tables and lists very deep in each other.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text or _HEAD)
    except (TOMLKitError, RecursionError) as error:
        raise UnreadableDocument(f"fairkit.toml cannot be edited: {error}", remedy="Write it by hand.") from None
    for edit in sorted(edits, key=_is_rows):
        _apply(document, [_step(part) for part in edit.pointer.split("/")[1:]], edit.value)
    written = tomlkit.dumps(document)
    return written if written.endswith("\n") else f"{written}\n"


def _is_rows(edit: Edit) -> bool:
    """Whether an edit makes rows of their own: they come last, below the tables of single values."""
    return isinstance(edit.value, list) and any(isinstance(each, dict) for each in edit.value)


def _step(part: str) -> str:
    return part.replace("~1", "/").replace("~0", "~")


def _apply(document: Any, steps: list[str], value: Any) -> None:
    import tomlkit
    from tomlkit.items import Table

    here: Any = document
    for number, step in enumerate(steps[:-1]):
        if isinstance(here, list):
            here = here[int(step)]
            continue
        if step not in here:
            # Tables that hold only tables are not written themselves: [provenance.steps] needs no [provenance].
            here[step] = tomlkit.table(is_super_table=number < len(steps) - 2)
        here = here[step]
    if isinstance(here, list):
        _set_row(here, int(steps[-1]), value)
    else:
        # Rows within a table are tables too: [[model.data]]. Single objects there stay inline.
        room = here is document or (isinstance(here, Table) and isinstance(value, list))
        here[steps[-1]] = _item(value, tables=room)


def _set_row(rows: Any, index: int, value: Any) -> None:
    import tomlkit
    from tomlkit.items import AoT

    row = _item(value, tables=isinstance(rows, AoT))
    if index < len(rows):
        rows[index] = row
    else:
        if isinstance(rows, AoT) and rows:
            rows[-1].add(tomlkit.nl())
        rows.append(row)


def _item(value: Any, *, tables: bool = False) -> Any:
    """A value as TOML; objects are `tables` of their own where there is room for them, else inline."""
    import tomlkit

    if isinstance(value, dict):
        return _filled(tomlkit.table() if tables else tomlkit.inline_table(), value)
    if isinstance(value, list):
        if tables and value and all(isinstance(each, dict) for each in value):
            array = tomlkit.aot()
            for place, each in enumerate(value):
                _set_row(array, place, each)
            return array
        plain = tomlkit.array()
        for each in value:
            plain.append(_item(each))
        return plain.multiline(len(value) > 6)
    return value


def _filled(table: Any, value: dict[str, Any]) -> Any:
    for key, each in value.items():
        table[key] = _item(each)
    return table
