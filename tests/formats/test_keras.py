"""Keras files: inputs and layers by their configuration; a Lambda is told, and never run."""

from __future__ import annotations

import json
import os
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest

from fairkit.errors import UnreadableDocument
from fairkit.formats._open import facts_of
from fairkit.formats.keras import batches, facts

MUTANTS = int(os.environ.get("FAIRKIT_MUTANTS", "600"))


def layer(name: str, module: str = "keras.layers", **config: Any) -> dict[str, Any]:
    return {"module": module, "class_name": name, "config": {"name": name.lower(), **config}}


def written(path: Path, *layers: Any, **more: Any) -> Path:
    told = {
        "module": "keras",
        "class_name": "Functional",
        "config": {"layers": list(layers), "output_layers": [["dense", 0, 0]], **more},
    }
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", json.dumps(told))
        archive.writestr("metadata.json", json.dumps({"keras_version": "3.5.0"}))
        archive.writestr("model.weights.h5", b"x" * 100)
    return path


INPUT = layer("InputLayer", batch_shape=[None, 60, 30], dtype="float32")


def test_inputs_and_layers_are_told(tmp_path: Path) -> None:
    found = facts_of(written(tmp_path / "a.keras", INPUT, layer("Dense"), layer("Dense"))).model
    assert found is not None
    [value] = found.inputs
    assert (value.name, value.dtype, value.shape) == ("inputlayer", "float32", (None, 60, 30))
    assert [one.name for one in found.outputs] == ["dense"]
    assert dict(found.operators) == {"Dense": 2, "Functional": 1, "InputLayer": 1}
    assert (found.producer, found.runs_code) == ("keras 3.5.0", False)


@pytest.mark.parametrize(
    "odd",
    [layer("Lambda", function={"class_name": "__lambda__", "config": {"code": "4wA="}}), layer("Mine", "evil.layers")],
)
def test_programs_are_told_and_not_run(tmp_path: Path, odd: Any) -> None:
    found = facts_of(written(tmp_path / "a.keras", INPUT, odd)).model
    assert found is not None
    assert found.runs_code
    assert odd["class_name"] in found.notes[0]


@pytest.mark.parametrize("body", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_such_file_is_told(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "a.keras").write_bytes(body)
    with pytest.raises(UnreadableDocument, match="cannot be read as a Keras file"):
        facts(str(tmp_path / "a.keras"))


@pytest.mark.parametrize("told", ["[", "null", "[]", "7", '{"config": 3}', "[" * 50_000])
def test_odd_configurations_are_read_or_told(tmp_path: Path, told: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.keras", "w") as archive:
        archive.writestr("config.json", told)
    try:
        found = facts(str(tmp_path / "a.keras")).model
    except UnreadableDocument:
        return
    assert found is not None
    assert found.inputs == ()


def test_broken_files_are_told_cleanly(tmp_path: Path) -> None:
    body = written(tmp_path / "a.keras", INPUT, layer("Dense")).read_bytes()
    for number in range(MUTANTS // 2):
        chance = random.Random(number)  # noqa: S311 - which mutant, and no secret
        made = bytearray(body[: chance.randrange(len(body))] if number % 4 == 0 else body)
        for _ in range(chance.randint(1, 6) if made else 0):
            made[chance.randrange(len(made))] = chance.randrange(256)
        (tmp_path / "m.keras").write_bytes(made)
        try:
            facts(str(tmp_path / "m.keras"))
        except UnreadableDocument:
            continue


def test_a_model_has_no_rows(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="which has no rows"):
        list(batches(str(written(tmp_path / "a.keras", INPUT))))
