"""Works of ours that a folder may be a version of, where neither a journal nor a DOI tells: by title and first creator.

A record of its own by accident could not be taken back, so the user is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fairkit.errors import DepositError
from fairkit.repositories.invenio import Invenio

__all__ = ["MARK", "NEWEST", "bears", "called", "refuse_namesake"]

MARK = "fairkit:release:"
"""How the mark of any release begins."""
NEWEST = 100
"""How many of the user's works are looked through without a query."""


def bears(hit: Mapping[str, Any], mark: str) -> bool:
    """Whether a draft or record has this mark, whole or its beginning."""
    return any(isinstance(value, str) and value.startswith(mark) for value in _column(hit, "identifiers", "identifier"))


def refuse_namesake(body: Mapping[str, Any], newest: Sequence[Mapping[str, Any]], repository: Invenio) -> None:
    """Stop if a record that fairkit published has the title and the first creator of what is to be a new one.

    `newest` are the latest drafts and records of whoever asks. Only where there may be more is the repository asked.

    Raises:
        DepositError: naming the newest one.
    """
    ours = called(body)
    if ours is None:
        return
    more: Iterable[Mapping[str, Any]] = ()
    if len(newest) >= NEWEST:
        title = body["metadata"]["title"].replace("\\", " ").replace('"', " ")
        more = repository.mine(f'"{title}"', most=NEWEST)
    for hit in (*newest, *more):
        if hit.get("is_published") is True and bears(hit, MARK) and called(hit) == ours:
            pids = hit.get("pids")
            row = pids.get("doi") if isinstance(pids, dict) else None
            doi = row.get("identifier") if isinstance(row, dict) else None
            name = doi or hit.get("id")
            what = f"you published a work of this title and creator there, as {name}, with other data or version"
            remedy = f"Is this a new version of it? --version-of {doi or 'DOI'}. Is it another work? --new-record"
            raise DepositError(what, value=name, remedy=remedy)


def called(work: Mapping[str, Any]) -> tuple[str, str] | None:
    """Title and first creator of a draft, as far as they can be compared; None where one is missing."""
    metadata = work.get("metadata")
    title = metadata.get("title") if isinstance(metadata, dict) else None
    who = next(iter(_column(work, "creators", "person_or_org")), None)
    if not isinstance(title, str) or not isinstance(who, dict):
        return None
    parts = [who.get("family_name"), who.get("given_name")] if who.get("family_name") else [who.get("name")]
    name = ", ".join(part for part in parts if isinstance(part, str))
    return (_plain(title), _plain(name)) if name else None


def _column(work: Mapping[str, Any], rows: str, key: str) -> list[Any]:
    metadata = work.get("metadata")
    found = metadata.get(rows) if isinstance(metadata, dict) else None
    return [row.get(key) for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
