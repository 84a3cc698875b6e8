"""Folders with links that lead where they should not, and what else is no plain file."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

from .decoys import SECRET

__all__ = ["MADE", "outside_of"]

Make = Callable[[Path, Path], None]

CSV = "x,y\n1,2\n"


def outside_of(root: Path) -> Path:
    """A folder beside the one that is packaged, with what must not be read."""
    root.mkdir()
    (root / "folder").mkdir()
    for name in ("secret.csv", "folder/secret.csv", "README.md", "fairkit.toml", "CITATION.cff", "secret.jsonld"):
        (root / name).write_text(f"title = '{SECRET}'\n{SECRET},{SECRET}\n")
    return root


def _link(name: str, target: str) -> Make:
    def made(root: Path, outside: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(target.format(outside=outside))

    return made


def _chain(root: Path, outside: Path) -> None:
    (root / "one.csv").symlink_to("two.csv")
    (root / "two.csv").symlink_to("three.csv")
    (root / "three.csv").symlink_to(outside / "secret.csv")


def _by_folder(root: Path, outside: Path) -> None:
    """A link inside that goes through a link to a folder outside."""
    (root / "away").symlink_to(outside)
    (root / "b.csv").symlink_to("away/secret.csv")


def _circle(root: Path, outside: Path) -> None:
    (root / "one.csv").symlink_to("two.csv")
    (root / "two.csv").symlink_to("one.csv")


def _long_chain(root: Path, outside: Path) -> None:
    """More links after each other than a system follows."""
    for number in range(60):
        (root / f"{number}.csv").symlink_to(f"{number + 1}.csv")
    (root / "60.csv").write_text(CSV)


def _out_and_back(root: Path, outside: Path) -> None:
    (root / "b.csv").symlink_to(f"../{root.name}/../outside/secret.csv")


def _hard(root: Path, outside: Path) -> None:
    (root / "b.csv").write_text(CSV)
    os.link(root / "b.csv", root / "c.csv")


def _pipe(root: Path, outside: Path) -> None:
    os.mkfifo(root / "b.csv")
    os.mkfifo(root / "README.md")


def _socket(root: Path, outside: Path) -> None:
    here = os.getcwd()
    os.chdir(root)  # the paths of sockets may not be long
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("b.csv")
    finally:
        os.chdir(here)


def _accents(root: Path, outside: Path) -> None:
    (root / "caf\u00e9.csv").write_text(CSV)
    (root / "cafe\u0301.csv").symlink_to(outside / "secret.csv")


def _hidden(root: Path, outside: Path) -> None:
    (root / ".git").mkdir()
    (root / ".git" / "objects").symlink_to(outside)
    (root / ".secret.csv").symlink_to(outside / "secret.csv")


def _many(root: Path, outside: Path) -> None:
    for number in range(300):
        (root / f"{number:03}.csv").symlink_to(outside / "secret.csv")


def _documents(root: Path, outside: Path) -> None:
    for name in ("README.md", "CITATION.cff", "codemeta.json", "datapackage.json", "variables.csv", ".zenodo.json"):
        (root / name).unlink(missing_ok=True)
        (root / name).symlink_to(outside / "secret.csv")


MADE: dict[str, Make] = {
    "a link to a file outside": _link("b.csv", "{outside}/secret.csv"),
    "a relative link to a file outside": _link("b.csv", "../outside/secret.csv"),
    "a link in a folder to a file outside": _link("sub/b.csv", "../../outside/secret.csv"),
    "a link to a folder outside": _link("sub", "{outside}/folder"),
    "a link to the folder above": _link("sub", ".."),
    "a link to the folder itself": _link("sub", "."),
    "a link to the folder itself by its name": _link("sub", "../set"),
    "a link to the root": _link("sub", "/"),
    "a link to itself": _link("b.csv", "b.csv"),
    "two links to each other": _circle,
    "a link to a link to a link": _chain,
    "sixty links": _long_chain,
    "a link through a linked folder": _by_folder,
    "a link out, back and out": _out_and_back,
    "a link to nothing": _link("b.csv", "nowhere.csv"),
    "a link to nothing outside": _link("b.csv", "../outside/nowhere.csv"),
    "a link to what a process is": _link("b.csv", "/proc/self/environ"),
    "a link to the folder of a process": _link("sub", "/proc/self/cwd"),
    "a link to what a process has open": _link("b.csv", "/proc/self/fd/0"),
    "a link to the memory of a process": _link("b.bin", "/proc/self/mem"),
    "a link to a device": _link("b.csv", "/dev/zero"),
    "a link to a terminal": _link("b.csv", "/dev/tty"),
    "pipes": _pipe,
    "a socket": _socket,
    "two names of one file": _hard,
    "two names that differ in their accents": _accents,
    "hidden links": _hidden,
    "hundreds of links": _many,
    "documents that are links": _documents,
    "a journal that is a link": _link("provenance.jsonld", "{outside}/secret.jsonld"),
    "a datasheet that is a link": _link("DATASHEET.md", "{outside}/README.md"),
    "a manifest that is a link": _link("manifest-sha256.txt", "{outside}/secret.csv"),
}
"""What each has, and how it is made in a folder that has a file of data beside it."""
