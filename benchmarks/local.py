"""What storing in a local repository costs: beside copying and digesting the same bytes by bare hashlib.

Promise: a version costs at most 1.3 times the CPU of a copy that is digested on its way with sha512, sha256 and md5, as
its inventory tells all three, and read back with sha512.

Run it from the checkout: `python benchmarks/local.py [MEGABYTES]`. CPU does not depend on what else the machine does.
The exit code is 1 if the promise is broken.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fairkit.ocfl.writing import add, made
from fairkit.publish.sending import LocalFile

FILES = 16
RUNS = 3
BUFFER = 1024 * 1024
MOST = 1.3


def main(megabytes: int) -> int:
    """Measure, print, and tell whether the promise holds."""
    with tempfile.TemporaryDirectory() as work:
        files = _data(Path(work), megabytes * 1024 * 1024 // FILES)
        bare = _least(work, lambda place: _copied(files, place), "copy")
        sha512 = _least(work, lambda place: _copied(files, place, ("sha512",)), "plain")
        storing = _least(work, lambda place: _stored(files, place), "repository")
    print(f"{megabytes:,} MB in {FILES} files\n\n{'':44}{'CPU s':>8}{'x':>7}")
    named = {"copy and sha512, read back": sha512, "copy and three digests, read back": bare, "a version": storing}
    for name, cost in named.items():
        print(f"{name:44}{cost:8.2f}{cost / bare:7.2f}")
    kept = storing / bare <= MOST
    print(f"a version at most {MOST} x the copy: {storing / bare:.2f}: {'kept' if kept else 'BROKEN'}")
    return 0 if kept else 1


def _data(root: Path, size: int) -> list[LocalFile]:
    files = []
    for number in range(FILES):
        path = root / f"{number}.bin"
        body = os.urandom(size)
        path.write_bytes(body)
        files.append(LocalFile(path.name, str(path), size, hashlib.sha256(body).hexdigest()))
    return files


def _least(work: str, run: Callable[[Path], None], name: str) -> float:
    """The least CPU seconds of several runs, each into a folder of its own."""
    costs = []
    for number in range(RUNS):
        begun = time.process_time()
        run(Path(work, f"{name}-{number}"))
        costs.append(time.process_time() - begun)
    return min(costs)


def _copied(files: list[LocalFile], place: Path, names: tuple[str, ...] = ("sha512", "sha256", "md5")) -> None:
    place.mkdir()
    for file in files:
        digests = [hashlib.new(name, usedforsecurity=False) for name in names]
        with open(file.path, "rb") as source, open(place / file.key, "wb") as target:
            while chunk := source.read(BUFFER):
                for digest in digests:
                    digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        with open(place / file.key, "rb") as written:
            hashlib.file_digest(written, "sha512")


def _stored(files: list[LocalFile], place: Path) -> None:
    """As `fairkit publish` does: a version is added, and read back."""
    created = "2026-01-01T00:00:00Z"
    object = add(made(str(place)), "urn:uuid:benchmark", files, message="benchmark", created=created, head=0)
    for content in object.version().files.values():
        with open(content.path, "rb") as written:
            hashlib.file_digest(written, object.algorithm)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 256))
