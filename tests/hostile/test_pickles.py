"""Hostile pickles: named for what they ask for, and nothing of them runs."""

from __future__ import annotations

import pickle
import time
from pathlib import Path

import pytest

from fairkit.errors import UnreadableDocument
from fairkit.formats import Facts
from fairkit.formats._open import batches_of, facts_of

from .pickles import MADE


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    return tmp_path / "canary"


@pytest.fixture
def hostile(request: pytest.FixtureRequest, tmp_path: Path, canary: Path) -> Path:
    path = tmp_path / "hostile.pkl"
    path.write_bytes(MADE[request.param][0](str(canary)))
    return path


def test_there_are_enough_of_them() -> None:
    assert len(MADE) >= 30


@pytest.mark.parametrize("hostile", MADE, indirect=True)
def test_it_is_named_and_nothing_runs(hostile: Path, canary: Path, request: pytest.FixtureRequest) -> None:
    told = MADE[request.node.callspec.params["hostile"]][1]
    start = time.monotonic()
    try:
        found = facts_of(hostile, format="pickle")
        said = "\n".join(found.notes)
        assert found.tables == () or not told
    except UnreadableDocument as error:
        said = error.what
    assert told in said
    assert not canary.exists()
    assert time.monotonic() - start < 30


ASKING = [name for name, (_, told) in MADE.items() if "." in told]


@pytest.mark.parametrize("hostile", [name for name in ASKING if "second" not in name], indirect=True)
def test_its_rows_are_not_read_either(hostile: Path, canary: Path) -> None:
    with pytest.raises(UnreadableDocument, match="asks for"):
        list(batches_of(hostile, format="pickle"))
    assert not canary.exists()


def test_the_canary_sings_for_a_careless_reader(tmp_path: Path, canary: Path) -> None:
    pickle.loads(MADE["asks_for_posix.system"][0](str(canary)))  # noqa: S301 - our own, and the point of it
    assert canary.exists()


def test_what_is_found_is_never_called_safe(tmp_path: Path) -> None:
    path = tmp_path / "plain.pkl"
    path.write_bytes(pickle.dumps({"a": [1, 2, 3]}))
    found = facts_of(path)
    assert isinstance(found, Facts)
    assert "known containers only" in found.notes[0]
    assert "safe" not in str(found)
