"""How everybody above opens a file: its format is found, and what is hostile ground is read in the limited child."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from fairkit import untrusted
from fairkit.errors import FairkitError, UnreadableDocument
from fairkit.model.base import adapter, plain
from fairkit.registry import FORMATS

from . import MOST_BYTES, Facts, find, format_of

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["batches_of", "every_facts", "facts_of"]

_HERE = __name__
_MOST_SECONDS = 600.0


def facts_of(path: str | os.PathLike[str], *, format: str | None = None) -> Facts:
    """The facts of a file, of the format that it is of unless one is named.

    Raises:
        UnknownName: if there is no such format.
        UnreadableDocument: if it is broken, hostile, or of no format that is known.
    """
    [found] = every_facts([path], format=format)
    if isinstance(found, FairkitError):
        raise found
    return found


def every_facts(
    paths: Iterable[str | os.PathLike[str]], *, format: str | None = None
) -> Iterator[Facts | FairkitError]:
    """The facts of each file in order, or what is wrong with it; those for the child share one."""
    every = [os.fspath(path) for path in paths]
    names = [_tried(path, format) for path in every]
    kept = [(n, p) for n, p in zip(names, every, strict=True) if isinstance(n, str) and format_of(n).SANDBOXED]
    read = untrusted.calls(f"{_HERE}:told_facts", kept, most_seconds=_time_for(path for _, path in kept))
    for name, path in zip(names, every, strict=True):
        if isinstance(name, FairkitError):
            yield name
        elif format_of(name).SANDBOXED:
            yield _understood(next(read), path)
        else:
            yield _facts_here(name, path)


def _time_for(paths: Iterable[str]) -> float:
    """Seconds for the largest of some files: what is packed with bzip2 takes a tenth of one for each megabyte."""
    largest = max((os.path.getsize(path) for path in paths), default=0)
    return min(untrusted.MOST_SECONDS + largest / 1e6, _MOST_SECONDS)


def _tried(path: str, format: str | None) -> str | FairkitError:
    try:
        return _format(path, format)
    except UnreadableDocument as error:
        return error


def _format(path: str, format: str | None) -> str:
    """The name of the format, of a regular file: a pipe or a device might never end.

    Raises:
        UnknownName: if there is none of the name that is given.
        UnreadableDocument: if it is no regular file, or of no format that is known.
    """
    if format is not None:
        format_of(format)
    if os.path.exists(path) and not os.path.isfile(path):
        raise UnreadableDocument(f"{path} is no regular file", value=path, remedy="Name a file.")
    found = find(path)
    if format or found:
        return format or str(found)
    known = ", ".join(FORMATS.names())
    raise UnreadableDocument(f"{path} is of no format that fairkit reads", value=path, remedy=f"Known: {known}")


def _facts_here(name: str, path: str) -> Facts | FairkitError:
    try:
        return format_of(name).facts(path)
    except UnreadableDocument as error:
        return error


def _understood(told: Any, path: str) -> Facts | FairkitError:
    if isinstance(told, FairkitError):
        return told
    try:
        return adapter(Facts).validate_python(told)
    except ValueError:
        return UnreadableDocument(f"{path} could not be read: what came of it are no facts", value=path)


def batches_of(
    path: str | os.PathLike[str],
    table: str | None = None,
    *,
    columns: Sequence[str] | None = None,
    most_bytes: int = MOST_BYTES,
    format: str | None = None,
) -> Iterator[pa.RecordBatch]:
    """The rows of one table of a file, the only one unless it is named, in batches of at most `most_bytes` in memory.

    Raises:
        UnknownName: if there is no such format.
        UnreadableDocument: if it is broken or hostile, or has no such table or column.
    """
    there = os.fspath(path)
    name = _format(there, format)
    chosen = None if columns is None else list(columns)
    if format_of(name).SANDBOXED:
        return untrusted.stream(
            f"{_HERE}:sent_batches",
            name,
            there,
            table,
            chosen,
            most_bytes,
            reads=[there],
            most_seconds=_time_for([there]),
        )
    return format_of(name).batches(there, table, columns=chosen, most_bytes=most_bytes)


def told_facts(name: str, path: str) -> Any:
    """In the child: the facts as JSON has them."""
    return plain(format_of(name).facts(path))


def sent_batches(
    name: str, path: str, table: str | None, columns: list[str] | None, most_bytes: int
) -> Iterator[pa.RecordBatch]:
    """In the child: the batches that are sent."""
    return format_of(name).batches(path, table, columns=columns, most_bytes=most_bytes)
