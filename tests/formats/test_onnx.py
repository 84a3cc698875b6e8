"""ONNX headers: equal to what the `onnx` package reads, on real files and made ones; clean errors on broken ones."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from fairkit.errors import UnreadableDocument
from fairkit.formats._onnx_walk import Broken, walk
from fairkit.formats._open import facts_of
from fairkit.formats.onnx import facts, leads_out
from fairkit.model.ai import ModelFile

MUTANTS = int(os.environ.get("FAIRKIT_MUTANTS", "600"))
FLOATS = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", None, 3])
OUT = helper.make_tensor_value_info("y", TensorProto.FLOAT, ["batch", 2])


def told(path: Path) -> ModelFile:
    found = facts_of(path).model
    assert found is not None
    return found


def made(path: Path, *nodes: Any, **how: Any) -> Path:
    graph = helper.make_graph(
        list(nodes) or [helper.make_node("Identity", ["x"], ["y"])],
        "toy",
        how.pop("inputs", [FLOATS]),
        how.pop("outputs", [OUT]),
        how.pop("weights", []),
        sparse_initializer=how.pop("sparse", None),
    )
    model = helper.make_model(graph, **how)
    path.write_bytes(model.SerializeToString())
    return path


def shape_of(value: Any) -> tuple[Any, ...]:
    dims = value.type.tensor_type.shape.dim
    return tuple(d.dim_value if d.HasField("dim_value") else (d.dim_param or None) for d in dims)


def agrees(path: Path) -> None:
    """Every field that both have."""
    found, judge = told(path), onnx.load(str(path), load_external_data=False)
    weights = [*judge.graph.initializer]
    names = {one.name for one in weights} | {one.values.name for one in judge.graph.sparse_initializer}
    assert found.ir_version == (judge.ir_version or None)
    assert found.producer == (" ".join(filter(None, (judge.producer_name, judge.producer_version))) or None)
    assert found.opsets == tuple((one.domain, one.version) for one in judge.opset_import)
    assert found.metadata == tuple((one.key, one.value) for one in judge.metadata_props)
    assert (found.description or "") == judge.doc_string
    for ours, theirs in ((found.inputs, judge.graph.input), (found.outputs, judge.graph.output)):
        kept = [one for one in theirs if one.name not in names]
        assert [(one.name, one.shape) for one in ours] == [(one.name, shape_of(one)) for one in kept]
        kinds = [helper.tensor_dtype_to_np_dtype(one.type.tensor_type.elem_type).name for one in kept]
        assert [one.dtype for one in ours] == kinds
    assert [(one.name, one.shape) for one in found.tensors[: len(weights)]] == [
        (one.name, tuple(one.dims)) for one in weights
    ]
    assert sum(count for _, count in found.operators) == len(judge.graph.node)


@pytest.mark.parametrize("name", ["IN", "IN_noSVs", "5_10_gnn_128"])
def test_real_models_are_read_as_the_library_reads_them(shared: Path, name: str) -> None:
    agrees(shared / "data" / "models" / f"{name}.onnx")


def test_the_facts_of_the_real_models(shared: Path) -> None:
    known = {"IN": (18162, 11, 6, "pytorch 1.5"), "IN_noSVs": (18144, 9, 3, "pytorch 0.4")}
    for name, expected in known.items():
        found = told(shared / "data" / "models" / f"{name}.onnx")
        assert (found.parameters, found.opset, found.ir_version, found.producer) == expected
        assert [one.name for one in found.inputs] == ["input_cpf", "input_sv"]
        assert found.constants is not None
        assert found.constants > 600_000
    assert "20 are weights" in found.notes[0]


@pytest.mark.parametrize("kind", [one for one in TensorProto.DataType.values() if one not in (0, 8)])
def test_every_type_of_numbers(tmp_path: Path, kind: int) -> None:
    value = helper.make_tensor_value_info("x", kind, [1])
    agrees(made(tmp_path / "a.onnx", inputs=[value], outputs=[helper.make_tensor_value_info("y", kind, [1])]))


@pytest.mark.parametrize("ir", [3, 4, 8, 10])
def test_weights_among_the_inputs_are_none(tmp_path: Path, ir: int) -> None:
    weight = numpy_helper.from_array(np.ones((3, 2), np.float32), "w")
    listed = helper.make_tensor_value_info("w", TensorProto.FLOAT, [3, 2])
    node = helper.make_node("MatMul", ["x", "w"], ["y"])
    inputs = [FLOATS, listed] if ir < 4 else [FLOATS]
    path = made(tmp_path / "a.onnx", node, inputs=inputs, weights=[weight], ir_version=ir)
    agrees(path)
    found = told(path)
    assert ([one.name for one in found.inputs], found.parameters) == (["x"], 6)


def test_constants_are_apart_in_every_form(tmp_path: Path) -> None:
    ten = numpy_helper.from_array(np.ones(10, np.float32), "c")
    nodes = [
        helper.make_node("Constant", [], ["a"], value=ten),
        helper.make_node("Constant", [], ["b"], value_float=1.0),
        helper.make_node("Constant", [], ["c"], value_int=1),
        helper.make_node("Constant", [], ["d"], value_floats=[1.0, 2.0, 3.0]),
        helper.make_node("Constant", [], ["e"], value_ints=[1, 300, 70_000]),
        helper.make_node("Identity", ["x"], ["y"], extra=[1, 2]),
    ]
    found = told(made(tmp_path / "a.onnx", *nodes))
    assert (found.parameters, found.constants) == (0, 10 + 1 + 1 + 3 + 3)


def test_graphs_inside_of_graphs_are_looked_into(tmp_path: Path) -> None:
    weight = numpy_helper.from_array(np.ones((2, 2), np.float32), "inner")
    inner = helper.make_graph([helper.make_node("Relu", ["inner"], ["z"])], "then", [], [OUT], [weight])
    node = helper.make_node("If", ["x"], ["y"], then_branch=inner, else_branch=inner)
    found = told(made(tmp_path / "a.onnx", node))
    assert found.parameters == 8
    assert dict(found.operators) == {"If": 1, "Relu": 2}
    assert [one.name for one in found.inputs] == ["x"]


def test_sparse_weights_domains_functions_and_metadata(tmp_path: Path) -> None:
    values = numpy_helper.from_array(np.ones(3, np.float32), "s")
    places = numpy_helper.from_array(np.array([0, 2, 5], np.int64), "s_places")
    sparse = helper.make_sparse_tensor(values, places, [2, 3])
    function = helper.make_function("own", "F", ["a"], ["b"], [], [helper.make_opsetid("", 18)])
    path = made(
        tmp_path / "a.onnx",
        helper.make_node("F", ["x"], ["y"], domain="own"),
        sparse=[sparse],
        functions=[function],
        opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid("own", 2)],
        producer_name="toy",
        producer_version="1.2",
        doc_string="What it is",
        model_version=7,
    )
    model = onnx.load(str(path))
    helper.set_model_props(model, {"model_author": "Ada", "model_license": "MIT"})
    path.write_bytes(model.SerializeToString())
    agrees(path)
    found = told(path)
    assert (found.parameters, found.opset, found.model_version) == (3, 18, "7")
    assert dict(found.operators) == {"own.F": 1}


@given(
    dims=st.lists(st.one_of(st.integers(0, 2**40), st.none(), st.text(min_size=1, max_size=5)), max_size=5),
    name=st.text(max_size=20),
    ir=st.integers(4, 10),
)
@settings(max_examples=80, deadline=None)
def test_any_shapes_and_names(tmp_path_factory: pytest.TempPathFactory, dims: list[Any], name: str, ir: int) -> None:
    value = helper.make_tensor_value_info(name, TensorProto.DOUBLE, dims)
    agrees(made(tmp_path_factory.mktemp("any") / "a.onnx", inputs=[value], ir_version=ir))


# ── hostile


def outside(path: Path, location: str) -> Path:
    weight = numpy_helper.from_array(np.ones((2, 2), np.float32), "w")
    weight.ClearField("raw_data")
    weight.data_location = TensorProto.EXTERNAL
    weight.external_data.add(key="location", value=location)
    return made(path, helper.make_node("MatMul", ["x", "w"], ["y"]), weights=[weight])


@pytest.mark.parametrize(
    "location",
    [
        *("../secret", "/etc/passwd", "a/../../secret", "..", "C:\\secret", "\\\\host\\secret", "a\\..\\b", "", "a\0b"),
        *("link", "folder/secret", "twice"),
    ],
)
def test_weights_that_lead_out_of_the_folder_are_refused(tmp_path: Path, location: str) -> None:
    home = tmp_path / "model"
    home.mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    (home / "link").symlink_to(tmp_path / "secret")
    (home / "folder").symlink_to(tmp_path)
    os.link(tmp_path / "secret", home / "twice")
    found = told(outside(home / "a.onnx", location))
    assert found.external == ()
    assert any("are refused" in note for note in found.notes)


def test_weights_in_the_folder_are_named_and_not_opened(tmp_path: Path) -> None:
    path = outside(tmp_path / "a.onnx", "weights/w.bin")
    assert told(path).external == ("weights/w.bin",)
    assert leads_out(str(path), "weights/w.bin") is None
    assert told(path).parameters == 4


def mutants(body: bytes, number: int) -> bytes:
    chance = random.Random(number)  # noqa: S311 - which mutant, and no secret
    made = bytearray(body)
    how = number % 5
    if how == 0:
        return bytes(made[: chance.randrange(len(made))])
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(min(len(made), 4000) if how < 4 else len(made))
        if how == 1:
            made[place] ^= 1 << chance.randrange(8)
        elif how == 2:
            made[place : place + 1] = b"\xff\xff\xff\xff\xff\xff\xff\xff\x7f"
        elif how == 3:
            made[place] = (made[place] & ~7) | chance.randrange(8)
        else:
            del made[place : place + chance.randint(1, 50)]
    return bytes(made)


def test_broken_files_are_told_cleanly(tmp_path: Path) -> None:
    weight = numpy_helper.from_array(np.ones((30, 20), np.float32), "w")
    inner = helper.make_graph([helper.make_node("Relu", ["w"], ["z"])], "then", [], [OUT], [weight])
    nodes = [helper.make_node("If", ["x"], ["y"], then_branch=inner, else_branch=inner)]
    body = made(tmp_path / "a.onnx", *nodes, weights=[weight], doc_string="d").read_bytes()
    refused = 0
    for number in range(MUTANTS):
        path = tmp_path / "m.onnx"
        path.write_bytes(mutants(body, number))
        try:
            facts(str(path))
        except UnreadableDocument:
            refused += 1
    assert refused > MUTANTS / 4


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x08",
        b"not a model",
        b"\x08\x07",
        b"\x3a\x00",
        b"\x08\x07\x3a\xff\xff\xff\xff\x0f",
        b"\x08\x07\x38\x01",
        b"\x08\x07\x3a\x02\x0a" + b"\x7f",
        b"\x08" + b"\xff" * 20,
        b"\x08\x07\x3b\x3c",
        b"\x00\x00",
    ],
)
def test_what_is_no_model_is_told(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "a.onnx"
    path.write_bytes(body)
    with pytest.raises(UnreadableDocument, match="cannot be read as ONNX"):
        facts(str(path))


def test_graphs_that_lie_too_deep_are_told() -> None:
    body = b""
    for _ in range(200):
        body = _field(1, _field(5, _field(6, body)))
    with pytest.raises(Broken, match="too deep"):
        walk(b"\x08\x07" + _field(7, body))


def _field(number: int, body: bytes) -> bytes:
    length, head = len(body), bytearray([number << 3 | 2])
    while length > 127:
        head.append(length & 127 | 128)
        length >>= 7
    return bytes(head) + bytes([length]) + body


def test_more_fields_than_anybody_has_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fairkit.formats._onnx_walk.MOST_FIELDS", 1000)
    with pytest.raises(Broken, match="more than 1,000 fields"):
        walk(b"\x08\x07" + _field(7, b"\x0a\x00" * 5000))


def test_a_model_has_no_rows(tmp_path: Path) -> None:
    from fairkit.formats.onnx import batches

    with pytest.raises(UnreadableDocument, match="which has no rows"):
        list(batches(str(made(tmp_path / "a.onnx"))))
