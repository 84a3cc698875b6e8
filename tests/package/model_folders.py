"""Folders laid out like two that were published: their files are made here, their shape is that of the real ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper

__all__ = ["bare", "told"]


def onnx_of(path: Path) -> None:
    """A small network of two inputs, 60 tracks of 30 features and 5 vertices of 14."""
    shapes = {"a": (30, 2), "b": (14, 2)}
    weights = [numpy_helper.from_array(np.ones(shape, np.float32), name) for name, shape in shapes.items()]
    nodes = [
        helper.make_node("ReduceMean", ["tracks"], ["t"], axes=[2], keepdims=0),
        helper.make_node("ReduceMean", ["vertices"], ["v"], axes=[2], keepdims=0),
        helper.make_node("MatMul", ["t", "a"], ["ta"]),
        helper.make_node("MatMul", ["v", "b"], ["vb"]),
        helper.make_node("Add", ["ta", "vb"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["p"], axis=1),
    ]
    inputs = [
        helper.make_tensor_value_info("tracks", TensorProto.FLOAT, ["batch", 30, 60]),
        helper.make_tensor_value_info("vertices", TensorProto.FLOAT, ["batch", 14, 5]),
    ]
    output = helper.make_tensor_value_info("p", TensorProto.FLOAT, ["batch", 2])
    graph = helper.make_graph(nodes, "toy", inputs, [output], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)], ir_version=6, producer_name="pytorch")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(model.SerializeToString())


def _written(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def bare(root: Path) -> Path:
    """No licence, no citation file, paths of its makers, no versions of packages, nothing that names the data."""
    onnx_of(root / "trained_models" / "IN.onnx")
    return _written(
        root,
        {
            "README.md": "# Interaction network\n\nTagging Higgs bosons with graphs. Run `python training.py`.\n",
            "training.py": "import setGPU\n\ntest_path = '/storage/group/gpu/bigdata/BumbleB/convert_20181121/test/'\n",
            "eval.py": "save = 'root://eosuser.cern.ch//eos/user/e/someone/predictions.h5'\n",
            "requirements.txt": "numpy\ntorch\nh5py>=2\n",
        },
    )


def told(root: Path) -> Path:
    """A licence, a citation file, Docker, CI and tests; packages without versions, two DOIs, no results."""
    onnx_of(root / "models" / "gnn.onnx")
    return _written(
        root,
        {
            "LICENSE": "MIT License\n\nPermission is hereby granted, free of charge, to any person …\n",
            "CITATION.cff": (
                "cff-version: 1.2.0\nmessage: Please cite it.\ntitle: Interaction network for Higgs tagging\n"
                "type: software\nversion: 1.0.0\nlicense: MIT\ndoi: 10.5281/zenodo.7305173\n"
                "authors:\n  - family-names: Example\n    given-names: Ada\n"
                "    orcid: https://orcid.org/0000-0002-1825-0097\n"
            ),
            "README.md": "# Hbb\n\n[![DOI](https://zenodo.org/badge/DOI/10.5281/zenodo.7305174.svg)](x)\n",
            "Dockerfile": "FROM pytorch/pytorch:1.12\nCOPY . .\n",
            ".github/workflows/ci.yml": "jobs:\n  test:\n    steps:\n      - run: pytest\n",
            "tests/test_model.py": "def test_it(): ...\n",
            "src/data/definitions.yml": "features_2: [track_pt]\n",
            "requirements.txt": "numpy\ntorch\nuproot\n",
            "models/gnn_model_metadata.json": '{"hidden": 128, "epochs": 2}\n',
        },
    )
