"""The results.json of a model: numbers join it, and take the place of what was measured of the same before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fairkit import atomic
from fairkit.dialects import results as dialect
from fairkit.errors import NotFound, UnreadableDocument
from fairkit.model.ai import Result
from fairkit.model.evidence import Document

__all__ = ["FILE", "read", "record"]

FILE = dialect.FILE_NAMES[0]
_MOST_BYTES = 64 * 1024 * 1024


def read(root: str) -> tuple[Result, ...]:
    """The results that stand in the folder; none if there is no such file.

    Raises:
        UnreadableDocument: if the file is no list of results, or is too large to be one.
    """
    path = Path(root, FILE)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UnreadableDocument(f"{path} is too large for a list of results", value=str(path))
        body = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise UnreadableDocument(f"{path} cannot be read: {error.strerror}", value=str(path)) from None
    return dialect.results(Document(representation="results", media_type=dialect.MEDIA_TYPE, url=str(path), body=body))


def record(root: str, found: Sequence[Result]) -> str:
    """Write results into the folder of their model, and return the path of the file; doing it twice changes nothing.

    Raises:
        NotFound: if there is no such folder.
        UnreadableDocument: if what stands there is no list of results.
        UsageError: if it cannot be written.
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
        atomic.write(path, body)
    return str(path)


def _key(one: Result) -> tuple[object, ...]:
    """What a result is the number of: another value for it takes its place."""
    return (one.metric, one.operating_point, one.aggregation, one.dataset, one.version, one.split, one.split_digest)
