"""A conversion that is killed, twenty times: nothing half under its name, nothing done twice; and one interrupted."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq

from fairkit.package import provenance
from fairkit.package._converted_before import JOURNAL
from tests.conftest import ROOT
from tests.package.conversions import trees

KILLS = 20
FILES = 16
# Slower than it is, so that it is killed in its middle.
SLOW = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background has it ignored
from fairkit.package import convert
digest = convert.digest_of
def slow(path):
    time.sleep(float(sys.argv[3]))
    return digest(path)
convert.digest_of = slow
if __name__ == "__main__":
    begin = lambda total: print("begin", flush=True)
    made = convert.convert([sys.argv[1]], sys.argv[2], how=convert.How("parquet"), jobs=2,
                           progress=convert.Progress(begin=begin))
    print(all(file.error is None for file in made.files))
"""


def test_twenty_kills_leave_nothing_half_and_do_nothing_twice(tmp_path: Path) -> None:
    chance = random.Random(2)  # noqa: S311
    data, out = tmp_path / "data", tmp_path / "out"
    for number in range(FILES):
        trees(data / f"{number:02}.root", rows=50, seed=number)
    finished: dict[str, tuple[int, int]] = {}
    for kill in range(KILLS):
        command = [sys.executable, "-c", SLOW, str(data), str(out), "0.03"]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert process.stdout is not None
        if process.stdout.readline():
            time.sleep(chance.uniform(0.0, 0.9 if kill else 1.5))
        process.send_signal(signal.SIGKILL)
        process.stdout.close()
        process.wait()
        now = {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in out.glob("*.parquet")}
        assert finished.items() <= now.items()
        assert all(pq.read_table(out / name).num_rows == 50 for name in now.keys() - finished.keys())
        finished = now
    command = [sys.executable, "-c", SLOW, str(data), str(out), "0"]
    last = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert last.stdout.endswith(b"True\n")
    now = {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in out.glob("*.parquet")}
    assert finished.items() <= now.items()
    assert len(now) == FILES
    assert not list(out.glob(".fairkit-convert-*"))
    assert len({entity.name for step in provenance.read(out) for entity in step.generated}) == FILES
    assert all(json.loads(line) for line in (out / JOURNAL).read_bytes().splitlines() if line)


def test_one_that_is_interrupted_cleans_up(tmp_path: Path) -> None:
    data, out = tmp_path / "data", tmp_path / "out"
    for number in range(FILES):
        trees(data / f"{number:02}.root", rows=50, seed=number)
    command = [sys.executable, "-c", SLOW, str(data), str(out), "0.5"]  # so slow that no machine is done before
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    process.stdout.close()
    assert process.wait(timeout=30) != 0
    assert not list(out.glob(".fairkit-convert-*"))
    assert len(list(out.glob("*.parquet"))) < FILES
