"""How the deposits of a folder stand: by its journals, and where one may look, in the repositories themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

from fairkit.errors import FairkitError, UsageError
from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word
from fairkit.repositories import Draft
from fairkit.repositories.invenio import Invenio

from .journal import HOME, Journal

__all__ = ["Discarded", "Standing", "discard", "journals", "look", "standing"]


@word
class Standing(Frozen):
    """One deposit of a folder."""

    repository: Annotated[str, Term(SDO.url, "The host, as the journal is named")]
    state: Annotated[str, Term(FAIRKIT.state, "draft, published, begun, gone; what the journal says unless seen")]
    seen: Annotated[bool, Term(FAIRKIT.seen, "Whether the repository was asked")]
    id: Annotated[str | None, Term(SDO.identifier, "Its identifier there")] = None
    doi: Annotated[str | None, Term(SDO.identifier, "Its DOI")] = None
    url: Annotated[str | None, Term(SDO.url, "Its page, once the repository was asked")] = None
    release: Annotated[str | None, Term(FAIRKIT.release, "What tells the release from others")] = None
    note: Annotated[str | None, Term(FAIRKIT.note, "Why the repository could not be asked")] = None


@word
class Discarded(Frozen):
    """What was discarded."""

    id: Annotated[str | None, Term(SDO.identifier, "The draft; none if there was none any more")] = None


def journals(root: str) -> Iterator[Journal]:
    """The journals of a folder, one for each repository."""
    yield from (Journal(path) for path in sorted(Path(root, HOME).glob("*.jsonl")))


def standing(journal: Journal, seen: Callable[[str], Draft | None] | None = None) -> Standing:
    """What the journal says, and what the repository says of the deposit if `seen` may look there."""
    record, draft = journal.get("record"), journal.get("draft")
    done = journal.get("published_release") is not None and journal.get("published_release") == journal.get("release")
    name = record if done else draft
    told = Standing(
        repository=journal.path.stem,
        state="published" if done else "draft" if draft else "begun",
        seen=False,
        id=name if isinstance(name, str) else None,
        doi=journal.get("doi"),
        release=journal.get("release"),
    )
    return told if seen is None or told.id is None else _seen(told, seen)


def _seen(told: Standing, seen: Callable[[str], Draft | None]) -> Standing:
    try:
        found = seen(str(told.id))
    except FairkitError as error:
        return Standing(**{**told.__dict__, "note": error.what})
    if found is None:
        return Standing(**{**told.__dict__, "seen": True, "state": "gone"})
    state = "published" if found.published else "draft"
    more = {"seen": True, "state": state, "doi": found.doi or told.doi, "url": found.page}
    return Standing(**{**told.__dict__, **more})


def look(repository: Invenio, name: str) -> Draft | None:
    """A draft, or the record that it became; None if there is neither.

    Raises:
        AuthenticationError, Unreachable: if the repository cannot be asked.
    """
    for ask in (repository.draft, repository.record):
        answer = ask(name)
        if answer.ok:
            return repository.as_draft(answer.data)
    return None


def discard(repository: Invenio, journal: Journal) -> str | None:
    """Discard the draft of a folder; its identifier, or None if there is none any more.

    Raises:
        UsageError: if it was published: a record cannot be taken back.
    """
    name = journal.get("draft")
    found = look(repository, name) if isinstance(name, str) else None
    if found is None:
        return None
    if found.published:
        what = f"{found.page} is published, and what is published cannot be discarded"
        raise UsageError(what, value=found.id, remedy="Ask the operators of the repository, or publish a new version.")
    answer = repository.discard(found.id)
    if not answer.ok and answer.status != 404:
        what = f"the repository does not discard {found.id}: {answer.message}"
        raise UsageError(what, value=found.id, remedy=f"Look at it: {found.page}")
    journal.note("discarded", draft=None, doi=None, body=None, echo=None, sent=None, files=None, creating=False)
    return found.id
