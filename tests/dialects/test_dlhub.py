"""dlhub.json: the work by DataCite, the servable with its shapes, and the columns that go in with their units."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.dialects import dlhub
from fairkit.errors import UnreadableDocument
from fairkit.model.ai import Channel, Tensor
from fairkit.model.identifier import Identifier

from .documents import ANY_JSON, assert_sane, mutants, read, read_json

WRITTEN: dict[str, Any] = {
    "datacite": {
        "identifier": {"identifier": "10.5281/zenodo.1", "identifierType": "DOI"},
        "titles": [{"title": "Toy tagger"}],
        "creators": [{"creatorName": "Example, Ada", "affiliations": ["CERN"]}],
        "publisher": "DLHub",
        "publicationYear": "2019",
        "rightsList": [{"rights": "MIT"}],
        "resourceType": {"resourceTypeGeneral": "InteractiveResource"},
    },
    "dlhub": {"name": "toy", "domains": ["physics"], "dependencies": {"python": {"numpy": "1.16", "keras": None}}},
    "servable": {
        "type": "Keras Model",
        "model_type": "Deep NN",
        "model_summary": "Three dense layers",
        "methods": {
            "run": {
                "input": {
                    "type": "ndarray",
                    "shape": [None, 3],
                    "item_type": {"type": "float"},
                    "description": "Jets",
                },
                "output": {
                    "type": "tuple",
                    "element_types": [{"type": "list", "item_type": {"type": "integer"}}, {"type": "string"}],
                },
            }
        },
    },
    "dataset": {
        "columns": [{"name": "label"}, {"name": "pt", "units": "GeV", "description": "Momentum"}],
        "inputs": ["pt"],
        "labels": ["label"],
    },
}


def test_it_is_read() -> None:
    view = read_json("dlhub", WRITTEN)
    assert_sane(view)
    work = view.resource
    assert (work.kind, work.title, work.license, work.date_published) == ("model", "Toy tagger", "MIT", "2019")
    assert work.identifiers == (Identifier(scheme="doi", value="10.5281/zenodo.1"),)
    assert [(one.name, one.affiliations[0].name) for one in work.creators] == [("Example, Ada", "CERN")]
    assert (work.architecture, work.methodology) == ("Deep NN", "Three dense layers")
    assert work.requirements == ("numpy==1.16", "keras")
    assert work.inputs == (Tensor(name="input", dtype="float64", shape=(None, 3), description="Jets"),)
    assert work.outputs == (
        Tensor(name="output_0", dtype="int64", shape=(None,)),
        Tensor(name="output_1", dtype="string"),
    )
    assert work.channels == (Channel(input="input", index=0, variable="pt", unit="GeV", description="Momentum"),)


def test_wrong_values_stop_nothing() -> None:
    for _, data in mutants(WRITTEN, depth=7):
        assert_sane(read_json("dlhub", data))


@given(
    data=st.dictionaries(
        st.sampled_from(["datacite", "dlhub", "servable", "dataset"]),
        ANY_JSON | st.dictionaries(st.sampled_from(["methods", "columns", "inputs", "titles", "creators"]), ANY_JSON),
    )
)
def test_any_json_is_sane(data: object) -> None:
    assert_sane(read_json("dlhub", data))


def test_what_is_no_json_is_told() -> None:
    with pytest.raises(UnreadableDocument):
        read("dlhub", "{")


def test_it_is_known_by_its_blocks() -> None:
    assert dlhub.recognises(WRITTEN)
    assert not dlhub.recognises({"datacite": {}})
    assert not dlhub.recognises([])
