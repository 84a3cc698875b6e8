"""The tables of fairkit.toml say what an editor needs to know."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.dialects._toml_tables import FairkitToml

SCHEMA = FairkitToml.model_json_schema()
TABLES: dict[str, Any] = {**SCHEMA["$defs"], "FairkitToml": SCHEMA}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_closed_and_every_key_explained(name: str) -> None:
    table = TABLES[name]
    assert table["additionalProperties"] is False
    assert table["description"]
    assert all(key.get("description") for key in table["properties"].values())


def test_nothing_is_required_of_a_file() -> None:
    assert "required" not in SCHEMA
    assert FairkitToml.model_validate({}) == FairkitToml()


def test_counts_are_whole_numbers_that_any_format_can_hold() -> None:
    entries = TABLES["Data"]["properties"]["entries"]["anyOf"][0]
    assert entries == {"type": "integer", "minimum": 0, "maximum": 2**63 - 1}
