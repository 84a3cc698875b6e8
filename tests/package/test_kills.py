"""Packaging that is killed, twenty times: nothing half under its name, nothing done twice."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from fairkit.package.verify import verify
from tests.conftest import ROOT
from tests.package.made import TOML, folder

STATE = ".fairkit-package.jsonl"
MANIFEST = "manifest-sha256.txt"
KILLS = 20
FILES = {f"part{number % 5}/data{number:03}.bin": bytes([number]) * 700_000 for number in range(120)}

# Slower than it is, so that it is killed in its middle; which files are read is told on standard output.
RUN = """
import sys, time
from fairkit.package import _copying, archive
from fairkit.package.package import build
from fairkit.package.progress import Progress
taken = _copying.taken
def slow(file, source, *rest, advance, **options):
    def waiting(count):
        time.sleep(0.004)
        advance(count)
    done = taken(file, source, *rest, advance=waiting, **options)
    print(source.name, flush=True)
    return done
_copying.taken = archive.taken = slow
progress = Progress(begin=lambda total: print("begin", flush=True))
build(sys.argv[1], sys.argv[2], archive=sys.argv[3] == "zip", jobs=2, progress=progress)
print("end", flush=True)
"""


def begin(toys: Path, output: Path, form: str) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-c", RUN, str(toys), str(output), form]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE)


def killed_after(running: subprocess.Popen[bytes], seconds: float) -> bytes:
    """What a run has said until it was killed, some time after it began to copy."""
    assert running.stdout is not None
    said = running.stdout.readline()
    time.sleep(seconds)
    running.send_signal(signal.SIGKILL)
    said += running.stdout.read()
    running.stdout.close()
    running.wait()
    return said


def finished(output: Path) -> dict[str, tuple[int, int]]:
    """The files that have their names, by inode and time: one that is copied again has another inode."""
    every = (path for path in output.rglob("*.bin"))
    return {path.relative_to(output).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns) for path in every}


@pytest.fixture
def toys(tmp_path: Path) -> Path:
    return folder(tmp_path / "toys", {**FILES, "fairkit.toml": TOML.encode()})


def test_a_folder_goes_on_where_it_was(toys: Path, tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311
    output = tmp_path / "pkg"
    before: dict[str, tuple[int, int]] = {}
    for _ in range(KILLS):
        killed_after(begin(toys, output, "folder"), chance.uniform(0.0, 0.03))
        there = finished(output)
        for name in there.keys() - before.keys():
            assert hashlib.sha256((output / name).read_bytes()).digest() == hashlib.sha256(FILES[name]).digest()
        assert {name: there[name] for name in before} == before
        assert not (output / MANIFEST).exists()
        before = there
    assert 0 < len(before) < len(FILES)
    last = begin(toys, output, "folder")
    said = last.communicate()[0].decode().split()
    assert last.returncode == 0
    assert not {*said} & before.keys()
    assert {name: finished(output)[name] for name in before} == before
    assert verify(str(output)).passed
    assert not list(output.rglob("*.part"))


def test_an_archive_goes_on_where_it_was(toys: Path, tmp_path: Path) -> None:
    chance = random.Random(2)  # noqa: S311
    read: list[str] = []
    for _ in range(KILLS):
        said = killed_after(begin(toys, tmp_path / "pkg", "zip"), chance.uniform(0.0, 0.03))
        read += said.decode().split()[1:]
        assert not (tmp_path / "pkg.zip").exists()
    last = begin(toys, tmp_path / "pkg", "zip")
    said = last.communicate()[0]
    assert last.returncode == 0
    read += said.decode().split()[1:-1]
    # A file may have been read to its end and not yet noted when the kill came: at most one in each thread.
    assert len(read) - len(set(read)) <= 2 * KILLS
    with zipfile.ZipFile(tmp_path / "pkg.zip") as held:
        assert all(held.read(name) == body for name, body in FILES.items())
    assert verify(str(tmp_path / "pkg.zip")).passed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pkg.zip", "toys"]


def test_there_is_no_moment_without_a_way_back(toys: Path, tmp_path: Path) -> None:
    """Killed while it finishes: the package has a manifest and passes, or has none."""
    output = tmp_path / "pkg"
    begin(toys, output, "folder").communicate()
    assert verify(str(output)).passed
    for number in range(6):
        (toys / "fairkit.toml").write_text(TOML.replace("Toys", f"Toys {number}"))
        os.utime(toys / "part0" / "data000.bin", ns=(number, number))
        killed_after(begin(toys, output, "folder"), 0.005 * number)
        assert not (output / MANIFEST).exists() or verify(str(output)).passed
    running = begin(toys, output, "folder")
    running.communicate()
    assert running.returncode == 0
    assert verify(str(output)).passed
