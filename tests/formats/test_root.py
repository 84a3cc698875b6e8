"""ROOT: TTree and RNTuple alike, titles and units, batches within bounds, and files that are broken."""

from __future__ import annotations

import builtins
import contextlib
from pathlib import Path
from typing import Any

import awkward as ak
import numpy as np
import pyarrow as pa
import pytest
import uproot
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.errors import UnreadableDocument, UsageError
from fairkit.formats import Facts, _open, find, root
from fairkit.formats._awkward import arrow, parts, type_of
from fairkit.formats._root_trees import _joined, _rounds

from .tables import bits, broken
from .trees import data, write

KINDS = ["TTree", "RNTuple"]


def read(path: str, **how: Any) -> pa.Table:
    return pa.Table.from_batches(root.batches(path, **how))


@pytest.mark.parametrize("kind", KINDS)
def test_both_kinds_of_tables_have_the_same_columns(tmp_path: Path, kind: str) -> None:
    facts = root.facts(write(tmp_path / "t.root", kind, data()))
    [table] = facts.tables
    assert sorted((each.name, each.dtype, each.shape) for each in table.columns) == [
        ("good", "bool", None),
        ("hits", "float64", (None,)),
        ("jet_n", "int16", (None,)),
        ("jet_pt", "float32", (None,)),
        ("label", "int32", None),
        ("m", "uint8", (2, 3)),
        ("met", "float32", None),
        ("name", "string", None),
        ("p4", "float64", (4,)),
        ("run", "uint64", None),
    ]
    assert (table.name, table.entry_count, facts.compression, facts.notes) == ("events", 7, ("zlib",), ())
    assert facts.attributes == (("title of events", "Toys"),)
    assert (facts.software or "").startswith("ROOT 6.")


@pytest.mark.parametrize("kind", KINDS)
def test_titles_tell_descriptions_and_units(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / "t.root", kind, data())
    told = {each.name: (each.description, each.unit) for each in root.facts(path).tables[0].columns}
    assert told["jet_pt"] == ("Transverse momentum", "GeV")
    assert told["met"] == ("Missing transverse momentum", "GeV")
    assert told["label"] == ("1 for a signal [yes or no]", None)  # brackets, but no unit
    assert told["p4"] == (None, None)  # ROOT's own "p4[4]/D" describes nothing
    assert read(path).schema.field("jet_pt").metadata[b"unit"] == b"GeV"


def test_branches_that_only_count_are_no_columns_but_remembered(tmp_path: Path) -> None:
    path = write(tmp_path / "t.root", "TTree", data())
    with uproot.open(path) as file:
        assert {"njet", "nhits"} <= set(file["events"].keys())
    counts = {each.name: each.count for each in root.facts(path).tables[0].columns if each.count}
    assert counts == {"jet_pt": "njet", "jet_n": "njet", "hits": "nhits"}


@pytest.mark.parametrize("parts", [1, 3, 7])
@pytest.mark.parametrize("most_bytes", [100, 1000, 10**8])
def test_both_kinds_hold_the_same_values(tmp_path: Path, parts: int, most_bytes: int) -> None:
    values = data()
    tree, ntuple = (read(write(tmp_path / kind, kind, values, parts=parts), most_bytes=most_bytes) for kind in KINDS)
    assert sorted(tree.column_names) == sorted(ntuple.column_names)
    for name in tree.column_names:
        one, other = tree[name].combine_chunks(), ntuple[name].combine_chunks()
        assert (one.type, bits(one)) == (other.type, bits(other)), name
    assert tree["name"].to_pylist() == ak.to_list(values["name"])
    assert tree["jet_n"].to_pylist() == ak.to_list(values["jet"]["n"])
    assert tree["m"].to_pylist() == values["m"].tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_columns_are_chosen_by_name(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / "t.root", kind, data())
    assert read(path, columns=["met", "jet_n"]).column_names == ["met", "jet_n"]
    with pytest.raises(UnreadableDocument, match="no column 'njet'"):
        read(path, columns=["njet"])


def test_batches_keep_to_their_size(tmp_path: Path) -> None:
    path = write(tmp_path / "t.root", "TTree", data(5000), parts=5)
    assert max(batch.nbytes for batch in root.batches(path, most_bytes=20_000)) <= 20_000


def test_lists_of_lists_of_an_rntuple_stay_so(tmp_path: Path) -> None:
    deep = [[[1.0, 2.0], []], [], [[3.0]]]
    path = write(tmp_path / "t.root", "RNTuple", {"deep": ak.Array(deep)})
    assert root.facts(path).tables[0].columns[0].shape == (None, None)
    assert read(path)["deep"].to_pylist() == deep


def test_a_table_of_several_is_named(tmp_path: Path) -> None:
    with uproot.recreate(tmp_path / "t.root") as file:
        file.mktree("events", {"x": np.arange(3)})
        file.mktree("folder/runs", {"y": np.arange(2)})
        file["histogram"] = np.histogram([1, 2, 3])
    path = str(tmp_path / "t.root")
    facts = root.facts(path)
    assert [(table.name, table.entry_count) for table in facts.tables] == [("events", 3), ("folder/runs", 2)]
    assert facts.notes == ("1 TH1D left aside: no table",)
    assert read(path, table="folder/runs").column_names == ["y"]
    with pytest.raises(UnreadableDocument, match="2 tables, and none is named"):
        read(path)
    with pytest.raises(UnreadableDocument, match="no table 'x'"):
        read(path, table="x")


def test_a_name_with_a_colon_is_a_name(tmp_path: Path) -> None:
    path = write(tmp_path / "events.root:events", "TTree", {"x": np.arange(3)})
    assert read(path).num_rows == 3
    assert find(path) == "root"


def test_it_is_read_in_the_child_as_here(tmp_path: Path) -> None:
    path = write(tmp_path / "t.root", "TTree", data(), parts=2)
    assert _open.facts_of(path) == root.facts(path)
    there = pa.Table.from_batches(_open.batches_of(path))
    assert [bits(each.combine_chunks()) for each in there.columns] == [
        bits(each.combine_chunks()) for each in read(path).columns
    ]


def test_isal_inflates_what_zlib_deflated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from uproot.compression import _decompress_ZLIB

    path = write(tmp_path / "t.root", "TTree", data())
    monkeypatch.setattr(_decompress_ZLIB, "library", "zlib")
    root.facts(path)
    assert _decompress_ZLIB.library == "isal"


def test_without_isal_zlib_does_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from uproot.compression import _decompress_ZLIB

    path = write(tmp_path / "t.root", "TTree", data())
    monkeypatch.setattr(_decompress_ZLIB, "library", "zlib")
    _without(monkeypatch, "isal")
    assert read(path).num_rows == 7
    assert _decompress_ZLIB.library == "zlib"


def test_without_uproot_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "t.root", "TTree", data())
    _without(monkeypatch, "uproot")
    with pytest.raises(UsageError, match=r"takes uproot, which is not installed\n.*pip install 'fairkit\[root\]'"):
        root.facts(path)


def _without(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    known = builtins.__import__

    def importing(wanted: str, *args: Any) -> Any:
        if wanted == name:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return known(wanted, *args)

    monkeypatch.setattr(builtins, "__import__", importing)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("pt", "pt"),
        ("jets/jets.pt", "jets_pt"),
        ("jets./jets.pt", "jets_pt"),
        ("jets/pt", "jets_pt"),
        ("a/b/c", "a_b_c"),
        ("jets/jetsize", "jets_jetsize"),
        ("jet.pt", "jet.pt"),
    ],
)
def test_branches_in_branches_are_named_once(key: str, name: str) -> None:
    assert _joined(key) == name


def test_branches_that_share_a_name_are_read_in_turns() -> None:
    assert _rounds({"a/x": "x", "b/x": "x", "y": "y"}) == [{"a/x": "x", "y": "y"}, {"b/x": "x"}]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([[{"x": 1, "y": [2.5]}], []], {("x",): [[1], []], ("y",): [[[2.5]], []]}),
        ([{"a": {"b": 1}, "@base": 2}], {("a", "b"): [1]}),
        ([None, 1.5], {(): [None, 1.5]}),
        ([["a", "é"], []], {(): [["a", "é"], []]}),
        ([b"\xff"], {(): [b"\xff"]}),
    ],
)
def test_records_in_lists_become_lists_side_by_side(values: Any, found: dict[tuple[str, ...], Any]) -> None:
    layout = ak.Array(values).layout
    made = {part.suffix: arrow(part.node, type_of(part.node.form)).to_pylist() for part in parts(layout)}
    assert made == found
    assert [part.suffix for part in parts(layout.form)] == list(found)


def test_texts_that_are_no_utf_8_are_read_as_latin_1() -> None:
    layout = ak.with_parameter(ak.Array([b"caf\xe9", b"ok"]), "__array__", "string").layout
    content = ak.with_parameter(ak.Array(layout.content), "__array__", "char").layout
    texts = ak.contents.ListOffsetArray(layout.offsets, content, parameters={"__array__": "string"})
    assert arrow(texts, pa.string()).to_pylist() == ["café", "ok"]


@settings(max_examples=40)
@given(
    values=st.lists(st.lists(st.floats(width=32), max_size=3), min_size=1, max_size=9),
    kind=st.sampled_from(KINDS),
    parts=st.integers(1, 3),
)
def test_what_was_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, values: list[list[float]], kind: str, parts: int
) -> None:
    flat = np.array([each for value in values for each in value], "f4")
    jagged = ak.unflatten(flat, [len(value) for value in values])
    columns = {"x": jagged, "n": np.arange(len(values))}
    path = write(tmp_path_factory.mktemp("back") / "t.root", kind, columns, parts=min(parts, len(values)))
    table = read(path)
    assert table.schema.field("x").type == pa.list_(pa.float32())
    assert np.array(table["x"].combine_chunks().flatten()).tobytes() == flat.tobytes()
    assert [len(each) for each in table["x"].to_pylist()] == [len(value) for value in values]
    assert table["n"].to_pylist() == list(range(len(values)))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("whole")
    return {kind: Path(write(folder / kind, kind, data(3))).read_bytes() for kind in KINDS}


@settings(max_examples=5)
@given(draws=st.data(), kind=st.sampled_from(KINDS))
def test_broken_files_are_unreadable_and_nothing_worse(
    tmp_path_factory: pytest.TempPathFactory, whole: dict[str, bytes], draws: st.DataObject, kind: str
) -> None:
    folder = tmp_path_factory.mktemp("broken")
    paths = [folder / f"{i}.root" for i in range(8)]
    for path in paths:
        path.write_bytes(draws.draw(broken(whole[kind])))
    told = list(_open.every_facts(paths, format="root"))
    assert all(isinstance(each, Facts | UnreadableDocument) for each in told)
    with contextlib.suppress(UnreadableDocument):
        list(_open.batches_of(paths[0], format="root"))
