"""Example rows are read without unpickling anything; that every form gives the same, `test_examples` holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from fairkit.errors import UnreadableDocument
from fairkit.verification import rows


def _objects(path: Path) -> None:
    np.save(path, np.asarray([{"a": 1}], dtype=object), allow_pickle=True)


def _nonsense(path: Path) -> None:
    path.write_bytes(b"nonsense")


@pytest.mark.parametrize("write", [_objects, _nonsense])
def test_nothing_is_unpickled(tmp_path: Path, write: Callable[[Path], None]) -> None:
    write(tmp_path / "x.npy")
    with pytest.raises(UnreadableDocument, match="holds no example rows"):
        rows.read([("x", str(tmp_path / "x.npy"))])
