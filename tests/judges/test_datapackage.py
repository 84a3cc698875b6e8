"""frictionless reads the descriptors that fairkit writes, and the tables by them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fairkit.dialects import datapackage
from fairkit.package.description import describe

from . import works
from .environments import ask

pytestmark = pytest.mark.judge


def test_the_judge_judges() -> None:
    wrong = {"resources": [{"name": "x", "path": "../x.csv", "schema": {"fields": [{"type": "toy"}]}}]}
    assert ask("frictionless_reader", json.dumps(wrong).encode())["faults"]


def test_the_example_is_valid() -> None:
    found = ask("frictionless_reader", datapackage.write(works.example()))
    assert found["faults"] == []
    assert set(found["fields"]) == {file.name for file in works.example().distributions}
    assert found["fields"]["train.parquet"][:2] == ["event", "fj_pt"]


@pytest.mark.parametrize("number", ["328", "12102", "93940"])
def test_records_are_valid(shared: Path, number: str) -> None:
    assert ask("frictionless_reader", datapackage.write(works.record(shared, number)))["faults"] == []


def test_a_table_of_text_is_what_its_fields_say(tmp_path: Path) -> None:
    (tmp_path / "fairkit.toml").write_text('[resource]\ntitle = "Toy jets"\n')
    (tmp_path / "jets.csv").write_text("pt,label,name\n1.5,0,a\n2.5,1,b\n")
    written = datapackage.write(describe(str(tmp_path)).resource)
    assert ask("frictionless_reader", written, str(tmp_path)) == {
        "faults": [],
        "fields": {"jets.csv": ["pt", "label", "name"]},
        "tables": [],
    }
    (tmp_path / "jets.csv").write_text("pt,label,name\nmuch,0,a\n")
    assert ask("frictionless_reader", written, str(tmp_path))["tables"]
