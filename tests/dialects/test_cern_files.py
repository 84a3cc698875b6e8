"""The files of a CERN Open Data record: where they are listed, and how their checksums are written."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.dialects._cern_files import checksum
from fairkit.model.harvest import View

from .documents import assert_sane, read_json


def view(**fields: Any) -> View:
    found = read_json("cern-open-data", {"recid": "1", "type": {"primary": "Dataset"}, **fields})
    assert_sane(found)
    return found


@pytest.mark.parametrize(
    ("written", "algorithm", "value"),
    [
        ("adler32:8f21f421", "adler32", "8f21f421"),
        ("adler32:1f421", "adler32", "0001f421"),
        ("alder32:8F21F421", "adler32", "8f21f421"),
        ("sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709", "sha1", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ("SHA-256:ab", "sha256", "ab".zfill(64)),
        ("crc64:ab", "crc64", "ab"),
    ],
)
def test_a_checksum_is_laid_out(written: str, algorithm: str, value: str) -> None:
    found = checksum(written)
    assert found is not None
    assert (found.algorithm, found.value) == (algorithm, value)


@pytest.mark.parametrize("written", [None, "", ":", "8f21f421", "adler32:", ":8f21f421"])
def test_what_is_no_checksum_is_none(written: str | None) -> None:
    assert checksum(written) is None


MEMBER = {"uri": "root://e//eos/train/a.h5", "size": 3, "checksum": "adler32:1", "filename": "a.h5"}
BARE_MEMBER = {"uri": "root://e//eos/b.h5", "availability": {}}


@pytest.mark.parametrize(
    ("fields", "names", "listing"),
    [
        ({}, [], "absent"),
        ({"files": []}, [], "absent"),
        ({"files": [{"uri": "root://e//a.root"}]}, ["a.root"], "complete"),
        ({"files": [{"uri": "root://e//a_index.json", "type": "index.json"}]}, ["a_index.json"], "index"),
        ({"files": [{"uri": "r//a.root"}, {"uri": "r//i.txt", "type": "index.txt"}]}, ["a.root", "i.txt"], "index"),
        ({"files": [], "_files": [{"key": "a.root"}]}, ["a.root"], "complete"),
        ({"files": [], "_file_indices": [{"key": "i.json", "files": [MEMBER]}]}, ["a.h5"], "complete"),
        ({"_file_indices": [{"files": [BARE_MEMBER], "availability": {}}]}, ["b.h5"], "complete"),
        ({"_file_indices": [{"key": "i.json", "files": []}]}, ["i.json"], "index"),
        ({"_file_indices": [{"key": "i.json"}, {"files": [MEMBER]}]}, ["i.json", "a.h5"], "index"),
        ({"_file_indices": [{}, None, {"files": [None, {}]}]}, [], "absent"),
        ({"files": {"uri": "root://e//a.root"}}, ["a.root"], "complete"),
    ],
)
def test_files_are_found_wherever_they_are_listed(fields: dict[str, Any], names: list[str], listing: str) -> None:
    resource = view(**fields).resource
    assert [file.name for file in resource.distributions] == names
    assert resource.listing == listing


def test_a_file_has_its_size_format_and_checksum() -> None:
    [file] = view(files=[MEMBER]).resource.distributions
    assert (file.byte_size, file.media_type, file.role) == (3, "application/x-hdf5", "data")
    assert [(c.algorithm, c.value) for c in file.checksums] == [("adler32", "00000001")]


def test_the_pointer_leads_into_the_index() -> None:
    found = view(_file_indices=[{}, {"files": [{}, MEMBER]}])
    assert found.pointers["distributions"] == "/_file_indices/1/files/1"


@pytest.mark.parametrize(
    ("paths", "splits"),
    [
        (["/train/a", "/train/b", "/test/c"], {"train": 2, "test": 1}),
        (["/Training/a", "/valid/b", "/testing/c"], {"train": 1, "validation": 1, "test": 1}),
        (["/val/a", "/validation/b", "/train/c"], {"validation": 2, "train": 1}),
        (["/train/a"], {}),
        (["/trainer/a", "/tests/b"], {}),
        (["train/a", "test/b"], {"train": 1, "test": 1}),
    ],
)
def test_splits_are_read_out_of_folders(paths: list[str], splits: dict[str, int]) -> None:
    found = view(files=[{"uri": path} for path in paths])
    assert {split.name: split.file_count for split in found.resource.splits} == splits
    assert found.told("splits") == ("extracted" if splits else None)


def test_an_index_does_not_say_how_many_files_a_split_has() -> None:
    files = [{"uri": f"/{part}/i.json", "type": "index.json"} for part in ("train", "test")]
    assert [split.file_count for split in view(files=files).resource.splits] == [None, None]


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ({"size": 5, "number_files": 2, "number_events": 7}, (5, 2, 7)),
        ({"size": "5", "number_files": 2.0, "number_entries": 8}, (5, 2, 8)),
        ({"size": -5, "number_files": 10**30, "number_events": 0}, (None, None, 0)),
        ({"size": True, "number_files": 1.5, "number_events": "many"}, (None, None, None)),
        ([], (None, None, None)),
    ],
)
def test_claims_are_whole_numbers(claims: Any, told: tuple[int | None, ...]) -> None:
    resource = view(distribution=claims).resource
    assert (resource.byte_size, resource.file_count, resource.entry_count) == told
