"""The results.json of a model: numbers join it, and take the place of what was measured of the same before."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from fairkit import atomic
from fairkit.dialects import results as dialect
from fairkit.errors import NotFound, UnreadableDocument
from fairkit.evidence import local
from fairkit.model.ai import Result
from fairkit.model.evidence import Document
from fairkit.package.layout import not_a_package

__all__ = ["FILE", "read", "record"]

FILE = dialect.FILE_NAMES[0]
_MOST_BYTES = 64 * 1024 * 1024


def read(root: str) -> tuple[Result, ...]:
    """The results that stand in the folder; none if there is no such file.

    Raises:
        UnreadableDocument: if the file is no list of results, no regular file, or too large to be one.
    """
    path = str(Path(root, FILE))
    if not os.path.lexists(path):
        return ()
    answer = local.read(path, most=_MOST_BYTES)
    if answer.error or os.path.islink(path):
        raise UnreadableDocument(f"{path} cannot be read: {answer.error or 'it is a link'}", value=path)
    return dialect.results(
        Document(representation="results", media_type=dialect.MEDIA_TYPE, url=path, body=answer.body)
    )


def record(root: str, found: Sequence[Result]) -> str:
    """Write results into the folder of their model, and return the path of the file; doing it twice changes nothing.

    Raises:
        NotFound: if there is no such folder.
        UnreadableDocument: if what stands there is no list of results.
        UsageError: if it cannot be written, or the folder is a finished package.
    """
    if not Path(root).is_dir():
        raise NotFound(f"there is no folder {root}", value=root, remedy="Name the folder of the model with --model.")
    before, new = read(root), {_key(one) for one in found}
    kept = [one for one in before if _key(one) not in new]
    first = next((place for place, one in enumerate(before) if _key(one) in new), len(before))
    at = sum(_key(one) not in new for one in before[:first])  # what is measured again keeps its place
    body = dialect.body((*kept[:at], *found, *kept[at:]))
    path = Path(root, FILE)
    if not path.is_file() or path.read_bytes() != body:
        not_a_package(root, FILE)
        atomic.write(path, body)
    return str(path)


def _key(one: Result) -> tuple[object, ...]:
    """What a result is the number of: another value for it takes its place."""
    return (one.metric, one.operating_point, one.aggregation, one.dataset, one.version, one.split, one.split_digest)
