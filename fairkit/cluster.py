"""A Dask cluster as an executor, for work that more machines than one should share."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from .errors import UsageError

__all__ = ["WORKERS", "cluster"]

WORKERS = 8
"""How many workers are kept busy: clusters grow and shrink, and do not tell."""


@contextmanager
def cluster(address: str, *, work: str) -> Iterator[Executor]:
    """The executor of a Dask cluster that is there, or for `local` of one on this machine; `work` is what it is for.

    Raises:
        UsageError: if the cluster cannot be had.
    """
    try:
        distributed: Any = importlib.import_module("dask.distributed")
    except ImportError:
        remedy = 'pip install "fairkit[dask]"'
        raise UsageError(f"{work} on a cluster needs Dask", value=address, remedy=remedy) from None
    try:
        client = distributed.Client(**({} if address == "local" else {"address": address, "timeout": 10}))
    except (OSError, ValueError) as error:
        remedy = "Name its scheduler as tcp://host:8786, or write --dask local."
        raise UsageError(f"no Dask cluster answers at {address}: {error}", value=address, remedy=remedy) from None
    with client:
        yield client.get_executor()
