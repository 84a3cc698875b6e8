"""What the API of the Hugging Face Hub tells: models, datasets, gates, and hostile answers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.dialects import hugging_face
from fairkit.model.agent import Agent
from fairkit.model.distribution import Checksum, Distribution

from .documents import ANY_JSON, assert_sane, mutants, read_json
from .test_hf_card import DATASET, MODEL

SHA = "86b5e0934494bd15c9632b12f734a8a67f723594"
DIGEST = "f9343d7d7ec5c3d8bcced056c438fc9f1d3819e9ca3d42418a40857050e10e20"

OF_MODEL: dict[str, Any] = {
    "_id": "621ffdc036468d709f174338",
    "id": "toy/tagger",
    "modelId": "toy/tagger",
    "author": "toy",
    "sha": SHA,
    "private": False,
    "gated": "auto",
    "disabled": False,
    "pipeline_tag": "tabular-classification",
    "library_name": "onnx",
    "createdAt": "2026-11-01T00:00:00.000Z",
    "lastModified": "2026-11-02T00:00:00.000Z",
    "tags": ["onnx", "jets", "arxiv:2407.20127", "doi:10.57967/hf/1234", "license:apache-2.0", "region:us"],
    "cardData": MODEL,
    "siblings": [
        {"rfilename": ".gitattributes", "size": 1175, "blobId": "6d34772f5ca361021038b404fb913ec8dc0b1a5a"},
        {
            "rfilename": "onnx/model v1.onnx",
            "size": 22,
            "blobId": "cd1c6d8bde5006076655711a49feae66f07d707e",
            "lfs": {"sha256": DIGEST, "size": 22, "pointerSize": 127},
        },
        {"rfilename": "README.md"},
    ],
}
OF_DATASET: dict[str, Any] = {
    "id": "toy/jets",
    "author": "toy",
    "sha": SHA,
    "private": False,
    "gated": False,
    "description": "\n\tJets for a bar.\n",
    "createdAt": "2026-11-01T00:00:00.000Z",
    "lastModified": "2026-11-02T00:00:00.000Z",
    "tags": ["license:cc-by-4.0", "doi:10.57967/hf/1"],
    "cardData": DATASET,
    "siblings": [{"rfilename": "data/train.parquet"}],
}


def test_the_answers_about_a_model_and_a_dataset_fill_every_field_between_them() -> None:
    views = [read_json("hugging-face", answer) for answer in (OF_MODEL, OF_DATASET)]
    for view in views:
        assert_sane(view)
        assert view.faults == ()
    assert set().union(*(view.pointers for view in views)) == hugging_face.HOLDS


def test_the_fields_of_a_model() -> None:
    resource = read_json("hugging-face", OF_MODEL).resource
    assert (resource.kind, resource.type, resource.version) == ("model", "model", SHA)
    assert [str(one) for one in resource.identifiers] == [
        "doi:10.57967/hf/1234",
        "url:https://huggingface.co/toy/tagger",
    ]
    assert (resource.landing_page, resource.catalogue) == ("https://huggingface.co/toy/tagger", "Hugging Face Hub")
    assert resource.creators == (Agent(name="toy"),)
    assert (resource.access, resource.license) == ("restricted", "Apache-2.0")
    assert [(one.type, str(one.identifier)) for one in resource.relations] == [
        ("IsDerivedFrom", "url:https://huggingface.co/datasets/toy/jets"),
        ("IsDerivedFrom", "url:https://huggingface.co/toy/older"),
        ("IsDocumentedBy", "arxiv:2407.20127"),
    ]


def test_files_have_the_address_of_this_revision_and_hidden_ones_are_left_out() -> None:
    at = f"https://huggingface.co/toy/tagger/resolve/{SHA}"
    resource = read_json("hugging-face", OF_MODEL).resource
    assert resource.listing == "complete"
    assert resource.distributions == (
        Distribution(
            name="onnx/model v1.onnx",
            content_url=f"{at}/onnx/model%20v1.onnx",
            byte_size=22,
            media_type=resource.distributions[0].media_type,
            checksums=(Checksum(algorithm="sha256", value=DIGEST),),
        ),
        Distribution(name="README.md", content_url=f"{at}/README.md", media_type="text/markdown"),
    )


def test_the_fields_of_a_dataset() -> None:
    resource = read_json("hugging-face", OF_DATASET).resource
    assert (resource.kind, resource.access, resource.title) == ("dataset", "open", "Toy jets")
    assert resource.landing_page == "https://huggingface.co/datasets/toy/jets"
    assert resource.description == "Jets for a bar."
    assert [variable.name for variable in resource.variables][:2] == ["pt", "label"]


def test_tags_stand_in_where_the_card_is_silent() -> None:
    view = read_json("hugging-face", OF_MODEL | {"cardData": {}})
    assert view.resource.keywords == ("onnx", "jets")
    assert (view.resource.license, view.resource.requirements) == ("Apache-2.0", ("onnx",))
    assert [str(one.identifier) for one in view.resource.relations] == ["arxiv:2407.20127"]


@pytest.mark.parametrize(
    ("told", "access"),
    [
        ({"private": False, "gated": False}, "open"),
        ({"private": False, "gated": "manual"}, "restricted"),
        ({"private": False, "gated": None}, "open"),
        ({"private": True, "gated": False}, None),
        ({"private": None}, None),
    ],
)
def test_a_gate_restricts(told: dict[str, Any], access: str | None) -> None:
    assert read_json("hugging-face", OF_MODEL | told).resource.access == access


@pytest.mark.parametrize(
    ("data", "known"),
    [(OF_MODEL, True), (OF_DATASET, True), ({"id": "x", "sha": "y"}, False), ([OF_MODEL], False), (None, False)],
)
def test_an_answer_is_known_by_its_keys(data: Any, known: bool) -> None:
    assert hugging_face.recognises(data) is known
    assert_sane(read_json("hugging-face", data))


@pytest.mark.parametrize("answer", [OF_MODEL, OF_DATASET])
def test_values_of_the_wrong_type_never_stop_the_reading(answer: dict[str, Any]) -> None:
    for pointer, data in mutants(answer, depth=3):
        try:
            assert_sane(read_json("hugging-face", data))
        except Exception as error:
            raise AssertionError(f"at {pointer}") from error


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted({*OF_MODEL, *OF_DATASET})), ANY_JSON))
def test_any_json_in_any_field_is_read(changes: dict[str, Any]) -> None:
    assert_sane(read_json("hugging-face", OF_MODEL | changes))
