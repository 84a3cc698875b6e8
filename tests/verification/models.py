"""Small ONNX models with example rows, made by the `onnx` package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

__all__ = ["WEIGHTS", "dense", "examples", "folder", "loaded", "saved", "softmax"]

WEIGHTS: NDArray[Any] = np.random.default_rng(7).normal(size=(4, 3)).astype("f4")


def saved(path: Path, nodes: Sequence[Any], weights: Sequence[Any] = (), **more: Any) -> Path:
    """A model of an input `x` of rows of four numbers and an output `y`."""
    shapes = {"inputs": ["rows", 4], "outputs": ["rows", 3], **more}
    one = helper.make_tensor_value_info("x", TensorProto.FLOAT, shapes["inputs"])
    other = helper.make_tensor_value_info("y", TensorProto.FLOAT, shapes["outputs"])
    graph = helper.make_graph(list(nodes), "small", [one], [other], list(weights))
    opsets = [helper.make_opsetid("", 13), helper.make_opsetid("evil", 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
    path.write_bytes(model.SerializeToString())
    return path


def dense(path: Path, *, dtype: str = "f4", constant: bool = False, raw: bool = True, scale: float = 1.0) -> Path:
    """softmax(scale * x W), the weights of a type, as an initialiser or a Constant, as bytes or number by number."""
    values = (scale * WEIGHTS).astype(dtype)
    tensor = numpy_helper.from_array(values, "w")
    if not raw:
        kind = helper.np_dtype_to_tensor_dtype(values.dtype)
        tensor = helper.make_tensor("w", kind, values.shape, values.flatten().tolist())
    nodes = [helper.make_node("Constant", [], ["w"], value=tensor)] if constant else []
    nodes += [
        helper.make_node("Cast", ["w"], ["v"], to=TensorProto.FLOAT),
        helper.make_node("MatMul", ["x", "v"], ["z"]),
        helper.make_node("Softmax", ["z"], ["y"], axis=1),
    ]
    return saved(path, nodes, [] if constant else [tensor])


def examples(root: Path, *, rows: int = 20, scale: float = 1.0, **outputs: Any) -> Path:
    """Example rows in a folder; expected outputs where they are given."""
    (root / "examples").mkdir(exist_ok=True)
    x = (scale * np.random.default_rng(3).normal(size=(rows, 4))).astype("f4")
    np.savez(root / "examples/inputs.npz", x=x)
    if outputs:
        np.savez(root / "examples/outputs.npz", **outputs)
    return root


def softmax(x: Any, weights: Any = WEIGHTS) -> Any:
    """What `dense` should give, computed without it."""
    z = x.astype("f8") @ weights.astype("f8")
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True)).astype("f4")


def folder(root: Path, **how: Any) -> Path:
    """A model with example rows and what is expected of them."""
    root.mkdir(exist_ok=True)
    dense(root / "model.onnx", **how)
    examples(root)
    x = np.load(root / "examples/inputs.npz")["x"]
    scale = how.get("scale", 1.0)
    np.savez(root / "examples/outputs.npz", y=softmax(x, (scale * WEIGHTS).astype(how.get("dtype", "f4"))))
    return root


def loaded(body: bytes) -> Any:
    """A model as the `onnx` package reads it."""
    return onnx.load_from_string(body)
