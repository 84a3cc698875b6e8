"""`fairkit convert` as a user calls it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from jsonschema import Draft202012Validator

from fairkit import resources
from fairkit.package import convert
from tests.conftest import ROOT

from .conftest import Ran

Run = Callable[..., Ran]
JETS = ROOT / "examples" / "jets"


def test_it_tells_what_was_made(run: Run, tmp_path: Path) -> None:
    ran = run("convert", JETS / "test.root", "--to", "parquet", "-o", tmp_path, "--prove-equal")
    assert (ran.code, ran.err) == (0, "")
    assert "test.root -> test.parquet: 120 rows, " in ran.out
    assert "all values equal" in ran.out
    assert ran.out.endswith("1 converted\n")


def test_the_report_keeps_to_its_schema(run: Run, tmp_path: Path) -> None:
    rules = json.loads(resources.read_bytes("schemas", "convert.schema.json"))
    words = ("convert", JETS, "--to", "parquet", "-o", tmp_path, "--pad-all", "20", "--json")
    for more in (("--dry-run",), (), ()):
        told = json.loads(run(*words, *more).out)
        Draft202012Validator(rules).validate(told)
    assert {file["state"] for file in told["files"]} == {"done before"}


def test_columns_and_lengths_are_taken_as_written(run: Run, tmp_path: Path) -> None:
    ran = run(
        "convert", JETS / "test.root", "--to", "parquet", "-o", tmp_path, "--columns", "fj_pt, pfcand_pt",
        "--pad", "pfcand_pt=3", "-q",
    )  # fmt: skip
    assert (ran.code, ran.out) == (0, "")
    assert pq.read_schema(tmp_path / "test.parquet").names[:2] == ["fj_pt", "pfcand_pt"]


def test_a_file_that_fails_is_told_and_the_code_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.root").write_bytes(b"root" + bytes(300))
    (tmp_path / "good.csv").write_text("x\n1\n")
    ran = run("convert", tmp_path, "--to", "parquet")
    assert ran.code == 2
    assert "bad.root" in ran.err
    assert (tmp_path / "good.parquet").is_file()


def test_values_that_differ_end_with_one(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "_IN_CHILD", "tests.package.conversions:changed_first")
    ran = run("convert", JETS / "test.root", "--to", "parquet", "-o", tmp_path, "--prove-equal")
    assert ran.code == 1
    assert "the values of event in test.parquet are not those of test.root" in ran.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "nothing to convert was named"),
        (("x.root",), "the format to convert to was not named"),
        (("x.root", "--to", "csv"), "not converted to 'csv'"),
        (("none.root", "--to", "parquet"), "there is no file none.root"),
        ((".", "--to", "parquet", "--jobs", "many"), "no number for --jobs"),
        ((".", "--to", "parquet", "--pad", "pt"), "'pt' is no padding"),
        ((".", "--to", "parquet", "--pad", "pt=0"), "no number for --pad"),
        ((".", "--to", "parquet", "--shard", "9/8"), "'9/8' is no part"),
        ((".", "--to", "parquet", "--shard", "1/0"), "'1/0' is no part"),
    ],
)
def test_what_cannot_be_understood_is_told(run: Run, words: tuple[str, ...], told: str) -> None:
    ran = run("convert", *words)
    assert ran.code == 2
    assert told in ran.err
