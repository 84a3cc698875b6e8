"""What it costs to count every value of a dataset, beside only reading the same batches.

Promise: `describe --stats` takes at most 1.6 times the CPU of reading, and holds no more memory for more rows. Two
splits are held against each other by digests of their rows; that is in the price.

Run it from the checkout: `python benchmarks/describe.py [ROWS]`. Both sides are processes of their own, their children
with them; the cost of their start is in both. The exit code is 1 if a promise is broken.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
FLAT, LISTS, PLACES = 24, 4, 20
MOST = 1.6
FLATTER = 1.25
"""How much more memory four times the rows may take."""


class Cost(NamedTuple):
    """CPU seconds of a process and its children, and MiB of the largest of them."""

    seconds: float
    peak: float


def main(rows: int) -> int:
    """Measure, print, and tell whether the promises hold."""
    kept = {}
    print(f"{rows:,} rows in each of two files\n\n{'':24}{'reading s':>10}{'describe s':>11}{'ratio':>7}{'MiB':>7}")
    with tempfile.TemporaryDirectory() as work:
        for name, make in (("parquet", _parquet), ("hdf5, gzip", _hdf5)):
            folder = Path(work, name)
            folder.mkdir()
            for seed, split in enumerate(("train", "test")):
                _apart(make, folder, split, rows, seed)
            reading, counting = _run(_READ, folder), _run(_DESCRIBE, folder)
            ratio = counting.seconds / reading.seconds
            print(f"{name:24}{reading.seconds:10.2f}{counting.seconds:11.2f}{ratio:7.2f}{counting.peak:7.0f}")
            kept[f"{name}: at most {MOST} times reading: {ratio:.2f}"] = ratio <= MOST
        less = Path(work, "less")
        less.mkdir()
        for seed, split in enumerate(("train", "test")):
            _apart(_parquet, less, split, rows // 4, seed)
        few, many = _run(_DESCRIBE, less), _run(_DESCRIBE, Path(work, "parquet"))
    kept[f"memory flat: {few.peak:.0f} MiB at {rows // 4:,} rows, {many.peak:.0f} at {rows:,}"] = (
        many.peak < FLATTER * few.peak
    )
    print()
    for promise, holds in kept.items():
        print(f"{promise}: {'kept' if holds else 'BROKEN'}")
    return 0 if all(kept.values()) else 1


def _apart(make: Callable[..., None], *what: object) -> None:
    """Make a file in a process of its own: those that are measured begin with the memory of this one."""
    process = get_context("spawn").Process(target=make, args=what)
    process.start()
    process.join()


def _columns(rows: int, seed: int) -> dict[str, Any]:
    """Numbers as detectors give them: float32 with a mantissa that is cut, counts, a label."""
    import numpy as np

    made = np.random.default_rng(seed)
    columns: dict[str, Any] = {
        f"jet_{place}_x": _cut(made.exponential(50, rows) if place % 2 else made.normal(size=rows))
        for place in range(FLAT)
    }
    return columns | {"event": np.arange(rows) + seed * rows, "label": made.integers(0, 2, rows).astype("int8")}


def _cut(values: Any) -> Any:
    import numpy as np

    bits = values.astype(np.float32).view(np.uint32)
    return (bits & np.uint32(0xFFFFF000)).view(np.float32)


def _parquet(folder: Path, name: str, rows: int, seed: int) -> None:
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    made = np.random.default_rng(seed)
    lengths = made.poisson(PLACES, rows)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    table: dict[str, Any] = _columns(rows, seed)
    for place in range(LISTS):
        values = _cut(made.exponential(5, int(offsets[-1])))
        table[f"pf_{place}_e"] = pa.ListArray.from_arrays(offsets, values)
    floats = [f"jet_{place}_x" for place in range(FLAT)] + [f"pf_{place}_e.list.element" for place in range(LISTS)]
    pq.write_table(
        pa.table(table),
        folder / f"{name}.parquet",
        compression="zstd",
        use_dictionary=False,
        column_encoding=dict.fromkeys(floats, "BYTE_STREAM_SPLIT"),
        row_group_size=100_000,
    )


def _hdf5(folder: Path, name: str, rows: int, seed: int) -> None:
    import h5py
    import numpy as np

    made = np.random.default_rng(seed)
    used = np.arange(2 * PLACES) < made.poisson(PLACES, rows)[:, None]
    with h5py.File(folder / f"{name}.h5", "w") as file:
        for column, values in _columns(rows, seed).items():
            file.create_dataset(column, data=values, compression="gzip", compression_opts=1, chunks=(10_000,))
        for place in range(LISTS):
            values = np.where(used, _cut(made.exponential(5, used.shape)), np.float32(0))
            file.create_dataset(f"pf_{place}_e", data=values, compression="gzip", compression_opts=1, chunks=(1000, 40))


def _run(program: str, folder: Path) -> Cost:
    command = [sys.executable, "-c", _COUNTED.format(program=program), str(folder)]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode:
        sys.exit(found.stderr)
    seconds, peak = map(float, found.stdout.split()[-2:])
    return Cost(seconds, peak / 1024)


_COUNTED = """
import resource, sys
sys.path.insert(0, "")
{program}
both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(sum(one.ru_utime + one.ru_stime for one in both), max(one.ru_maxrss for one in both))
"""
_READ = """
import pathlib
from fairkit.package.description import describe
from fairkit.formats._open import batches_of
for file in describe(sys.argv[1]).facts:
    for table in file.facts.tables:
        for batch in batches_of(pathlib.Path(sys.argv[1], file.path), table.name):
            batch.num_rows
"""
_DESCRIBE = """
from fairkit.package.description import describe
describe(sys.argv[1], stats=True)
"""

if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
