"""The model in JSON-LD: which property each field has, and how tuples keep their places."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from fairkit.dialects import _jsonld_terms
from fairkit.dialects._jsonld import main_node
from fairkit.dialects._jsonld_terms import CONTEXT, encode, read_field
from fairkit.model.agent import Agent, Funding
from fairkit.model.base import Frozen
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity, Relation
from fairkit.model.resource import Resource, Subject
from fairkit.model.variable import Split, Variable

FREE = {"@id": "fairkit:unbounded"}


@pytest.mark.parametrize(
    "model",
    [Resource, Agent, Funding, Checksum, Distribution, Identifier, Activity, Entity, Relation, Subject,
     Split, Variable],
)  # fmt: skip
def test_every_field_has_a_property_of_its_own(model: Any) -> None:
    named = _jsonld_terms.terms(model)
    assert list(named) == [field.name for field in fields(model)]
    assert len(set(named.values())) == len(named)


@pytest.mark.parametrize(
    ("model", "field", "key"),
    [
        (Resource, "license", "license"),
        (Variable, "range", "fairkit:valueRange"),
        (Activity, "started", "prov:startedAtTime"),
        (Checksum, "value", "fairkit:checksumValue"),
    ],
)
def test_a_property_is_named_by_its_prefix_and_bare_in_schema_org(model: Any, field: str, key: str) -> None:
    assert _jsonld_terms.terms(model)[field] == key


def test_the_context_is_written_out() -> None:
    assert CONTEXT["@vocab"] == "https://schema.org/"
    assert all(iri.startswith("http") for iri in CONTEXT.values())
    prefixes = {key.partition(":")[0] for key in _jsonld_terms.terms(Resource).values() if ":" in key}
    assert prefixes <= CONTEXT.keys()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Variable(name="pt"), {"@type": "fairkit:Variable", "name": "pt"}),
        (
            Variable(name="pt", shape=(None, 3)),
            {"@type": "fairkit:Variable", "name": "pt", "fairkit:shape": {"@list": [FREE, 3]}},
        ),
        (
            Variable(name="pt", range=(20.0, None)),
            {"@type": "fairkit:Variable", "name": "pt", "fairkit:valueRange": {"@list": [20.0, FREE]}},
        ),
        (Variable(name="n", shape=()), {"@type": "fairkit:Variable", "name": "n", "fairkit:shape": {"@list": []}}),
        (Split(name="train", files=("a", "b")), {"@type": "fairkit:Split", "name": "train", "hasPart": ["a", "b"]}),
        (
            Activity(name="x", parameters=(("seed", "1"), ("tune", "A14"))),
            {
                "@type": "fairkit:Activity",
                "name": "x",
                "fairkit:parameter": {"@list": [{"@list": ["seed", "1"]}, {"@list": ["tune", "A14"]}]},
            },
        ),
        (
            Funding(funder=Agent(name="Fund")),
            {"@type": "fairkit:Funding", "funder": {"@type": "fairkit:Agent", "name": "Fund"}},
        ),
        (Resource(), {"@type": "fairkit:Resource", "fairkit:kind": "dataset"}),
    ],
)
def test_only_what_is_not_the_default_is_written_but_for_the_kind(value: Frozen, written: dict[str, Any]) -> None:
    assert encode(value) == written


@pytest.mark.parametrize(
    ("model", "field", "value", "told"),
    [
        (Resource, "title", "Jets", "Jets"),
        (Resource, "title", {"@value": "Jets", "@language": "en"}, "Jets"),
        (Resource, "title", {"name": "Jets"}, "Jets"),
        (Resource, "keywords", "jets", ["jets"]),
        (Resource, "keywords", ["jets", {"@value": "toys"}], ["jets", "toys"]),
        (Variable, "shape", {"@list": [FREE, 3]}, [None, 3]),
        (Variable, "shape", {"@list": []}, []),
        (Activity, "parameters", {"@list": [{"@list": ["seed", "1"]}]}, [["seed", "1"]]),
        (Resource, "creators", {"name": "Ada"}, [{"name": "Ada"}]),
        (Resource, "creators", [{"name": "Ada", "affiliation": {"name": "CERN"}}],
         [{"name": "Ada", "affiliations": [{"name": "CERN"}]}]),
        (Resource, "creators", {"@id": "#a"}, [{}]),  # no reference is followed
        (Resource, "variables", {"name": "pt", "unknown": 1}, [{"name": "pt"}]),
    ],
)  # fmt: skip
def test_a_value_is_read_for_the_model_to_judge(model: type[Frozen], field: str, value: Any, told: Any) -> None:
    node = main_node([{"@type": "Dataset"}, {"@id": "#a", "name": "Ada"}])
    assert read_field(model, field, value, node) == told


def _nested(inner: Any, *, key: str, times: int) -> Any:
    for _ in range(times):
        inner = {"name": "x", key: inner} if key != "@list" else {"@list": [inner]}
    return inner


@pytest.mark.parametrize(
    ("model", "field", "key"), [(Resource, "creators", "affiliation"), (Variable, "shape", "@list")]
)
def test_what_is_nested_without_end_is_read_to_a_depth(model: type[Frozen], field: str, key: str) -> None:
    told = read_field(model, field, _nested("deepest", key=key, times=300), main_node({}))
    assert "deepest" not in str(told)
    assert "deepest" in str(read_field(model, field, _nested("deepest", key=key, times=3), main_node({})))
