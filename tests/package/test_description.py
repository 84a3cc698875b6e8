"""A folder is what its documents say, filled up with what its files hold; contradictions are found."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fairkit.errors import NotFound, UnreadableDocument
from fairkit.model.base import adapter, plain
from fairkit.package.description import Description, describe

TOML = """
[resource]
title = "Jets"
license = "CC0-1.0"

[data]
entries = 12

[[variables]]
name = "pt"
unit = "GeV"
type = "float64"
role = "feature"

[[variables]]
name = "truth_pt"
role = "feature"

[[splits]]
name = "train"
files = ["train.parquet"]
entries = 8

[[splits]]
name = "test"
files = ["test.parquet"]
"""


def table(rows: int, **more: Any) -> pa.Table:
    return pa.table({"pt": np.arange(rows, dtype="float32"), "truth_pt": np.ones(rows), **more})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "jets"
    root.mkdir()
    pq.write_table(table(7), root / "train.parquet")
    pq.write_table(table(5, extra=np.arange(5)), root / "test.parquet")
    (root / "fairkit.toml").write_text(TOML)
    (root / "README.md").write_text("# Jets\n")
    return root


def texts(found: Description, kind: str) -> list[str]:
    return [each.text for each in found.findings if each.kind == kind]


def test_files_fill_the_gaps_of_documents(folder: Path) -> None:
    one = describe(str(folder)).resource
    assert (one.title, one.license, one.entry_count, one.file_count) == ("Jets", "CC0-1.0", 12, 2)
    assert one.byte_size == sum(path.stat().st_size for path in folder.glob("*.parquet"))
    assert one.formats == ("Parquet",)
    assert one.listing == "complete"
    assert [(v.name, v.dtype, v.unit) for v in one.variables] == [
        ("pt", "float64", "GeV"), ("truth_pt", "float64", None), ("extra", "int64", None),
    ]  # fmt: skip
    assert [(s.name, s.entry_count, s.file_count) for s in one.splits] == [("train", 8, 1), ("test", 5, 1)]
    assert [(d.name, d.media_type) for d in one.distributions] == [
        ("test.parquet", "application/vnd.apache.parquet"),
        ("train.parquet", "application/vnd.apache.parquet"),
    ]
    assert [t.entry_count for d in one.distributions for t in d.tables] == [5, 7]


def test_what_contradicts_is_found_with_its_line(folder: Path) -> None:
    found = describe(str(folder))
    lines = TOML.splitlines()
    told = {(each.kind, each.text): each for each in found.findings}
    wrong = told["conflict", "pt is said to be float64, and is float32 in the file"]
    assert (wrong.file, lines[(wrong.line or 0) - 1]) == ("fairkit.toml", "[[variables]]")
    assert ("conflict", "the split train is said to have 8 entries, and has 7") in told
    leak = told["leak", "truth_pt is said to be a feature, and may be derived from truth: it is called truth"]
    assert leak.line == 1 + [n for n, line in enumerate(lines) if line == "[[variables]]"][1]
    assert texts(found, "undescribed") == ["there is one variable in the files that no document describes: extra"]


def test_a_description_survives_json(folder: Path) -> None:
    found = describe(str(folder), stats=True)
    assert adapter(Description).validate_python(plain(found)) == found


def test_guesses_stay_out_of_the_resource(tmp_path: Path) -> None:
    pq.write_table(pa.table({"label": [0, 1], "jet_pt": [1.0, 2.0], "jet_eta": [0.1, 0.2]}), tmp_path / "train.parquet")
    pq.write_table(pa.table({"label": [0], "jet_pt": [1.0], "jet_eta": [0.1]}), tmp_path / "test.parquet")
    found = describe(str(tmp_path))
    assert {(guess.subject, guess.field, guess.value) for guess in found.guessed} == {
        ("label", "role", "label"), ("jet_pt", "group", "jet"), ("jet_eta", "group", "jet"),
        ("train", "files", "train.parquet"), ("test", "files", "test.parquet"),
    }  # fmt: skip
    assert all(one.role is None and one.group is None for one in found.resource.variables)
    assert [(s.name, s.files, s.entry_count) for s in found.resource.splits] == [
        ("train", ("train.parquet",), 2),
        ("test", ("test.parquet",), 1),
    ]


def test_files_that_cannot_be_read_are_findings(folder: Path) -> None:
    (folder / "broken.parquet").write_bytes(b"PAR1" + b"\0" * 40)
    (folder / "broken.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + b"\xff" * 90)
    found = describe(str(folder), stats=True)
    assert {each.file for each in found.findings if each.kind == "unreadable"} == {"broken.parquet", "broken.h5"}
    assert found.resource.file_count == 4
    assert texts(found, "missing") == []  # what is in no file may be in the broken ones


def test_links_out_of_the_folder_are_findings_and_not_followed(folder: Path, tmp_path: Path) -> None:
    pq.write_table(table(3), tmp_path / "outside.parquet")
    os.symlink(tmp_path / "outside.parquet", folder / "link.parquet")
    os.symlink("train.parquet", folder / "inside.parquet")
    found = describe(str(folder))
    assert [each.file for each in found.findings if each.kind == "link"] == ["link.parquet"]
    assert [file.path for file in found.facts] == ["inside.parquet", "test.parquet", "train.parquet"]


def test_programs_and_papers_are_files_without_tables(folder: Path) -> None:
    (folder / "make.py").write_text("print(1)\n")
    found = describe(str(folder))
    assert [(d.name, d.tables) for d in found.resource.distributions if d.name == "make.py"] == [("make.py", ())]
    assert texts(found, "unreadable") == []


def test_documented_files_keep_what_documents_say(folder: Path) -> None:
    more = """
[[files]]
path = "train.parquet"
url = "https://example.org/train.parquet"
bytes = 5

[[files]]
path = "gone.parquet"

[[files]]
path = "far.parquet"
url = "https://example.org/far.parquet"
"""
    (folder / "fairkit.toml").write_text(TOML + more)
    found = describe(str(folder))
    named = {file.name: file for file in found.resource.distributions}
    assert list(named) == ["test.parquet", "train.parquet", "far.parquet"]
    assert named["train.parquet"].content_url == "https://example.org/train.parquet"
    size = (folder / "train.parquet").stat().st_size
    assert named["train.parquet"].byte_size == size
    assert f"train.parquet is said to have 5 bytes, and has {size:,}" in texts(found, "conflict")
    assert texts(found, "missing") == ["the file gone.parquet is not here"]


def test_one_file_is_described_alone(folder: Path) -> None:
    found = describe(str(folder / "train.parquet"))
    assert found.resource.title is None
    assert (found.resource.entry_count, found.resource.file_count) == (7, 1)
    assert [one.name for one in found.resource.variables] == ["pt", "truth_pt"]


def test_numbered_columns_and_several_formats(tmp_path: Path) -> None:
    columns = {f"{name}_{place}": np.zeros(4, "float32") for name in ("E", "PX") for place in range(5)}
    pq.write_table(pa.table(columns), tmp_path / "train.parquet")
    with h5py.File(tmp_path / "train.h5", "w") as file:
        for name, values in columns.items():
            file[name] = values
    one = describe(str(tmp_path)).resource
    assert [(v.name, v.shape, v.columns) for v in one.variables] == [("E", (5,), "E_{0..4}"), ("PX", (5,), "PX_{0..4}")]
    assert (one.entry_count, one.file_count) == (4, 2)


@pytest.mark.parametrize("name", ["nothing", "nothing.parquet"])
def test_what_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound):
        describe(str(tmp_path / name))


def test_one_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(UnreadableDocument, match="no format"):
        describe(str(path))


def test_a_broken_fairkit_toml_is_told_with_its_line(folder: Path) -> None:
    (folder / "fairkit.toml").write_text("[resource\n")
    assert any("line 1" in text for text in texts(describe(str(folder)), "metadata"))


def test_faults_of_a_document_are_findings(folder: Path) -> None:
    (folder / "fairkit.toml").write_text(TOML.replace("license", "licence"))
    [fault] = [each for each in describe(str(folder)).findings if each.kind == "metadata"]
    assert ("licence" in fault.text, fault.file) == (True, "fairkit.toml")


def test_an_empty_folder_is_described(tmp_path: Path) -> None:
    found = describe(str(tmp_path), stats=True)
    assert (found.resource.distributions, found.stats, found.resource.entry_count) == ((), (), None)


def test_each_file_is_heard(folder: Path) -> None:
    heard: list[str] = []
    describe(str(folder), stats=True, say=heard.append)
    assert heard == ["test.parquet", "train.parquet", "test.parquet", "train.parquet"]
