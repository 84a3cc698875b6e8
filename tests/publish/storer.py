"""A process that stores a folder in a local repository, to be killed: `python -m tests.publish.storer ROOT FOLDER NEW`.

It says when it is ready, so that whoever kills it hits the work and not the start of Python.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fairkit.publish.journal import opened
from fairkit.publish.local import deposit
from fairkit.publish.result import Way

from .bench import Release

__all__ = ["main"]


def main(root: str, folder: str, new: str) -> None:
    """Store the folder, as a new version if `new` says so."""
    release = Release(Path(folder))
    with opened(folder, root) as journal:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        deposit(root, journal, release, Way(new_version=new == "new"))


if __name__ == "__main__":
    main(*sys.argv[1:])
