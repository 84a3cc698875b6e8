"""Safetensors headers: equal to what the library writes; clean errors where they contradict themselves."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from fairkit.errors import UnreadableDocument
from fairkit.formats._open import facts_of
from fairkit.formats.safetensors import batches, facts

MUTANTS = int(os.environ.get("FAIRKIT_MUTANTS", "600"))


def test_names_types_and_shapes_are_those_of_the_library(tmp_path: Path) -> None:
    kinds = ["float32", "float64", "float16", "int64", "int32", "int16", "int8", "uint8", "bool", "uint64"]
    held = {f"a.{kind}": np.ones((2, number), kind) for number, kind in enumerate(kinds, 1)}
    save_file(held, tmp_path / "a.safetensors", metadata={"license": "MIT"})
    found = facts_of(tmp_path / "a.safetensors").model
    assert found is not None
    assert {(one.name, one.dtype, one.shape) for one in found.tensors} == {
        (name, str(each.dtype), each.shape) for name, each in held.items()
    }
    assert found.parameters == sum(each.size for each in held.values())
    assert found.metadata == (("license", "MIT"),)
    assert not found.runs_code


def written(path: Path, told: Any, room: int = 8) -> Path:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    path.write_bytes(len(body).to_bytes(8, "little") + body + bytes(room))
    return path


def row(**more: Any) -> dict[str, Any]:
    return {"dtype": "F32", "shape": [2], "data_offsets": [0, 8], **more}


@pytest.mark.parametrize(
    "told",
    [
        {"a": row(), "b": row()},
        {"a": row(data_offsets=[0, 4])},
        {"a": row(data_offsets=[4, 12])},
        {"a": row(data_offsets=[8, 0])},
        {"a": row(data_offsets=[0, 8, 9])},
        {"a": row(data_offsets="all")},
        {"a": row(dtype="F31")},
        {"a": row(dtype=3)},
        {"a": row(shape=[-2])},
        {"a": row(shape=[2.0])},
        {"a": row(shape=[True, 2])},
        {"a": row(shape="2")},
        {"a": row(shape=[1 << 60])},
        {"a": 1},
        {},
        [],
        {"__metadata__": {"a": 1}, "a": row()},
        {"__metadata__": [], "a": row()},
        b"{",
        b"\xff\xfe",
        b"[" * 50_000,
    ],
)
def test_a_header_that_contradicts_itself_is_told(tmp_path: Path, told: Any) -> None:
    with pytest.raises(UnreadableDocument, match="cannot be read as safetensors"):
        facts(str(written(tmp_path / "a.safetensors", told)))


@pytest.mark.parametrize("body", [b"", b"\x01", b"\xff" * 9, b"\x02\0\0\0\0\0\0\0{"])
def test_what_is_too_short_is_told(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "a.safetensors").write_bytes(body)
    with pytest.raises(UnreadableDocument):
        facts(str(tmp_path / "a.safetensors"))


def test_broken_files_are_told_cleanly(tmp_path: Path) -> None:
    body = written(tmp_path / "a.safetensors", {"a": row(), "__metadata__": {"x": "y"}}).read_bytes()
    for number in range(MUTANTS):
        chance = random.Random(number)  # noqa: S311 - which mutant, and no secret
        made = bytearray(body[: chance.randrange(len(body))] if number % 3 == 0 else body)
        for _ in range(chance.randint(1, 4) if made else 0):
            made[chance.randrange(len(made))] = chance.randrange(256)
        (tmp_path / "m.safetensors").write_bytes(made)
        try:
            facts(str(tmp_path / "m.safetensors"))
        except UnreadableDocument:
            continue


def test_a_model_has_no_rows(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="which has no rows"):
        list(batches(str(written(tmp_path / "a.safetensors", {"a": row()}))))
