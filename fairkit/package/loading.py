"""How each kind of file is read: a few lines of Python with the libraries that people have, and no fairkit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from fairkit.model.variable import Table

from .words import FileFacts

__all__ = ["Snippet", "snippets"]

_READ = 3
"""Columns that a snippet names."""


class Snippet(NamedTuple):
    """Lines that read one file; `needs` are the packages that they use."""

    format: str
    file: str
    needs: tuple[str, ...]
    code: str


def snippets(files: Sequence[FileFacts]) -> tuple[Snippet, ...]:
    """One for each format, for its first file that has a table."""
    found: dict[str, Snippet] = {}
    for file in files:
        form = file.facts.format
        table = max(file.facts.tables, key=lambda one: one.entry_count or 0, default=None)
        if form in _WAYS and form not in found and table is not None and table.columns:
            needs, lines = _WAYS[form]
            found[form] = Snippet(form, file.path, needs, "".join(f"{line}\n" for line in lines(file.path, table)))
    return tuple(found.values())


def _parquet(path: str, table: Table) -> Iterator[str]:
    yield "import pyarrow.parquet as pq"
    yield ""
    yield f"table = pq.read_table({path!r})"
    yield f"values = table[{table.columns[0].name!r}]"


def _root(path: str, table: Table) -> Iterator[str]:
    names = [column.name for column in table.columns[:_READ]]
    yield "import uproot"
    yield ""
    yield f"with uproot.open({path!r}) as file:"
    yield f"    arrays = file[{table.name!r}].arrays({names!r})"
    yield f"values = arrays[{names[0]!r}]"


def _hdf5(path: str, table: Table) -> Iterator[str]:
    first, where = table.columns[0].name, re.sub(r"\[\d+\]$", "", table.name)
    if first == "index":  # as pandas writes its tables, whose columns have no place of their own
        yield from ("import pandas as pd", "", f"table = pd.read_hdf({path!r}, {where!r})")
        return
    place = f"[{where!r}]" if where.rpartition("/")[2] == first else f"[{where!r}][{first!r}]"
    yield from ("import h5py", "", f"with h5py.File({path!r}) as file:", f"    values = file{place}[:]")


def _csv(path: str, table: Table) -> Iterator[str]:
    yield "from pyarrow import csv"
    yield ""
    tabs = ", parse_options=csv.ParseOptions(delimiter='\\t')" if ".tsv" in path.lower() else ""
    yield f"table = csv.read_csv({path!r}{tabs})"
    yield f"values = table[{table.columns[0].name!r}]"


def _json_lines(path: str, table: Table) -> Iterator[str]:
    yield "from pyarrow import json"
    yield ""
    yield f"table = json.read_json({path!r})"
    yield f"values = table[{table.columns[0].name!r}]"


def _numpy(path: str, table: Table) -> Iterator[str]:
    yield "import numpy as np"
    yield ""
    yield f"values = np.load({path!r}, allow_pickle=False)"


_WAYS: dict[str, tuple[tuple[str, ...], Callable[[str, Table], Iterator[str]]]] = {
    "parquet": (("pyarrow",), _parquet),
    "root": (("uproot", "awkward"), _root),
    "hdf5": (("h5py",), _hdf5),
    "csv": (("pyarrow",), _csv),
    "json-lines": (("pyarrow",), _json_lines),
    "numpy": (("numpy",), _numpy),
}
"""Pickle is not among them: to load one is to run what is in it."""
