"""Patches for records of CERN Open Data, as published: no value of any field makes a good record a bad one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from fairkit.dialects import cern_open_data
from fairkit.fix.edits import Edit
from fairkit.fix.patch import patched
from fairkit.model.resource import FIELDS
from tests.conftest import SHARED
from tests.dialects.documents import read

DATA = SHARED / "data" / "cern-open-data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs the shared reference data")


def values(path: Path, record: Any) -> Iterator[tuple[str, Any]]:
    """What the record itself says, and what the portal tells of it in two other forms."""
    views = [read("cern-open-data", json.dumps(record))]
    for ending, dialect in (("datacite.json", "datacite"), ("jsonld", "schema-org")):
        other = DATA / "derived" / f"{path.stem}.{ending}"
        views += [read(dialect, other.read_text())] if other.is_file() else []
    for view in views:
        yield from ((field, getattr(view.resource, field, None)) for field in FIELDS)


def test_what_fits_the_schema_of_the_portal_still_fits_it() -> None:
    judge = Draft7Validator(json.loads((DATA / "schema" / "record-v1.0.0.json").read_bytes()))
    tried, spoilt = 0, []
    for path in sorted((DATA / "records").glob("[0-9]*.json")):
        held = json.loads(path.read_bytes())
        record = held[0] if isinstance(held, list) else held
        if not judge.is_valid(record):
            continue
        for field, value in values(path, record):
            made = cern_open_data.encode(field, value) if value not in (None, ()) else {}
            _, body = patched(record, [Edit(place, written) for place, written in made.items()])
            tried += bool(made)
            spoilt += [(path.stem, field)] if made and not judge.is_valid(json.loads(body)) else []
    assert spoilt == []
    assert tried > 500
