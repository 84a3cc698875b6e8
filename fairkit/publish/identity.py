"""Of which record a folder is a version, where its journal does not say: a DOI is looked up, and proved by the record.

A DOI that leads to no record there stops the deposit: a new record by accident could not be taken back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fairkit.errors import DepositError, NotFound, UsageError
from fairkit.package.succession import Former
from fairkit.repositories import Draft
from fairkit.repositories.invenio import Invenio
from fairkit.vocab import identifiers

from .journal import Journal

__all__ = ["adopt", "as_doi", "formers", "record_of", "refuse_twin"]


def as_doi(written: str) -> str:
    """The DOI that somebody wrote, without prefix or resolver.

    Raises:
        UsageError: if it is none.
    """
    found = identifiers.identify(written)
    if found is None or found.scheme != "doi" or not identifiers.is_valid(found):
        what = f"{written!r} is no DOI"
        raise UsageError(what, value=written, remedy="As in --version-of 10.5281/zenodo.1234567")
    return found.value


def adopt(journal: Journal, repository: Invenio, doi: str) -> None:
    """Write into a journal that its folder is a version of the record with this DOI.

    Raises:
        NotFound: if the repository has no such record.
        DepositError: if the folder was published as a version of another one.
    """
    found, concept = record_of(repository, doi), journal.get("concept")
    known = journal.get("record") is not None
    if known and concept is not None and concept != found.concept:
        what = f"the folder was published as {journal.get('doi') or journal.get('record')}, and {doi} is another work"
        raise DepositError(what, value=doi, remedy="Leave --version-of out, or publish from another folder.")
    if not known:
        journal.note("identity", record=found.id, concept=found.concept)


def formers(
    journal: Journal, repository: Invenio, stated: Sequence[str], *, release: str, new_version: bool
) -> Mapping[str, Former]:
    """Which of the DOIs that a folder states are those of former versions, or of all versions, of what it was.

    It is found out when a new version is asked for, and stands in the journal from then on.
    """
    noted = journal.get("former")
    known: dict[str, Former] = noted if isinstance(noted, dict) else {}
    own = journal.get("doi") if journal.get("release") == release else None
    unknown = [doi for doi in stated if doi not in (own, *known)] if new_version else []
    new = {doi: kind for doi in unknown if (kind := _kind(journal, repository, doi)) is not None}
    if new:
        journal.note("identity", former={**known, **new})
    return {doi: kind for doi, kind in {**known, **new}.items() if doi in stated and doi != own}


def _kind(journal: Journal, repository: Invenio, doi: str) -> Former | None:
    hits = [hit for hit in _hits(repository, doi) if _has(hit, doi)]
    if not any(repository.as_draft(hit).concept == journal.get("concept") for hit in hits):
        return None
    return "version" if any(_doi(hit) == doi.lower() for hit in hits) else "concept"


def refuse_twin(journal: Journal, repository: Invenio, doi: str, *, mark: str) -> None:
    """Stop before a folder that states the DOI of a record there becomes another record by accident.

    Raises:
        DepositError: if there is such a record, and it is not this very release, which bears the `mark`.
    """
    if journal.get("record") is not None or journal.get("draft") is not None:
        return
    hits = [hit for hit in _hits(repository, doi) if _has(hit, doi)]
    if hits and not any(mark in str(hit.get("metadata")) for hit in hits):
        what = f"the folder states the DOI {doi} of a record that is there, and its data or version are others now"
        remedy = "Publish them as a version of it: --new-version. For a record of its own, take the DOI out."
        raise DepositError(what, value=doi, remedy=remedy)


def record_of(repository: Invenio, doi: str) -> Draft:
    """The newest record that has the DOI, or that is a version of what has it.

    Raises:
        NotFound: if there is none.
    """
    hits = [hit for hit in _hits(repository, doi) if _has(hit, doi)]
    if not hits:
        what = f"{repository.base} has no record with the DOI {doi}"
        raise NotFound(what, value=doi, remedy="Is it of this repository? Leave it out for a record of its own.")
    return repository.as_draft(max(hits, key=_is_latest))


def _hits(repository: Invenio, doi: str) -> Iterator[Mapping[str, Any]]:
    """What the index finds and, since it may be behind, what the name inside the DOI leads to."""
    spellings = dict.fromkeys((doi, doi.lower()))
    every = (f'{field}.doi.identifier:"{one}"' for one in spellings for field in ("pids", "parent.pids"))
    found = repository.search(" OR ".join(every))
    hits = found.data.get("hits") if found.ok and isinstance(found.data, dict) else None
    rows = hits.get("hits") if isinstance(hits, dict) else None
    yield from (row for row in rows or () if isinstance(row, dict))
    record = repository.record(doi.lower().partition("/")[2].removeprefix("zenodo."))
    if record.ok and isinstance(record.data, dict):
        yield record.data


def _has(hit: Mapping[str, Any], doi: str) -> bool:
    return doi.lower() in {_doi(hit), _doi(hit.get("parent"))}


def _doi(data: Any) -> str:
    pids = data.get("pids") if isinstance(data, dict) else None
    row = pids.get("doi") if isinstance(pids, dict) else None
    return str(row.get("identifier")).lower() if isinstance(row, dict) else ""


def _is_latest(hit: Mapping[str, Any]) -> bool:
    versions = hit.get("versions")
    return isinstance(versions, dict) and versions.get("is_latest") is True
