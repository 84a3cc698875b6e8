"""Which files of a record are to be fetched: their addresses as the web has them, and names that stay in the folder."""

from __future__ import annotations

import json
import os.path
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from fairkit import settings
from fairkit.dialects import cern_open_data
from fairkit.errors import NotFound, UnreadableDocument, UsageError
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.evidence import Document
from fairkit.model.resource import Resource
from fairkit.model.variable import Split

from . import names

__all__ = ["Wanted", "address", "chosen", "expanded"]

# One form of the portal's files, with the port or without (the certificate of the storage itself is not accepted by
# most machines, so the portal's own address is taken).
_EOS = re.compile(r"root://eospublic\.cern\.ch(?::\d+)?/(/eos/opendata/.+)")


class Wanted(NamedTuple):
    """A file to be fetched."""

    name: str
    url: str
    byte_size: int | None
    checksums: tuple[Checksum, ...]


def address(url: str) -> str | None:
    """The address from which the web serves a file, None where it does not."""
    eos = _EOS.fullmatch(url)
    if eos is not None:
        return f"{settings.base_url('cern-open-data')}{eos[1]}"
    return url if url.startswith(("https://", "http://")) else None


def expanded(resource: Resource, read: Callable[[Distribution], bytes]) -> Resource:
    """The resource with the members of its index files in their place; `read` fetches such a file.

    Raises:
        UnreadableDocument: if one is no index.
    """
    files: list[Distribution] = []
    for file in resource.distributions:
        if file.role != "index":
            files.append(file)
        elif file.name.endswith(".json"):  # beside it lies the same as text, without sizes and checksums
            files += _members(file, read(file))
    return replace(resource, distributions=tuple(files))


def _members(index: Distribution, body: bytes) -> tuple[Distribution, ...]:
    try:
        rows = json.loads(body)
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list):
        raise UnreadableDocument(f"{index.name} is no list of files", value=index.name, remedy="Tell who keeps it.")
    record = {"recid": "0", "type": {}, "_file_indices": [{"key": index.name, "files": rows}]}
    document = Document(
        representation="cern-open-data",
        media_type=cern_open_data.MEDIA_TYPE,
        url=index.name,
        body=json.dumps(record).encode(),
    )
    return cern_open_data.read(document).resource.distributions


def chosen(
    resource: Resource, *, only: Sequence[str] = (), split: str | None = None, most: int | None = None
) -> tuple[Wanted, ...]:
    """The files that are wanted: those of a `split`, with a name `only` like one of these, and the first so many.

    Raises:
        NotFound: if the record has no such files, or none that the web serves.
        UnreadableDocument: if the name of one would lead out of the folder, or is that of another.
    """
    there = [(file, url) for file in resource.distributions if file.content_url and (url := address(file.content_url))]
    if not there:
        named = f"{len(resource.distributions):,} files, none with an address of the web"
        what = f"there is nothing to fetch: {named if resource.distributions else 'no file is named'}"
        raise NotFound(what, remedy="What it is made of:  fairkit assess TARGET -v")
    every = [
        Wanted(name, url, file.byte_size, file.checksums)
        for name, (file, url) in zip(_unique([(file.name, url) for file, url in there]), there, strict=True)
    ]
    every = _of_split(every, resource.splits, split) if split is not None else every
    every = [file for file in every if not only or any(_is_like(file.name, pattern) for pattern in only)]
    if not every:
        what = f"no file has a name like {', '.join(only)}"
        raise NotFound(what, value=list(only), remedy=f"They are called as in: {there[0][0].name}")
    return tuple(every[:most])


def _is_like(name: str, pattern: str) -> bool:
    return fnmatchcase(name, pattern) or fnmatchcase(name.rpartition("/")[2], pattern)


def _of_split(every: Iterable[Wanted], splits: Sequence[Split], name: str) -> list[Wanted]:
    """The files that a split names, else those in folders that are called like it."""
    every = list(every)
    patterns = [pattern for part in splits if part.name == name for pattern in part.files]
    folder = re.compile(rf"/{re.escape(name)}(?:ing|ation|_?set)?/", re.IGNORECASE)
    found = [
        file
        for file in every
        if any(_is_like(file.name, pattern) for pattern in patterns)
        or (not patterns and folder.search(f"/{urlsplit(file.url).path}"))
    ]
    if not found:
        known = ", ".join(part.name for part in splits) or "none"
        raise NotFound(f"no file is of the split {name!r}", value=name, remedy=f"The record has: {known}")
    return found


def _unique(files: Sequence[tuple[str, str]]) -> list[str]:
    """A name for each file: its own, or where two share one the paths of all, from the folder that they share."""
    own = [name for name, _ in files]
    found = own if max(Counter(own).values()) == 1 else _paths([url for _, url in files])
    for name in found:
        why = names.fault(name, foreign=True) or ("it is hidden" if f"/{name}".find("/.") >= 0 else None)
        if why is not None:
            remedy = "Nothing was fetched: tell who keeps the record."
            raise UnreadableDocument(f"the record names a file {name!r}: {why}", value=name, remedy=remedy)
    same, count = Counter(name.casefold() for name in found).most_common(1)[0]
    if count > 1:
        what = f"the record names {count} files {same!r}"
        raise UnreadableDocument(what, value=same, remedy="Nothing was fetched: they would take each other's place.")
    return found


def _paths(urls: Sequence[str]) -> list[str]:
    paths = [unquote(urlsplit(url).path) for url in urls]
    try:
        shared = os.path.commonpath([path.rpartition("/")[0] for path in paths])
    except ValueError:
        raise UsageError("the files of the record have no folder in common", value=list(urls[:2])) from None
    return [path[len(shared) :].lstrip("/") for path in paths]
