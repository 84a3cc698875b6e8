"""The schema of CFF 1.2.0 and cffconvert judge the citation files that fairkit writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from fairkit.dialects import cff
from fairkit.model.agent import Agent
from fairkit.model.resource import Resource
from fairkit.vocab import licences

from . import works
from .environments import ask

MAKERS = (Agent(name="Example, Ada"),)


@pytest.fixture(scope="module")
def schema(shared: Path) -> Draft7Validator:
    return Draft7Validator(json.loads((shared / "data/judges/cff/schema-1.2.0.json").read_bytes()))


def faults(schema: Draft7Validator, resource: Resource) -> list[str]:
    """What the schema says against a written file."""
    written: Any = yaml.safe_load(cff.write(resource))
    return [error.message for error in schema.iter_errors(json.loads(json.dumps(written, default=str)))]


def test_the_judge_judges(schema: Draft7Validator) -> None:
    assert faults(schema, Resource(title="No authors")) == ["'authors' is a required property"]


def test_the_example_is_valid(schema: Draft7Validator) -> None:
    assert faults(schema, works.example()) == []


def test_the_data_of_a_model_are_a_valid_reference(schema: Draft7Validator) -> None:
    assert faults(schema, works.model()) == []
    [data] = yaml.safe_load(cff.write(works.model()))["references"]
    assert (data["type"], data["doi"]) == ("data", "10.5281/zenodo.9")


@pytest.mark.parametrize("number", works.RECORDS)
def test_records_are_valid(schema: Draft7Validator, shared: Path, number: str) -> None:
    assert faults(schema, works.record(shared, number)) == []


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(resource=works.complete())
def test_any_work_with_a_title_and_a_creator_is_valid(schema: Draft7Validator, resource: Resource) -> None:
    assert faults(schema, resource) == []


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(url=st.text(max_size=20).map("https://a.b/{}".format), day=st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"))
def test_addresses_and_days_are_valid(schema: Draft7Validator, url: str, day: str) -> None:
    maker = Agent(name="Example, Ada")
    assert (
        faults(schema, Resource(title="x", creators=(maker,), landing_page=url, license=url, date_published=day)) == []
    )


def test_every_licence_of_our_table_is_written_validly(schema: Draft7Validator) -> None:
    maker = (Agent(name="Example, Ada"),)
    every = [one.id for one in licences.licences()]
    assert {
        id_: found for id_ in every if (found := faults(schema, Resource(title="x", creators=maker, license=id_)))
    } == {}


@pytest.mark.judge
def test_cffconvert_takes_a_model() -> None:
    assert ask("cffconvert_reader", cff.write(works.model()))["fault"] == ""


@pytest.mark.judge
def test_cffconvert_takes_it() -> None:
    found = ask("cffconvert_reader", cff.write(works.example()))
    assert found["fault"] == ""
    assert "Example, Ada" in found["bibtex"]
