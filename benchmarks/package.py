"""What packaging costs: beside digesting and storing, by one thread and two, and beside rocrate where it is installed.

Promises: a package as an archive costs at most 1.3 times the CPU of sha256 and storing, its metadata and the start of
the program included; the digests for the manifest cost at most 1.1 times the CPU of bare hashlib; two threads digest at
least 1.9 times as fast as one.

Run it from the checkout: `python benchmarks/package.py [MEGABYTES]`. CPU does not depend on what else the machine does;
the time of two threads does, so that the best of several runs counts, beside that of two processes without Python's
lock in their way. The exit code is 1 if a promise is broken.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = 16
RUNS = 3
BUFFER = 1024 * 1024


def main(megabytes: int) -> int:
    """Measure, print, and tell whether the promises hold."""
    with tempfile.TemporaryDirectory() as work:
        data = _data(Path(work, "data"), megabytes)
        costs = {
            "sha256, by hashlib": _least(lambda: _cpu(_SHA256, data)),
            "sha256 and storing, by hashlib": _least(lambda: _cpu(_STORE, data, _new(work, "stored.zip"))),
            "fairkit verify": _verifying(data, work),
            "fairkit package --zip": _least(lambda: _fairkit("package", data, "-o", _new(work, "a.zip"), "--zip")),
            "fairkit package -o": _least(lambda: _fairkit("package", data, "-o", _new(work, "pkg"))),
        }
        if (crate := _rocrate(data, work)) is not None:
            costs["rocrate, a zip without checksums"] = crate
        alone, both = (min(_said(_PARALLEL, data, str(jobs))[0] for _ in range(RUNS)) for jobs in (1, 2))
        listing = min(_said(_PARALLEL, data, "1")[1] for _ in range(RUNS))
        bare = min(_said(_SHA256, data)[0] for _ in range(RUNS))
        apart = min(_apart(data) for _ in range(RUNS))
    base = costs["sha256 and storing, by hashlib"]
    print(f"{megabytes:,} MB in {FILES} files\n\n{'':34}{'CPU s':>8}{'MB/s':>9}{'x':>7}")
    for name, cost in costs.items():
        print(f"{name:34}{cost:8.2f}{megabytes / cost:9,.0f}{cost / base:7.2f}")
    print(f"\n{'':34}{'wall s':>8}\n{'one thread':34}{alone:8.2f}\n{'two threads':34}{both:8.2f}")
    print(f"{'two processes, half each':34}{apart:8.2f}")
    packing = costs["fairkit package --zip"] / base
    machine = alone / apart
    kept = {
        f"packaging at most 1.3 x sha256 and storing: {packing:.2f}": packing <= 1.3,
        f"digests for the manifest at most 1.1 x hashlib: {listing / bare:.2f}": listing / bare <= 1.1,
        f"two threads 1.9 x one: {alone / both:.2f} (two processes: {machine:.2f})": alone / both >= 1.9,
    }
    for promise, holds in kept.items():
        print(f"{promise}: {'kept' if holds else 'BROKEN'}")
    return 0 if all(kept.values()) else 1


def _data(folder: Path, megabytes: int) -> str:
    folder.mkdir()
    body = os.urandom(1_000_000)
    for number in range(FILES):
        with open(folder / f"part{number:02}.bin", "wb") as file:
            for _ in range(megabytes // FILES):
                file.write(body)
    (folder / "fairkit.toml").write_text('[resource]\ntitle = "Bytes"\nlicense = "CC0-1.0"\n')
    return str(folder)


def _least(measure: Callable[[], float]) -> float:
    return min(measure() for _ in range(RUNS))


def _cpu(code: str, *words: str) -> float:
    """CPU seconds of a process of its own."""
    return _used([sys.executable, "-c", code, *words])


def _fairkit(*words: str) -> float:
    """CPU seconds of a command, its start and the metadata that it makes included."""
    return _used([sys.executable, "-m", "fairkit", *words, "-q"])


def _used(command: Sequence[str]) -> float:
    before = os.times()
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    after = os.times()
    if found.returncode:
        sys.exit(found.stderr)
    return after.children_user + after.children_system - before.children_user - before.children_system


def _new(work: str, name: str) -> str:
    """A place with nothing there: to take an old file away costs as much as to write part of a new one."""
    subprocess.run(["rm", "-rf", f"{work}/{name}"], check=True)
    subprocess.run(["sync"], check=True)
    return f"{work}/{name}"


def _verifying(data: str, work: str) -> float:
    _fairkit("package", data, "-o", _new(work, "pkg"), "--link")
    return _least(lambda: _fairkit("verify", f"{work}/pkg"))


def _rocrate(data: str, work: str) -> float | None:
    """What rocrate needs, from this environment or from that of the judge of the tests."""
    home = os.environ.get("FAIRKIT_JUDGES") or Path.home() / ".cache" / "fairkit-judges"
    pythons = [sys.executable, *map(str, sorted(Path(home).glob("rocrate-*/bin/python")))]
    for python in pythons:
        if subprocess.run([python, "-c", "import rocrate"], capture_output=True, check=False).returncode == 0:
            return _least(lambda: _used([python, "-c", _CRATE, data, _new(work, "crate.zip")]))  # noqa: B023
    return None


def _said(code: str, *words: str) -> list[float]:
    """The seconds that the code itself says it took, without its start."""
    command = [sys.executable, "-c", code, *words]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [float(part) for part in told.split()]


def _apart(data: str) -> float:
    """Seconds of the slower of two processes that digest half of the files each, at once: what the machine can do."""
    both = [
        subprocess.Popen([sys.executable, "-c", _HALF, data, str(half)], stdout=subprocess.PIPE, text=True)
        for half in (0, 1)
    ]
    return max(float(one.communicate()[0]) for one in both)


_SHA256 = f"""
import hashlib, os, sys, time
start = time.process_time()
room = bytearray({BUFFER})
for name in sorted(os.listdir(sys.argv[1])):
    digest = hashlib.sha256()
    with open(os.path.join(sys.argv[1], name), "rb", buffering=0) as file:
        while count := file.readinto(room):
            digest.update(memoryview(room)[:count])
print(time.process_time() - start)
"""
_STORE = f"""
import hashlib, os, sys, zipfile
room = bytearray({BUFFER})
with zipfile.ZipFile(sys.argv[2], "w") as made:
    for name in sorted(os.listdir(sys.argv[1])):
        digest = hashlib.sha256()
        with open(os.path.join(sys.argv[1], name), "rb", buffering=0) as file, made.open(name, "w") as member:
            while count := file.readinto(room):
                digest.update(memoryview(room)[:count])
                member.write(memoryview(room)[:count])
"""
_CRATE = """
import os, sys
from rocrate.rocrate import ROCrate
crate = ROCrate()
for name in sorted(os.listdir(sys.argv[1])):
    crate.add_file(os.path.join(sys.argv[1], name))
crate.write_zip(sys.argv[2])
"""
_PARALLEL = """
import sys, time
from pathlib import Path
from fairkit.package import _copying
from fairkit.package._finished import Finished
import tempfile
root = Path(sys.argv[1])
every = _copying.sources(root, sorted(path.name for path in root.iterdir()))
with tempfile.TemporaryDirectory() as place:
    start, spent = time.perf_counter(), time.process_time()
    way = _copying.Way(root, root, ("sha256",))
    _copying.put(every, way, Finished(Path(place, "x")), jobs=int(sys.argv[2]), advance=lambda count: None)
    print(time.perf_counter() - start, time.process_time() - spent)
"""
_HALF = f"""
import hashlib, os, sys, time
room = bytearray({BUFFER})
start = time.perf_counter()
for name in sorted(os.listdir(sys.argv[1]))[int(sys.argv[2])::2]:
    digest = hashlib.sha256()
    with open(os.path.join(sys.argv[1], name), "rb", buffering=0) as file:
        while count := file.readinto(room):
            digest.update(memoryview(room)[:count])
print(time.perf_counter() - start)
"""

if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3200))
