"""The judge of storage roots: ocfl-py, which knows nothing of us."""

from __future__ import annotations

import contextlib
import io
import logging
from pathlib import Path

__all__ = ["faults"]


def faults(root: Path) -> list[str]:
    """What ocfl-py finds wrong with a storage root and all its objects, warnings too."""
    from ocfl import StorageRoot  # type: ignore[import-untyped]

    logging.disable(logging.CRITICAL)
    try:
        judge = StorageRoot(root=str(root))
        with contextlib.redirect_stdout(io.StringIO()):
            valid = judge.validate(log_warnings=True)
    finally:
        logging.disable(logging.NOTSET)
    found = [str(message) for _, message in judge.errors] + list(judge.log.messages)
    if judge.num_objects != judge.good_objects or not valid:
        found.append(f"{judge.good_objects} of {judge.num_objects} objects are good")
    return found
