"""A portal over three invented records, and one over the real ones where they lie beside the checkout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.cern_open_data import Portal
from tests.servers.toys import RECORDS


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Portal(RECORDS) as portal:
        yield portal


@pytest.fixture
def real(shared: Path) -> Iterator[Portal]:
    folder = shared / "data" / "cern-open-data"
    with Portal.from_folders(folder / "sample", folder / "records") as portal:
        yield portal
