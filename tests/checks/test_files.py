"""Files: named, sized, summed, and their numbers."""

from __future__ import annotations

from typing import Any

import pytest

from .judge import Case, file, judge, relation

TWO = (file("a.h5", "sha256", size=10), file("b.h5", "sha256", "md5", size=20))
INDEX = file("all.json", "adler32", size=5, role="index")
CHILDREN = (relation("IsSourceOf", "cern-open-data:80036"), relation("HasPart", "cern-open-data:80037"))

CASES: list[Case] = [
    ("lists_files", {"listing": "complete", "distributions": TWO}, "pass", "2 files"),
    ("lists_files", {"listing": "complete", "distributions": TWO[:1]}, "pass", "1 file"),
    (
        "lists_files",
        {"listing": "index", "distributions": (INDEX,)},
        "partial",
        "1 entry, of which 1 index file must be fetched to know the data files",
    ),
    (
        "lists_files",
        {"listing": "index", "distributions": (*TWO, INDEX, INDEX)},
        "partial",
        "4 entries, of which 2 index files must be fetched to know the data files",
    ),
    ("lists_files", {"listing": "complete"}, "fail", "no file is named"),
    ("lists_files", {}, "fail", "no file is named"),
    ("lists_files", {"file_count": 9, "relations": CHILDREN}, "partial", "9 files claimed, in 2 child records"),
    ("lists_files", {"file_count": 9, "relations": CHILDREN[:1]}, "partial", "9 files claimed, in 1 child record"),
    ("lists_files", {"file_count": 9, "relations": (relation("HasPart"),)}, "fail", "no file is named"),
    (
        "lists_files",
        {"file_count": 9, "relations": (relation("IsDerivedFrom", "doi:10.1234/x"),)},
        "fail",
        "no file is named",
    ),
    ("lists_files", {"relations": CHILDREN}, "fail", "no file is named"),
    ("files_have_sizes", {"distributions": TWO}, "pass", "all 2 files state their size"),
    ("files_have_sizes", {"distributions": (*TWO, file())}, "partial", "2 of 3 files state their size"),
    ("files_have_sizes", {"distributions": (file(),)}, "fail", "no file states its size"),
    ("files_have_sizes", {"distributions": (file(size=0),)}, "pass", "the only file states its size"),
    ("files_have_sizes", {}, "not-applicable", "no file is named"),
    ("files_have_checksums", {"distributions": TWO}, "pass", "all 2 files have a checksum"),
    ("files_have_checksums", {"distributions": (INDEX, file())}, "partial", "one of 2 files has a checksum"),
    ("files_have_checksums", {"distributions": (file(), file())}, "fail", "none of 2 files has a checksum"),
    ("files_have_checksums", {}, "not-applicable", "no file is named"),
    ("checksums_are_cryptographic", {"distributions": TWO}, "pass", "sha256, md5"),
    (
        "checksums_are_cryptographic",
        {"distributions": (*TWO, INDEX)},
        "partial",
        "not on every file: sha256, md5, adler32",
    ),
    ("checksums_are_cryptographic", {"distributions": (*TWO, file())}, "partial", "not on every file: sha256, md5"),
    ("checksums_are_cryptographic", {"distributions": (INDEX,)}, "fail", "adler32 only"),
    ("checksums_are_cryptographic", {"distributions": (file(),)}, "not-applicable", "there is no checksum"),
    ("states_size", {"byte_size": 244_910_603_204}, "pass", "244,910,603,204 bytes"),
    ("states_size", {"distributions": TWO}, "partial", "only file by file"),
    ("states_size", {"distributions": (file(),)}, "fail", "no size is stated"),
    ("size_agrees", {"byte_size": 30, "listing": "complete", "distributions": TWO}, "pass", "30 bytes both ways"),
    (
        "size_agrees",
        {"byte_size": 31, "listing": "complete", "distributions": TWO},
        "fail",
        "31 bytes are claimed, 2 files of 30 bytes named",
    ),
    (
        "size_agrees",
        {"byte_size": 30, "listing": "index", "distributions": TWO},
        "not-applicable",
        "not everything to compare is stated",
    ),
    (
        "size_agrees",
        {"byte_size": 30, "listing": "complete", "distributions": (*TWO, file())},
        "not-applicable",
        "not every file states its size",
    ),
    ("count_agrees", {"file_count": 2, "listing": "complete", "distributions": TWO}, "pass", "2 files both ways"),
    (
        "count_agrees",
        {"file_count": 1, "listing": "complete", "distributions": TWO},
        "fail",
        "1 file claimed, 2 named",
    ),
    (
        "size_agrees",
        {"byte_size": 90, "listing": "complete", "distributions": (file("a.csv.gz", size=10), file("b.zip", size=20))},
        "partial",
        "90 bytes are claimed, 2 files of 30 bytes named, packed",
    ),
    (
        "size_agrees",
        {"byte_size": 20, "listing": "complete", "distributions": (file("b.zip", size=30),)},
        "fail",
        "20 bytes are claimed, 1 file of 30 bytes named",
    ),
    (
        "size_agrees",
        {"byte_size": 90, "listing": "complete", "distributions": (file("a.h5", size=10), file("b.zip", size=20))},
        "fail",
        "90 bytes are claimed, 2 files of 30 bytes named",
    ),
    (
        "count_agrees",
        {"file_count": 18, "listing": "complete", "distributions": (file("a.tar"),)},
        "partial",
        "18 files claimed, 1 named, packed",
    ),
    ("count_agrees", {"file_count": 2, "listing": "complete"}, "not-applicable", "not everything to compare is stated"),
]


@pytest.mark.parametrize(("name", "given", "status", "message"), CASES)
def test_files(name: str, given: dict[str, Any], status: str, message: str) -> None:
    outcome = judge(name, **given)
    assert (outcome.status, outcome.text) == (status, message)
