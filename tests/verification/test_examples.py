"""Where example rows lie, in every form, and what is none."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fairkit.errors import FairkitError, NotFound, UnreadableDocument, UsageError
from fairkit.verification import examples
from fairkit.verification.run import run

from . import models


def _npy(folder: Path, x: Any) -> None:
    np.save(folder / "inputs.npy", x)


def _npz_without_name(folder: Path, x: Any) -> None:
    np.savez(folder / "inputs.npz", x)


def _folder(folder: Path, x: Any) -> None:
    (folder / "inputs").mkdir()
    np.save(folder / "inputs/x.npy", x)


def _json(folder: Path, x: Any) -> None:
    (folder / "inputs.json").write_text(json.dumps({"x": x.tolist()}))


def _bare_json(folder: Path, x: Any) -> None:
    (folder / "inputs.json").write_text(json.dumps(x.tolist()))


def _parquet(folder: Path, x: Any) -> None:
    pq.write_table(pa.table({"x": x.tolist()}), folder / "inputs.parquet")


@pytest.mark.parametrize("write", [_npy, _npz_without_name, _folder, _json, _bare_json, _parquet])
def test_every_form_gives_the_same(tmp_path: Path, write: Callable[[Path, Any], None]) -> None:
    root = models.folder(tmp_path / "model")
    x = np.load(root / "examples/inputs.npz")["x"]
    (root / "examples/inputs.npz").unlink()
    write(root / "examples", x)
    found = run(str(root)).verification
    assert (found.passed, found.rows) == (True, 20)


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    root = models.folder(tmp_path / "model")
    part = examples.needed(str(root), "inputs")
    body = (root / "examples/inputs.npz").read_bytes()
    assert part.digest == f"sha256:{hashlib.sha256(body).hexdigest()}"


def test_two_forms_at_once_are_one_too_many(tmp_path: Path) -> None:
    root = models.folder(tmp_path / "model")
    np.save(root / "examples/inputs.npy", np.zeros(3))
    with pytest.raises(UsageError, match=r"inputs\.npz and inputs\.npy"):
        examples.part(str(root), "inputs")


def test_what_is_not_there_is_asked_for(tmp_path: Path) -> None:
    assert examples.part(str(tmp_path), "inputs") is None
    with pytest.raises(NotFound, match="inputs"):
        examples.needed(str(tmp_path), "inputs")


def test_a_link_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.npy").write_bytes(b"secret")
    (tmp_path / "model/examples").mkdir(parents=True)
    os.symlink("../../secret.npy", tmp_path / "model/examples/inputs.npy")
    with pytest.raises(UnreadableDocument):
        examples.part(str(tmp_path / "model"), "inputs")


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        ({"x": np.zeros((3, 5), "f4")}, "INVALID_ARGUMENT"),
        ({"z": np.zeros((3, 4), "f4")}, "lack x"),
        ({"x": np.zeros((3, 4), "f4"), "z": np.zeros(3)}, "no input z"),
        ({"x": np.zeros((0, 4), "f4")}, "no example rows"),
        ({"x": np.asarray(["a", "b"])}, "are no tensor"),
    ],
)
def test_rows_that_do_not_fit_are_told(tmp_path: Path, inputs: dict[str, Any], why: str) -> None:
    root = models.folder(tmp_path / "model")
    np.savez(root / "examples/inputs.npz", **inputs)
    with pytest.raises(FairkitError, match=why) as caught:
        run(str(root))
    assert caught.value.exit_code == 2
