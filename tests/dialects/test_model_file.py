"""What the header of a model file says, as a view of a model."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fairkit.dialects import model_file
from fairkit.errors import UnreadableDocument
from fairkit.model.ai import ModelFile, Tensor
from fairkit.model.base import plain
from fairkit.model.evidence import Document

from .documents import assert_sane

INPUTS = (Tensor(name="x", dtype="float32", shape=("batch", None, 30)),)


def read(told: Any) -> Any:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    return model_file.read(Document(representation="model-file", media_type="x", url="a.onnx", body=body))


def test_inputs_outputs_and_weights_are_read_back() -> None:
    made = ModelFile(format="onnx", inputs=INPUTS, outputs=(Tensor(name="y"),), parameters=7)
    view = read(plain(made))
    assert_sane(view)
    work = view.resource
    assert (work.kind, work.inputs, work.outputs, work.parameter_count) == ("model", INPUTS, made.outputs, 7)
    assert work.formats == ("onnx",)
    assert view.told("inputs") == "extracted"


@pytest.mark.parametrize(
    "told", [[], 7, {"inputs": 7}, {"inputs": [7, {"name": 8}]}, {"outputs": [{"name": "y", "shape": 7}]}]
)
def test_odd_documents_are_read(told: Any) -> None:
    assert_sane(read(told))


def test_what_is_no_json_is_told() -> None:
    with pytest.raises(UnreadableDocument):
        read(b"{")
