"""One way to open a file, whatever it is: its format is found, and hostile ground is the child's."""

from __future__ import annotations

import os
import pickle
import subprocess
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from fairkit import untrusted
from fairkit.errors import UnknownName, UnreadableDocument
from fairkit.formats import Facts, format_of
from fairkit.formats._open import batches_of, every_facts, facts_of
from fairkit.registry import FORMATS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file["x"] = np.arange(5)
    np.save(tmp_path / "b.npy", np.arange(3.0))
    (tmp_path / "c.pkl").write_bytes(pickle.dumps([1, 2]))
    (tmp_path / "d.h5").write_bytes(b"\x89HDF\r\n\x1a\n broken")
    (tmp_path / "e.unknown").write_bytes(b"?")
    with h5py.File(tmp_path / "f.dat", "w") as file:
        file["y"] = np.arange(7)
    return tmp_path


def test_the_format_is_found_by_what_stands_in_the_file_first(folder: Path) -> None:
    assert [facts_of(folder / name).format for name in ("a.h5", "b.npy", "c.pkl", "f.dat")] == [
        "hdf5", "numpy", "pickle", "hdf5",
    ]  # fmt: skip


def test_many_files_are_told_of_in_order_and_faults_stand_in_their_place(folder: Path) -> None:
    found = list(every_facts(sorted(folder.iterdir())))
    assert [each.format if isinstance(each, Facts) else type(each).__name__ for each in found] == [
        "hdf5", "numpy", "pickle", "UnreadableDocument", "UnreadableDocument", "hdf5",
    ]  # fmt: skip


def test_a_folder_takes_one_child(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    start = subprocess.Popen

    def count(*args: Any, **options: Any) -> Any:
        started.append(args)
        return start(*args, **options)

    monkeypatch.setattr(subprocess, "Popen", count)
    list(every_facts(sorted(folder.iterdir())))
    assert len(started) == 1


@pytest.mark.parametrize(
    ("name", "why"),
    [("e.unknown", "no format that fairkit reads"), ("nothing.h5", "cannot be read"), (".", "no regular file")],
)
def test_what_cannot_be_opened_is_told(folder: Path, name: str, why: str) -> None:
    with pytest.raises(UnreadableDocument, match=why):
        facts_of(folder / name)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.h5")
    with pytest.raises(UnreadableDocument, match="no regular file"):
        facts_of(tmp_path / "pipe.h5")


def test_a_format_can_be_named(folder: Path) -> None:
    assert facts_of(folder / "a.h5", format="hdf5").format == "hdf5"
    with pytest.raises(UnreadableDocument):
        facts_of(folder / "c.pkl", format="hdf5")
    with pytest.raises(UnknownName):
        facts_of(folder / "a.h5", format="hdf6")


def test_rows_come_from_here_or_from_the_child(folder: Path) -> None:
    assert [batch.to_pydict() for batch in batches_of(folder / "a.h5")] == [{"x": [0, 1, 2, 3, 4]}]
    assert [batch.to_pydict() for batch in batches_of(folder / "b.npy")] == [{"data": [0.0, 1.0, 2.0]}]


def test_facts_that_are_none_are_not_believed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(untrusted, "calls", lambda *_, **__: iter([{"format": 7}]))
    with pytest.raises(UnreadableDocument, match="no facts"):
        facts_of(folder / "a.h5")


@pytest.mark.parametrize("name", FORMATS.names())
def test_every_format_keeps_to_the_protocol(name: str) -> None:
    found = format_of(name)
    assert found.TITLE
    assert all(extension.startswith(".") and extension == extension.lower() for extension in found.EXTENSIONS)
    assert isinstance(found.SANDBOXED, bool)
    assert not found.claims(b"")
    assert not found.claims(b"plain text")


@pytest.mark.parametrize("name", FORMATS.names())
def test_an_empty_file_is_of_no_format_by_what_stands_in_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"empty{format_of(name).EXTENSIONS[0]}"
    path.write_bytes(b"")
    try:
        assert facts_of(path).format == name
    except UnreadableDocument as error:
        assert str(path) in error.what  # noqa: PT017 - both are right, by format
