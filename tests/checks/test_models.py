"""Models: their files, and what the metadata say of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fairkit.model.ai import Channel, Result, Tensor

from .judge import Case, file, judge

X = Tensor(name="x", dtype="float32", shape=("batch", 30))
Y = Tensor(name="y", dtype="float32", shape=("batch", 2))
THERE: dict[str, Any] = {
    "path": "a.onnx",
    "format": "onnx",
    "opset": 18,
    "ir_version": 10,
    "opsets": [["", 18]],
    "inputs": [{"name": "x", "dtype": "float32", "shape": [None, 30]}],
    "outputs": [{"name": "y", "dtype": "float32", "shape": ["n", 2]}],
    "parameters": 60,
}


def headers(**more: Any) -> str:
    return json.dumps([THERE | more])


ONNX = file("a.onnx", "sha256")
PICKLE = file("a.pkl", "sha256")
BOUND = Channel(input="x", index=0, variable="pt", unit="GeV")

HERE = {"headers": headers()}
TOLD: dict[str, Any] = {"tasks": ("tagging",), "architecture": "GNN"}

CASES: list[Case] = [
    (
        "model_is_described",
        {"tasks": ("tagging",), "architecture": "GNN", "requirements": ("torch 2",)},
        "pass",
        "tagging: GNN",
    ),
    ("model_is_described", {"tasks": ("tagging",)}, "partial", "without architecture, framework"),
    ("model_is_described", {}, "fail", "without task, architecture, framework"),
    ("tensors_are_described", {"inputs": (X,), "outputs": (Y,)}, "pass", "2 tensors with type and shape"),
    ("tensors_are_described", {"inputs": (X,), "outputs": (Tensor(name="y"),)}, "partial", "1 of 2 tensors"),
    ("tensors_are_described", {"inputs": (X,)}, "fail", "no outputs are described"),
    (
        "tensors_agree",
        {"inputs": (X,), "outputs": (Y,), "parameter_count": 60, "headers": headers()},
        "pass",
        "as in the file",
    ),
    (
        "tensors_agree",
        {"inputs": (X,), "parameter_count": 61, "headers": headers()},
        "fail",
        "61 weights, in the file 60",
    ),
    ("tensors_agree", {"inputs": (Y,), "headers": headers()}, "fail", "inputs y, in the file x"),
    (
        "tensors_agree",
        {"inputs": (Tensor(name="x", shape=(None, 31)),), **HERE},
        "fail",
        "x has another shape",
    ),
    (
        "tensors_agree",
        {"inputs": (Tensor(name="x", dtype="float64"),), **HERE},
        "fail",
        "x has another shape",
    ),
    ("tensors_agree", {"headers": headers()}, "fail", "the metadata state none of them"),
    ("tensors_agree", {"inputs": (X,), "headers": "[]"}, "not-applicable", "no file of the model"),
    ("tensors_agree", {"inputs": (X,), "headers": "nonsense"}, "not-applicable", "no file of the model"),
    ("file_names_its_work", {"headers": headers(metadata=[["license", "MIT"]])}, "pass", "a.onnx has license"),
    ("file_names_its_work", {"headers": headers()}, "fail", "no file of the model says whose it is"),
    ("file_names_its_work", {"headers": "[]"}, "not-applicable", "no file of a model was read"),
    ("needed_files_are_there", {"headers": headers()}, "pass", "nothing is missing"),
    (
        "needed_files_are_there",
        {"headers": headers(external=["w.bin"]), "distributions": (file("w.bin"),)},
        "pass",
        "nothing is missing",
    ),
    ("needed_files_are_there", {"headers": headers(external=["w.bin"])}, "fail", "w.bin is not there"),
    ("needed_files_are_there", {"headers": headers(notes=["weights in '../w' are refused: …"])}, "fail", "are refused"),
    ("format_is_exchangeable", {"distributions": (ONNX, PICKLE)}, "pass", "ONNX; "),
    ("format_is_exchangeable", {"formats": ("safetensors",)}, "pass", "Safetensors"),
    ("format_is_exchangeable", {"distributions": (PICKLE,)}, "fail", "which run code"),
    ("format_is_exchangeable", {}, "fail", "no file in a format for exchange"),
    ("onnx_is_portable", {"headers": headers()}, "pass", "opset 18, IR 10"),
    ("onnx_is_portable", {"headers": headers(opsets=[["", 18], ["own", 1]])}, "partial", "needs operators of own"),
    ("onnx_is_portable", {"headers": headers(ir_version=None)}, "fail", "does not state its versions"),
    ("onnx_is_portable", {"headers": headers(format="torch")}, "not-applicable", "there is no ONNX file"),
    ("place_is_no_demo", {"landing_page": "https://zenodo.org/records/1"}, "pass", "https://zenodo.org"),
    ("place_is_no_demo", {"landing_page": "https://huggingface.co/spaces/a/b"}, "fail", "only https://huggingface.co"),
    ("place_is_no_demo", {}, "fail", "no place is stated"),
    (
        "outputs_are_explained",
        {"outputs": (Tensor(name="y", meaning="probability", classes=("a", "b")),)},
        "pass",
        "y: probability",
    ),
    (
        "outputs_are_explained",
        {"outputs": (Tensor(name="y", meaning="logit"),)},
        "partial",
        "y without meaning or order",
    ),
    ("outputs_are_explained", {"outputs": (Y,)}, "fail", "what y means is not said"),
    ("outputs_are_explained", {}, "fail", "no outputs are described"),
    ("terms_are_shared", {"results": (Result(metric="AUC", value=0.9),)}, "pass", "1 word known"),
    (
        "terms_are_shared",
        {"results": (Result(metric="goodness", value=0.9),)},
        "partial",
        "goodness is known to nobody",
    ),
    ("terms_are_shared", {}, "fail", "neither metrics nor units"),
    ("channels_are_bound", {"inputs": (X,), "channels": (BOUND,)}, "pass", "1 channel of 1 input"),
    ("channels_are_bound", {"inputs": (X, Y), "channels": (BOUND,)}, "partial", "y is not bound"),
    (
        "channels_are_bound",
        {"channels": (Channel(input="x", index=1, variable="pt"),)},
        "partial",
        "are not counted from 0",
    ),
    ("channels_are_bound", {"inputs": (X,)}, "fail", "no channel is bound"),
    (
        "use_is_bounded",
        {"intended_use": "a", "out_of_scope": "b", "validity": "c", "limitations": "d"},
        "pass",
        "all four",
    ),
    ("use_is_bounded", {"intended_use": "a", "limitations": "d"}, "partial", "without out of scope, validity"),
    ("use_is_bounded", {"intended_use": "a"}, "fail", "without out of scope, validity, limitations"),
]


@pytest.mark.parametrize(("name", "told", "status", "message"), CASES)
def test_a_verdict(name: str, told: dict[str, Any], status: str, message: str) -> None:
    outcome = judge(name, **{"kind": "model", **told})
    assert (outcome.status, message in outcome.text) == (status, True), outcome.text
