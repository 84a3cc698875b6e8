"""`fairkit fetch`: what it says, and ends with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fairkit import resources
from tests.cli.conftest import Ran
from tests.servers.cern_open_data import Portal
from tests.servers.files import EOS, FilePortal

Run = Callable[..., Ran]
FILES = {"train/jets_1.h5": b"one" * 5000, "test/jets_1.h5": b"two" * 5000}


@pytest.fixture
def served(visit: Callable[[Portal], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FilePortal]:
    monkeypatch.chdir(tmp_path)
    with FilePortal(FILES) as portal:
        visit(portal)
        yield portal


def test_a_record_comes_into_a_folder_of_its_name(run: Run, served: FilePortal) -> None:
    ran = run("fetch", "record", "800")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "record-800: 2 of 2 files, 30.0 kB; 2 of them new\n"
    assert Path("record-800/test/jets_1.h5").read_bytes() == FILES["test/jets_1.h5"]
    assert run("fetch", "record", "800").out == "record-800: 2 of 2 files, 30.0 kB; 0 of them new\n"


def test_the_report_keeps_to_its_schema(run: Run, served: FilePortal) -> None:
    served.files["test/jets_1.h5"] = b"bad" * 5000
    ran = run("fetch", "record", "800", "-o", "out", "--json")
    told = json.loads(ran.out)
    Draft202012Validator(json.loads(resources.read_bytes("schemas", "fetch.schema.json"))).validate(told)
    assert [file["status"] for file in told["files"]] == ["fetched", "wrong"]
    assert ran.code == 1


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["--split", "test"], ["test/jets_1.h5"]),
        (["--only", "train/*"], ["train/jets_1.h5"]),
        (["--max", "1"], ["train/jets_1.h5"]),
    ],
)
def test_files_are_chosen(run: Run, served: FilePortal, words: list[str], names: list[str]) -> None:
    assert run("fetch", "record", "800", "-o", "out", *words).code == 0
    assert [path.relative_to("out").as_posix() for path in Path("out").rglob("*.h5")] == names


def test_what_is_partly_done_ends_with_5(run: Run, served: FilePortal) -> None:
    served.fail(f"{EOS}/test", status=500, times=9)
    ran = run("fetch", "record", "800")
    assert ran.code == 5
    assert "failed: test/jets_1.h5" in ran.out


def test_what_cannot_be_had_ends_with_3(run: Run, served: FilePortal) -> None:
    served.fail(EOS, status=500, times=9)
    assert run("fetch", "record", "800").code == 3


def test_what_is_fetched_can_be_told(run: Run, served: FilePortal) -> None:
    assert "fetching train/jets_1.h5" in run("fetch", "record", "800", "-v").err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["record", "999"], 2),
        (["record", "800", "--only", "*.root"], 2),
        (["record", "800", "--split", "validation"], 2),
        (["record", "800", "--jobs", "99"], 2),
        (["record", "800", "--max", "-1"], 2),
        (["record", "800", "record", "801"], 2),
        (["record", "800", "--offline"], 3),
    ],
)
def test_what_cannot_be_is_refused(run: Run, served: FilePortal, words: list[str], code: int) -> None:
    ran = run("fetch", *words)
    assert (ran.code, ran.out) == (code, "")
    assert list(Path().iterdir()) == []
