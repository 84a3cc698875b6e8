"""`fairkit package`: what it makes, says, and ends with."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fairkit import resources
from tests.cli.conftest import Ran
from tests.package.made import folder

Run = Callable[..., Ran]


@pytest.fixture
def toys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return folder(tmp_path / "toys")


def test_a_package_is_made_and_told(run: Run, toys: Path) -> None:
    ran = run("package", "toys", "-o", "pkg")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("pkg: 11 files, 3 of them data, 76.8 kB\n")
    assert ran.out.endswith("  manifest-sha256.txt\n")
    assert run("verify", "pkg").code == 0


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ([], "toys"),
        (["-o", "pkg", "--zip"], "pkg.zip"),
        (["--zip"], "toys.zip"),
        (["-o", "pkg", "--link", "--jobs", "1"], "pkg"),
        (["-o", "pkg", "--checksum", "md5,adler32"], "pkg"),
    ],
)
def test_every_form_is_verified(run: Run, toys: Path, words: list[str], made: str) -> None:
    ran = run("package", "toys", *words)
    assert ran.code == 0
    assert Path(made).exists()
    assert run("verify", made).code == 0


def test_the_report_keeps_to_its_schema(run: Run, toys: Path) -> None:
    ran = run("package", "toys", "-o", "pkg", "--json", "--checksum", "md5")
    told = json.loads(ran.out)
    Draft202012Validator(json.loads(resources.read_bytes("schemas", "package.schema.json"))).validate(told)
    assert told["resource"]["file_count"] == 3
    assert {one["algorithm"] for one in told["resource"]["distributions"][0]["checksums"]} == {"sha256", "md5"}


def test_what_is_left_out_is_said(run: Run, toys: Path) -> None:
    (toys / "b.csv").symlink_to("/etc/hostname")
    assert "b.csv leads out of the folder" in run("package", "toys", "-o", "pkg").err
    assert run("package", "toys", "-o", "pkg", "-q").err == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere", "-o", "pkg"], "there is no folder"),
        (["toys", "-o", "toys/pkg"], "in each other"),
        (["toys", "-o", "pkg", "--checksum", "crc"], "there is no checksum 'crc'"),
        (["toys", "-o", "pkg", "--jobs", "many"], "no number for --jobs"),
        (["toys", "-o", "pkg", "--jobs", "0"], "no number for --jobs"),
        (["toys", "-o", "full"], "not of this package"),
    ],
)
def test_what_cannot_be_is_refused(run: Run, toys: Path, words: list[str], told: str) -> None:
    folder(Path("full"), {"mine": b"x"})
    ran = run("package", *words)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert not Path("pkg").exists()


def test_a_documented_file_that_leads_out_is_refused(run: Run, toys: Path) -> None:
    (toys / "b.csv").symlink_to("/etc/hostname")
    with open(toys / "fairkit.toml", "a") as file:
        file.write('[[files]]\npath = "b.csv"\n')
    ran = run("package", "toys", "-o", "pkg")
    assert ran.code == 2
    assert "b.csv is documented" in ran.err
