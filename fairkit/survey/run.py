"""Running a survey: batches of targets go to processes, rows come back in the order of the targets.

No more batches are under way than keep every process busy, so memory stays flat however long the list is.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING

from fairkit.cluster import WORKERS, cluster
from fairkit.sources import Target

from .row import Row, Settings, Surveyor

if TYPE_CHECKING:
    from fairkit.http import Session

__all__ = ["survey"]

_BATCH = 64
_AHEAD = 16
"""Batches that wait for each process: enough to keep it busy while the rows of others are written."""

_surveyors: dict[Settings, Surveyor] = {}
"""What a process keeps from one batch to the next: its checklists and its session."""


def survey(
    targets: Iterable[Target],
    how: Settings,
    *,
    jobs: int = 1,
    dask: str | None = None,
    session: Session | None = None,
) -> Iterator[list[Row]]:
    """The rows of all targets, a batch at a time, in the order of the targets.

    `jobs` processes share the work; `dask` names a cluster (`tcp://…`, or `local`) instead. The network is used by
    one process alone, through one session, which keeps to the limits of each service.

    Raises:
        UsageError: if the cluster cannot be had.
    """
    if dask is None and jobs <= 1:
        surveyor = Surveyor(how, session=session)
        for batch in _batches(targets):
            yield list(surveyor.rows(batch))
        return
    with cluster(dask, work="a survey") if dask is not None else ProcessPoolExecutor(jobs) as pool:
        yield from _ordered(pool, targets, how, ahead=_AHEAD * (jobs if dask is None else WORKERS))


def _ordered(pool: Executor, targets: Iterable[Target], how: Settings, *, ahead: int) -> Iterator[list[Row]]:
    waiting: deque[Future[list[Row]]] = deque()
    try:
        for batch in _batches(targets):
            waiting.append(pool.submit(_work, batch, how))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _work(batch: list[Target], how: Settings) -> list[Row]:
    if how not in _surveyors:
        gc.set_threshold(100_000, 20, 20)  # as the command line does: a survey makes few cycles
        _surveyors[how] = Surveyor(how)
    return list(_surveyors[how].rows(batch))


def _batches(targets: Iterable[Target]) -> Iterator[list[Target]]:
    every = iter(targets)
    while batch := list(islice(every, _BATCH)):
        yield batch
