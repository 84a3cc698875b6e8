"""Conversions: the same values under the same words, whole or not at all, and nothing done twice."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import awkward as ak
import h5py
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import uproot

from fairkit.errors import NotFound, UsageError
from fairkit.formats import format_of
from fairkit.package import batch_farm, convert, provenance
from fairkit.package._converted_before import JOURNAL, digest_of
from fairkit.package.conversion import Conversion
from fairkit.package.progress import Progress
from tests.conftest import ROOT
from tests.package.conversions import trees

How = convert.How
JETS = ROOT / "examples" / "jets"
PARQUET = How("parquet", prove=True)
HDF5 = How("hdf5", prove=True)


def states(made: Conversion) -> dict[str, str]:
    return {file.name: file.state for file in made.files}


def errors(made: Conversion) -> list[str | None]:
    return [file.error for file in made.files]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    for number in range(3):
        trees(folder / f"part{number % 2}" / f"{number}.root", seed=number)
    return folder


def run(data: Path, *more: Path, how: How = PARQUET, out: Path | None = None, **options: Any) -> Conversion:
    where = None if out is None else str(out)
    return convert.convert([str(path) for path in (data, *more)], where, how=how, jobs=1, **options)


def test_a_folder_keeps_its_paths(data: Path, tmp_path: Path) -> None:
    made = run(data, out=tmp_path / "out")
    assert errors(made) == [None] * 3
    assert [output.name for file in made.files for output in file.outputs] == [
        "part0/0.parquet", "part0/2.parquet", "part1/1.parquet",
    ]  # fmt: skip
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        ".fairkit-convert.jsonl", "part0", "part1", "provenance.jsonld",
    ]  # fmt: skip


def test_values_words_and_lists_stay(data: Path) -> None:
    run(data)
    path = data / "part0" / "0.parquet"
    table = pq.read_table(path)
    with uproot.open(data / "part0" / "0.root") as file:
        arrays = file["events"].arrays(library="ak")
    assert table["jet_pt"].to_pylist() == arrays["jet_pt"].to_list()
    assert table["met"].to_numpy().tobytes() == np.asarray(arrays["met"]).tobytes()
    assert table.schema.metadata[b"title"] == b"Toy events"


@pytest.mark.parametrize("kind", ["TTree", "RNTuple"])
def test_both_kinds_of_tables_become_the_same_columns(tmp_path: Path, kind: str) -> None:
    jets = ak.zip({"pt": ak.Array([[1.0, 2.0], [], [3.0]]), "n": ak.Array([[1, 2], [], [3]])})
    path = tmp_path / "t.root"
    with uproot.recreate(path) as file:
        form = {"jet": ak.type(jets).content}
        made = file.mktree("t", form) if kind == "TTree" else file.mkrntuple("t", form)
        made.extend({"jet": jets})
    assert errors(run(path)) == [None]
    found = pq.read_table(tmp_path / "t.parquet").to_pydict()
    assert found == {"jet_pt": [[1.0, 2.0], [], [3.0]], "jet_n": [[1, 2], [], [3]]}


@pytest.mark.parametrize("target", ["parquet", "hdf5"])
def test_every_format_of_the_example_is_proved_equal(tmp_path: Path, target: str) -> None:
    made = run(JETS, how=How(target, prove=True), out=tmp_path)
    assert errors(made) == [None] * 4
    proofs = [dict(output.proof) for file in made.files for output in file.outputs]
    assert all(proof["fj_pt"] in {proofs[0]["fj_pt"], proofs[2]["fj_pt"]} for proof in proofs)


def test_units_go_along(tmp_path: Path) -> None:
    run(JETS / "test.h5", out=tmp_path / "p")
    run(JETS / "test.parquet", how=HDF5, out=tmp_path / "h")
    for made in (tmp_path / "p" / "test.parquet", tmp_path / "h" / "test.h5"):
        [table] = format_of("hdf5" if made.suffix == ".h5" else "parquet").facts(str(made)).tables
        known = {column.name: column for column in table.columns}
        assert (known["fj_pt"].unit, known["fj_pt"].description) == ("GeV", "Transverse momentum of the jet")


@pytest.mark.parametrize("how", [PARQUET, HDF5])
def test_padding_is_told_everywhere(tmp_path: Path, how: How) -> None:
    how = how._replace(pad_all=20, pad=(("pfcand_pt", 4),))
    [file] = run(JETS / "test.root", how=how, out=tmp_path).files
    assert file.error is None
    [output] = file.outputs
    rules = {each.column: (each.length, each.count) for each in output.padded}
    assert rules["pfcand_pt"][0] == 4
    assert rules["pfcand_etarel"][0] == 20
    assert sum(each.cut or 0 for each in output.padded) > 0
    [table] = format_of(how.target).facts(str(tmp_path / output.name)).tables
    known = {column.name: column for column in table.columns}
    for name, (length, count) in rules.items():
        assert (known[name].shape, known[name].padding, known[name].count) == ((length,), "0", count)
        assert count in known
    [step] = provenance.read(tmp_path)
    assert dict(step.parameters)["padded to"] == "pfcand_pt=4, all=20; filled with 0"


def test_several_tables_are_several_files(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "two.h5", "w") as file:
        file["a/x"], file["b/y"] = np.arange(3), np.arange(4)
    [report] = run(tmp_path / "two.h5").files
    assert [(output.name, output.entry_count) for output in report.outputs] == [
        ("two.a.parquet", 3), ("two.b.parquet", 4),
    ]  # fmt: skip
    one = run(tmp_path / "two.h5", how=PARQUET._replace(table=report.outputs[1].table), out=tmp_path / "one")
    assert [output.name for output in one.files[0].outputs] == ["two.parquet"]


def test_columns_come_in_the_order_that_was_asked(data: Path, tmp_path: Path) -> None:
    run(data, how=PARQUET._replace(columns=("jet_pt", "met")), out=tmp_path)
    assert pq.read_schema(tmp_path / "part0" / "0.parquet").names == ["jet_pt", "met"]


def test_an_empty_table_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "none.root"
    with uproot.recreate(path) as file:
        file.mktree("t", {"x": "float32", "l": "var * int16"})
    assert errors(run(path)) == [None]
    assert str(pq.read_schema(tmp_path / "none.parquet").field("x").type) == "float"


def test_floats_that_are_missing_are_told_in_hdf5(tmp_path: Path) -> None:
    pq.write_table(pa.table({"x": [1.0, None], "y": [1.0, 2.0]}), tmp_path / "t.parquet")
    [file] = run(tmp_path / "t.parquet", how=HDF5).files
    assert (file.error, file.outputs[0].notes) == (None, ("1 values of x were missing, and are NaN",))


@pytest.mark.parametrize(
    ("name", "expected"), [("a.csv", "a.parquet"), ("a.csv.gz", "a.parquet"), ("odd.name.csv", "odd.name.parquet")]
)
def test_all_endings_of_a_format_go(tmp_path: Path, name: str, expected: str) -> None:
    import gzip

    body = b"x,y\n1,2\n"
    (tmp_path / name).write_bytes(gzip.compress(body) if name.endswith("gz") else body)
    run(tmp_path / name)
    assert (tmp_path / expected).is_file()


def test_two_of_one_name_keep_their_whole_names(tmp_path: Path) -> None:
    trees(tmp_path / "in" / "a.root")
    (tmp_path / "in" / "a.csv").write_text("x\n1\n")
    made = run(tmp_path / "in", out=tmp_path / "out")
    assert [file.outputs[0].name for file in made.files] == ["a.csv.parquet", "a.root.parquet"]


def test_patterns_and_one_name_for_one_file(data: Path, tmp_path: Path) -> None:
    made = convert.convert([str(data / "*" / "*.root")], str(tmp_path / "out"), how=PARQUET)
    assert len(made.files) == 3
    run(data / "part1" / "1.root", out=tmp_path / "mine.parquet")
    assert (tmp_path / "mine.parquet").is_file()


# What is finished is not done again.


def test_a_second_run_does_nothing(data: Path) -> None:
    run(data)
    before = (data / "provenance.jsonld").read_bytes()
    again = run(data)
    assert set(states(again).values()) == {"done before"}
    assert again.activity is None
    assert (data / "provenance.jsonld").read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda data: trees(data / "part1" / "1.root", seed=9),
        lambda data: (data / "part1" / "1.parquet").unlink(),
        lambda data: (data / "part1" / "1.parquet").write_bytes(b"PAR1"),
    ],
)
def test_what_changed_is_done_again(data: Path, change: Callable[[Path], Any]) -> None:
    run(data)
    change(data)
    found = states(run(data))
    assert (found.pop("part1/1.root"), set(found.values())) == ("converted", {"done before"})
    assert pq.read_table(data / "part1" / "1.parquet").num_rows == 200


def test_another_time_of_the_same_bytes_is_no_change(data: Path) -> None:
    run(data)
    os.utime(data / "part1" / "1.root", ns=(5, 5))
    os.utime(data / "part1" / "1.parquet", ns=(5, 5))
    assert set(states(run(data)).values()) == {"done before"}


def test_other_options_are_other_work_and_a_proof_is_more(data: Path) -> None:
    run(data, how=How("parquet"))
    assert set(states(run(data, how=PARQUET)).values()) == {"converted"}
    assert set(states(run(data, how=How("parquet"))).values()) == {"done before"}
    assert set(states(run(data, how=How("parquet", columns=("met",)))).values()) == {"converted"}


def test_every_file_is_in_the_provenance_once(data: Path) -> None:
    first = run(data, shard=batch_farm.shard("1/2"))
    second = run(data, shard=batch_farm.shard("2/2"))
    assert None not in (first.activity, second.activity)
    steps = provenance.read(data)
    made = [entity.name for step in steps for entity in step.generated]
    assert sorted(made) == ["part0/0.parquet", "part0/2.parquet", "part1/1.parquet"]
    used = {entity.name: entity.checksums for step in steps for entity in step.used}
    assert used["part1/1.root"] == (digest_of(data / "part1" / "1.root"),)
    assert {"fairkit", "pyarrow", "uproot"} <= {entity.name for entity in steps[0].software}


@pytest.mark.parametrize("line", ["{", '{"told": 3}', '{"how": "x"}', "[]", '{"report": {"name": "../x"}}'])
def test_a_journal_with_other_lines_does_no_harm(data: Path, line: str) -> None:
    run(data)
    with open(data / JOURNAL, "a") as file:
        file.write(line)
    assert set(states(run(data)).values()) == {"done before"}


# What goes wrong leaves nothing behind.


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.suffix != ".root")


def test_a_broken_file_stops_no_other(data: Path) -> None:
    path = data / "part1" / "1.root"
    path.write_bytes(path.read_bytes()[:300])
    made = run(data)
    assert states(made) == {"part0/0.root": "converted", "part0/2.root": "converted", "part1/1.root": "failed"}
    assert made.files[2].code == "unreadable"
    assert not (data / "part1" / "1.parquet").exists()


def test_values_that_differ_are_found_and_not_kept(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "_IN_CHILD", "tests.package.conversions:changed")
    made = run(data / "part0" / "0.root")
    assert [(file.state, file.code) for file in made.files] == [("failed", "unequal")]
    assert "the values of jet_pt" in str(made.files[0].error)
    assert left(data) == []


@pytest.mark.parametrize("function", ["died", "nonsense", "silent", "nothing_made"])
def test_whatever_the_child_does_nothing_has_a_name(data: Path, monkeypatch: pytest.MonkeyPatch, function: str) -> None:
    monkeypatch.setattr(convert, "_IN_CHILD", f"tests.package.conversions:{function}")
    made = run(data)
    assert set(states(made).values()) == {"failed"}
    assert left(data) == []


def test_an_input_that_changes_meanwhile_is_refused(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = data / "part0" / "0.root"

    def touched(of: str) -> Any:
        if of == str(path):
            os.utime(path)
        return digest_of(of)

    monkeypatch.setattr(convert, "digest_of", touched)
    made = run(path)
    assert "changed while it was converted" in str(made.files[0].error)
    assert left(data) == []


def test_what_is_there_is_not_written_over(data: Path) -> None:
    (data / "part0" / "0.parquet").write_bytes(b"mine")
    with pytest.raises(UsageError, match="is there already"):
        run(data / "part0" / "0.root")
    assert (data / "part0" / "0.parquet").read_bytes() == b"mine"


def test_an_input_is_not_written_over(tmp_path: Path) -> None:
    shutil.copy(JETS / "test.parquet", tmp_path)
    with pytest.raises(UsageError, match="is there already"):
        run(tmp_path / "test.parquet")


def test_the_room_is_looked_at_first(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(data)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=100))
    with pytest.raises(UsageError, match="there is no room for the outputs: they need about"):
        run(data)
    assert left(data) == []


@pytest.mark.parametrize(
    ("how", "why"),
    [
        (PARQUET._replace(columns=("none",)), "has no column 'none'"),
        (PARQUET._replace(table="none"), "has no table 'none'"),
        (PARQUET._replace(pad=(("met", 3),)), "'met' is no column of lists"),
    ],
)
def test_what_a_file_has_not_is_told(data: Path, how: How, why: str) -> None:
    made = run(data / "part0" / "0.root", how=how)
    assert why in str(made.files[0].error)


@pytest.mark.parametrize(
    ("words", "how", "error", "why"),
    [
        (["none.root"], PARQUET, NotFound, "there is no file"),
        (["*.none"], PARQUET, NotFound, "there is no file"),
        (["."], How("excel"), UsageError, "not converted to 'excel'"),
        (["words.txt"], PARQUET, UsageError, "of no format"),
        (["pipe"], PARQUET, UsageError, "no regular file"),
        (["empty"], PARQUET, UsageError, "nothing to convert"),
    ],
)
def test_what_cannot_be_done_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], how: How, error: type[Exception], why: str
) -> None:
    (tmp_path / "words.txt").write_text("some words")
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error, match=why):
        convert.convert(words, how=how)


def test_a_folder_that_cannot_be_made_is_told(data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(UsageError, match="cannot write to"):
        run(data, out=tmp_path / "file" / "out")


def test_a_plan_changes_nothing(data: Path, tmp_path: Path) -> None:
    made = run(data, how=HDF5._replace(pad_all=10), out=tmp_path / "out", dry_run=True)
    assert set(states(made).values()) == {"planned"}
    assert made.needed > 3 * 200 * 10
    assert not (tmp_path / "out").exists()


# Who does the work.


def test_a_cluster_makes_the_same_files(data: Path, tmp_path: Path) -> None:
    pytest.importorskip("dask.distributed", reason='pip install "fairkit[dask]"')
    here = run(data, out=tmp_path / "here")
    there = run(data, out=tmp_path / "there", dask="local")
    plain = [replace(file, started=None, ended=None) for made in (here, there) for file in made.files]
    assert plain[:3] == plain[3:]
    assert not list((tmp_path / "there").glob(".fairkit-convert-*"))


def test_how_far_it_came_is_told(data: Path) -> None:
    told: list[int] = []
    begun: list[int] = []
    progress = Progress(begin=begun.append, advance=told.append)
    run(data, progress=progress)
    assert begun == [sum(told)] == [sum(path.stat().st_size for path in data.rglob("*.root"))]
