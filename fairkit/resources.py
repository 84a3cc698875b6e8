"""Where the shipped data are: inside the wheel, or beside the package in a checkout.

Four folders travel with fairkit: `checklists/`, `schemas/`, `vocabularies/` and `showcase/`. The wheel carries them
under `fairkit/data/`; an editable install or a checkout has them at its top.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["folder", "names", "read_bytes"]

_PACKAGE = Path(__file__).parent


@cache
def folder(name: str) -> Path:
    """The folder of shipped data called `name`."""
    shipped = _PACKAGE / "data" / name
    return shipped if shipped.is_dir() else _PACKAGE.parent / name


def names(of: str, suffix: str) -> list[str]:
    """The names, without `suffix`, of the files in a folder of shipped data, sorted."""
    return sorted(path.name.removesuffix(suffix) for path in folder(of).glob(f"*{suffix}"))


def read_bytes(of: str, name: str) -> bytes:
    """One shipped file."""
    return (folder(of) / name).read_bytes()
