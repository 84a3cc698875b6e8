"""Hostile HDF5 files: refused or told of, nothing outside the folder opened, nothing run, in little time and memory."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from fairkit.errors import UnreadableDocument
from fairkit.formats import Facts, hdf5
from fairkit.formats._open import batches_of, facts_of

from .decoys import SECRET, opened
from .hdf5_files import MADE, make_decoys


@pytest.fixture
def decoys(tmp_path: Path) -> Path:
    make_decoys(tmp_path / "outside")
    return tmp_path / "outside"


@pytest.fixture
def hostile(request: pytest.FixtureRequest, tmp_path: Path, decoys: Path) -> Path:
    (tmp_path / "set").mkdir()
    path = tmp_path / "set" / "hostile.h5"
    MADE[request.param][0](path, decoys)
    return path


def test_there_are_enough_of_them() -> None:
    assert len(MADE) >= 45


@pytest.mark.parametrize("hostile", MADE, indirect=True)
def test_it_is_refused_or_told_of_and_nothing_outside_is_opened(
    hostile: Path, decoys: Path, request: pytest.FixtureRequest
) -> None:
    told = MADE[request.node.callspec.params["hostile"]][1]
    start = time.monotonic()
    with opened(decoys) as touched:
        said = _facts(hostile)
        read = list(_batches(hostile, said)) if isinstance(said, Facts) else []
    assert told in (said.what if isinstance(said, UnreadableDocument) else "\n".join(said.notes))
    assert SECRET not in f"{said} {read}"
    assert touched == []
    assert not (decoys / "ran").exists()
    assert time.monotonic() - start < 30


LINKED = [name for name, (_, told) in MADE.items() if "file" in told or "virtual" in told or "elsewhere" in told]


@pytest.mark.parametrize("hostile", LINKED, indirect=True)
def test_what_leads_out_is_found_before_it_is_followed_also_where_no_kernel_helps(hostile: Path, decoys: Path) -> None:
    with opened(decoys) as touched:
        found = hdf5.facts(str(hostile))
        for table in found.tables:
            list(hdf5.batches(str(hostile), table.name))
    assert touched == []
    assert SECRET not in str(found)


def test_the_watch_sees_what_a_careless_reader_opens(tmp_path: Path, decoys: Path) -> None:
    import h5py

    path = tmp_path / "hostile.h5"
    MADE["link_to_an_absolute_path"][0](path, decoys)
    with opened(decoys) as touched, h5py.File(path) as file:
        assert SECRET in str(file["away"][0])
    assert "secret.h5" in touched


def _facts(path: Path) -> Facts | UnreadableDocument:
    try:
        return facts_of(path)
    except UnreadableDocument as error:
        return error


def _batches(path: Path, found: Facts) -> list[str]:
    """What comes of reading each table."""
    read = []
    for table in found.tables:
        try:
            read += [str(batch.to_pydict())[:1000] for batch in batches_of(path, table.name)]
        except UnreadableDocument as error:
            read.append(error.what)
    return read
