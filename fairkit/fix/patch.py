"""Edits as a JSON patch (RFC 6902) against a document, and the document with the patch applied."""

from __future__ import annotations

import json
from collections.abc import Iterable
from copy import deepcopy
from typing import Annotated, Any, Literal

from fairkit.model.base import Frozen, Told, word

from .edits import Edit

__all__ = ["Operation", "patched"]


@word
class Operation(Frozen):
    """One operation of a JSON patch."""

    op: Literal["add", "replace"]
    path: Annotated[str, Told("A JSON pointer (RFC 6901)")]
    value: Any


def patched(data: Any, edits: Iterable[Edit]) -> tuple[tuple[Operation, ...], bytes]:
    """The operations that make the edits, in an order in which they can be applied, and the changed document."""
    changed = deepcopy(data)
    operations = tuple(_applied(changed, edit) for edit in edits)
    return operations, json.dumps(changed, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace")


def _applied(data: Any, edit: Edit) -> Operation:
    """Apply one edit; the largest thing that is missing on the way is added whole."""
    steps = [part.replace("~1", "/").replace("~0", "~") for part in edit.pointer.split("/")[1:]]
    here, walked = data, ""
    for number, step in enumerate(steps):
        place = f"{walked}/{edit.pointer.split('/')[number + 1]}"
        last = number == len(steps) - 1
        if isinstance(here, list):
            index = int(step)
            if last or index == len(here):
                return _put(here, index, place, edit.value, known=index < len(here))
            here = here[index]
        else:
            if last or here.get(step) is None:
                return _put(here, step, place, _nested(steps[number + 1 :], edit.value), known=step in here)
            here = here[step]
        walked = place
    raise AssertionError("an edit has at least one step")


def _put(container: Any, key: Any, place: str, value: Any, *, known: bool) -> Operation:
    kept = deepcopy(value)  # later edits change the document, and no operation that came before
    if isinstance(container, list) and not known:
        container.append(kept)
    else:
        container[key] = kept
    return Operation(op="replace" if known else "add", path=place, value=value)


def _nested(steps: list[str], value: Any) -> Any:
    for step in reversed(steps):
        value = {step: value}
    return value
