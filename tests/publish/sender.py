"""A process that deposits a folder in parts, to be killed: `python -m tests.publish.sender URL FOLDER PART_SIZE`."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from fairkit.http import Session
from fairkit.publish import parts
from fairkit.publish.apply import Deposit, Way
from fairkit.publish.journal import opened
from fairkit.repositories.invenio import Invenio

from .bench import Release

__all__ = ["main"]


def main(base: str, root: str, part: str) -> None:
    """Deposit and publish the folder, whatever is larger than a part in parts of that size."""
    parts.LEAST = parts.PART = int(part)
    session = Session(credentials={base: f"Bearer {os.environ['FAIRKIT_TOKEN']}"}, trusted=[base])
    with opened(root, base) as journal, session:
        repository = Invenio(base, session, pause=time.sleep)
        found = Deposit(repository, journal, Release(Path(root)), multipart=True).run(Way(publish=True))
    sys.stdout.write(f"published {found.draft.published}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
