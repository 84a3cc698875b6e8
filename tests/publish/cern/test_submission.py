"""The bundle of a dataset as an experiment would submit it: thirty files, two splits, the portal's own schema."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from fairkit.errors import UnreadableDocument, UsageError
from fairkit.publish.cern import bundle
from fairkit.publish.cern.lines import sourced
from fairkit.publish.cern.rules import faults
from fairkit.publish.release import Release
from tests.conftest import SHARED

SCHEMA = SHARED / "data" / "cern-open-data" / "schema" / "record-v1.0.0.json"
TOML = """\
[resource]
kind = "dataset"
title = "ATLAS simulated jets for flavour tagging with machine learning"
description = "Jets from simulated top-quark pairs at 13 TeV, with their tracks, for training and testing of taggers."
version = "1.0.0"
license = "CC0-1.0"
keywords = ["datascience", "jets", "flavour tagging"]
language = "en"
created = "2016"

[[creators]]
name = "Example, Ada"
type = "person"
orcid = "0000-0002-1825-0097"
affiliation = "CERN"

[data]
entries = 300
formats = ["csv"]

[[variables]]
name = "pt"
type = "float32"
unit = "GeV"
description = "Transverse momentum of the jet"

[[relations]]
type = "IsDerivedFrom"
to = "https://doi.org/10.7483/OPENDATA.CMS.JGJX.MS7Q"
title = "The sample that it was made from"

[provenance]
methodology = "Simulated, reconstructed and selected with the programs of the experiment."
validation = "Compared each distribution with that of the parent."

[usage]
how = "Train on train, test on test."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "atlas"
    for split, count in (("train", 24), ("test", 6)):
        (root / split).mkdir(parents=True)
        for number in range(count):
            (root / split / f"{split}_{number:02}.csv").write_text("pt\n" + f"{number}.5\n" * 10)
    (root / "fairkit.toml").write_text(TOML)
    return root


def made(root: Path, **more: Any) -> tuple[bundle.Bundle, Release]:
    release = Release(str(root))
    return bundle.made(release.resource, bundle.data_of(release.contents()), "atlas", **more), release


def written(root: Path, output: Path) -> tuple[bundle.Bundle, dict[str, Any]]:
    one, _ = made(root, recid="atlas-160010")
    told = bundle.write(one, str(output), {"PULL-REQUEST.md": b"# data\n"})
    [record] = json.loads((output / told.record).read_bytes())
    return one, record


@pytest.mark.skipif(not SCHEMA.is_file(), reason="needs the shared reference data")
def test_the_record_has_the_form_of_the_portal(folder: Path, tmp_path: Path) -> None:
    _, record = written(folder, tmp_path / "submission")
    assert list(Draft7Validator(json.loads(SCHEMA.read_bytes())).iter_errors(record)) == []


def test_the_record_says_what_the_folder_says(folder: Path, tmp_path: Path) -> None:
    one, record = written(folder, tmp_path / "submission")
    assert one.faults == ()
    assert record["recid"] == "atlas-160010"
    assert record["experiment"] == ["ATLAS"]
    assert record["publisher"] == "CERN Open Data Portal"
    assert record["license"] == {"attribution": "CC0-1.0"}
    assert record["date_created"] == ["2016"]
    assert record["authors"][0]["orcid"] == "0000-0002-1825-0097"
    assert record["dataset_semantics"][0]["unit"] == "GeV"
    assert record["relations"][0] | {"title": ""} == {
        "type": "isChildOf",
        "doi": "10.7483/OPENDATA.CMS.JGJX.MS7Q",
        "title": "",
    }
    assert record["distribution"]["number_files"] == 30
    assert record["distribution"]["size"] == sum(path.stat().st_size for path in folder.glob("t*/*.csv"))


def test_many_files_are_named_by_pairs_of_indexes(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "submission"
    _, record = written(folder, output)
    assert [row["type"] for row in record["files"]] == ["index.json", "index.txt"] * 2
    listed = [row for path in (output / "file-indexes").glob("*.json") for row in json.loads(path.read_bytes())]
    texts = "".join(path.read_text() for path in sorted((output / "file-indexes").glob("*.txt")))
    assert sorted(row["uri"] for row in listed) == sorted(texts.split())
    for row in listed:
        body = (folder / row["uri"].split("/upload/")[1].partition("/")[2]).read_bytes()
        assert (row["size"], row["checksum"]) == (len(body), f"adler32:{zlib.adler32(body):08x}")
    for row in record["files"]:
        body = (output / "file-indexes" / row["uri"].rpartition("/")[2]).read_bytes()
        assert (row["size"], row["checksum"]) == (len(body), f"adler32:{zlib.adler32(body):08x}")


def test_what_is_to_be_uploaded_is_there_and_goes_where_the_record_says(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "submission"
    one, record = written(folder, output)
    pairs = [line.split("\t") for line in (output / "upload.txt").read_text().splitlines()]
    assert len(pairs) == 30 + 4
    assert all(Path(local).is_file() for local, _ in pairs)
    assert {uri for _, uri in pairs} == {row["uri"] for row in record["files"]} | {file.uri for file in one.files}


def test_few_files_are_named_one_by_one(folder: Path, tmp_path: Path) -> None:
    for path in folder.glob("train/*_[12]*.csv"):
        path.unlink()
    one, record = written(folder, tmp_path / "submission")
    assert (len(record["files"]), dict(one.indexes), one.faults) == (16, {}, ())


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('license = "CC0-1.0"', 'license = "CC-BY-4.0"', "licence-other", 6),
        ('created = "2016"\n', "", "created-missing", 1),
        ("[[creators]]", "[[contributors]]", "maker-missing", 1),
    ],
)
def test_what_is_lacking_is_told_with_its_line(folder: Path, old: str, new: str, code: str, line: int) -> None:
    (folder / "fairkit.toml").write_text(TOML.replace(old, new))
    one, release = made(folder)
    [fault] = sourced(one.faults, release.root)
    assert (fault.code, fault.source) == (code, f"{folder / 'fairkit.toml'}:{line}")


def test_a_submission_takes_the_place_of_a_former_one_only(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "submission"
    written(folder, output)
    (output / "old.txt").write_text("x")
    written(folder, output)
    assert not (output / "old.txt").exists()
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.tex").write_text("x")
    with pytest.raises(UsageError, match="no submission"):
        written(folder, other)
    assert [path.name for path in other.iterdir()] == ["thesis.tex"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["atlas", "other", "submission"]


def test_what_cannot_be_put_there_leaves_the_former_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "submission"
    written(folder, output)
    rename: Callable[..., None] = os.rename

    def refusing(source: Any, target: Any) -> None:
        if Path(target) == output and "former" not in str(source):
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(os, "rename", refusing)
    with pytest.raises(UsageError, match="No space left"):
        written(folder, output)
    assert (output / "upload.txt").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["atlas", "submission"]


def test_a_file_that_changed_since_is_refused(folder: Path) -> None:
    release = Release(str(folder))
    files = bundle.data_of(release.contents())
    os.chmod(files[0].path, 0o644)
    body = Path(files[0].path).read_bytes()
    Path(files[0].path).write_bytes(body[:-2] + b"9\n")
    with pytest.raises(UnreadableDocument, match="other bytes"):
        bundle.made(release.resource, files, "atlas")


def test_the_record_is_judged_again_as_it_was(folder: Path, tmp_path: Path) -> None:
    one, record = written(folder, tmp_path / "submission")
    assert faults([record], "atlas") == one.faults == ()
    assert [fault.code for fault in faults([record], "cms")] != []
