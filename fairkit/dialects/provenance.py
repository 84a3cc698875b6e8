"""The journal of a folder: the steps that made its files, as PROV activities in JSON-LD, in the order they were run.

`fairkit run` and `fairkit convert` write it as `provenance.jsonld` at the top of the folder. The properties are those
of the model, so that what was written is read back whole.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from fairkit.errors import UnreadableDocument
from fairkit.model.base import adapter
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.provenance import Activity
from fairkit.model.resource import Resource

from ._jsonld import Node, main_node
from ._jsonld_terms import CONTEXT, encode, read_field, terms
from ._reading import Reading
from ._values import parse_json

__all__ = ["FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "read", "recognises", "steps", "write"]

TITLE = "Journal of the steps that made the files (PROV, JSON-LD)"
MEDIA_TYPE = "application/ld+json"
FILE_NAMES = ("provenance.jsonld",)
HOLDS = frozenset({"activities"})
_TYPES = {"fairkit:Activity": "prov:Activity", "fairkit:Entity": "prov:Entity"}


def recognises(data: Any) -> bool:
    """Never by its content: the file is known by its name."""
    return False


def read(document: Document) -> View:
    """The steps that a journal holds, as all that is known of a dataset.

    Raises:
        UnreadableDocument: if it is not JSON.
    """
    data = parse_json(document)
    node, reading = main_node(data), Reading(document, data)
    value, pointer = node.get(_key())
    rows = value if isinstance(value, list) else [] if value is None else [value]
    every = [(_step(row, node), number) for number, row in enumerate(rows, 1)]
    reading.faults += [f"{pointer}: entry {number} is no step" for step, number in every if step is None]
    reading.put("activities", tuple(step for step, _ in every if step), pointer)
    return reading.view("dataset", holds=HOLDS)


def _key() -> str:
    return terms(Resource)["activities"]


def _step(row: Any, node: Node) -> Activity | None:
    from pydantic import ValidationError

    [known] = read_field(Resource, "activities", [row], node)
    try:
        return adapter(Activity).validate_python(known)
    except ValidationError:
        return None


def steps(document: Document) -> tuple[Activity, ...]:
    """The steps of a journal, all of them.

    Raises:
        UnreadableDocument: if one cannot be read: whoever writes the journal anew would lose it.
    """
    view = read(document)
    if view.faults or not isinstance(view.data, dict):
        what = f"{document.url} is no journal of steps: {next(iter(view.faults), 'not an object')}"
        raise UnreadableDocument(what, value=document.url, remedy="Mend it, or move it away to begin a new one.")
    return view.resource.activities


def write(activities: Sequence[Activity]) -> bytes:
    """A journal of these steps."""
    rows = [_typed(encode(step)) for step in activities]
    found = {"@context": CONTEXT, "@type": "Dataset", _key(): rows}
    return json.dumps(found, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"


def _typed(value: Any) -> Any:
    """The encoded value with the classes of PROV in place of ours."""
    if isinstance(value, list):
        return [_typed(item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: _typed(item) for key, item in value.items()}
    if "@type" in found:
        found["@type"] = _TYPES.get(found["@type"], found["@type"])
    return found
