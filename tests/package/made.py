"""Folders to be packaged, made for tests."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

__all__ = ["TOML", "contents", "deep", "folder", "stamps"]

TOML = """
[resource]
kind = "dataset"
title = "Toys"
description = "Toys for a test"
license = "CC-BY-4.0"
version = "1.0.0"
published = 2026-11-01

[[creators]]
name = "Example, Ada"
type = "person"
orcid = "0000-0002-1825-0097"

[publisher]
name = "Nobody"
"""
FILES = {
    "a.csv": b"x,y\n1,2\n",
    "sub/b.csv": b"x,y\n3,4\n5,6\n",
    "sub/deep/c.bin": bytes(range(256)) * 300,
    "fairkit.toml": TOML.encode(),
    "README.md": b"# Toys\n",
}


def folder(root: Path, files: Mapping[str, bytes] = FILES) -> Path:
    """A folder with these files."""
    for name, body in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(body)
    return root


@contextmanager
def deep(root: Path, levels: int, name: str = "deep.csv") -> Iterator[str]:
    """A file in so many folders in each other, by its path from the top; Python's own way to remove it calls itself."""
    root.mkdir(exist_ok=True)
    home = os.open(root, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir("d", dir_fd=home)
        inner = os.open("d", os.O_RDONLY, dir_fd=home)
        os.close(home)
        home = inner
    os.close(os.open(name, os.O_CREAT | os.O_WRONLY, dir_fd=home))
    os.close(home)
    try:
        yield f"{'d/' * levels}{name}"
    finally:
        subprocess.run(["rm", "-rf", root / "d"], check=True)


def contents(root: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def stamps(root: Path) -> dict[str, tuple[int, int]]:
    """Which file has which name, and when it was written."""
    every = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns) for path in every}
