"""Folders with links: what lies outside is told of, never read, never written, and never in anything that is made."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fairkit.errors import FairkitError
from fairkit.package.description import describe
from fairkit.package.layout import look
from fairkit.package.package import build
from fairkit.package.verify import verify

from .decoys import SECRET, opened
from .layouts import CSV, MADE, outside_of


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    return outside_of(tmp_path / "outside")


@pytest.fixture
def folder(request: pytest.FixtureRequest, tmp_path: Path, outside: Path) -> Path:
    root = tmp_path / "set"
    root.mkdir()
    (root / "a.csv").write_text(CSV)
    (root / "fairkit.toml").write_text('[resource]\ntitle = "Toys"\nlicense = "CC0-1.0"\n')
    MADE[request.param](root, outside)
    return root


def unread(outside: Path, work: Callable[[], object]) -> str:
    """What some work comes to, which must read nothing outside, and must not take long."""
    before = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}
    start = time.monotonic()
    with opened(outside) as touched, opened(outside / "folder") as touched_below:
        try:
            done = repr(work())
        except FairkitError as error:
            done = str(error)
    assert (touched, touched_below) == ([], [])
    assert time.monotonic() - start < 10
    assert SECRET not in done
    assert {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()} == before
    return done


def clean(root: Path) -> bool:
    """Whether no file below a folder holds the secret; links are not followed, nor pipes waited for."""
    files = (Path(here, name) for here, _, names in os.walk(root) for name in names)
    return all(SECRET.encode() not in path.read_bytes() for path in files if path.is_file() and not path.is_symlink())


def test_there_are_enough_of_them() -> None:
    assert len(MADE) >= 20


@pytest.mark.parametrize("folder", MADE, indirect=True)
def test_looking_reads_nothing_outside(folder: Path, outside: Path) -> None:
    unread(outside, lambda: look(folder))
    found = look(folder)
    assert "a.csv" in found.data
    for path in (*found.data, *found.describing):
        assert os.path.realpath(folder / path).startswith(f"{os.path.realpath(folder)}/")


@pytest.mark.parametrize("folder", MADE, indirect=True)
def test_describing_reads_nothing_outside(folder: Path, outside: Path) -> None:
    assert "Toys" in unread(outside, lambda: describe(str(folder)))


@pytest.mark.parametrize("how", ["folder", "linked", "zip", "in place"])
@pytest.mark.parametrize("folder", MADE, indirect=True)
def test_packaging_reads_and_writes_nothing_outside(folder: Path, outside: Path, tmp_path: Path, how: str) -> None:
    output = None if how == "in place" else str(tmp_path / "pkg")
    done = unread(outside, lambda: build(str(folder), output, archive=how == "zip", link=how == "linked"))
    package = folder if output is None else tmp_path / ("pkg.zip" if how == "zip" else "pkg")
    assert "Toys" in done
    if package.is_dir():
        assert clean(package)
    else:
        assert SECRET.encode() not in package.read_bytes()
    if how != "in place":
        assert verify(str(package)).passed


@pytest.mark.parametrize("folder", MADE, indirect=True)
def test_verifying_reads_nothing_outside(folder: Path, outside: Path) -> None:
    """A package into which the links were put later."""
    manifest = folder / "manifest-sha256.txt"
    if not manifest.is_symlink():
        names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
        manifest.write_text("".join(f"{'0' * 64}  {name}\n" for name in names))
    unread(outside, lambda: verify(str(folder)))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a link to a file outside", "b.csv leads out of the folder"),
        ("a link to a folder outside", "sub leads out of the folder"),
        ("two links to each other", "one.csv leads out of the folder, or to no file"),
        ("pipes", "b.csv is no file but a pipe"),
        ("a socket", "b.csv is no file but a pipe, a socket"),
        ("a link to a device", "b.csv leads out"),
        ("a link to what a process is", "b.csv leads out"),
        ("two names that differ in their accents", "caf"),
    ],
)
def test_what_is_left_out_is_told(tmp_path: Path, outside: Path, name: str, told: str) -> None:
    root = tmp_path / "set"
    root.mkdir()
    (root / "a.csv").write_text(CSV)
    MADE[name](root, outside)
    assert any(told in note for note in build(str(root), str(tmp_path / "pkg")).notes)


def test_a_file_that_becomes_a_link_meanwhile_is_not_followed(tmp_path: Path, outside: Path) -> None:
    from fairkit.package.progress import Progress

    root = tmp_path / "set"
    root.mkdir()
    (root / "a.csv").write_text(CSV)

    def swap(total: int) -> None:
        (root / "a.csv").unlink()
        (root / "a.csv").symlink_to(outside / "secret.csv")

    done = unread(outside, lambda: build(str(root), str(tmp_path / "pkg"), progress=Progress(begin=swap)))
    assert "a.csv" in done
    assert "cannot be read" in done
    assert clean(tmp_path / "pkg")
