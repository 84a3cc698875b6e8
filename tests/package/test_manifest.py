"""The manifest: what coreutils writes is read, and what we write coreutils reads."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.package import manifest, names
from fairkit.package.manifest import Entry

ONE = hashlib.sha256(b"one").hexdigest()
TWO = hashlib.sha256(b"two").hexdigest()
NAMES = ["plain.csv", "a b", " lead", "tail ", "back\\slash", "line\nfeed", "return\r", "a\\nb", "*star", "#hash",
         "-c", "ünï", "sub/deep/er.h5", "\\\\", "tab\t", "quote'\"", "%41"]  # fmt: skip

coreutils = pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not here")


def sha256sum(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["sha256sum", *words], cwd=folder, capture_output=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        path = tmp_path / "set" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "set"


def entries() -> list[Entry]:
    return [Entry(path=name, sha256=hashlib.sha256(name.encode()).hexdigest()) for name in NAMES]


@coreutils
def test_coreutils_reads_what_we_write(folder: Path) -> None:
    (folder / manifest.__name__).write_bytes(manifest.write(entries()))
    done = sha256sum(folder, "-c", "--strict", "--quiet", manifest.__name__)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@coreutils
@pytest.mark.parametrize("words", [[], ["-b"], ["--tag"]])
def test_we_read_what_coreutils_writes(folder: Path, words: list[str]) -> None:
    done = sha256sum(folder, *words, "--", *NAMES)
    found = manifest.parse(done.stdout)
    assert found.faults == ()
    assert sorted(found.entries, key=lambda entry: entry.path) == sorted(entries(), key=lambda entry: entry.path)


@coreutils
def test_the_paths_of_find_are_read(folder: Path) -> None:
    done = subprocess.run(
        ["find", ".", "-type", "f", "-exec", "sha256sum", "{}", "+"], cwd=folder, capture_output=True, check=True
    )
    found = manifest.parse(done.stdout)
    assert {entry.path for entry in found.entries} == set(NAMES)
    assert found.faults == ()


def test_it_is_sorted_and_repeats_itself() -> None:
    written = manifest.write(entries())
    assert written == manifest.write(reversed(entries()))
    assert manifest.write(manifest.parse(written).entries) == written


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40), unique=True))
def test_every_name_comes_back(paths: list[str]) -> None:
    given = [Entry(path=path, sha256=ONE) for path in paths if names.fault(path) is None]
    found = manifest.parse(manifest.write(given))
    assert found.faults == ()
    assert {entry.path for entry in found.entries} == {entry.path for entry in given}


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_accident(body: bytes) -> None:
    found = manifest.parse(body)
    assert all(names.fault(entry.path) is None for entry in found.entries)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (f"{ONE}  ../secret", "leads out"),
        (f"{ONE}  a/../../secret", "leads out"),
        (f"{ONE}  /etc/passwd", "absolute"),
        (f"{ONE}  ./../x", "leads out"),
        (f"{ONE}  .//etc/passwd", "absolute"),
        (f"{ONE}  a//b", "leads out"),
        (f"{ONE}  a\0b", "NUL"),
        (f"{ONE}  ", "empty"),
        (f"{ONE}  ./", "empty"),
        (f"\\{ONE}  a\\tb", "escaped"),
        (f"\\{ONE}  a\\", "escaped"),
        (f"{ONE} x", "no digest"),
        (f"{ONE[1:]}  x", "no digest"),
        (f"{ONE[1:]}g  x", "no digest"),
        ("SHA1 (x) = 00", "no digest"),
        ("x", "no digest"),
    ],
)
def test_lines_that_cannot_be_followed_are_faults(line: str, fault: str) -> None:
    found = manifest.parse(f"{TWO}  good\n{line}\n".encode())
    assert [entry.path for entry in found.entries] == ["good"]
    assert len(found.faults) == 1
    assert fault in found.faults[0]
    assert found.faults[0].startswith("line 2: ")


@pytest.mark.parametrize("second", [f"{ONE}  x", f"{TWO}  x", f"{ONE}  ./x", f"{ONE} *x", f"SHA256 (x) = {ONE}"])
def test_a_name_is_told_once(second: str) -> None:
    found = manifest.parse(f"{ONE}  x\n{second}\n".encode())
    assert [entry.sha256 for entry in found.entries] == [ONE]
    assert "twice" in found.faults[0]


def test_comments_blank_lines_and_other_endings_are_no_faults() -> None:
    found = manifest.parse(f"# a comment\r\n\r\n{ONE.upper()}  x\r\n\n".encode())
    assert found == ((Entry(path="x", sha256=ONE),), ())


def test_bytes_that_are_no_utf8_are_refused() -> None:
    found = manifest.parse(ONE.encode() + b"  " + os.fsencode("\udcff"))
    assert "UTF-8" in found.faults[0]
