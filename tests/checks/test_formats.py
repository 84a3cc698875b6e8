"""Formats: named, known, open, and self-describing."""

from __future__ import annotations

from typing import Any

import pytest

from .judge import Case, file, judge

ZIPPED = {"formats": ("gz",), "distributions": (file("a.csv.gz"), file("b.h5.gz", media_type="application/gzip"))}
PACKED = {"formats": ("zip", "gz"), "distributions": (file("a.zip"), file("b.tar.gz"), file("c.own.gz"))}
GUESSED = {"distributions": (file("a.h5"), file("b.parquet"), file("all.txt", role="index"))}

CASES: list[Case] = [
    ("formats_are_named", {"formats": ("root", "h5")}, "pass", "root, h5"),
    ("formats_are_named", GUESSED, "partial", "only the files tell: h5, parquet"),
    ("formats_are_named", {}, "fail", "no format is stated"),
    ("formats_are_named", {"formats": ("root", "zip")}, "pass", "root, zip"),
    ("formats_are_named", ZIPPED, "partial", "only the files tell: csv, h5"),
    ("formats_are_named", PACKED, "partial", "only containers are named: zip, gz"),
    ("formats_are_named", {"distributions": (file("a.zip"),)}, "partial", "only containers are named: zip"),
    ("formats_are_known", ZIPPED, "pass", "all 2 formats are known"),
    ("formats_are_known", PACKED, "not-applicable", "only containers are named: zip, gz"),
    ("formats_are_known", {"formats": ("gz", "own")}, "fail", "no format is known; not own"),
    ("formats_are_open", {"formats": ("gz",)}, "not-applicable", "only containers are named: gz"),
    (
        "formats_are_open",
        {"formats": ("application/x-tar",)},
        "not-applicable",
        "only containers are named: application/x-tar",
    ),
    ("formats_are_open", {"formats": ("zip", "npz")}, "pass", "the only format is open"),
    ("formats_describe_themselves", {"formats": ("gz", "root", "py")}, "pass", "the only format describes itself"),
    (
        "formats_describe_themselves",
        ZIPPED | {"distributions": ZIPPED["distributions"][:1]},
        "fail",
        "no format describes itself; not csv",
    ),
    (
        "formats_describe_themselves",
        {"distributions": (file("a.zip"),)},
        "not-applicable",
        "only containers are named: zip",
    ),
    ("formats_are_known", {"formats": ("root", "h5")}, "pass", "all 2 formats are known"),
    ("formats_are_known", {"formats": ("application/x-hdf5",)}, "pass", "the only format is known"),
    ("formats_are_known", GUESSED, "pass", "all 2 formats are known"),
    ("formats_are_known", {"formats": ("root", "own{x}")}, "partial", "one of 2 formats is known; not own{x}"),
    ("formats_are_known", {"formats": ("own",)}, "fail", "no format is known; not own"),
    ("formats_are_known", {}, "not-applicable", "no format is stated"),
    ("formats_are_machine_readable", {"formats": ("h5", "csv")}, "pass", "all 2 formats are open and structured"),
    (
        "formats_are_machine_readable",
        {"formats": ("csv", "pdf")},
        "partial",
        "one of 2 formats is open and structured; not pdf",
    ),
    ("formats_are_machine_readable", {"formats": ("pdf",)}, "fail", "no format is open and structured; not pdf"),
    ("formats_are_machine_readable", {}, "not-applicable", "no format is stated"),
    ("formats_are_open", {"formats": ("h5",)}, "pass", "the only format is open"),
    ("formats_are_open", {"formats": ("h5", "csv", "pkl")}, "partial", "2 of 3 formats are open; not pkl"),
    ("formats_are_open", {"formats": ("pkl",)}, "fail", "no format is open; not pkl"),
    ("formats_describe_themselves", {"formats": ("root", "txt")}, "pass", "the only format describes itself"),
    (
        "formats_describe_themselves",
        {"formats": ("h5", "npy")},
        "partial",
        "one of 2 formats describes itself; not npy",
    ),
    ("formats_describe_themselves", {"formats": ("csv",)}, "fail", "no format describes itself; not csv"),
]


@pytest.mark.parametrize(("name", "given", "status", "message"), CASES)
def test_formats(name: str, given: dict[str, Any], status: str, message: str) -> None:
    outcome = judge(name, **given)
    assert (outcome.status, outcome.text) == (status, message)
