"""Files to convert; and what the tests put in the place of the conversion in the limited child: one that goes wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fairkit.formats import parquet
from fairkit.package._converting import converted

__all__ = ["trees"]


def trees(path: Path, rows: int = 200, seed: int = 1) -> Path:
    """A small ROOT file with a TTree."""
    import awkward as ak
    import numpy as np
    import uproot

    path.parent.mkdir(parents=True, exist_ok=True)
    draw = np.random.default_rng(seed)
    counts = draw.poisson(3, rows)
    pt = ak.unflatten(draw.exponential(30, counts.sum()).astype("f4"), counts)
    with uproot.recreate(path) as file:
        file.mktree("events", {"met": "float32", "jet_pt": "var * float32"}, title="Toy events")
        file["events"].extend({"met": draw.exponential(50, rows).astype("f4"), "jet_pt": pt})
    return path


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
