"""mlcroissant: is a document valid Croissant, and what records can be read through it?"""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import mlcroissant as mlc

_MOST_RECORDS = 100


def verdict(document: bytes, folder: str = "") -> Any:
    """The errors and warnings; with a `folder` in which the files lie, the first records of each record set too.

    Of a list of documents each has its verdict.
    """
    source: Any = json.loads(document)
    if isinstance(source, list):
        return [_verdict(one, read=False) for one in source]
    if folder:
        source = Path(folder) / "croissant.json"
        source.write_bytes(document)
    return _verdict(source, read=bool(folder))


def _verdict(source: Any, *, read: bool) -> dict[str, Any]:
    try:
        dataset = mlc.Dataset(jsonld=source)
    except mlc.ValidationError as error:
        return {"errors": [str(error)], "warnings": [], "records": {}}
    issues = dataset.metadata.ctx.issues
    sets = dataset.metadata.record_sets if read else []
    records = {one.id: [_plain(row) for row in islice(dataset.records(one.id), _MOST_RECORDS)] for one in sets}
    return {"errors": sorted(issues.errors), "warnings": sorted(issues.warnings), "records": records}


def _plain(value: Any) -> Any:
    """What JSON can say of a record: texts of bytes, lists of arrays."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, bytes):
        return value.decode()
    if hasattr(value, "tolist"):
        value = value.tolist()
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
