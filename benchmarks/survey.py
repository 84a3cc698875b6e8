"""What a survey costs: records a second all in, beside plain parsing of the same files, by one and two processes.

Promises: 1,000 records a second on one core, all in (reading, harvesting, one checklist, writing); two processes are at
least 1.8 times as fast as one; memory does not grow with the number of records.

Each survey is run twice, in turn, and the quicker run counts: what else the machine does only ever adds.

Run it from the checkout: `python benchmarks/survey.py [RECORDS]`. The records are those beside the checkout, again and
again, else the one of the showcase. F-UJI 3.5.1 needs 235 ms of CPU for a record at its best (measured on recorded
answers, warm, in one process). The exit code is 1 if a promise is broken.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).parents[1]
RECORDS = ROOT.parent / "shared" / "data" / "cern-open-data"
LARGEST = 100_000
"""Bytes: a hundredth of the records are larger, and would tell more of one file than of a catalogue."""
FUJI = 235.0


def main(number: int) -> int:
    """Measure, print, and tell whether the promises hold."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work, "records")
        folder.mkdir()
        for place, body in enumerate(islice(cycle(_bodies()), number)):
            (folder / f"{place:06d}.json").write_bytes(body)
        parsing = _parsing(folder)
        fewer = Path(work, "fewer")
        fewer.mkdir()
        for path in sorted(folder.iterdir())[: number // 4]:
            os.link(path, fewer / path.name)
        start = _survey(fewer, 1)
        passes = [{jobs: _survey(folder, jobs) for jobs in (1, 2)} for _ in range(2)]
        runs = {jobs: min(each[jobs] for each in passes) for jobs in (1, 2)}  # in turn: the machine's speed drifts
    print(f"{number:,} records\n\n{'':26}{'seconds':>9}{'records/s':>11}{'x parsing':>11}{'MiB':>7}")
    print(f"{'reading and json.loads':26}{parsing:9.2f}{number / parsing:11,.0f}{1:11.1f}")
    for jobs, (took, peak) in runs.items():
        print(f"{f'survey, {jobs} process(es)':26}{took:9.2f}{number / took:11,.0f}{took / parsing:11.1f}{peak:7.0f}")
    each = runs[1][0] / number * 1000
    print(f"\n{each:.2f} ms a record; F-UJI at its best: {FUJI:.0f} ms, {FUJI / each:,.0f} times as much")
    kept = {
        f"1,000 records/s on one core: {number / runs[1][0]:,.0f}": number / runs[1][0] >= 1000,
        f"2 processes 1.8 times as fast: {runs[1][0] / runs[2][0]:.2f}": runs[1][0] / runs[2][0] >= 1.8,
        f"memory flat: {start[1]:.0f} MiB at {number // 4:,}, {runs[1][1]:.0f} at {number:,}": (
            runs[1][1] < 1.2 * start[1]
        ),
    }
    for promise, holds in kept.items():
        print(f"{promise}: {'kept' if holds else 'BROKEN'}")
    return 0 if all(kept.values()) else 1


def _bodies() -> list[bytes]:
    files = [path for name in ("records", "sample") for path in sorted((RECORDS / name).glob("*.json"))]
    chosen = [path for path in files if path.stem != "INDEX" and path.stat().st_size < LARGEST]
    return [path.read_bytes() for path in chosen or [ROOT / "showcase" / "12102" / "native.json"]]


def _parsing(folder: Path) -> float:
    """Seconds to read and parse every file."""
    start = time.perf_counter()
    for path in folder.iterdir():
        json.loads(path.read_bytes())
    return time.perf_counter() - start


def _survey(folder: Path, jobs: int) -> tuple[float, float]:
    """Seconds for the survey as a process of its own, its start with it, and the most memory that one process held."""
    table = folder.with_suffix(f".{jobs}.parquet")
    table.unlink(missing_ok=True)
    command = ["survey", "--folder", str(folder), "-o", str(table), "--jobs", str(jobs)]
    start = time.perf_counter()
    out = _run([sys.executable, "-c", _PEAK, *command])
    return time.perf_counter() - start, float(out.splitlines()[-1]) / 1024


def _run(command: Sequence[str]) -> str:
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode:
        sys.exit(found.stderr)
    return found.stdout


_PEAK = """
import resource, sys
sys.path.insert(0, "")
from fairkit.cli.main import main
try:
    main()
finally:
    both = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(max(both))
"""

if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
