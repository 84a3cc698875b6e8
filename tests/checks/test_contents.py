"""Contents: what is claimed of the files, what came, and whether the two agree."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .judge import Case, file, judge, variable

H5 = "application/x-hdf5"
TABLE = file("jets.csv", url="https://example.org/jets.csv", size=12, media_type="text/csv")
ARRAY = file("jets.h5", url="https://example.org/jets.h5", size=20, media_type=H5)
UNTYPED = file("jets.h5", url="https://example.org/jets.h5", size=20)
NO_ADDRESS = file("jets.h5", size=20, media_type=H5)
PT = variable("fj_pt")
PAGE: dict[str, Any] = {"representations": ("schema-org",)}
EVERY: dict[str, Any] = PAGE | {"fields": ["variables", "byte_size", "formats", "distributions"]}
SIZES: dict[str, Any] = PAGE | {"fields": ["byte_size", "formats", "distributions"]}


def came(*rows: tuple[str, int, str, int, str]) -> str:
    """The observation of files by name, status, type, size and text."""
    keys = ("url", "status", "type", "size", "text")
    return json.dumps([dict(zip(keys, (f"https://example.org/{row[0]}", *row[1:]), strict=True)) for row in rows])


HERE = came(("jets.csv", 200, "text/csv", 12, "fj_pt,label"))
GONE = came(("jets.csv", 404, "text/html", 9, ""))
LOGIN = came(("jets.csv", 200, "text/html", 90, "<html>Log in"))

CASES: list[Case] = [
    ("data_links_answer", {"content": HERE}, "pass", "1 of 1 file answer"),
    ("data_links_answer", {"content": GONE}, "fail", "none of 1 file: status 404"),
    ("data_links_answer", {"content": "[]"}, "fail", "there is no address of a file to try"),
    ("content_is_claimed", {"type": "Dataset", "variables": (PT,)} | EVERY, "pass", "1 variable"),
    (
        "content_is_claimed",
        {"type": "Dataset", "distributions": (TABLE,)} | EVERY,
        "pass",
        "size and type of a file",
    ),
    (
        "content_is_claimed",
        {"type": "Dataset", "byte_size": 2000, "formats": ("h5",)} | SIZES,
        "pass",
        "2,000 bytes, h5",
    ),
    (
        "content_is_claimed",
        {"type": "Dataset", "variables": (PT,)} | SIZES,
        "fail",
        "nothing is claimed of its byte_size, formats, distributions",
    ),
    (
        "content_is_claimed",
        {"type": "Dataset", "distributions": (UNTYPED,)} | SIZES,
        "fail",
        "nothing is claimed of its byte_size, formats, distributions",
    ),
    (
        "content_is_claimed",
        {"distributions": (TABLE,)} | EVERY,
        "fail",
        "what it is the content of is not stated",
    ),
    ("formats_are_listed", {"distributions": (ARRAY,), "content": "[]"}, "pass", H5),
    ("formats_are_listed", {"distributions": (TABLE,), "content": "[]"}, "fail", "only text/csv"),
    ("formats_are_listed", {"distributions": (TABLE,), "content": "[]", "texts": True}, "pass", "text/csv"),
    (
        "formats_are_listed",
        {"distributions": (UNTYPED,), "content": came(("jets.h5", 200, H5, 20, ""))},
        "pass",
        H5,
    ),
    (
        "formats_are_listed",
        {"distributions": (NO_ADDRESS,), "content": "[]"},
        "fail",
        "no type of a file is known",
    ),
    ("files_are_as_claimed", {"distributions": (TABLE,), "content": HERE}, "pass", "jets.csv"),
    ("files_are_as_claimed", {"distributions": (TABLE,), "content": LOGIN}, "fail", "jets.csv is not as claimed"),
    (
        "files_are_as_claimed",
        {"distributions": (TABLE,), "content": GONE},
        "fail",
        "no file to compare with what is claimed",
    ),
    ("variables_are_in_files", {"variables": (PT,), "content": HERE}, "pass", "1 variable found"),
    (
        "variables_are_in_files",
        {"variables": (variable("mass"),), "content": HERE},
        "fail",
        "none was found in a file that is text",
    ),
    ("variables_are_in_files", {"content": HERE}, "fail", "no variable is described"),
]


@pytest.mark.parametrize(("name", "given", "status", "message"), CASES)
def test_contents(name: str, given: dict[str, Any], status: str, message: str) -> None:
    outcome = judge(name, **given)
    assert (outcome.status, outcome.text) == (status, message)


def test_what_another_document_says_of_a_file_counts_too() -> None:
    """Files are looked at in every document, since one may claim what another leaves out."""
    outcome = judge(
        "formats_are_listed", representations=("signposting", "schema-org"), distributions=(ARRAY,), content="[]"
    )
    assert outcome.status == "pass"


@pytest.mark.parametrize("content", ["", "{", "7", '[7, {"status": "200"}, {}]', "[" * 100_000])
def test_what_somebody_wrote_into_evidence_is_not_believed(content: str) -> None:
    outcome = judge("data_links_answer", content=content)
    assert (outcome.status, outcome.text) == ("fail", "there is no address of a file to try")
