"""FAIR4ML: what we write is read back whole and uses the vocabulary as it is; what others write is read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.dialects import fair4ml
from fairkit.model.ai import FAIR4ML, DataUse
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource

from .documents import ANY_JSON, assert_sane, mutants, read_json
from .of_models import MODEL
from .written import HOSTILE, RICH, again, lost, whole

WORK = replace(RICH, kind="model")
WILD: dict[str, Any] = {
    "@context": {"@vocab": "http://schema.org/", "fair4ml": str(FAIR4ML)},
    "@type": "fair4ml:MLModel",
    "name": "Tagger",
    "license": "https://spdx.org/licenses/MIT",
    "fair4ml:mlTask": ["jet tagging", {"@type": "DefinedTerm", "name": "classification"}],
    "fair4ml:modelCategory": "graph network",
    "fair4ml:intendedUse": "Tagging jets",
    "fair4ml:modelRisksBiasLimitations": "Simulation only",
    "fair4ml:trainedOn": {"@id": "https://doi.org/10.5281/zenodo.9", "@type": "Dataset", "name": "Jets"},
    "fair4ml:testedOn": "https://doi.org/10.5281/zenodo.10",
    "fair4ml:fineTunedFrom": {"@id": "https://doi.org/10.5281/zenodo.11"},
    "fair4ml:hasEvaluation": {
        "@type": "fair4ml:MLModelEvaluation",
        "fair4ml:evaluationMetrics": ["AUC", "accuracy"],
        "fair4ml:evaluationResults": ["0.99", {"@type": "PropertyValue", "value": 0.9}],
        "fair4ml:evaluationDataset": {"@id": "https://doi.org/10.5281/zenodo.9"},
    },
}


def doi(value: str) -> Identifier:
    return Identifier(scheme="doi", value=value)


def test_a_rich_model_is_read_back() -> None:
    assert lost("fair4ml", WORK) == {}
    view = again("fair4ml", WORK)
    assert view.resource.kind == "model"
    assert_sane(view)


@settings(max_examples=40)
@given(fields=st.sets(st.sampled_from(sorted(MODEL))))
def test_any_fields_of_a_model_are_read_back(fields: set[str]) -> None:
    assert lost("fair4ml", Resource(kind="model", title="T", **{name: MODEL[name] for name in fields})) == {}


@pytest.mark.parametrize("text", HOSTILE, ids=[f"{text[:12]!a}" for text in HOSTILE])
def test_hostile_texts_are_written_and_read(text: str) -> None:
    assert_sane(again("fair4ml", replace(whole(text), kind="model")))


def test_data_that_are_no_model_are_none() -> None:
    assert json.loads(fair4ml.write(replace(RICH, kind="dataset")))["@type"] == "Dataset"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # which rdflib's own parser uses
def test_every_word_is_one_of_the_vocabulary_on_its_own_class(shared: Path) -> None:
    """Each property of FAIR4ML that we use is there, and stands on a node of a class that it is for."""
    vocabulary = triples((shared / "data/judges/fair4ml/fair4ml-0.1.0.jsonld").read_bytes())
    domains = {(node, domain) for node, word, domain in vocabulary if word == "http://schema.org/domainIncludes"}
    written = triples(fair4ml.write(WORK))
    kinds = {(node, kind) for node, word, kind in written if word.endswith("#type")}
    used = {(node, word) for node, word, _ in written if word.startswith(str(FAIR4ML))}
    assert len({word for _, word in used}) >= 14
    for node, word in used:
        assert any((word, kind) in domains for one, kind in kinds if one == node), word


def triples(body: bytes) -> set[tuple[str, str, str]]:
    """What JSON-LD says, by rdflib."""
    import rdflib

    return {
        (str(node), str(word), str(value)) for node, word, value in rdflib.Graph().parse(data=body, format="json-ld")
    }


def test_what_others_write_is_read() -> None:
    view = read_json("fair4ml", WILD)
    assert_sane(view)
    work = view.resource
    assert (work.kind, work.title, work.license) == ("model", "Tagger", "MIT")
    assert work.tasks == ("jet tagging", "classification")
    assert (work.architecture, work.intended_use) == ("graph network", "Tagging jets")
    assert work.limitations == "Simulation only"
    assert work.data_uses == (
        DataUse(role="trained", identifier=doi("10.5281/zenodo.9"), title="Jets"),
        DataUse(role="tested", identifier=doi("10.5281/zenodo.10")),
    )
    assert [(one.type, one.identifier, one.kind) for one in work.relations] == [
        ("IsDerivedFrom", doi("10.5281/zenodo.11"), "model")
    ]
    assert [(one.metric, one.value, one.dataset) for one in work.results] == [
        ("AUC", 0.99, doi("10.5281/zenodo.9")),
        ("accuracy", 0.9, doi("10.5281/zenodo.9")),
    ]


def test_wrong_values_stop_nothing() -> None:
    for _, data in mutants(WILD):
        assert_sane(read_json("fair4ml", data))


@given(data=ANY_JSON)
def test_any_json_is_sane(data: Any) -> None:
    assert_sane(read_json("fair4ml", {"fair4ml:hasEvaluation": data, "fair4ml:trainedOn": data}))


@pytest.mark.parametrize(
    ("data", "is_one"),
    [(WILD, True), ({"@context": "https://schema.org", "@type": "Dataset"}, False), ([], False), ({}, False)],
)
def test_it_is_known_by_its_class(data: Any, *, is_one: bool) -> None:
    assert fair4ml.recognises(data) is is_one
