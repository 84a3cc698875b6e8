"""Work on many files at once: hashing, copying and fetching leave Python free to do the next one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from threading import Event, Lock
from typing import TypeVar

__all__ = ["cores", "run"]

Item = TypeVar("Item")
Result = TypeVar("Result")
Advance = Callable[[int], None]


class _StoppedError(Exception):
    """Another file failed, or somebody pressed Ctrl-C."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(work: Callable[[Item, Advance], Result], items: Iterable[Item], *, jobs: int, advance: Advance) -> list[Result]:
    """What `work(item, advance)` returns for each item, in their order.

    The first fault is raised, and stops all others when they next tell that they have advanced.
    """
    if jobs < 2:
        return [work(item, advance) for item in items]
    lock, over = Lock(), Event()

    def told(count: int) -> None:
        if over.is_set():
            raise _StoppedError
        with lock:
            advance(count)

    with ThreadPoolExecutor(jobs, thread_name_prefix="fairkit") as pool:
        futures = [pool.submit(work, item, told) for item in items]
        try:
            wait(futures, return_when=FIRST_EXCEPTION)
            failed = [future for future in futures if future.done() and future.exception() is not None]
            return [future.result() for future in (*failed[:1], *futures)][len(failed[:1]) :]
        finally:
            over.set()
            pool.shutdown(cancel_futures=True)
