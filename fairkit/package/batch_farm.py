"""Who does the work: processes of this machine, a Dask cluster, or one job of a batch farm of many.

Files are shared out, never parts of one. Whoever works has one limited child for file after file, and a folder of its
own to write to; what is finished there gets its name from the one who asked.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import as_completed
from queue import SimpleQueue
from typing import NamedTuple, TypeVar

from fairkit.cluster import WORKERS, cluster
from fairkit.errors import UsageError
from fairkit.untrusted import Worker

from . import _threads
from .provenance import alone

__all__ = ["Bench", "Shard", "benches", "on_cluster", "on_this_machine", "shard"]

_MEMORY = 4 * 1024**3
_MOST_FILES = 4
"""Files that a worker of a cluster takes at once."""
_PREFIX = ".fairkit-convert-"

Job = TypeVar("Job")
Report = TypeVar("Report")
Advance = Callable[[int], None]


class Bench(NamedTuple):
    """A place to work at: the child, and the folder that it may write to."""

    worker: Worker
    folder: str


Work = Callable[[Job, Bench, Advance], Report]


class Shard(NamedTuple):
    """One of `total` parts; `number` goes from 1 to `total`, or from 0, as batch systems count."""

    number: int
    total: int

    def of(self, every: Sequence[Job]) -> list[Job]:
        """Its part of a list: all parts together are the list, and no two share anything."""
        return list(every[self.number % self.total :: self.total])

    def __str__(self) -> str:
        return f"{self.number}/{self.total}"


def shard(written: str | None) -> Shard | None:
    """What `3/8` says.

    Raises:
        UsageError: if it says nothing.
    """
    if written is None:
        return None
    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", written, re.ASCII)
    if found is None or not 0 <= int(found[1]) <= int(found[2]) or int(found[2]) == 0:
        what = f"{written!r} is no part of a whole"
        raise UsageError(what, value=written, remedy="As in: --shard 3/8, the third of eight.")
    return Shard(int(found[1]), int(found[2]))


@contextlib.contextmanager
def benches(root: str) -> Iterator[str]:
    """A hidden folder in `root` for the folders of benches, which is gone at the end.

    Those that a process which was killed has left there go as well: nobody holds them any more.

    Raises:
        UsageError: if nothing can be written there.
    """
    try:
        os.makedirs(root, exist_ok=True)
        with alone(root):
            _sweep(root)
            place = tempfile.mkdtemp(dir=root, prefix=_PREFIX)
            handle = _held(place)
    except OSError as error:
        what = f"cannot write to {root}: {error.strerror}"
        raise UsageError(what, value=root, remedy="Name another folder with --output.") from None
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def _sweep(root: str) -> None:
    with os.scandir(root) as found:
        left = [entry.path for entry in found if entry.name.startswith(_PREFIX) and entry.is_dir(follow_symlinks=False)]
    for path in left:
        handle = _held(path)
        if handle is not None:
            shutil.rmtree(path, ignore_errors=True)
            os.close(handle)


def _held(folder: str) -> int | None:
    """A lock on a folder that ends with this process; None if another has it, or where there are no locks."""
    try:
        import fcntl
    except ImportError:
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


@contextlib.contextmanager
def _bench(place: str, reads: Sequence[str]) -> Iterator[Bench]:
    folder = tempfile.mkdtemp(dir=place)
    room = shutil.disk_usage(place).free
    with Worker(reads=reads, writes=folder, most_memory=_MEMORY, most_written=room) as worker:
        yield Bench(worker, folder)


def on_this_machine(
    work: Work[Job, Report], jobs: Sequence[Job], *, place: str, reads: Sequence[str], workers: int, advance: Advance
) -> list[Report]:
    """What `work` tells of each job, in their order, with as many children at once as there are `workers`."""
    free: SimpleQueue[Bench] = SimpleQueue()
    workers = min(workers, len(jobs))

    def at_a_bench(job: Job, told: Advance) -> Report:
        bench = free.get()
        try:
            return work(job, bench, told)
        finally:
            free.put(bench)

    with contextlib.ExitStack() as stack:
        for _ in range(workers):
            free.put(stack.enter_context(_bench(place, reads)))
        return _threads.run(at_a_bench, jobs, jobs=workers, advance=advance)


def on_cluster(
    work: Work[Job, Report],
    jobs: Sequence[Job],
    *,
    place: str,
    reads: Callable[[Job], str],
    address: str,
    advance: Advance,
) -> list[Report]:
    """What `work` tells of each job, done by a Dask cluster that sees the same files under the same names."""
    parts = max(min(len(jobs), WORKERS), -(-len(jobs) // _MOST_FILES))
    batches = [jobs[part::parts] for part in range(parts)]
    done: list[Report] = []
    with cluster(address, work="a conversion") as pool:
        futures = [pool.submit(_batch, work, batch, place, [reads(job) for job in batch]) for batch in batches]
        try:
            for future in as_completed(futures):
                reports, count = future.result()
                done += reports
                advance(count)
        finally:
            for future in futures:
                future.cancel()
    return done


def _batch(work: Work[Job, Report], jobs: Iterable[Job], place: str, reads: Sequence[str]) -> tuple[list[Report], int]:
    """On the cluster: a few jobs, and how far they have come."""
    advanced: list[int] = []
    with _bench(place, reads) as bench:
        return [work(job, bench, advanced.append) for job in jobs], sum(advanced)
