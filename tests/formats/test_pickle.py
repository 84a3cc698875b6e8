"""Pickles of plain containers as tables, and what real ones ask for; hostile ones are in `tests/hostile`."""

from __future__ import annotations

import bz2
import collections
import gzip
import lzma
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairkit.errors import UnreadableDocument
from fairkit.formats import Facts, find
from fairkit.formats import pickle as pickles
from fairkit.formats._open import batches_of, every_facts, facts_of

RANDOM = np.random.default_rng(4)
EVENTS = {
    name: [RANDOM.normal(size=(particles, width)) for particles in (5, 7, 0, 3)]
    for name, width in (("X", 12), ("ygen", 7), ("ycand", 7))
}
"""As the particle-flow set of 14 TeV has them: lists of arrays, one of each an event."""


def tables(found: Facts) -> dict[str, Any]:
    return {
        table.name: (table.entry_count, {column.name: (column.dtype, column.shape) for column in table.columns})
        for table in found.tables
    }


def keep(path: Path, value: Any, protocol: int = 4) -> Path:
    path.write_bytes(pickle.dumps(value, protocol))
    return path


def rows(path: Path, table: str | None = None) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for batch in pickles.batches(str(path), table):
        for name, values in batch.to_pydict().items():
            found.setdefault(name, []).extend(values)
    return found


@pytest.mark.parametrize("protocol", range(6))
@pytest.mark.parametrize(("ending", "codec", "pack"), [
    (".pkl", (), bytes), (".pkl.bz2", ("bzip2",), bz2.compress), (".pkl.gz", ("gzip",), gzip.compress),
    (".pkl.xz", ("xz",), lzma.compress),
])  # fmt: skip
def test_events_are_read_whatever_the_protocol_and_the_packing(
    tmp_path: Path, protocol: int, ending: str, codec: tuple[str, ...], pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / f"events{ending}"
    path.write_bytes(pack(pickle.dumps(EVENTS, protocol)))
    assert find(path) == "pickle"
    found = pickles.facts(str(path))
    assert found.compression == codec
    assert tables(found) == {
        "data": (4, {"X": ("float64", (None, 12)), "ygen": ("float64", (None, 7)), "ycand": ("float64", (None, 7))})
    }
    assert rows(path) == {name: [part.tolist() for part in parts] for name, parts in EVENTS.items()}


def test_the_child_reads_them_too(tmp_path: Path) -> None:
    path = keep(tmp_path / "events.pkl", EVENTS)
    assert facts_of(path) == pickles.facts(str(path))
    [batch] = batches_of(path)
    assert batch.column("X").to_pylist() == [part.tolist() for part in EVENTS["X"]]


def objects(*values: Any) -> Any:
    array = np.empty(len(values), object)
    for place, value in enumerate(values):
        array[place] = value
    return array


RECORDS = np.array([(1.5, [1, 2])], [("x", ">f4"), ("y", "i2", (2,))])


@pytest.mark.parametrize(
    ("value", "table", "read"),
    [
        (np.arange(3), {"data": ("int64", None)}, {"data": [0, 1, 2]}),
        (
            np.asfortranarray(np.arange(4.0).reshape(2, 2)),
            {"data": ("float64", (2,))},
            {"data": [[0.0, 1.0], [2.0, 3.0]]},
        ),
        (RECORDS, {"x": ("float32", None), "y": ("int16", (2,))}, {"x": [1.5], "y": [[1, 2]]}),
        ({"a": RECORDS}, {"a.x": ("float32", None), "a.y": ("int16", (2,))}, {"a.x": [1.5], "a.y": [[1, 2]]}),
        ({"o": objects(np.arange(2), np.arange(0))}, {"o": ("int64", (None,))}, {"o": [[0, 1], []]}),
        ({"t": np.array(["2020-01-01"], "M8[ms]").astype("M8[s]")}, {"t": ("timestamp[s]", None)}, None),
        (
            {"s": np.array(["a", "é"]), "b": np.array([b"x", b""])},
            {"s": ("string", None), "b": ("string", None)},
            {"s": ["a", "é"], "b": ["x", ""]},
        ),
        ([1.5, 2.0], {"data": ("float64", None)}, {"data": [1.5, 2.0]}),
        (
            {"l": [[1], [2, 3], []], "t": ("a", "b", "c")},
            {"l": ("int64", (None,)), "t": ("string", None)},
            {"l": [[1], [2, 3], []], "t": ["a", "b", "c"]},
        ),
        (
            [{"pt": 1.0, "hits": np.arange(2)}, {"pt": 2.0, "hits": np.arange(1)}],
            {"pt": ("float64", None), "hits": ("int64", (None,))},
            {"pt": [1.0, 2.0], "hits": [[0, 1], [0]]},
        ),
        (collections.OrderedDict(n=[np.float32(1.5), np.float32(2.5)]), {"n": ("float32", None)}, {"n": [1.5, 2.5]}),
        ({"z": np.array([True, False])}, {"z": ("bool", None)}, {"z": [True, False]}),
    ],
)
@pytest.mark.parametrize("protocol", [2, 4, 5])
def test_plain_containers_are_tables(
    tmp_path: Path, value: Any, table: dict[str, Any], read: dict[str, Any] | None, protocol: int
) -> None:
    path = keep(tmp_path / "a.pkl", value, protocol)
    [(name, (_, columns))] = tables(pickles.facts(str(path))).items()
    assert (name, columns) == ("data", table)
    assert read is None or rows(path) == read


def test_dictionaries_in_a_dictionary_are_tables_of_their_own(tmp_path: Path) -> None:
    path = keep(tmp_path / "a.pkl", {"train": {"x": np.zeros(3)}, "test": {"x": np.zeros(2)}, "x": np.zeros(5)})
    assert {name: count for name, (count, _) in tables(pickles.facts(str(path))).items()} == {
        "train": 3, "test": 2, "data": 5,
    }  # fmt: skip
    assert rows(path, "test") == {"x": [0.0, 0.0]}


@pytest.mark.parametrize(
    ("value", "note"),
    [
        ({"a": 3}, "a: int, which is no column"),
        ({"a": None}, "a: NoneType"),
        ({"a": [np.zeros((2, 3)), np.zeros((2, 4))]}, "differ in more than their length"),
        ({"a": [[[1]], [[2]]]}, "lists within lists"),
        ({"a": [1, None]}, "a: list, which is no column"),
        ({"a": {"b": {"c": {"d": {"e": {"f": 1}}}}}}, "dictionaries deeper than"),
        ([{"a": 1}, {"b": 2}], "not every entry has it"),
    ],
)
def test_what_is_no_column_is_told(tmp_path: Path, value: Any, note: str) -> None:
    found = pickles.facts(str(keep(tmp_path / "a.pkl", value)))
    assert note in "\n".join(found.notes)
    assert found.tables == ()


def test_what_it_asks_for_is_told(tmp_path: Path) -> None:
    found = pickles.facts(str(keep(tmp_path / "a.pkl", EVENTS, 5)))
    assert found.notes[0].startswith("it asks for known containers only: numpy._core.numeric._frombuffer")


@pytest.mark.parametrize(
    ("file", "asked"),
    [
        ("IN.pth", ["collections.OrderedDict", "torch.FloatStorage", "torch._utils._rebuild_tensor_v2"]),
        ("gnn_baseline_best.pth", ["collections.OrderedDict", "torch._utils._rebuild_tensor_v2"]),
        ("cdms.pt", ["torch._utils._rebuild_tensor_v2"]),
    ],
)
def test_models_in_the_wild_are_listed_and_never_loaded(shared: Path, file: str, asked: list[str]) -> None:
    path = shared / "data" / "models" / file
    names = pickles.globals_of(str(path))
    assert set(asked) <= set(names)
    assert not any("(" in name for name in names)
    if file != "cdms.pt":
        found = facts_of(path, format="pickle")
        assert found.tables == ()
        assert "torch._utils._rebuild_tensor_v2" in found.notes[0]


CONTENT = pickle.dumps({**EVENTS, "r": RECORDS, "o": objects(np.arange(3)), "s": ["a", 1.5, True]}, 4)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seeds=st.lists(st.integers(0, 2**32), min_size=60, max_size=60))
def test_pickles_in_which_bytes_have_changed_are_read_or_refused(tmp_path: Path, seeds: list[int]) -> None:
    paths = []
    for number, seed in enumerate(seeds):
        changed, random = bytearray(CONTENT), np.random.default_rng(seed)
        for at in random.integers(0, len(changed), random.integers(1, 8)):
            changed[at] = random.integers(256)
        paths.append(tmp_path / f"{number}.pkl")
        paths[-1].write_bytes(changed[: random.integers(len(changed) // 2, len(changed) + 100)])
    for path, found in zip(paths, every_facts(paths, format="pickle"), strict=True):
        assert isinstance(found, Facts) or str(path) in found.what


@pytest.mark.parametrize(
    ("head", "ours"),
    [(pickle.dumps([1], 2), True), (pickle.dumps({"a": 1}, 5), True), (b"\x80\x04?", False), (b"\x80\x09]", False)],
)
def test_it_is_known_by_its_beginning(head: bytes, ours: bool) -> None:
    assert pickles.claims(head) is ours


def test_no_pickle_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.pkl").write_bytes(b"no pickle at all")
    with pytest.raises(UnreadableDocument, match="cannot be read as a pickle"):
        pickles.facts(str(tmp_path / "a.pkl"))
