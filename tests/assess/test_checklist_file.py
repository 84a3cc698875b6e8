"""The form of a checklist file."""

from __future__ import annotations

import tomllib

import pytest
from pydantic import ValidationError

from fairkit import resources
from fairkit.assess.checklist_file import ChecklistFile, MetricTable, TableOfTest


@pytest.mark.parametrize("name", resources.names("checklists", ".toml"))
def test_a_shipped_file_has_the_form_and_the_id_of_its_name(name: str) -> None:
    written = tomllib.loads(resources.read_bytes("checklists", f"{name}.toml").decode())
    assert ChecklistFile.model_validate(written).id == name


@pytest.mark.parametrize("table", [TableOfTest, MetricTable, ChecklistFile])
def test_every_key_is_explained(table: type[TableOfTest | MetricTable | ChecklistFile]) -> None:
    assert [name for name, field in table.model_fields.items() if not field.description] == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("principle", "X1"), ("principle", "F"), ("level", "vital"), ("about", "people"), ("scoring", "mean")),
        *(("points", 0), ("id", ""), ("tests", [])),
    ],
)
def test_a_row_takes_only_what_has_a_meaning(key: str, value: object) -> None:
    row = {"id": "A", "principle": "R1.3", "tests": [{"check": "has_title"}]}
    assert MetricTable.model_validate(row).id == "A"
    with pytest.raises(ValidationError):
        MetricTable.model_validate(row | {key: value})
