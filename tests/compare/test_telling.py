"""Values in short."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from fairkit.compare import told
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.resource import FIELDS, Resource
from fairkit.model.variable import Split
from tests.dialects.resources import resources

DATA = Distribution(name="a.h5", byte_size=1000, checksums=(Checksum(algorithm="md5", value="aa"),))
INDEX = Distribution(name="a.txt", role="index")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "x" * 500, "x" * 199 + "…"),
        ("byte_size", 1234567, "1,234,567 bytes"),
        ("entry_count", 1234567, "1,234,567"),
        ("keywords", ("a", "b", "c", "d", "e"), "a, b, c and 2 more"),
        ("distributions", (DATA, INDEX), "2 files, 1 of them lists of files, 1,000 bytes, 1 md5"),
        ("distributions", (INDEX,), "1 index file"),
        ("splits", (Split(name="train"), Split(name="test")), "2 splits: train, test"),
    ],
)
def test_a_value_is_told_in_short(field: str, value: Any, said: str) -> None:
    assert told(field, Resource(**{field: value})) == said


@given(resources())
def test_any_value_is_told_in_a_line(resource: Resource) -> None:
    for field in (name for name in FIELDS if getattr(resource, name) not in (None, ())):
        assert len(told(field, resource)) <= 200
