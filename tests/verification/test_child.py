"""What runs a model imports nothing of it before it is in the limited child, and a list of maps is an array."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from onnx import TensorProto, helper

from fairkit.verification import run as verification

from . import models


def test_the_runtime_is_loaded_in_the_child_only(tmp_path: Path) -> None:
    root = models.folder(tmp_path / "model")
    code = f"import sys; from fairkit.verification.run import run; assert run({str(root)!r}).good; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"onnxruntime", "numpy", "onnx"} & set(done.stdout.split())


def test_maps_from_classes_to_numbers_are_rows(tmp_path: Path) -> None:
    number = helper.make_tensor_type_proto(TensorProto.FLOAT, [])
    maps = helper.make_sequence_type_proto(helper.make_map_type_proto(TensorProto.STRING, number))
    classes = ["a", "b", "c", "d"]
    node = helper.make_node("ZipMap", ["x"], ["y"], domain="ai.onnx.ml", classlabels_strings=classes)
    x, y = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 4]), helper.make_value_info("y", maps)
    opsets = [helper.make_opsetid("", 13), helper.make_opsetid("ai.onnx.ml", 1)]
    graph = helper.make_graph([node], "maps", [x], [y])
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
    (tmp_path / "m.onnx").write_bytes(model.SerializeToString())
    models.examples(tmp_path)
    assert verification.make_outputs(str(tmp_path))[1] == 20
    assert verification.run(str(tmp_path)).verification.passed
