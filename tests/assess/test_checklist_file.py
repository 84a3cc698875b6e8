"""The form of a checklist file."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from pydantic import ValidationError

from fairkit import resources
from fairkit.assess.checklist_file import ChecklistFile, MetricTable, TableOfTest
from fairkit.dialects._fields import hints
from fairkit.model.base import Told, adapter


@pytest.mark.parametrize("name", resources.names("checklists", ".toml"))
def test_a_shipped_file_has_the_form_and_the_id_of_its_name(name: str) -> None:
    written = tomllib.loads(resources.read_bytes("checklists", f"{name}.toml").decode())
    assert adapter(ChecklistFile).validate_python(written).id == name


@pytest.mark.parametrize("table", [TableOfTest, MetricTable, ChecklistFile])
def test_every_key_is_explained(table: Any) -> None:
    for name, annotation in hints(table).items():
        [told] = [meta for meta in annotation.__metadata__ if isinstance(meta, Told)]
        assert told.meaning, name


def test_a_table_without_parameters_shares_none_with_another() -> None:
    first, second = (adapter(TableOfTest).validate_python({"check": "has_title"}) for _ in range(2))
    assert first.params == {}
    assert first.params is not second.params


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("principle", "X1"), ("principle", "F"), ("level", "vital"), ("about", "people"), ("scoring", "mean")),
        *(("points", 0), ("id", ""), ("tests", [])),
    ],
)
def test_a_row_takes_only_what_has_a_meaning(key: str, value: object) -> None:
    row = {"id": "A", "principle": "R1.3", "tests": [{"check": "has_title"}]}
    assert adapter(MetricTable).validate_python(row).id == "A"
    with pytest.raises(ValidationError):
        adapter(MetricTable).validate_python(row | {key: value})
