"""What a conversion costs: CPU beside that of bare reading, beside what people use otherwise, and memory.

Promises: ROOT to Parquet takes no more than 2.5 times the CPU of reading and decompressing (with isal) alone, and no
process more than 350 MiB; HDF5 (gzip) to Parquet no more than 2.3 times the CPU of reading it.

Run it from the checkout: `python benchmarks/convert.py [--large] [--pandas PYTHON]`. The input is made once, in the
folder for temporary files: 200 MB of floats as HEP has them (20 flat branches and 8 of lists of 45, zlib-1), 2 GB with
--large. pandas is no dependency: name a Python that has it, with awkward-pandas, uproot, isal and pyarrow. All is CPU,
user and system, of fresh processes, in turn, the median of three, less what the same takes on a file of a few rows; the
conversion is `fairkit convert` as users call it, with the digests of input and output that go into the provenance. The
exit code is 1 if a promise is broken.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
STORE = Path(tempfile.gettempdir(), "fairkit-benchmarks")
ROWS = {"small": 210_000, "large": 2_100_000}
TIMES = 3


class Cost(NamedTuple):
    """Seconds of CPU, and MiB of the largest process."""

    cpu: float
    peak: float


def main(words: Sequence[str]) -> int:
    """Measure, print, and tell whether the promises hold."""
    parser = argparse.ArgumentParser(description="What a conversion costs.")
    parser.add_argument("--large", action="store_true", help="2 GB instead of 200 MB")
    parser.add_argument("--pandas", metavar="PYTHON", default=sys.executable, help="a Python that has pandas")
    asked = parser.parse_args(words)
    STORE.mkdir(exist_ok=True)
    kept = {**_root("large" if asked.large else "small", asked.pandas), **_hdf5()}
    _cluster()
    print()
    for promise, holds in kept.items():
        print(f"{promise}: {'kept' if holds else 'BROKEN'}")
    return 0 if all(kept.values()) else 1


def _root(size: str, pandas: str) -> dict[str, bool]:
    big, tiny = _made("root", ROWS[size]), _made("root", 200)
    ways: dict[str, Callable[[Path], Sequence[str]]] = {
        "read and decompress (isal)": lambda path: _python(_BARE_ROOT, path),
        "read to Arrow (fairkit)": lambda path: _python(_ARROW, path),
        "fairkit convert": lambda path: _fairkit(path),
        "h5py, column by column, vlen": lambda path: _python(_LOOP, path),
    }
    if subprocess.run(
        [pandas, "-c", "import awkward_pandas, uproot, pyarrow, isal"], capture_output=True, check=False
    ).returncode:
        print("pandas is not installed here: name a Python that has it by --pandas to see it beside the others\n")
    else:
        ways["pandas (uproot, to_parquet)"] = lambda path: [pandas, "-c", _PANDAS, str(path)]
    found = _table(f"ROOT, {big.stat().st_size / 1e6:,.0f} MB", ways, big, tiny)
    ratio = found["fairkit convert"].cpu / found["read and decompress (isal)"].cpu
    peak = found["fairkit convert"].peak
    return {
        f"ROOT to Parquet at most 2.5 times the CPU of reading: {ratio:.2f}": ratio <= 2.5,
        f"at most 350 MiB: {peak:.0f}": peak <= 350,
    }


def _hdf5() -> dict[str, bool]:
    big, tiny = _made("h5", 100_000), _made("h5", 200)
    ways: dict[str, Callable[[Path], Sequence[str]]] = {
        "read and decompress": lambda path: _python(_BARE_HDF5, path),
        "fairkit convert": lambda path: _fairkit(path),
    }
    found = _table(f"HDF5 (gzip), {big.stat().st_size / 1e6:,.0f} MB", ways, big, tiny)
    ratio = found["fairkit convert"].cpu / found["read and decompress"].cpu
    return {f"HDF5 (gzip) to Parquet at most 2.3 times the CPU of reading: {ratio:.2f}": ratio <= 2.3}


def _table(title: str, ways: dict[str, Callable[[Path], Sequence[str]]], big: Path, tiny: Path) -> dict[str, Cost]:
    """Measure each way in turn, again and again, and print."""
    runs: dict[str, list[Cost]] = {name: [] for name in ways}
    for _ in range(TIMES):
        for name, way in ways.items():
            start, whole = _cost(way(tiny)), _cost(way(big))
            runs[name].append(Cost(whole.cpu - start.cpu, whole.peak))
    found = {
        name: Cost(statistics.median(r.cpu for r in each), max(r.peak for r in each)) for name, each in runs.items()
    }
    first = next(iter(found.values())).cpu
    print(f"{title:34}{'CPU s':>9}{'MB/s':>7}{'x reading':>11}{'MiB':>7}")
    for name, cost in found.items():
        rate = big.stat().st_size / 1e6 / cost.cpu
        print(f"{name:34}{cost.cpu:9.2f}{rate:7.0f}{cost.cpu / first:11.2f}{cost.peak:7.0f}")
    print()
    return found


def _cluster() -> None:
    """16 files by processes and by a Dask cluster on this machine."""
    folder = STORE / "sixteen"
    if not folder.is_dir():
        folder.mkdir()
        source = _made("root", 26_000)
        for number in range(16):
            shutil.copy(source, folder / f"{number:02}.root")
    print(f"{'16 files, 2 at a time':34}{'CPU s':>9}{'MB/s':>7}")
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    for name, more in {"processes": ["--jobs", "2"], "--dask local": ["--dask", "local"]}.items():
        cost = _cost(_fairkit(folder, *more))
        print(f"{name:34}{cost.cpu:9.2f}{size / cost.cpu:7.0f}")


def _fairkit(path: Path, *more: str) -> list[str]:
    out = STORE / "out"
    shutil.rmtree(out, ignore_errors=True)
    words = more or ("--jobs", "1")
    return [sys.executable, "-m", "fairkit", "convert", str(path), "--to", "parquet", "-o", str(out), "-q", *words]


def _python(code: str, path: Path) -> list[str]:
    return [sys.executable, "-c", code, str(path)]


def _cost(command: Sequence[str]) -> Cost:
    """What a command and all that it starts take."""
    process = subprocess.Popen(command, cwd=STORE, env={**os.environ, "PYTHONPATH": str(ROOT)})
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)[:200]} ended with {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _made(kind: str, rows: int) -> Path:
    """An input, made once."""
    path = STORE / f"{rows}.{kind}"
    if not path.is_file():
        part = path.with_suffix(".part")
        subprocess.run([sys.executable, "-c", _MAKE[kind], str(part), str(rows)], check=True)
        part.rename(path)
    return path


_VALUES = """
import sys
import numpy as np
draw = np.random.default_rng(1)
def values(i, n):  # floats that were cut to ten bits, as experiments store them
    drawn = (draw.exponential(30, n) if i % 2 else draw.normal(size=n)).astype("<f4")
    return (drawn.view("<u4") & np.uint32(0xFFFFE000)).view("<f4")
path, rows = sys.argv[1], int(sys.argv[2])
"""
_MAKE = {
    "root": _VALUES
    + """
import awkward as ak, uproot
with uproot.recreate(path, compression=uproot.ZLIB(1)) as file:
    tree = None
    for start in range(0, rows, 8_000):
        n = min(8_000, rows - start)
        counts = draw.poisson(45, n)
        data = {f"flat_{i}": values(i, n) for i in range(20)}
        jets = ak.zip({f"f{i}": ak.unflatten(values(i, counts.sum()), counts) for i in range(8)})
        tree = tree or file.mktree("events", {**{name: "float32" for name in data}, "jet": ak.type(jets).content})
        tree.extend({**data, "jet": jets})
""",
    "h5": _VALUES
    + """
import h5py
counts = draw.poisson(45, rows)
with h5py.File(path, "w") as file:
    for i in range(20):
        file.create_dataset(f"flat_{i}", data=values(i, rows), compression="gzip", compression_opts=1)
    filled = np.arange(100) < counts[:, None]
    for i in range(8):
        padded = np.zeros((rows, 100), "f4")
        padded[filled] = values(i, int(filled.sum()))
        file.create_dataset(f"jet_{i}", data=padded, compression="gzip", compression_opts=1)
""",
}
_ISAL = """
import sys
import isal, uproot, uproot.compression
uproot.compression._decompress_ZLIB.library = "isal"
"""
_BARE_ROOT = (
    _ISAL
    + """
with uproot.open(sys.argv[1]) as file:
    for branch in file["events"].itervalues(recursive=True):
        for number in range(branch.num_baskets):
            branch.basket(number).data
"""
)
_ARROW = """
import sys
from fairkit.formats import root
for batch in root.batches(sys.argv[1]):
    pass
"""
_LOOP = (
    _ISAL
    + """
import os, h5py, numpy as np
out = sys.argv[1] + ".loop.h5"
with uproot.open(sys.argv[1]) as file, h5py.File(out, "w") as target:
    for name, branch in file["events"].iteritems(recursive=True):
        column = branch.array(library="np")
        kind = h5py.vlen_dtype(np.float32) if column.dtype.kind == "O" else column.dtype
        target.create_dataset(name, data=column, dtype=kind)
os.remove(out)
"""
)
_PANDAS = (
    _ISAL
    + """
import os
out = sys.argv[1] + ".pandas.parquet"
with uproot.open(sys.argv[1]) as file:
    frame = file["events"].arrays(library="pd")
frame.to_parquet(out)
os.remove(out)
"""
)
_BARE_HDF5 = """
import sys
import h5py
with h5py.File(sys.argv[1]) as file:
    for dataset in file.values():
        for start in range(0, len(dataset), 10_240):
            dataset[start : start + 10_240]
"""

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
