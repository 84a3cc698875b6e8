"""The shipped data are found in the wheel's place first, else beside the package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fairkit import resources

from .conftest import ROOT


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    resources.folder.cache_clear()
    yield
    resources.folder.cache_clear()


@pytest.mark.parametrize("name", ["checklists", "schemas", "showcase", "vocabularies"])
def test_a_checkout_has_them_at_its_top(name: str) -> None:
    assert resources.folder(name) == ROOT / name
    assert resources.folder(name).is_dir()


def test_a_wheel_has_them_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "fairkit"
    (package / "data" / "toys").mkdir(parents=True)
    (package / "data" / "toys" / "b.toml").write_bytes(b"x = 1")
    (package / "data" / "toys" / "a.toml").write_bytes(b"")
    (package / "data" / "toys" / "c.csv").write_bytes(b"")
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.folder("toys") == package / "data" / "toys"
    assert resources.names("toys", ".toml") == ["a", "b"]
    assert resources.read_bytes("toys", "b.toml") == b"x = 1"


def test_a_file_that_is_not_shipped_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        resources.read_bytes("vocabularies", "nothing.csv")
