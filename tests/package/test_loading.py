"""The lines that read a file do read it, in a process that knows nothing of fairkit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fairkit.package.description import describe
from fairkit.package.loading import snippets

ODD = "a \"strange\" 'name' {0}"


def _parquet(path: Path) -> None:
    pq.write_table(pa.table({ODD: [1.0, 2.0]}), path)


def _hdf5(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file["pt"], file["eta"] = np.arange(2.0), np.arange(2.0)


def _hdf5_group(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file["jets/pt"], file["jets/eta"], file["other"] = np.arange(2.0), np.arange(2.0), np.arange(1.0)


def _hdf5_compound(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file["events"] = np.zeros(2, [("pt", "f4"), ("eta", "f4")])


def _hdf5_lengths(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file["a"], file["b"], file["long"], file["longer"] = np.zeros(2), np.zeros(2), np.zeros(9), np.zeros(9)


def _hdf5_alone(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file["features"] = np.zeros((2, 3))


def _csv(path: Path) -> None:
    path.write_text("pt,eta\n1.0,2.0\n")


def _tsv(path: Path) -> None:
    path.write_text("pt\teta\n1.0\t2.0\n")


def _json_lines(path: Path) -> None:
    path.write_text('{"pt": 1.0}\n{"pt": 2.0}\n')


def _npy(path: Path) -> None:
    np.save(path, np.zeros((2, 3)))


def _root(path: Path) -> None:
    uproot = pytest.importorskip("uproot")
    with uproot.recreate(path) as file:
        file.mktree("events", {"pt": "float32", "n": "int32"}).extend({"pt": np.ones(2, "f4"), "n": np.ones(2, "i4")})


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("it's.parquet", _parquet), ("a.h5", _hdf5), ("b.h5", _hdf5_group), ("c.h5", _hdf5_compound),
        ("d.h5", _hdf5_lengths), ("e.h5", _hdf5_alone), ("a.csv", _csv), ("a.tsv", _tsv), ("a.jsonl", _json_lines),
        ("a.npy", _npy), ("a.root", _root),
    ],
)  # fmt: skip
def test_a_snippet_reads_its_file(tmp_path: Path, name: str, make: object) -> None:
    assert callable(make)
    make(tmp_path / name)
    [snippet] = snippets(describe(str(tmp_path)).facts)
    assert snippet.file == name
    code = (
        f"import sys\nsys.modules['fairkit'] = None\n{snippet.code}assert len(values if 'values' in dir() else table)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{snippet.code}\n{done.stderr}"


def test_each_format_is_told_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        _parquet(tmp_path / f"{name}.parquet")
        _csv(tmp_path / f"{name}.csv")
    assert [each.file for each in snippets(describe(str(tmp_path)).facts)] == ["a.csv", "a.parquet"]


def test_a_pickle_is_not_loaded(tmp_path: Path) -> None:
    import pickle

    (tmp_path / "a.pkl").write_bytes(pickle.dumps(np.zeros((2, 3))))
    assert snippets(describe(str(tmp_path)).facts) == ()
