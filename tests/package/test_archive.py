"""Archives: what we write others read, whatever its size."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from fairkit.package import _zip, _zip_reading
from fairkit.package._zip import Member
from fairkit.package.package import build
from fairkit.package.verify import verify
from tests.package.made import folder

GIB = 1024**3


@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip is not here")
def test_unzip_reads_it(tmp_path: Path) -> None:
    build(
        str(folder(tmp_path / "toys", {"ä/b.csv": b"1", "c d.csv": b"", "fairkit.toml": b""})),
        str(tmp_path / "pkg"),
        archive=True,
    )
    done = subprocess.run(["unzip", "-q", "-t", tmp_path / "pkg.zip"], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_large_file_and_a_far_one_are_told_in_64_bits(tmp_path: Path) -> None:
    """The bytes are a hole in the file: what is read is the structure."""
    members = [Member(b"large", 5 * GIB, 0, 0), Member(b"far", 3, 0x352441C2, 0)]
    places: list[Member] = []
    at = 0
    with open(tmp_path / "x.zip", "wb") as file:
        for member in members:
            placed = member._replace(place=at)
            file.seek(at)
            file.write(_zip.header(placed))
            at += _zip.header_size(member.name, member.size)
            assert file.tell() == at
            if member.name == b"far":
                file.write(b"abc")
            at += member.size
            places.append(placed)
        file.seek(at)
        directory = b"".join(map(_zip.central, places))
        file.write(directory + _zip.end(2, size=len(directory), place=at))
    with zipfile.ZipFile(tmp_path / "x.zip") as held:
        assert [(one.filename, one.file_size) for one in held.infolist()] == [("large", 5 * GIB), ("far", 3)]
        assert held.read("far") == b"abc"
    handle = os.open(tmp_path / "x.zip", os.O_RDONLY)
    found = _zip_reading.directory(tmp_path / "x.zip", handle)
    os.close(handle)
    assert found.faults == ()
    assert {name: one.size for name, one in found.files.items()} == {"large": 5 * GIB, "far": 3}


def test_many_files_are_told_in_64_bits(tmp_path: Path) -> None:
    members = [Member(f"{number:06}".encode(), 0, 0, number * 36) for number in range(70_000)]
    directory = b"".join(map(_zip.central, members))
    body = b"".join(map(_zip.header, members)) + directory
    (tmp_path / "x.zip").write_bytes(body + _zip.end(70_000, size=len(directory), place=70_000 * 36))
    with zipfile.ZipFile(tmp_path / "x.zip") as held:
        assert len(held.namelist()) == 70_000
    with open(tmp_path / "x.zip", "rb") as file:
        assert len(_zip_reading.directory(tmp_path / "x.zip", file.fileno()).files) == 70_000


def test_an_archive_of_python_in_64_bits_is_read(tmp_path: Path) -> None:
    build(str(folder(tmp_path / "toys")), str(tmp_path / "pkg"))
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as made:
        for path in sorted(path for path in (tmp_path / "pkg").rglob("*") if path.is_file()):
            with made.open(path.relative_to(tmp_path / "pkg").as_posix(), "w", force_zip64=True) as member:
                member.write(path.read_bytes())
    assert verify(str(tmp_path / "x.zip")).passed


def test_an_archive_that_was_streamed_is_read(tmp_path: Path) -> None:
    """Its sizes stand after the bytes of each file."""
    build(str(folder(tmp_path / "toys")), str(tmp_path / "pkg"))
    reading, writing = os.pipe()
    with open(tmp_path / "x.zip", "wb") as kept:
        done = subprocess.Popen(["cat"], stdin=reading, stdout=kept)
        os.close(reading)
        with os.fdopen(writing, "wb") as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
            for path in sorted(path for path in (tmp_path / "pkg").rglob("*") if path.is_file()):
                made.write(path, path.relative_to(tmp_path / "pkg").as_posix())
        assert done.wait() == 0
    assert verify(str(tmp_path / "x.zip")).passed
