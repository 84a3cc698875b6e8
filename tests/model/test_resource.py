"""The words of the model: frozen, closed, and each with its IRI and meaning."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from fairkit.model.agent import Agent, Funding
from fairkit.model.base import Frozen, Term
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.evidence import Document, Evidence, Observation
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity, Relation
from fairkit.model.resource import FIELDS, KINDS, AnyResource, Dataset, Model, Resource, Subject, Work, resource_class
from fairkit.model.variable import Split, Variable

MODELS: list[type[Frozen]] = [
    Activity, Agent, Checksum, Dataset, Distribution, Document, Entity, Evidence, Funding, Identifier, Model,
    Observation, Relation, Split, Subject, Variable, Work,
]  # fmt: skip


@pytest.mark.parametrize("model", MODELS)
def test_every_field_has_an_iri_and_a_meaning(model: type[Frozen]) -> None:
    assert model.__doc__
    for name, field in model.model_fields.items():
        [term] = [meta for meta in field.metadata if isinstance(meta, Term)]
        assert term.iri.startswith(("https://", "http://")), name
        assert term.meaning, name


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_class_and_is_told_apart_by_it(kind: str) -> None:
    resource = resource_class(kind)(kind=kind, title="T")
    again: Resource = TypeAdapter(AnyResource).validate_json(resource.model_dump_json())
    assert type(again) is type(resource)
    assert again == resource


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Dataset, {"kind": "model"}),
        (Work, {"kind": "dataset"}),
        (Work, {}),
        (Dataset, {"titel": "T"}),
        (Dataset, {"access": "secret"}),
        (Dataset, {"title": 3}),
        (Variable, {"name": "x", "range": (float("nan"), None)}),
        (Variable, {"name": "x", "range": (float("inf"), None)}),
        (Variable, {"name": "x", "range": (1.0,)}),
        (Identifier, {"scheme": "doi"}),
        (Agent, {"name": "A", "type": "robot"}),
    ],
)
def test_what_does_not_fit_is_refused(model: type[Frozen], fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        model(**fields)


def test_a_resource_does_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Dataset(title="T").title = "U"  # type: ignore[misc]


def test_the_fields_are_all_but_the_kind() -> None:
    assert "kind" not in FIELDS
    assert {"kind", *FIELDS} == set(Dataset.model_fields)
