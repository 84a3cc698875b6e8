"""results.json: how well a model does, number by number, as `fairkit benchmark score --record` writes it.

An object with a list `results`; the keys of each are those of the model, so that what was written is read back whole.
An identifier may be written as a text: `10.5281/zenodo.3891869`.
"""

from __future__ import annotations

from typing import Any

from fairkit.model.ai import Result
from fairkit.model.resource import Resource

from ._rows_document import Rows
from ._values import identifier

__all__ = ["FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "body", "claims", "read", "recognises", "results", "write"]

TITLE = "results.json, the results of a model"
MEDIA_TYPE = "application/json"
FILE_NAMES = ("results.json",)
HOLDS = frozenset({"results"})


def _with_identifier(row: Any) -> Any:
    if not (isinstance(row, dict) and isinstance(row.get("dataset"), str)):
        return row
    known = identifier(row["dataset"])
    return {**row, "dataset": {"scheme": known.scheme, "value": known.value} if known else row["dataset"]}


_ROWS = Rows("results", Result, needed="metric", before=_with_identifier)
recognises, claims, read, body, results = _ROWS.recognises, _ROWS.claims, _ROWS.read, _ROWS.body, _ROWS.whole


def write(resource: Resource) -> bytes:
    """The document of the results of a resource."""
    return body(resource.results)
