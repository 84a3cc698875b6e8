"""A model is run on its examples: what passes, what does not, what has no power, and what a hostile one comes to."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from fairkit.errors import FairkitError, NotFound, UnreadableDocument, UsageError
from fairkit.verification import run as verification
from fairkit.verification.run import run

from . import models


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return models.folder(tmp_path / "model")


def expected(root: Path) -> Any:
    return np.load(root / "examples/outputs.npz")["y"]


def expect(root: Path, y: Any) -> None:
    np.savez(root / "examples/outputs.npz", y=y)


def test_what_is_expected_passes_with_power(model: Path) -> None:
    found = run(str(model), noise=0.01)
    told = found.verification
    assert (told.passed, told.power, told.rows, told.noise) == (True, "power", 20, 0.01)
    assert told.runtime.startswith("onnxruntime ")
    assert (told.relative_tolerance, told.absolute_tolerance) == (1e-5, 1e-6)
    assert found.good


@pytest.mark.parametrize("how", [{"constant": True}, {"raw": False}, {"dtype": "f8"}, {"dtype": "f2"}])
def test_weights_are_changed_in_every_form(tmp_path: Path, how: dict[str, Any]) -> None:
    told = run(str(models.folder(tmp_path / "model", **how)), noise=0.01, relative=1e-4).verification
    assert (told.passed, told.power) == (True, "power")


def test_a_saturated_model_has_no_power(tmp_path: Path) -> None:
    found = run(str(models.folder(tmp_path / "model", scale=1e5)), noise=0.01)
    assert (found.verification.passed, found.verification.power, found.good) == (True, "no power", False)
    assert "the outputs of 100% of the rows are saturated" in " ".join(found.notes)


def test_a_constant_model_has_no_power(tmp_path: Path) -> None:
    weights = helper.make_tensor("w", TensorProto.FLOAT, [4, 3], [0.0] * 12)
    models.saved(tmp_path / "m.onnx", [helper.make_node("MatMul", ["x", "w"], ["y"])], [weights])
    models.examples(tmp_path, y=np.zeros((20, 3), "f4"))
    found = run(str(tmp_path), noise=0.01)
    assert (found.verification.power, found.alike) == ("no power", 1.0)


def test_a_model_without_weights_has_no_power(tmp_path: Path) -> None:
    models.saved(tmp_path / "m.onnx", [helper.make_node("Relu", ["x"], ["y"])], outputs=["rows", 4])
    models.examples(tmp_path)
    verification.make_outputs(str(tmp_path))
    found = run(str(tmp_path), noise=0.01)
    assert found.verification.power == "no power"
    assert "no weights" in found.notes[-1]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda y: y + 1e-3, "y: 20 of 20 rows differ"),
        (lambda y: y[:-1], "y: its shape is [20, 3], where [19, 3] is expected"),
        (lambda y: np.where(y == y.max(), np.nan, y), "1 of 20 rows differ"),
        (lambda y: y[:, ::-1], "rows differ"),
    ],
)
def test_other_outputs_are_told(model: Path, change: Any, fault: str) -> None:
    expect(model, change(expected(model)))
    told = run(str(model), noise=0.01).verification
    assert (told.passed, told.power) == (False, None)
    assert fault in told.faults[0]


def test_tolerances_are_those_given_then_those_recorded(model: Path) -> None:
    expect(model, expected(model) + np.float32(1e-3))
    found = run(str(model), absolute=1e-2, relative=0)
    assert found.verification.passed
    verification.record(str(model), found)
    again = run(str(model)).verification
    assert (again.passed, again.absolute_tolerance, again.relative_tolerance) == (True, 1e-2, 0)


def test_a_recorded_tolerance_that_lets_more_pass_is_told(model: Path) -> None:
    assert run(str(model)).notes == ()
    verification.record(str(model), run(str(model), absolute=1e300))
    [note] = run(str(model)).notes
    assert note == "the absolute tolerance of 1e+300 is that of verification.json, where 1e-06 is usual"
    assert run(str(model), absolute=1e300).notes == ()
    record = model / "verification.json"
    record.write_text(record.read_text().replace("1e+300", "-1"))
    with pytest.raises(UnreadableDocument, match="negative tolerance: -1"):
        run(str(model))


@pytest.mark.parametrize(
    ("labels", "why"), [({}, "0 arrays"), (3, "no list"), (None, "no list"), ({"a": [1], "b": [2]}, "2 arrays")]
)
def test_labels_that_are_none_are_told(model: Path, labels: Any, why: str) -> None:
    (model / "examples/labels.json").write_text(json.dumps(labels))
    with pytest.raises(UsageError, match=why):
        run(str(model))


def test_a_number_beyond_all_is_told(model: Path) -> None:
    (model / "examples/inputs.npz").unlink()
    (model / "examples/inputs.json").write_text(json.dumps({"x": [[10**400, 1, 1, 1]] * 20}))
    with pytest.raises(UsageError, match="the example rows of x are no tensor"):
        run(str(model))


@pytest.mark.parametrize("name", ["file", "allow_pickle", "a/b"])
def test_outputs_may_have_any_name(tmp_path: Path, name: str) -> None:
    y = helper.make_tensor_value_info(name, TensorProto.FLOAT, ["rows", 4])
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", 4])
    graph = helper.make_graph([helper.make_node("Relu", ["x"], [name])], "named", [x], [y])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    (tmp_path / "m.onnx").write_bytes(made.SerializeToString())
    models.examples(tmp_path)
    assert verification.make_outputs(str(tmp_path))[1] == 20
    assert run(str(tmp_path)).verification.passed


def test_outputs_may_be_texts(tmp_path: Path) -> None:
    y = helper.make_tensor_value_info("y", TensorProto.STRING, ["rows", 4])
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", 4])
    graph = helper.make_graph([helper.make_node("Cast", ["x"], ["y"], to=TensorProto.STRING)], "texts", [x], [y])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    (tmp_path / "m.onnx").write_bytes(made.SerializeToString())
    models.examples(tmp_path)
    verification.make_outputs(str(tmp_path))
    assert run(str(tmp_path)).verification.passed


def test_a_record_that_is_no_file_is_told(model: Path) -> None:
    (model / "verification.json").mkdir()
    with pytest.raises(UnreadableDocument, match="not a regular file"):
        run(str(model))


def test_nan_is_told_even_where_it_is_expected(tmp_path: Path) -> None:
    models.saved(tmp_path / "m.onnx", [helper.make_node("Sqrt", ["x"], ["y"])], outputs=["rows", 4])
    models.examples(tmp_path)
    verification.make_outputs(str(tmp_path))
    assert any("NaN or infinite" in fault for fault in run(str(tmp_path)).verification.faults)


def test_a_row_that_depends_on_the_others_is_told(tmp_path: Path) -> None:
    nodes = [
        helper.make_node("ReduceMean", ["x"], ["m"], axes=[0], keepdims=1),
        helper.make_node("Sub", ["x", "m"], ["y"]),
    ]
    models.saved(tmp_path / "m.onnx", nodes, outputs=["rows", 4])
    models.examples(tmp_path)
    verification.make_outputs(str(tmp_path))
    [fault] = run(str(tmp_path)).verification.faults
    assert "row 0 gives something else alone" in fault


def test_a_model_of_chance_is_told(tmp_path: Path) -> None:
    models.saved(tmp_path / "m.onnx", [helper.make_node("RandomNormalLike", ["x"], ["y"])], outputs=["rows", 4])
    models.examples(tmp_path)
    verification.make_outputs(str(tmp_path))
    faults = run(str(tmp_path)).verification.faults
    assert any("a second run gives something else" in fault for fault in faults)


def test_a_fixed_batch_is_filled(tmp_path: Path) -> None:
    models.saved(tmp_path / "m.onnx", [helper.make_node("Relu", ["x"], ["y"])], inputs=[5, 4], outputs=[5, 4])
    models.examples(tmp_path)
    assert verification.make_outputs(str(tmp_path))[1] == 20
    assert run(str(tmp_path)).verification.passed
    models.examples(tmp_path, rows=7)
    with pytest.raises(UsageError, match="5 rows at once"):
        run(str(tmp_path))


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        ("range = [0.2, 0.9]", "is below 0.2"),
        ("sums_to = 2.0", "20 of 20 rows do not add up to 2"),
        ('type = "float64"', "its type is float32, the metadata say float64"),
        ('shape = ["rows", 5]', "its shape is [20, 3]"),
        ('classes = ["a", "b"]', "3 numbers for each row, and 2 classes"),
        ('range = [0, 1]\nsums_to = 1\ntype = "float32"\nclasses = ["a", "b", "c"]\nmeaning = "probability"', None),
    ],
)
def test_outputs_keep_the_rules_of_the_metadata(model: Path, toml: str, fault: str | None) -> None:
    (model / "fairkit.toml").write_text(f'[[model.outputs]]\nname = "y"\n{toml}\n')
    faults = run(str(model)).verification.faults
    assert (faults == ()) if fault is None else any(fault in one for one in faults)


def test_a_rule_that_nobody_understands_is_told(model: Path) -> None:
    (model / "fairkit.toml").write_text('[[model.outputs]]\nname = "y"\nsum_to = 7.0\n')
    found = run(str(model))
    assert found.verification.passed
    assert "fairkit.toml: model.outputs.0.sum_to: no such key" in found.notes[-1]


def test_classes_are_held_against_labels(model: Path) -> None:
    (model / "fairkit.toml").write_text('[[model.outputs]]\nname = "y"\nclasses = ["a", "b", "c"]\n')
    labels = ["abc"[place] for place in expected(model).argmax(axis=1)]
    (model / "examples/labels.json").write_text(json.dumps(labels))
    assert run(str(model)).verification.passed
    (model / "fairkit.toml").write_text('[[model.outputs]]\nname = "y"\nclasses = ["c", "b", "a"]\n')
    assert "another class than their label" in run(str(model)).verification.faults[0]


def test_another_model_than_the_recorded_is_told(model: Path) -> None:
    verification.record(str(model), run(str(model)))
    body = onnx.load(str(model / "model.onnx"))
    body.doc_string = "another"
    (model / "model.onnx").write_bytes(body.SerializeToString())
    assert "is not the model that verification.json is about" in run(str(model)).verification.faults[0]
    again = run(str(model), accept=True)
    assert again.verification.passed
    verification.record(str(model), again)
    assert len(json.loads((model / "verification.json").read_text())["verifications"]) == 1


def test_another_model_of_the_same_folder_is_none_that_was_exchanged(model: Path) -> None:
    models.dense(model / "other.onnx", constant=True)
    verification.record(str(model / "model.onnx"), run(str(model / "model.onnx")))
    found = run(str(model / "other.onnx"))
    assert found.verification.faults == ()
    verification.record(str(model / "other.onnx"), found)
    assert len(json.loads((model / "verification.json").read_text())["verifications"]) == 2


def test_outputs_of_the_model_itself_are_marked(model: Path) -> None:
    with pytest.raises(UsageError, match="already"):
        verification.make_outputs(str(model))
    (model / "examples/outputs.npz").unlink()
    with pytest.raises(NotFound, match=r"outputs\.npz"):
        run(str(model))
    assert verification.make_outputs(str(model))[1] == 20
    assert "made by the model itself" in run(str(model)).notes[0]


def test_weights_in_another_file_are_run_and_changed(model: Path) -> None:
    body = onnx.load(str(model / "model.onnx"))
    onnx.save(body, str(model / "model.onnx"), save_as_external_data=True, location="w.bin", size_threshold=0)
    told = run(str(model), noise=0.01).verification
    assert (told.passed, told.power) == (True, "power")
    verification.record(str(model), run(str(model)))
    (model / "w.bin").write_bytes(bytes((model / "w.bin").stat().st_size))
    assert "verification.json is about" in run(str(model)).verification.faults[0]


def test_a_package_is_not_written_to(model: Path) -> None:
    found = run(str(model))
    (model / "manifest-sha256.txt").write_text("")
    with pytest.raises(UsageError, match="finished package"):
        verification.record(str(model), found)


def test_the_runtime_that_is_missing_is_named(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError) as caught:
        run(str(model))
    assert "fairkit[models]" in caught.value.remedy


def test_what_cannot_be_used_is_told(model: Path, tmp_path: Path) -> None:
    shutil.copy(model / "model.onnx", model / "other.onnx")
    with pytest.raises(UsageError, match="2 models"):
        run(str(model))
    assert run(str(model / "other.onnx")).verification.passed
    (model / "other.onnx").write_bytes(b"\x00")
    with pytest.raises(UnreadableDocument):
        run(str(model / "other.onnx"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotFound):
        run(str(tmp_path / "empty"))


def _endless(path: Path) -> None:
    """A loop of 2^63 - 1 turns."""
    turn = helper.make_tensor_value_info("turn", TensorProto.INT64, [])
    on = helper.make_tensor_value_info("on", TensorProto.BOOL, [])
    state = helper.make_tensor_value_info("state", TensorProto.FLOAT, None)
    on_out = helper.make_tensor_value_info("on_out", TensorProto.BOOL, [])
    state_out = helper.make_tensor_value_info("state_out", TensorProto.FLOAT, None)
    nodes = [helper.make_node("Identity", ["on"], ["on_out"]), helper.make_node("Neg", ["state"], ["state_out"])]
    body = helper.make_graph(nodes, "body", [turn, on, state], [on_out, state_out])
    count = helper.make_tensor("count", TensorProto.INT64, [], [2**63 - 1])
    yes = helper.make_tensor("yes", TensorProto.BOOL, [], [True])
    models.saved(path, [helper.make_node("Loop", ["count", "yes", "x"], ["y"], body=body)], [count, yes])


def _vast(path: Path) -> None:
    """An output of 100 GB."""
    shape = helper.make_tensor("shape", TensorProto.INT64, [3], [312_500_000, 20, 4])
    nodes = [helper.make_node("Expand", ["x", "shape"], ["z"]), helper.make_node("ReduceSum", ["z"], ["y"])]
    models.saved(path, nodes, [shape])


def _custom(path: Path) -> None:
    """An operator of a library that nobody loads."""
    models.saved(path, [helper.make_node("Shell", ["x"], ["y"], domain="evil", library="/tmp/evil.so")])  # noqa: S108


def _elsewhere(path: Path) -> None:
    """Weights in a file outside of the folder."""
    models.dense(path)
    body = onnx.load(str(path))
    weights = body.graph.initializer[0]
    weights.ClearField("raw_data")
    weights.data_location = TensorProto.EXTERNAL
    entry = weights.external_data.add()
    entry.key, entry.value = "location", "../secret.bin"
    path.write_bytes(body.SerializeToString())
    (path.parent.parent / "secret.bin").write_bytes(bytes(48))


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (_endless, "it took more than 3 s"),
        (_vast, "llocat"),
        (_custom, "evil"),
        (_elsewhere, "leads out of the"),
    ],
)
def test_a_hostile_model_comes_to_a_clear_end(tmp_path: Path, make: Any, why: str) -> None:
    root = tmp_path / "model"
    root.mkdir()
    make(root / "model.onnx")
    models.examples(root, y=np.zeros((20, 3), "f4"))
    with pytest.raises(FairkitError, match=why) as caught:
        run(str(root), seconds=3)
    assert isinstance(caught.value, UnreadableDocument)
    assert "be run" in caught.value.what or "is not run" in caught.value.what
    assert caught.value.remedy


@pytest.mark.shared
@pytest.mark.parametrize(("scale", "power"), [(0.01, "power"), (0.1, "power"), (1.0, "no power")])
def test_noise_is_seen_where_a_real_model_is_not_saturated(
    tmp_path: Path, shared: Path, scale: float, power: str
) -> None:
    shutil.copy(shared / "data/models/IN.onnx", tmp_path)
    (tmp_path / "examples").mkdir()
    random = np.random.default_rng(1)
    shapes = {"input_cpf": (50, 30, 60), "input_sv": (50, 14, 5)}
    rows: dict[str, Any] = {name: (scale * random.normal(size=shape)).astype("f4") for name, shape in shapes.items()}
    np.savez(tmp_path / "examples/inputs.npz", **rows)
    verification.make_outputs(str(tmp_path))
    found = run(str(tmp_path), noise=0.01)
    assert (found.verification.passed, found.verification.power) == (True, power)
    assert (found.saturated == 1.0) is (power == "no power")
