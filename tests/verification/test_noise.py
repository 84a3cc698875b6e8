"""Noise in the bytes of a file: every weight moves, nothing else does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from fairkit.verification.noise import with_noise

from . import models


@pytest.mark.parametrize("raw", [True, False])
@pytest.mark.parametrize("dtype", ["f4", "f8"])
def test_every_weight_moves_as_much_as_it_should(tmp_path: Path, dtype: str, raw: bool) -> None:
    body = models.dense(tmp_path / "m.onnx", dtype=dtype, raw=raw).read_bytes()
    noisy = with_noise(body, 0.01, 0)
    assert (noisy.changed, len(noisy.body)) == (12, len(body))
    moved = numpy_helper.to_array(models.loaded(noisy.body).graph.initializer[0])
    change = np.abs(moved / models.WEIGHTS.astype(dtype) - 1)
    assert change.min() > 0
    assert 0.002 < change.mean() < 0.02


def test_the_same_seed_gives_the_same_noise(tmp_path: Path) -> None:
    body = models.dense(tmp_path / "m.onnx").read_bytes()
    assert with_noise(body, 0.01, 5) == with_noise(body, 0.01, 5)
    assert with_noise(body, 0.01, 5).body != with_noise(body, 0.01, 6).body


@pytest.mark.parametrize(
    ("values", "kind", "changed"),
    [
        (np.ones(3, "i8"), None, 0),
        (np.ones(3, "f2"), None, 3),
        (np.asarray([16256, 16256], "u2"), TensorProto.BFLOAT16, 2),
        (np.float32(1), None, 0),
    ],
)
def test_constants_of_floating_point_and_more_than_one_number_move(
    tmp_path: Path, values: Any, kind: int | None, changed: int
) -> None:
    tensor = numpy_helper.from_array(np.asarray(values), "w")
    tensor.data_type = kind or tensor.data_type
    path = models.saved(tmp_path / "m.onnx", [helper.make_node("Constant", [], ["w"], value=tensor)])
    assert with_noise(path.read_bytes(), 0.1, 0).changed == changed


def test_weights_inside_of_inner_graphs_move(tmp_path: Path) -> None:
    tensor = numpy_helper.from_array(np.ones(7, "f4"), "w")
    inner = helper.make_graph([], "inner", [], [], [tensor])
    yes = helper.make_node("If", ["x"], ["y"], then_branch=inner, else_branch=inner)
    assert with_noise(models.saved(tmp_path / "m.onnx", [yes]).read_bytes(), 0.1, 0).changed == 14


@pytest.mark.parametrize(("constant", "count"), [(False, 1), (True, 0)])
def test_initialisers_of_other_files_are_named(tmp_path: Path, constant: bool, count: int) -> None:
    path = models.dense(tmp_path / "m.onnx", constant=constant)
    onnx.save(
        onnx.load(str(path)), str(path), save_as_external_data=True, location="w.bin", size_threshold=0,
        convert_attribute=True,
    )  # fmt: skip
    noisy = with_noise(path.read_bytes(), 0.1, 0)
    assert (noisy.changed, len(noisy.elsewhere)) == (0, count)
    assert all((one.name, one.dims, one.location) == ("w", (4, 3), "w.bin") for one in noisy.elsewhere)


@given(st.binary(max_size=200))
def test_what_is_no_model_is_refused_or_left(body: bytes) -> None:
    try:
        assert len(with_noise(body, 0.1, 0).body) == len(body)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - any other error fails the test
