"""A process that deposits a folder, to be killed: `python -m tests.publish.depositor URL FOLDER`.

It says when it is ready, so that whoever kills it hits the deposit and not the start of Python.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import fairkit.http.transport  # what the first request would load
from fairkit.http import Session
from fairkit.publish.apply import Deposit, Way
from fairkit.publish.journal import opened
from fairkit.repositories.invenio import Invenio

from .bench import Release

__all__ = ["main"]


def main(base: str, root: str) -> None:
    """Deposit and publish the folder; pauses are shorter than in earnest."""
    token = os.environ["FAIRKIT_TOKEN"]
    session = Session(credentials={base: f"Bearer {token}"}, trusted=[base])
    repository = Invenio(base, session, pause=_pause)
    release = Release(Path(root))
    with opened(root, base) as journal, session:
        sys.stdout.write(f"ready, with {fairkit.http.transport.__name__}\n")
        sys.stdout.flush()
        Deposit(repository, journal, release, pause=_pause).run(Way(publish=True))


def _pause(seconds: float) -> None:
    time.sleep(seconds / 10)


if __name__ == "__main__":
    main(*sys.argv[1:])
