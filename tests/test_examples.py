"""The example datasets hold what their metadata say."""

from __future__ import annotations

import runpy
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fairkit.dialects import dialect
from fairkit.model.evidence import Document
from fairkit.model.resource import Resource
from fairkit.model.variable import Variable

from .conftest import ROOT

uproot = pytest.importorskip("uproot")
ak = pytest.importorskip("awkward")

JETS = ROOT / "examples" / "jets"
SPLITS = ("train", "test")
PLACES = 32


@cache
def described() -> Resource:
    body = (JETS / "fairkit.toml").read_bytes()
    document = Document(representation="fairkit-toml", media_type="application/toml", url="fairkit.toml", body=body)
    view = dialect("fairkit-toml").read(document)
    assert view.faults == ()
    return view.resource


@cache
def tree(split: str, folder: Path = JETS) -> Any:
    with uproot.open(folder / f"{split}.root") as file:
        return file["jets"].arrays()


def table(split: str, folder: Path = JETS) -> Any:
    import pyarrow.parquet as pq

    return pq.read_table(folder / f"{split}.parquet")


@pytest.mark.parametrize("variable", described().variables, ids=lambda variable: variable.name)
def test_every_variable_is_in_its_range(variable: Variable) -> None:
    least, most = variable.range or (None, None)
    for split in SPLITS:
        values = np.asarray(ak.flatten(tree(split)[variable.name], axis=None))
        assert str(values.dtype) == variable.dtype
        assert least is None or values.min() >= least
        assert most is None or values.max() <= most


def test_the_variables_are_those_of_the_files() -> None:
    names = {variable.name for variable in described().variables}
    assert set(tree("train").fields) == names
    assert set(table("train").column_names) == names - {"npfcand"}


def test_the_splits_have_as_many_jets_as_they_say_and_share_none() -> None:
    counts = {split.name: split.entry_count for split in described().splits}
    assert counts == {split: len(tree(split)) for split in SPLITS}
    assert sum(len(tree(split)) for split in SPLITS) == described().entry_count
    train, test = (set(tree(split)["event"].tolist()) for split in SPLITS)
    assert len(train) == 480
    assert not train & test


@pytest.mark.parametrize("split", SPLITS)
def test_the_three_forms_hold_the_same_jets(split: str) -> None:
    import h5py

    jets, rows = tree(split), table(split)
    with h5py.File(JETS / f"{split}.h5") as file:
        for name in rows.column_names:
            found = jets[name]
            assert found.tolist() == rows[name].to_pylist()
            padded = ak.fill_none(ak.pad_none(found, PLACES, axis=1), 0) if found.ndim > 1 else found
            assert np.array_equal(file[name][:], np.asarray(padded))
        assert np.array_equal(file["npfcand"][:], np.asarray(jets["npfcand"]))


def test_the_script_makes_these_jets(tmp_path: Path) -> None:
    runpy.run_path(str(JETS / "make_jets.py"))["main"](tmp_path)
    for split in SPLITS:
        assert ak.array_equal(tree(split), tree(split, tmp_path))
        assert table(split).equals(table(split, tmp_path))
        # Their compressed bytes may differ with the version of HDF5; ROOT files have a time in them.
        assert (tmp_path / f"{split}.h5").stat().st_size > 0
