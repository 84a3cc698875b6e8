"""The portal's own schema judges the records that fairkit writes; what the portal published comes through whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft7Validator

from fairkit.compare.export_loss import lost
from fairkit.dialects import cern_open_data
from fairkit.model.evidence import Document
from fairkit.model.resource import Resource
from tests.dialects.resources import resources

_ASKED = {"date_published", "experiment", "publisher", "recid", "title"}
"""What the schema asks for and a resource need not have; its type every resource has."""
_LOSES_LITTLE = {"requirements", "activities", "relations", "superseded_by", "supersedes"}


@pytest.fixture(scope="module")
def schema(shared: Path) -> Draft7Validator:
    return Draft7Validator(json.loads((shared / "data/cern-open-data/schema/record-v1.0.0.json").read_bytes()))


def faults(schema: Draft7Validator, resource: Resource) -> list[Any]:
    """The errors of a written record, but for what the resource lacks."""
    record = json.loads(cern_open_data.write(resource))
    missing = {f"{name!r} is a required property" for name in _ASKED - record.keys()}
    return [error.message for error in schema.iter_errors(record) if error.message not in missing]


def records(shared: Path) -> list[Resource]:
    """What every record at hand says."""
    folder = shared / "data" / "cern-open-data"
    files = sorted([*folder.glob("records/*.json"), *folder.glob("sample/*.json")])
    bodies = [
        Document(representation="cern-open-data", media_type="", url=file.name, body=file.read_bytes())
        for file in files
    ]
    return [cern_open_data.read(body).resource for body in bodies]


def test_published_records_are_written_as_the_portal_takes_them(schema: Draft7Validator, shared: Path) -> None:
    every = records(shared)
    assert len(every) > 250
    assert [(one.title, found) for one in every if (found := faults(schema, one))] == []


def test_published_records_come_through_all_but_whole(shared: Path) -> None:
    every = records(shared)
    losses = [(one.title, loss) for one in every for loss in lost(one, "cern-open-data")]
    assert {loss.field for _, loss in losses} <= _LOSES_LITTLE
    assert len(losses) < len(every) / 10


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(resource=resources())
def test_no_resource_breaks_the_schema(schema: Draft7Validator, resource: Resource) -> None:
    assert faults(schema, resource) == []
