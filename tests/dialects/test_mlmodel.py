"""MLmodel of MLflow: signature, libraries and run; hostile YAML stops nothing."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.dialects import mlmodel
from fairkit.errors import UnreadableDocument
from fairkit.model.ai import Tensor

from .documents import ANY_JSON, assert_sane, read, read_json

WRITTEN = """\
artifact_path: model
flavors:
  python_function: {env: conda.yaml, loader_module: mlflow.sklearn, python_version: 3.8.10}
  sklearn: {pickled_model: model.pkl, sklearn_version: 1.10}
mlflow_version: 2.4.1
model_uuid: e694c68eba484299976b06ab9058f636
run_id: e13da8acb1e645d4a9b26a0a5cfac537
signature:
  inputs: '[{"name": "tracks", "type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 60, 30]}}]'
  outputs: '[{"type": "double"}, {"name": "n", "type": "long"}]'
utc_time_created: '2023-06-14 10:11:12.345'
"""


def test_it_tells_the_signature_the_libraries_and_the_run() -> None:
    view = read("mlmodel", WRITTEN)
    assert_sane(view)
    work = view.resource
    assert work.kind == "model"
    assert work.inputs == (Tensor(name="tracks", dtype="float32", shape=(None, 60, 30)),)
    assert work.outputs == (
        Tensor(name="output", dtype="float64", shape=(None,)),
        Tensor(name="n", dtype="int64", shape=(None,)),
    )
    assert work.requirements == ("python==3.8.10", "sklearn==1.10", "mlflow==2.4.1")
    assert work.date_created == "2023-06-14T10:11:12Z"
    (run,) = work.activities
    assert dict(run.parameters)["run_id"] == "e13da8acb1e645d4a9b26a0a5cfac537"
    assert [(one.name, one.version) for one in run.software] == [("MLflow", "2.4.1")]


@pytest.mark.parametrize(
    "written",
    [
        "signature: {inputs: 7, outputs: [[]]}",
        'signature: {inputs: \'[{"tensor-spec": {"shape": [1.5, -1, x, null, true]}}]\'}',
        "flavors: [a]\nrun_id: [1]\nutc_time_created: {}",
        "flavors: {a: {b_version: [[]]}}",
        "[]",
        "",
        "x",
        "!!python/object/apply:os.system ['true']",
    ],
)
def test_odd_documents_are_read(written: str) -> None:
    assert_sane(read("mlmodel", written))


def test_a_signature_that_is_no_json_is_a_fault() -> None:
    view = read("mlmodel", "signature: {inputs: '[', outputs: '[]'}")
    assert view.faults == ("/signature/inputs: it is not JSON",)


@pytest.mark.parametrize(
    "written",
    [
        "a: [",
        "a: " + "x" * 2_000_000,
        "a: &a [1]\nb: &b [*a, *a]\n" + "\x00",
    ],
)
def test_what_cannot_be_read_is_told(written: str) -> None:
    with pytest.raises(UnreadableDocument):
        read("mlmodel", written)


def test_it_is_known_by_its_name_alone() -> None:
    assert not mlmodel.recognises({"flavors": {}})


@given(data=st.dictionaries(st.sampled_from(["flavors", "signature", "run_id", "utc_time_created"]), ANY_JSON))
def test_any_json_is_sane(data: object) -> None:
    with contextlib.suppress(UnreadableDocument):
        assert_sane(read_json("mlmodel", data))
