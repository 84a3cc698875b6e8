"""What the tests put in the place of the conversion in the limited child: one that goes wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from fairkit.formats import parquet
from fairkit.package._converting import converted

__all__: list[str] = []


def changed(path: str, task: Mapping[str, Any], column: str = "jet_pt") -> Iterator[Any]:
    """What is read back has other values in a column."""
    whole = parquet.batches

    def other(*args: Any, **options: Any) -> Iterator[Any]:
        import pyarrow as pa

        for batch in whole(*args, **options):
            turned = batch.column(column).take(pa.array(range(batch.num_rows - 1, -1, -1)))
            yield batch.set_column(batch.schema.names.index(column), batch.schema.field(column), turned)

    parquet.batches = other
    yield from converted(path, task)


def changed_first(path: str, task: Mapping[str, Any]) -> Iterator[Any]:
    yield from changed(path, task, "event")


def died(path: str, task: Mapping[str, Any]) -> Iterator[Any]:
    for told in converted(path, task):
        yield told
        os.abort()


def nonsense(path: str, task: Mapping[str, Any]) -> Iterator[Any]:
    yield {"made": {"rows": "many"}}


def silent(path: str, task: Mapping[str, Any]) -> Iterator[Any]:
    yield from ()


def nothing_made(path: str, task: Mapping[str, Any]) -> Iterator[Any]:
    yield {"made": {"rows": 1, "counts": {}, "cut": {}, "notes": []}}
