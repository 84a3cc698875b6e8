"""The words of the model: frozen, closed, and each with its IRI and meaning."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from typing import Any

import pytest
from pydantic import ValidationError

from fairkit.dialects._fields import hints
from fairkit.model.agent import Agent, Funding
from fairkit.model.base import Frozen, Term, adapter
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.evidence import Document, Evidence, Observation
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity, Relation
from fairkit.model.resource import FIELDS, KINDS, Kind, Resource, Subject
from fairkit.model.variable import Split, Variable

WORDS: list[Any] = [
    Activity, Agent, Checksum, Distribution, Document, Entity, Evidence, Funding, Identifier, Observation, Relation,
    Resource, Split, Subject, Variable,
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_every_field_has_an_iri_and_a_meaning(word: Any) -> None:
    assert word.__doc__
    for name, annotation in hints(word).items():
        [term] = [meta for meta in annotation.__metadata__ if isinstance(meta, Term)]
        assert term.iri.startswith(("https://", "http://")), name
        assert term.meaning, name


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_value_of_the_one_resource(kind: Kind) -> None:
    resource = Resource(kind=kind, title="T")
    assert adapter(Resource).validate_json(adapter(Resource).dump_json(resource)) == resource
    assert (resource == Resource(title="T")) == (kind == "dataset")


@pytest.mark.parametrize(
    ("word", "given", "place"),
    [
        (Resource, {"kind": "data"}, "kind"),
        (Resource, {"kind": None}, "kind"),
        (Resource, {"titel": "T"}, "titel"),
        (Resource, {"access": "secret"}, "access"),
        (Resource, {"title": 3}, "title"),
        (Resource, {"keywords": [3]}, "keywords"),
        (Resource, {"creators": [{"name": "A", "orcid": "x"}]}, "orcid"),
        (Variable, {"name": "x", "range": (float("nan"), None)}, "range"),
        (Variable, {"name": "x", "range": (float("inf"), None)}, "range"),
        (Variable, {"name": "x", "range": (1.0,)}, "range"),
        (Identifier, {"scheme": "doi"}, "value"),
        (Agent, {"name": "A", "type": "robot"}, "type"),
    ],
)
def test_what_does_not_fit_is_refused_at_the_border(word: type[Frozen], given: dict[str, Any], place: str) -> None:
    with pytest.raises(ValidationError) as caught:
        adapter(word).validate_python(given)
    assert place in {step for error in caught.value.errors() for step in error["loc"]}


@pytest.mark.parametrize(
    ("word", "given", "named"),
    [
        (Resource, {"titel": "T"}, "titel"),
        (Identifier, {"scheme": "doi"}, "value"),
        (Agent, {"name": "A", "orcid": "x"}, "orcid"),
        (Checksum, {}, "algorithm"),
    ],
)
def test_a_word_is_made_of_its_own_fields(word: type[Frozen], given: dict[str, Any], named: str) -> None:
    with pytest.raises(TypeError, match=rf"{word.__name__}\.__init__\(\) .*'{named}'"):
        word(**given)


def test_a_resource_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError, match="title"):
        Resource(title="T").title = "U"  # type: ignore[misc]


def test_the_fields_are_all_but_the_kind() -> None:
    assert "kind" not in FIELDS
    assert ("kind", *FIELDS) == tuple(field.name for field in fields(Resource))
