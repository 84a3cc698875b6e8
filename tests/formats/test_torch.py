"""PyTorch files: what they would call is told, what they hold is named, and nothing of them ever runs."""

from __future__ import annotations

import io
import os
import pickle
import random
import struct
import zipfile
from collections import OrderedDict
from pathlib import Path
from typing import Any

import pytest

from fairkit.errors import UnreadableDocument
from fairkit.formats import find
from fairkit.formats._open import facts_of
from fairkit.formats._torch_pickle import KNOWN, MAGIC, listed
from fairkit.formats.torch import batches, facts
from fairkit.model.ai import ModelFile

MUTANTS = int(os.environ.get("FAIRKIT_MUTANTS", "600"))


class _FloatStorage:
    """Pickled as PyTorch names the kind of a storage."""


class _Rebuild:
    """A tensor as PyTorch pickles it, without PyTorch."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.shape = shape


class _Writer(pickle._Pickler):
    """Writes what PyTorch would."""

    def emit(self, body: bytes) -> None:
        self.write(body)  # type: ignore[attr-defined]

    def persistent_id(self, thing: Any) -> Any:
        return ("storage", _FloatStorage, "0", "cpu", 12) if thing is _FloatStorage.__doc__ else None

    def save(self, thing: Any, save_persistent_id: bool = True) -> None:
        if thing is _FloatStorage:
            self.emit(pickle.GLOBAL + b"torch\nFloatStorage\n")
        elif isinstance(thing, _Rebuild):
            self.emit(pickle.GLOBAL + b"torch._utils\n_rebuild_tensor_v2\n" + pickle.MARK)
            self.save(_FloatStorage.__doc__)
            self.save(0)
            self.save(thing.shape)
            self.save((1,))
            self.save(False)
            self.save(OrderedDict())
            self.emit(pickle.TUPLE + pickle.REDUCE)
        else:
            pickle._Pickler.save(self, thing, save_persistent_id)  # type: ignore[attr-defined]


def pickled(thing: Any, protocol: int = 2) -> bytes:
    stream = io.BytesIO()
    _Writer(stream, protocol).dump(thing)
    return stream.getvalue()


def zipped(path: Path, body: bytes, *more: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", body)
        archive.writestr("archive/data/0", bytes(48))
        for name in more:
            archive.writestr(name, b"\x80\x02}." if name.endswith(".pkl") else b"x")
    return path


def row(path: Path, body: bytes) -> Path:
    head = b"\x80\x02" + MAGIC + b"."
    assert pickle.loads(head) == 0x1950A86A20F9469CFC6C  # noqa: S301 - a number that we wrote
    path.write_bytes(
        head + pickle.dumps(1001, 2) + pickle.dumps({"little_endian": True}, 2) + body + struct.pack("<q", 1)
    )
    return path


WEIGHTS = OrderedDict([("layer.weight", _Rebuild((4, 3))), ("layer.bias", _Rebuild((4,)))])


def told(path: Path) -> ModelFile:
    found = facts_of(path).model
    assert found is not None
    return found


@pytest.mark.parametrize("form", ["zip", "row"])
@pytest.mark.parametrize("held", [WEIGHTS, dict(WEIGHTS), {"state": dict(WEIGHTS)}])
def test_weights_are_named_with_their_shapes(tmp_path: Path, form: str, held: Any) -> None:
    body = pickled(held)
    path = zipped(tmp_path / "a.pt", body) if form == "zip" else row(tmp_path / "a.pth", body)
    found = told(path)
    assert [(one.name, one.dtype, one.shape) for one in found.tensors] == [
        ("layer.weight", "float32", (4, 3)),
        ("layer.bias", "float32", (4,)),
    ]
    assert (found.parameters, found.unknown_globals, found.runs_code) == (16, (), False)
    assert "no unknown globals" in found.notes[0]


@pytest.mark.parametrize("name", ["IN.pth", "gnn_baseline_best.pth", "cdms.pt"])
def test_real_files_ask_for_nothing_unknown(shared: Path, name: str) -> None:
    found = told(shared / "data" / "models" / name)
    assert found.unknown_globals == ()
    assert set(found.globals) <= KNOWN
    assert found.parameters
    assert all("safe" not in note.split() for note in found.notes)


class _Evil:
    """Leaves a file where it was run."""

    def __init__(self, mark: Path) -> None:
        self.mark = str(mark)

    def __reduce__(self) -> Any:
        return os.system, (f"touch {self.mark}",)


@pytest.mark.parametrize("form", ["zip", "row", "bare", "script"])
@pytest.mark.parametrize("protocol", [0, 2, 4, 5])
def test_what_would_run_is_told_and_does_not(tmp_path: Path, form: str, protocol: int) -> None:
    body = pickle.dumps({"weights": [1, 2], "evil": _Evil(tmp_path / "ran")}, protocol)
    path = tmp_path / "a.pt"
    if form in ("zip", "script"):
        zipped(path, body, *(["archive/code/__torch__.py"] if form == "script" else []))
    elif form == "row":
        row(path, body)
    else:
        path.write_bytes(body)
    found = facts_of(path)
    assert not (tmp_path / "ran").exists()
    if found.model is not None:
        assert found.model.runs_code
        assert any("system" in name for name in found.model.unknown_globals)
    else:
        assert any("system" in note for note in found.notes)


def test_torchscript_is_said_to_hold_programs(tmp_path: Path) -> None:
    found = told(zipped(tmp_path / "a.pt", pickled(WEIGHTS), "archive/code/__torch__.py", "archive/constants.pkl"))
    assert (found.format, found.runs_code) == ("torchscript", True)


def test_a_name_put_together_while_it_runs_is_unknown() -> None:
    body = b"\x80\x04\x8c\x02osq\x00\x8c\x06systemq\x01h\x00h\x01\x93\x8c\x02ls\x85R."
    assert listed(body).unknown == ("os system",)
    assert "put together" in listed(b"\x80\x04]]\x93)R.").unknown[0]


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.pkl", b"\x80\x04\x95", "pickle"),
        ("a.pt", b"\x80\x04\x95", "torch"),
        ("a.bin", b"\x80\x02" + MAGIC, "torch"),
        ("a.pkl", b"\x80\x02" + MAGIC, "torch"),
    ],
)
def test_the_name_decides_between_pickles(tmp_path: Path, name: str, head: bytes, expected: str) -> None:
    (tmp_path / name).write_bytes(head + b"." * 20)
    assert find(tmp_path / name) == expected


@pytest.mark.parametrize("body", [b"", b"no", b"PK\x03\x04", b"\x80\x02", b"\x80\x02}q\x00(", b"\x80\x02cos\n"])
def test_what_is_no_such_file_is_told(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "a.pt").write_bytes(body)
    with pytest.raises(UnreadableDocument, match="cannot be read as a file of PyTorch"):
        facts(str(tmp_path / "a.pt"))


def test_a_zip_without_a_pickle_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.pt", "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(UnreadableDocument, match="ZIP without a pickle"):
        facts(str(tmp_path / "a.pt"))


def test_broken_files_are_told_cleanly(tmp_path: Path) -> None:
    bodies = [
        zipped(tmp_path / "a.pt", pickled(WEIGHTS)).read_bytes(),
        row(tmp_path / "b.pt", pickled(WEIGHTS)).read_bytes(),
    ]
    for number in range(MUTANTS):
        chance = random.Random(number)  # noqa: S311 - which mutant, and no secret
        body = bodies[number % 2]
        made = bytearray(body[: chance.randrange(len(body))] if number % 5 == 0 else body)
        for _ in range(chance.randint(1, 6) if made else 0):
            made[chance.randrange(len(made))] = chance.randrange(256)
        (tmp_path / "m.pt").write_bytes(made)
        try:
            facts(str(tmp_path / "m.pt"))
        except UnreadableDocument:
            continue


def test_a_model_has_no_rows(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="which has no rows"):
        list(batches(str(zipped(tmp_path / "a.pt", pickled(WEIGHTS)))))
