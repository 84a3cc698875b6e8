"""What sending costs: one large file beside `curl -T` and md5, the memory for a sparse one, the requests for a hundred.

Promises: an upload, with the md5 and the sha256 of every byte, has at least 0.9 of the throughput of the slower of
`curl -T` and md5 alone; memory stays under 150 MB however large the file; 100 files take at most 210 requests.

Run it from the checkout: `python benchmarks/publish.py [--large]`. It sends 300 MB (2 GB) to a server on the loopback
that throws all away, and a sparse file of 5 GB (50 GB: some minutes, for every zero is hashed twice). The exit code is
1 if a promise is broken.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
MEMORY = 150.0
FILES = 100


def main(*, large: bool) -> int:
    """Measure, print, and tell whether the promises hold."""
    with tempfile.TemporaryDirectory() as work:
        ratio = _throughput(Path(work), 2_000_000_000 if large else 300_000_000)
        peak = _memory(Path(work), 50_000_000_000 if large else 5_000_000_000)
        requests = _requests(Path(work))
    kept = {
        f"0.9 of the slower of curl and md5: {ratio:.2f}": ratio >= 0.9,
        f"memory under {MEMORY:.0f} MB: {peak:.0f}": peak < MEMORY,
        f"{FILES} files in {2 * FILES + 10} requests: {requests}": requests <= 2 * FILES + 10,
    }
    print()
    for promise, holds in kept.items():
        print(f"{promise}: {'kept' if holds else 'BROKEN'}")
    return 0 if all(kept.values()) else 1


def _throughput(work: Path, size: int) -> float:
    """Our share of the slower peer's throughput: each at its best in five rounds, in which all take turns."""
    path = work / "large.bin"
    block = os.urandom(10_000_000)
    with path.open("wb") as file:
        for _ in range(size // len(block)):
            file.write(block)
    digests = _digests(path)
    ways = {"md5 alone": _md5, "curl -T": _curl, "fairkit": _fairkit}
    if shutil.which("curl") is None:
        print("curl is not installed: compared with md5 alone")
        del ways["curl -T"]
    took: dict[str, list[float]] = {name: [] for name in ways}
    with _sink(digests["md5"], size) as url:
        for _ in range(5):
            for name, way in ways.items():
                start = time.perf_counter()
                way(path, url, digests["sha256"])
                took[name].append(time.perf_counter() - start)
    path.unlink()
    print(f"{size:,} bytes over the loopback\n\n{'':12}{'seconds':>9}{'MB/s':>8}")
    best = {name: min(every) for name, every in took.items()}
    for name, seconds in best.items():
        print(f"{name:12}{seconds:9.2f}{size / seconds / 1e6:8.0f}")
    return max(seconds for name, seconds in best.items() if name != "fairkit") / best["fairkit"]


def _digests(path: Path) -> dict[str, str]:
    found = {}
    for name in ("md5", "sha256"):
        with path.open("rb") as file:
            found[name] = hashlib.file_digest(file, name).hexdigest()
    return found


def _md5(path: Path, url: str, sha256: str) -> None:
    with path.open("rb", buffering=0) as file:
        made = hashlib.md5(usedforsecurity=False)
        while chunk := file.read(1024 * 1024):
            made.update(chunk)


def _curl(path: Path, url: str, sha256: str) -> None:
    place = f"{url}/api/records/x/draft/files/f/content"
    subprocess.run(["curl", "-s", "-S", "-f", "-o", os.devnull, "-T", str(path), place], check=True)


def _fairkit(path: Path, url: str, sha256: str) -> None:
    """All that a file needs: announced, sent, committed, compared, listed."""
    from fairkit.http import Session
    from fairkit.publish.files import Files
    from fairkit.publish.sending import LocalFile
    from fairkit.repositories.invenio import Invenio

    with Session(trusted=[url]) as session:
        files = Files(Invenio(url, session, pause=time.sleep), "x", pause=time.sleep)
        files.put([LocalFile("f", str(path), path.stat().st_size, sha256)], fresh=True)


def _memory(work: Path, size: int) -> float:
    """The most memory in MB of a process that sends a sparse file."""
    path = work / "sparse.bin"
    with path.open("wb") as file:
        file.truncate(size)
    start = time.perf_counter()
    digests = _digests(path)
    with _sink(digests["md5"], size) as url:
        command = [sys.executable, "-c", _PEAK, str(path), url, digests["sha256"]]
        peak = float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout) / 1024
    path.unlink()
    print(f"\na sparse file of {size:,} bytes: {peak:.0f} MB, {time.perf_counter() - start:.0f} s with its digests")
    return peak


_PEAK = """
import resource, sys
from pathlib import Path
sys.path.insert(0, "")
from benchmarks.publish import _fairkit
_fairkit(Path(sys.argv[1]), *sys.argv[2:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def _requests(work: Path) -> int:
    """How many requests a release of 100 files takes, from the first to its publication."""
    sys.path.insert(0, str(ROOT))
    from tests.publish.bench import Bench

    bench = Bench(work)
    for path in list(bench.root.rglob("*.bin")):
        path.unlink()
    for number in range(FILES - 1):  # and what describes them
        (bench.root / f"{number}.bin").write_bytes(bytes([number]) * 100)
    bench.run()
    bench.check()
    return len(bench.server.requests)


@contextmanager
def _sink(md5: str, size: int) -> Iterator[str]:
    """A repository in a process of its own that throws the bytes away, and says that they were those expected."""
    entry = json.dumps({"key": "f", "status": "completed", "size": size, "checksum": f"md5:{md5}"})
    process = subprocess.Popen([sys.executable, "-c", _SINK, entry], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.communicate()


_SINK = """
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Handler(BaseHTTPRequestHandler):
    protocol_version, disable_nagle_algorithm = "HTTP/1.1", True

    def do_POST(self):
        if self.headers.get("expect"):
            self.send_response_only(100)
            self.end_headers()
        left, room = int(self.headers.get("content-length") or 0), memoryview(bytearray(1 << 20))
        while left:
            left -= self.rfile.readinto(room[:left]) or left
        one = sys.argv[1]
        told = (one if self.path.endswith(("content", "commit")) else '{"entries": [' + one + "]}").encode()
        self.send_response_only(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    do_GET = do_PUT = do_POST

    def log_message(self, *words):
        pass

server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
"""

if __name__ == "__main__":
    sys.exit(main(large="--large" in sys.argv[1:]))
