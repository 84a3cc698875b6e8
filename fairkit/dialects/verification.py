"""verification.json: that a model gave what was expected on example rows, as `fairkit verify --run --record` writes it.

An object with a list `verifications`; the keys of each are those of the model, so that what was written is read back
whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from fairkit.errors import UnreadableDocument
from fairkit.model.ai import Verification
from fairkit.model.base import adapter, plain
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.resource import Resource

from ._reading import Reading
from ._values import parse_json, parsed

__all__ = [
    "FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "body", "claims", "read", "recognises", "verifications", "write",
]  # fmt: skip

TITLE = "verification.json, the runs of a model on example rows"
MEDIA_TYPE = "application/json"
FILE_NAMES = ("verification.json",)
HOLDS = frozenset({"verifications"})


def recognises(data: Any) -> bool:
    """Whether it is our form and nothing else."""
    rows = data.get("verifications") if isinstance(data, dict) and data.keys() <= {"verifications", "$schema"} else None
    return isinstance(rows, list) and all(isinstance(row, dict) and "model_digest" in row for row in rows)


def claims(body: bytes) -> bool:
    """Whether a file of that name has our form."""
    try:
        return recognises(parsed(body))
    except (ValueError, RecursionError):
        return False


def read(document: Document) -> View:
    """The runs that stand there; one that is none is a fault, and the others are read.

    Raises:
        UnreadableDocument: if it is not JSON.
    """
    data = parse_json(document)
    reading = Reading(document, data)
    rows = data.get("verifications") if isinstance(data, dict) else None
    every = [(_verification(row), number) for number, row in enumerate(rows if isinstance(rows, list) else [])]
    reading.faults += [f"/verifications/{number}: {found}" for found, number in every if isinstance(found, str)]
    if not isinstance(rows, list):
        reading.faults.append("/verifications: no list")
    reading.put("verifications", tuple(one for one, _ in every if isinstance(one, Verification)), "/verifications")
    return reading.view("model", holds=HOLDS)


def _verification(row: Any) -> Verification | str:
    """A run, or why it is none."""
    from pydantic import ValidationError

    try:
        return adapter(Verification).validate_python(row)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        return f"it is no verification: {place + ': ' if place else ''}{first['msg']}"


def verifications(document: Document) -> tuple[Verification, ...]:
    """The runs of a document, all of them.

    Raises:
        UnreadableDocument: if one cannot be read: whoever writes the file anew would lose it.
    """
    view = read(document)
    if view.faults:
        what = f"{document.url} is not as fairkit writes it: {view.faults[0]}"
        raise UnreadableDocument(what, value=document.url, remedy="Mend it, or move it away to begin a new one.")
    return view.resource.verifications


def write(resource: Resource) -> bytes:
    """The document of the runs of a resource."""
    return body(resource.verifications)


def body(told: Iterable[Verification]) -> bytes:
    """The document of these runs, without what is not told of them."""
    rows = [{name: value for name, value in plain(one).items() if value is not None} for one in told]
    return json.dumps({"verifications": rows}, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"
