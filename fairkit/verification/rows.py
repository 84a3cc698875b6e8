"""Example rows as arrays: from .npz, .npy, JSON or Parquet, without unpickling anything. For the limited child."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from fairkit.errors import UnreadableDocument

__all__ = ["MADE_BY", "read"]

MADE_BY = "__made_by__"
"""The name of the array in an outputs.npz that says what model made it."""


def read(files: Sequence[Sequence[str]]) -> dict[str, Any]:
    """The arrays of files, each given as a name and a path; the name is that of the array where the file has none.

    Raises:
        UnreadableDocument: if one is no such file.
    """
    found: dict[str, Any] = {}
    for name, path in files:
        found.update(_arrays(name, path))
    return found


def _arrays(name: str, path: str) -> dict[str, Any]:
    import numpy as np

    try:
        if path.endswith(".json"):
            return _of_json(name, path)
        if path.endswith(".parquet"):
            return _of_parquet(path)
        loaded = np.load(path, allow_pickle=False)
        return {name: loaded} if isinstance(loaded, np.ndarray) else {key: loaded[key] for key in loaded.files}
    except (ValueError, OSError, EOFError, KeyError, TypeError, RecursionError) as error:
        what = f"{path} holds no example rows: {' '.join(str(error).split())[:300]}"
        raise UnreadableDocument(what, value=path, remedy="numpy.savez writes such a file.") from None


def _of_json(name: str, path: str) -> dict[str, Any]:
    import numpy as np

    with open(path, "rb") as file:
        told = json.load(file)
    return {key: np.asarray(rows) for key, rows in (told.items() if isinstance(told, dict) else [(name, told)])}


def _of_parquet(path: str) -> dict[str, Any]:
    """A column for each input; one of lists is an array of more than one axis."""
    import numpy as np
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        table = file.read()
    return {key: np.asarray(table.column(key).to_pylist()) for key in table.column_names}
