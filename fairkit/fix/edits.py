"""From a value of a field to the places of a document that must change for it, and to the changed document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any, NamedTuple

from fairkit.model.harvest import View, resolve
from fairkit.registry import DIALECTS

__all__ = ["Edit", "edits", "speaker", "where"]


class Edit(NamedTuple):
    """A `value` for the place at a JSON pointer; what is missing on the way there is made."""

    pointer: str
    value: Any


def speaker(view: View) -> ModuleType | None:
    """The dialect of a view, if it says where fields stand."""
    module = DIALECTS.get(view.representation)
    return module if hasattr(module, "place") else None


def where(view: View, field: str) -> str | None:
    """Where the field stands in the view's document, or would stand; of a list the whole."""
    module, stands = speaker(view), view.pointers.get(field)
    place = module.place(field) if module else None
    if module is None or place is None:
        return stands
    whole = f"{module.base(view.data)}{place}"
    return whole if stands is None or stands.startswith(f"{whole}/") else stands


def edits(view: View, field: str, value: Any) -> tuple[Edit, ...]:
    """What to change so that the document tells this `value`; nothing where it cannot, or would lose something.

    Of a list only the rows that differ are touched, and of these only the keys that do: a row may hold more than we
    read. A list whose rows are not those that were read is left alone.
    """
    module = speaker(view)
    if module is None:
        return ()
    new = module.encode(field, value)
    old = module.encode(field, getattr(view.resource, field)) if field in view.pointers else {}
    base = module.base(view.data)
    found: list[Edit] = []
    for place, wanted in new.items():
        made = _changed(base + place, old.get(place), wanted, view.data)
        if made is None:
            return ()
        found += made
    return tuple(found)


def _changed(pointer: str, old: Any, new: Any, data: Any) -> list[Edit] | None:
    """The edits below a pointer; None where what stands there is not what was read."""
    if old == new:
        return []
    there = resolve(data, pointer)
    if isinstance(old, list) and isinstance(new, list):
        return _changed_rows(pointer, old, new, there, data)
    if isinstance(old, dict) and isinstance(new, dict):
        return _all(_changed(f"{pointer}/{_escaped(key)}", old.get(key), each, data) for key, each in new.items())
    if there is not None and isinstance(there, dict | list) and type(there) is not type(new):
        return None
    return [Edit(pointer, new)] if _reachable(data, pointer) else None


def _changed_rows(pointer: str, old: list[Any], new: list[Any], there: Any, data: Any) -> list[Edit] | None:
    if not isinstance(there, list) or len(there) != len(old) or len(new) < len(old):
        return None
    if not all(isinstance(each, dict) for each in (*old, *new)):
        return [Edit(pointer, new)]
    changed = _all(_changed(f"{pointer}/{i}", *pair, data) for i, pair in enumerate(zip(old, new, strict=False)))
    added = [Edit(f"{pointer}/{i}", new[i]) for i in range(len(old), len(new))]
    return None if changed is None else changed + added


def _all(parts: Iterator[list[Edit] | None]) -> list[Edit] | None:
    every = list(parts)
    return None if None in every else [edit for part in every for edit in part or ()]


def _reachable(data: Any, pointer: str) -> bool:
    """Whether only objects and rows are on the way, or nothing yet: no text of a stranger is made an object."""
    here = data
    for part in pointer.split("/")[1:]:
        if here is None:
            return True
        if isinstance(here, list):
            if not part.isdigit() or int(part) >= len(here) or here[int(part)] is None:
                return False
            here = here[int(part)]
        elif isinstance(here, Mapping):
            here = here.get(part.replace("~1", "/").replace("~0", "~"))
        else:
            return False
    return True


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
