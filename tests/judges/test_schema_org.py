"""The rules of Google's search for datasets judge the schema.org that fairkit writes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fairkit.dialects import schema_org
from fairkit.model.resource import Resource

from . import works
from .google_dataset import faults, missing


def node(resource: Resource) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(schema_org.write(resource))
    return found


def published(resource: Resource) -> Resource:
    """A work as it is once its files have addresses."""
    files = resource.distributions
    reachable = [replace(one, content_url=one.content_url or f"https://example.org/{one.name}") for one in files]
    return replace(resource, distributions=tuple(reachable))


def test_the_judge_judges() -> None:
    found = list(faults(node(Resource(kind="software", description="Short.", license="our own"))))
    assert [fault.split()[0] for fault in found] == ["@type", "name", "description", "license"]


def test_the_example_lacks_only_what_exists_after_deposit() -> None:
    written = node(published(works.example()))
    assert list(faults(written)) == []
    assert missing(written) == {"identifier", "url"}


@pytest.mark.parametrize("number", ["12102", "12320", "93940"])
def test_records_of_datasets_are_taken(shared: Path, number: str) -> None:
    assert list(faults(node(published(works.record(shared, number))))) == []
