"""The targets of a survey: the files of a folder, the lines of a list, the answers to a query."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fairkit.errors import TargetError, UnknownName, UsageError
from fairkit.http import Session
from fairkit.settings import base_url
from fairkit.sources import Target, targets

__all__ = ["QUERIES", "in_folder", "in_list", "of_query"]

_PAGE = 100
_WINDOW = 10_000
"""How many answers a search of CERN Open Data shows at most."""


def in_folder(path: str) -> list[Target]:
    """Every JSON document in a folder and the folders in it, by name; hidden ones and links are passed over.

    Raises:
        UsageError: if it is no folder that can be read.
    """
    if not os.path.isdir(path):
        raise UsageError(f"{path} is no folder", value=path, remedy="Name a folder of saved records.")
    found: list[str] = []
    waiting = [path]
    while waiting:  # `os.walk` calls itself for each level
        with suppress(OSError), os.scandir(waiting.pop()) as listed:
            here = sorted((entry for entry in listed if not entry.name.startswith(".")), key=lambda each: each.name)
            found += [entry.path for entry in here if not entry.is_dir() and _is_document(entry.name)]
            waiting += [entry.path for entry in reversed(here) if entry.is_dir(follow_symlinks=False)]
    if not found:
        remedy = "It must hold saved records: .json or .jsonld files."
        raise UsageError(f"{path} holds no document", value=path, remedy=remedy)
    return [Target(name, "file") for name in found]


def _is_document(name: str) -> bool:
    return name.endswith((".json", ".jsonld")) and not name.startswith(".") and name != "INDEX.json"


def in_list(path: str) -> Iterator[Target]:
    """The targets in the lines of a file; blank lines and those that begin with `#` are passed over.

    Raises:
        UsageError: if it cannot be read.
    """
    try:
        with Path(path).open(encoding="utf-8") as lines:
            for line in lines:
                yield from of_line(line)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the list {path} cannot be read: {error}", value=path) from None


def of_line(line: str) -> list[Target]:
    """The target in a line: a word, a keyword and a word, or a path with blanks in it."""
    written = line.strip()
    if not written or written.startswith("#"):
        return []
    keyword, _, rest = written.partition(" ")
    found = targets([keyword, rest.strip()]) if rest else targets([written])
    return found if len(found) == 1 else [Target(written)]


def of_query(query: str, session: Session) -> Iterable[Target]:
    """The records that a service finds: `cernopendata:keyword=datascience`, with `&` between several conditions.

    Raises:
        UsageError: if the query has another form, or finds more than the service shows.
    """
    service, colon, conditions = query.partition(":")
    if not colon:
        remedy = "As in: --query cernopendata:keyword=datascience"
        raise UsageError(f"{query!r} is no query", value=query, remedy=remedy)
    if service not in QUERIES:
        raise UnknownName("service to query", service, QUERIES)
    return QUERIES[service](dict(parse_qsl(conditions, keep_blank_values=True)), session)


def _cern_open_data(conditions: Mapping[str, str], session: Session) -> Iterator[Target]:
    """The records of CERN Open Data; those on tape too, which its search leaves out unless asked."""
    asked = {"keywords" if name == "keyword" else name: value for name, value in conditions.items()}
    page, seen, total = 1, 0, 1
    while seen < total:
        wanted = {"ondemand": "true"} | asked | {"page": page, "size": _PAGE, "skip_files": 1, "sort": "mostrecent"}
        hits, total = _hits(session, f"{base_url('cern-open-data')}/api/records/?{urlencode(wanted)}")
        if total > _WINDOW:
            what = f"the query finds {total:,} records, and the portal shows no more than the first {_WINDOW:,}"
            raise UsageError(what, value=conditions, remedy="Ask in parts, as by experiment, type or year.")
        yield from (Target(recid, "record") for recid in hits)
        if not hits:
            return
        page, seen = page + 1, seen + len(hits)


def _hits(session: Session, url: str) -> tuple[list[str], int]:
    answer = session.get(url, accept="application/json")
    try:
        found: Any = json.loads(answer.body)["hits"]
        return [str(hit["metadata"]["recid"]) for hit in found["hits"]], int(found["total"])
    except (ValueError, KeyError, TypeError, RecursionError):
        what = f"the search answered with status {answer.status} and no list of records"
        raise TargetError(what, value=url, remedy="Try again later, or another query.") from None


QUERIES: dict[str, Callable[[Mapping[str, str], Session], Iterable[Target]]] = {"cernopendata": _cern_open_data}
"""What each service finds, by its name on the command line."""
