"""The data of a model as relations: in every form that has words for these, once, and no more when it is read again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given

from fairkit.dialects import form, invenio
from fairkit.dialects._used_data import implied, related
from fairkit.model.ai import DataUse
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource

from .documents import read
from .resources import resources

JETS = Identifier(scheme="doi", value="10.5281/zenodo.9")
MORE = Identifier(scheme="doi", value="10.5281/zenodo.10")
PAGE = "https://doi.org/10.5281/zenodo.9"
TRAINED = DataUse(role="trained", identifier=JETS, title="Toy jets", split="train", version="1")
TESTED = DataUse(role="tested", identifier=JETS, title="Toy jets", split="test", version="1")
ELSEWHERE = DataUse(role="tested", identifier=MORE)
MODEL = Resource(kind="model", title="Tagger", data_uses=(TESTED, TRAINED, ELSEWHERE))
MADE_FROM = Relation(type="IsDerivedFrom", identifier=JETS, title="Toy jets", kind="dataset")
REFERS = Relation(type="References", identifier=MORE, kind="dataset")
NAMELESS = (DataUse(role="trained", title="Jets of a drawer"),)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, (MADE_FROM, REFERS)),
        ({"kind": "dataset"}, ()),
        ({"data_uses": NAMELESS}, ()),
        ({"relations": (Relation(type="IsDerivedFrom", identifier=JETS),)}, (REFERS,)),
        ({"relations": (Relation(type="isBasedOn", identifier=JETS),)}, (REFERS,)),
        ({"relations": (Relation(type="Cites", identifier=JETS),)}, (MADE_FROM, REFERS)),
        ({"relations": (Relation(type="Cites", identifier=MORE),)}, (MADE_FROM,)),
        ({"relations": (Relation(type="IsDerivedFrom", identifier=Identifier(scheme="url", value=PAGE)),)}, (REFERS,)),
    ],
)
def test_what_is_not_stated_is_implied(fields: dict[str, Any], found: tuple[Relation, ...]) -> None:
    assert implied(replace(MODEL, **fields)) == found


@given(resource=resources())
def test_what_was_implied_once_is_stated_then(resource: Resource) -> None:
    every = related(replace(resource, kind="model"))
    assert implied(replace(resource, kind="model", relations=every)) == ()


def _of_datacite(body: bytes) -> Any:
    rows = json.loads(body)["relatedIdentifiers"]
    return [(row["relationType"], row["relatedIdentifier"], row["resourceTypeGeneral"]) for row in rows]


def _of_codemeta(body: bytes) -> Any:
    return json.loads(body)["schema:isBasedOn"]


def _of_cff(body: bytes) -> Any:
    return [(row["type"], row["title"], row.get("doi"), row.get("notes")) for row in yaml.safe_load(body)["references"]]


def _linked(word: str) -> Callable[[bytes], Any]:
    def found(body: bytes) -> Any:
        rows = json.loads(body)[word]
        return [one["@id"] for one in (rows if isinstance(rows, list) else [rows])]

    return found


@pytest.mark.parametrize(
    ("name", "look", "found"),
    [
        ("datacite", _of_datacite,
         [("IsDerivedFrom", JETS.value, "Dataset"), ("References", MORE.value, "Dataset")]),
        ("codemeta", _of_codemeta, [{"id": PAGE, "type": "schema:Dataset", "name": "Toy jets"}]),
        ("cff", _of_cff,
         [("data", "Toy jets", JETS.value, "It was made from these data."), ("data", str(MORE), MORE.value, None)]),
        ("schema-org", _linked("isBasedOn"), [PAGE]),
        ("fair4ml", _linked("isBasedOn"), [PAGE]),
        ("dcat-ap:json-ld", _linked("prov:wasDerivedFrom"), [PAGE]),
        ("prov", _linked("prov:wasDerivedFrom"), [PAGE]),
    ],
)  # fmt: skip
def test_a_form_tells_what_the_model_was_trained_on(name: str, look: Callable[[bytes], Any], found: Any) -> None:
    assert look(form(name).write(MODEL)) == found
    assert look(form(name).write(replace(MODEL, relations=(MADE_FROM,)))) == found


def test_datacite_in_xml_tells_it_too() -> None:
    body = form("datacite-xml").write(MODEL).decode()
    assert body.count('relationType="IsDerivedFrom"') == 2  # by its identifier, and by its title
    assert body.count(">10.5281/zenodo.9</relatedIdentifier>") == 1


def test_a_draft_of_invenio_tells_it_too() -> None:
    rows = invenio.draft(MODEL, day="2026-11-27")["metadata"]["related_identifiers"]
    assert [(row["identifier"], row["relation_type"]["id"], row["resource_type"]["id"]) for row in rows] == [
        (JETS.value, "isderivedfrom", "dataset"),
        (MORE.value, "references", "dataset"),
    ]


def test_a_crate_tells_it_too() -> None:
    nodes = {node["@id"]: node for node in json.loads(form("ro-crate").write(MODEL))["@graph"]}
    assert nodes["./"]["isBasedOn"] == {"@id": PAGE} or nodes["./"]["isBasedOn"] == [{"@id": PAGE}]
    assert nodes[PAGE]["name"] == "Toy jets"


@pytest.mark.parametrize("name", ["datacite", "datacite-xml", "codemeta", "cff", "schema-org", "fair4ml", "ro-crate"])
def test_no_relation_comes_twice_however_often_it_is_read_and_written(name: str) -> None:
    body = form(name).write(MODEL)
    once = replace(read(name, body).resource, kind="model", data_uses=MODEL.data_uses)
    assert sorted(one.type for one in related(once)) == ["IsDerivedFrom", "References"]
    assert form(name).write(once).count(JETS.value.encode()) == body.count(JETS.value.encode())


@pytest.mark.parametrize("name", ["schema-org", "fair4ml", "ro-crate"])
def test_what_holds_the_data_themselves_gives_no_relation_back(name: str) -> None:
    after = read(name, form(name).write(MODEL)).resource
    assert (after.data_uses, after.relations) == (MODEL.data_uses, ())
    stated = replace(MODEL, relations=(replace(MADE_FROM, title="by another name"),))
    assert read(name, form(name).write(stated)).resource.relations == stated.relations
