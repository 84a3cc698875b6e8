"""The child's side: it limits itself, then answers what it is asked until nobody asks."""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from fairkit.errors import FairkitError

from . import _limits
from ._frames import BATCH, DONE, FAULT, PLACED, RESULT, SCHEMA, head
from ._slot import Slot

__all__ = ["main"]

_MOST_WORDS = 2000


def main() -> None:
    """Read the limits from standard input, hold them, and answer."""
    asked = sys.stdin.buffer
    answers = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # what a library prints is no answer
    limits = json.loads(asked.readline())
    shared = limits.pop("shared")
    _limits.hold(**limits, libraries=sys.path)
    slot = None if shared is None else Slot(shared)
    while line := asked.readline():
        _serve(answers, json.loads(line), slot)


def _serve(answers: int, question: dict[str, Any], slot: Slot | None) -> None:
    """Answer one question; any fault of any library in a stranger's file is an answer too."""
    path = next((arg for arg in question["args"] if isinstance(arg, str)), question["function"])
    try:
        found = _function(question["function"])(*question["args"])
        if question["stream"] == "batches":
            _send_batches(answers, found, slot)
        elif question["stream"]:
            _send_answers(answers, found)
        else:
            _send(answers, RESULT, json.dumps(found).encode())
    except FairkitError as error:
        value = None if error.value is None else str(error.value)
        _fault(answers, type(error).__name__, error.what, value, error.remedy)
    except MemoryError:
        _fault(answers, "UnreadableDocument", f"{path} could not be read: it asks for more memory than it may", path)
    except Exception as error:
        told = " ".join(f"{type(error).__name__}: {error}".split())[:_MOST_WORDS]
        _fault(answers, "UnreadableDocument", f"{path} could not be read: {told}", path)


def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def _fault(answers: int, error: str, what: str, value: str | None, remedy: str = "") -> None:
    told = {"error": error, "what": what[:_MOST_WORDS], "value": value and value[:_MOST_WORDS], "remedy": remedy}
    _send(answers, FAULT, json.dumps(told).encode())


def _send_batches(answers: int, batches: Iterable[Any], slot: Slot | None) -> None:
    first = True
    for batch in batches:
        if first:
            _send(answers, SCHEMA, batch.schema.serialize())
            first = False
        body = batch.serialize()
        placed = None if slot is None else slot.put(body)
        if placed is None:
            _send(answers, BATCH, body)
        else:
            _send(answers, PLACED, placed.to_bytes(8, "big"))
            sys.stdin.buffer.readline()  # until the parent has its copy
    _send(answers, DONE, b"")


def _send_answers(answers: int, found: Iterable[Any]) -> None:
    for answer in found:
        _send(answers, RESULT, json.dumps(answer).encode())
    _send(answers, DONE, b"")


def _send(answers: int, kind: bytes, body: Any) -> None:
    view = memoryview(body)
    _write(answers, memoryview(head(kind, view.nbytes)))
    _write(answers, view)


def _write(answers: int, view: memoryview) -> None:
    while view:
        view = view[os.write(answers, view) :]
