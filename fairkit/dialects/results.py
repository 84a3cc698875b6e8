"""results.json: how well a model does, number by number, as `fairkit benchmark score --record` writes it.

An object with a list `results`; the keys of each are those of the model, so that what was written is read back whole.
An identifier may be written as a text: `10.5281/zenodo.3891869`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from fairkit.errors import UnreadableDocument
from fairkit.model.ai import Result
from fairkit.model.base import adapter, plain
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.resource import Resource

from ._reading import Reading
from ._values import identifier, parse_json, parsed

__all__ = ["FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "body", "claims", "read", "recognises", "results", "write"]

TITLE = "results.json, the results of a model"
MEDIA_TYPE = "application/json"
FILE_NAMES = ("results.json",)
HOLDS = frozenset({"results"})


def recognises(data: Any) -> bool:
    """Whether it is our form and nothing else: many projects keep numbers of their own in a results.json."""
    rows = data.get("results") if isinstance(data, dict) and data.keys() <= {"results", "$schema"} else None
    return isinstance(rows, list) and all(isinstance(row, dict) and "metric" in row for row in rows)


def claims(body: bytes) -> bool:
    """Whether a file of that name has our form."""
    try:
        return recognises(parsed(body))
    except (ValueError, RecursionError):
        return False


def read(document: Document) -> View:
    """The results that stand there; one that is none is a fault, and the others are read.

    Raises:
        UnreadableDocument: if it is not JSON.
    """
    data = parse_json(document)
    reading = Reading(document, data)
    rows = data.get("results") if isinstance(data, dict) else None
    every = [(_result(row), number) for number, row in enumerate(rows if isinstance(rows, list) else [])]
    reading.faults += [f"/results/{number}: {found}" for found, number in every if isinstance(found, str)]
    if not isinstance(rows, list):
        reading.faults.append("/results: no list")
    reading.put("results", tuple(one for one, _ in every if isinstance(one, Result)), "/results")
    return reading.view("model", holds=HOLDS)


def _result(row: Any) -> Result | str:
    """A result, or why it is none."""
    if isinstance(row, dict) and isinstance(row.get("dataset"), str):
        known = identifier(row["dataset"])
        row = {**row, "dataset": {"scheme": known.scheme, "value": known.value} if known else row["dataset"]}
    from pydantic import ValidationError

    try:
        return adapter(Result).validate_python(row)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        return f"it is no result: {place + ': ' if place else ''}{first['msg']}"


def results(document: Document) -> tuple[Result, ...]:
    """The results of a document, all of them.

    Raises:
        UnreadableDocument: if one cannot be read: whoever writes the file anew would lose it.
    """
    view = read(document)
    if view.faults:
        what = f"{document.url} is not as fairkit writes it: {view.faults[0]}"
        raise UnreadableDocument(what, value=document.url, remedy="Mend it, or move it away to begin a new one.")
    return view.resource.results


def write(resource: Resource) -> bytes:
    """The document of the results of a resource."""
    return body(resource.results)


def body(told: Iterable[Result]) -> bytes:
    """The document of these results, without what is not told of them."""
    rows = [{name: value for name, value in plain(one).items() if value is not None} for one in told]
    return json.dumps({"results": rows}, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"
