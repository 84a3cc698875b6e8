"""Carrying a deposit out: find our draft or make it, give it metadata and files, and publish it, once.

Every step reads what is there, acts only if that is not what is wanted, and reads back. So whatever broke off, at
whatever moment, is gone on with by running the same again, and there is one record in the end.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from fairkit.errors import DepositError, MetadataRefused, OutcomeUnknown, Unfinished
from fairkit.model.identifier import Identifier
from fairkit.repositories import Draft
from fairkit.repositories.invenio import Answer, Invenio

from .files import Files
from .journal import Journal
from .parts import Parts
from .refusals import of_metadata, refused
from .result import Deposited, Result, Way
from .sending import LocalFile
from .stale import stale
from .twins import MARK, NEWEST, bears, refuse_namesake

__all__ = ["Deposit", "Deposited", "Result", "Wanted", "Way", "mark"]

_TRIES = 6
_NO_DOIS = (404, 405, 501)
"""How a repository answers that reserves none."""
_SUBMITTED, _MADE = "submitted", "made a draft"
_LOOKS = 5
"""How often we look for a draft whose creation was not answered: an index may be some seconds behind."""


class Wanted(Protocol):
    """What is to be deposited."""

    release: str
    """What tells this release from all others: the same data and version have the same."""

    def body(self, doi: str | None) -> Mapping[str, Any]:
        """The body of the draft."""

    def files(self, doi: str | None) -> Sequence[LocalFile]:
        """The files of the package, whose documents name the DOI."""


def mark(release: str) -> Identifier:
    """The identifier by which a deposit of ours is found again when the journal is gone."""
    return Identifier(scheme="other", value=f"{MARK}{release}")


class Deposit:
    """One deposit in one repository, as the journal has it."""

    def __init__(
        self,
        repository: Invenio,
        journal: Journal,
        wanted: Wanted,
        *,
        pause: Callable[[float], None] = time.sleep,
        say: Callable[[str], None] = lambda _: None,
        advance: Callable[[int], None] = lambda _: None,
        multipart: bool = False,
    ) -> None:
        self._multipart = multipart
        self._repository, self._journal, self._wanted = repository, journal, wanted
        self._pause, self._say, self._advance = pause, say, advance
        self._steps: list[str] = []
        self._uncertain = False
        self._mine: list[Mapping[str, Any]] = []  # what the repository last told of our works

    def run(self, way: Way) -> Result:
        """Bring the deposit as far as is asked.

        Raises:
            OutcomeUnknown, Unfinished: if it broke off; running it again goes on.
            DepositError: if the repository refuses something, or somebody else changed the draft.
            AuthenticationError: if the token is missing or refused.
        """
        done = self._published_before()
        draft = done or self._draft(way)
        others = self._stale(draft) if draft.published else ()
        if not draft.published:
            draft = self._with_doi(draft)
            draft = self._described(draft, overwrite=way.overwrite)
            draft = self._filled(draft)
            draft = self._reviewed(draft, way.community)
            if way.publish and way.community is None:
                draft = self._published(draft)
        if draft.published and done is None:
            self._journal.note(
                "published",
                record=draft.id,
                doi=draft.doi,
                concept=draft.concept,
                published_release=self._wanted.release,
            )
        self._sweep(draft.id)
        return Result(draft, tuple(self._steps), others)

    def _stale(self, record: Draft) -> tuple[str, ...]:
        """The documents that differ from those of the record; the package beside the data gets the DOI, as it has."""
        files = self._wanted.files(record.doi)
        return () if self._journal.get("files") == _listing(files) else stale(self._repository, record.id, files)

    # ── which draft is ours

    def _published_before(self) -> Draft | None:
        """The record of this very release, if the journal has it and it is still there."""
        if self._journal.get("published_release") != self._wanted.release:
            return None
        record = self._journal.get("record")
        found = self._look(record) if isinstance(record, str) else None
        return found if found is not None and found.published else None

    def _draft(self, way: Way) -> Draft:
        """Our draft, or the record that it became: by the journal, by its mark, or made now."""
        before = self._journal.get("record")
        self._journal.note("begin", release=self._wanted.release)
        name = self._journal.get("draft")
        found = self._look(name) if isinstance(name, str) else None
        if found is None:
            found = self._marked(patient=bool(self._journal.get("creating")))
            self._uncertain = found is not None  # whoever lost the journal does not know how many there are
        if found is not None:
            return self._note_draft(found)
        if isinstance(before, str) and not (way.new_version or way.new_record):
            what = f"the folder was published as record {before}, and its data or version are others now"
            remedy = "Publish them as a new version of that record: --new-version"
            raise DepositError(what, value=before, remedy=remedy)
        if way.new_version:
            return self._next_version(before)
        if not (way.new_record or self._journal.get("creating")):  # else that was settled before
            refuse_namesake(self._wanted.body(None), self._mine, self._repository)
        return self._created()

    def _look(self, name: str) -> Draft | None:
        """A draft or the record that it became; None if there is neither."""
        for ask in (self._repository.draft, self._repository.record):
            answer = ask(name)
            if answer.ok:
                return self._repository.as_draft(answer.data)
            if answer.status not in (403, 404, 410):
                raise DepositError(f"{name} cannot be looked at: {answer.message}", value=answer.status)
        return None

    def _marked(self, *, patient: bool) -> Draft | None:
        """The draft or record that bears our mark; a record before a draft."""
        for attempt in range(_LOOKS if patient else 1):
            if attempt:
                self._pause(2.0 ** (attempt - 1))
            found = self._bearing_the_mark()
            if found:
                return min(found, key=lambda one: not one.published)
        return None

    def _bearing_the_mark(self, *, besides: str | None = None) -> list[Draft]:
        value = mark(self._wanted.release).value
        newest = self._mine = list(self._repository.mine(most=NEWEST))
        hits = [hit for hit in newest if bears(hit, value)]
        if not hits and len(newest) >= NEWEST:
            hits = [hit for hit in self._repository.mine(f'"{value}"') if bears(hit, value)]
        found = [self._look(name) for hit in hits if (name := str(hit.get("id", besides))) != besides]
        return [one for one in found if one is not None]

    def _created(self) -> Draft:
        """A new draft; one whose creation was not answered is looked for before another is made."""
        body = self._wanted.body(None)
        for attempt in range(_TRIES):
            self._journal.note("create", creating=True, unswept=True)
            try:
                answer = self._repository.create(body)
            except OutcomeUnknown:
                found = self._marked(patient=True)
                if found is not None:
                    return self._note_draft(found)
                if attempt == _TRIES - 1:
                    raise
                continue
            if not answer.ok:
                self._journal.note("refused", creating=False)
                raise of_metadata(answer, body)
            self._steps.append(_MADE)
            return self._note_draft(self._repository.as_draft(answer.data))
        raise AssertionError("the last attempt returns or raises")

    def _next_version(self, record: object) -> Draft:
        """The draft of the next version; asking for it twice gives the same."""
        if not isinstance(record, str):
            what = "nobody knows of which record this is to be a new version"
            remedy = "Run it in the folder that was published, or name the DOI of any version with --version-of."
            raise DepositError(what, remedy=remedy)
        answer = self._persistently("a new version", lambda: self._repository.new_version(record))
        if not answer.ok:
            raise refused(f"a new version of {record}", answer)
        self._steps.append(f"made a new version of {record}")
        return self._note_draft(self._repository.as_draft(answer.data))

    def _note_draft(self, draft: Draft) -> Draft:
        self._journal.note("draft", draft=draft.id, doi=draft.doi, concept=draft.concept, creating=False)
        return draft

    # ── what is in it

    def _with_doi(self, draft: Draft) -> Draft:
        """The draft with a reserved DOI; without one where the repository gives none before it is published."""
        for attempt in range(_TRIES):
            if draft.doi is not None:
                self._journal.note("doi", doi=draft.doi)
                return draft
            try:
                answer = self._repository.reserve_doi(draft.id)
            except OutcomeUnknown:
                if attempt == _TRIES - 1:
                    raise
                self._pause(2.0**attempt)
            else:
                if answer.status in _NO_DOIS:
                    return draft
                if answer.ok:
                    self._steps.append("reserved a DOI")
                    draft = self._repository.as_draft(answer.data)
                    continue
            draft = self._must_look(draft.id)
        return draft

    def _described(self, draft: Draft, *, overwrite: bool) -> Draft:
        """The draft with our metadata, unless a person changed it since."""
        body = self._wanted.body(draft.doi)
        wanted, known = _digest(body), self._journal.get("echo")
        seen = None if known is None else self._echo(draft.id)
        if known is not None and self._journal.get("body") == wanted and known == seen:
            return draft
        unanswered = self._journal.get("sent") != self._journal.get("body")  # then the change may be our own
        if known is not None and known != seen and not unanswered and not overwrite:
            what = f"the metadata of the draft {draft.id} were changed in the repository since"
            raise DepositError(what, value=draft.page, remedy="Take those changes over, or replace them: --overwrite")
        return self._put_metadata(draft, body, wanted)

    def _put_metadata(self, draft: Draft, body: Mapping[str, Any], wanted: str) -> Draft:
        for attempt in range(_TRIES):
            self._journal.note("describe", sent=wanted)
            try:
                answer = self._repository.update(draft.id, body, revision=draft.revision)
            except OutcomeUnknown:
                if attempt == _TRIES - 1:
                    raise
                self._pause(2.0**attempt)
                draft = self._must_look(draft.id)
                continue
            if answer.status == 412:  # somebody was faster, perhaps we ourselves by a request that was not answered
                draft = self._must_look(draft.id)
                continue
            if not answer.ok:
                raise of_metadata(answer, body)
            told = self._repository.as_draft(answer.data)._replace(review=draft.review)
            errors = [error for error in told.errors if not error[0].startswith("files")]  # they are still to come
            if errors:
                raise MetadataRefused(errors)
            self._journal.note("described", body=wanted, echo=_echo(answer))
            self._steps.append("wrote the metadata")
            return told._replace(doi=told.doi or draft.doi)
        raise Unfinished(f"the draft {draft.id} is changed by somebody again and again", remedy="Run it again later.")

    def _echo(self, name: str) -> str:
        """A digest of the metadata as the repository has them."""
        answer = self._repository.draft(name)
        if not answer.ok:
            raise DepositError(f"the draft {name} cannot be read: {answer.message}", value=answer.status)
        return _echo(answer)

    def _filled(self, draft: Draft) -> Draft:
        files = self._wanted.files(draft.doi)
        parts = None
        if self._multipart:
            parts = Parts(self._repository, draft.id, self._journal, pause=self._pause, advance=self._advance)
        carrier = Files(self._repository, draft.id, pause=self._pause, advance=self._advance, parts=parts)
        carrier.put(files, fresh=_MADE in self._steps)
        if self._journal.get("files") != _listing(files):
            self._journal.note("filled", files=_listing(files))
            self._steps.append(f"uploaded {len(files):,} files")
        return draft

    def _reviewed(self, draft: Draft, community: str | None) -> Draft:
        """Submit the draft to a community, whose curators publish it; one that reviews nothing publishes it at once."""
        if community is None or draft.review == _SUBMITTED:
            return draft
        found = self._repository.community(community)
        if not found.ok or not isinstance(found.data, dict):
            raise DepositError(f"there is no community {community}: {found.message}", value=community)
        name = str(found.data.get("id"))
        asked = self._persistently("the review", lambda: self._repository.ask_review(draft.id, name))
        if not asked.ok:
            raise refused(f"a review by {community}", asked)
        for attempt in range(_TRIES):
            sent = self._perhaps(lambda: self._repository.submit_review(draft.id))
            now = self._must_look(draft.id)
            if now.published or now.review == _SUBMITTED:
                self._steps.append(f"asked {community} for a review")
                return now
            if sent is not None and not sent.ok:
                raise refused(f"a review by {community}", sent)
            self._pause(2.0**attempt)
        what = f"nobody can tell whether {community} was asked for a review"
        raise OutcomeUnknown(what, value=draft.page, remedy="Run it again: it looks before it does anything.")

    # ── the one step that nobody can take back

    def _published(self, draft: Draft) -> Draft:
        """The record that the draft becomes. What is not answered is looked at, for as long as it may still happen."""
        self._journal.note("publish", publishing=True)
        for attempt in range(_TRIES):
            answer = self._perhaps(lambda: self._repository.publish(draft.id))
            record = self._record_of(draft, looks=_LOOKS if answer is None or answer.ok else 1)
            if record is not None:
                self._check_record(record, draft)
                self._steps.append("published it")
                return record
            if answer is not None and not answer.ok and answer.status != 404:
                if answer.errors:
                    raise MetadataRefused(answer.errors)
                raise refused("publishing", answer)
            self._pause(2.0**attempt)
        what = f"nobody can tell whether {draft.id} was published"
        raise OutcomeUnknown(what, value=draft.page, remedy="Run it again: it looks before it does anything.")

    def _record_of(self, draft: Draft, *, looks: int) -> Draft | None:
        for attempt in range(looks):
            if attempt:
                self._pause(2.0 ** (attempt - 1))
            answer = self._repository.record(draft.id)
            if answer.ok:
                found = self._repository.as_draft(answer.data)
                if found.published:
                    return found
        return None

    def _check_record(self, record: Draft, draft: Draft) -> None:
        """The record has the files that we sent."""
        carrier = Files(self._repository, record.id, pause=self._pause)
        carrier.check(self._wanted.files(draft.doi), published=True)

    # ── what they share

    def _must_look(self, name: str) -> Draft:
        found = self._look(name)
        if found is None:
            raise DepositError(f"the draft {name} is gone", value=name, remedy="Run it again: a new one is made.")
        return found

    @staticmethod
    def _perhaps(ask: Callable[[], Answer]) -> Answer | None:
        """The answer; None if nobody can tell, and what came of it is to be looked at."""
        try:
            return ask()
        except OutcomeUnknown:
            return None

    def _persistently(self, what: str, ask: Callable[[], Answer]) -> Answer:
        """The answer to something that may be done twice without harm."""
        for attempt in range(_TRIES):
            try:
                return ask()
            except OutcomeUnknown:
                if attempt == _TRIES - 1:
                    raise
                self._say(f"{what}: no answer, trying again")
                self._pause(2.0**attempt)
        raise AssertionError("the last attempt returns or raises")

    def _sweep(self, ours: str) -> None:
        """Discard drafts that bear our mark beside our own: a request was answered too late, or carried out twice."""
        if not (self._uncertain or self._journal.get("unswept")):
            return
        for one in self._bearing_the_mark(besides=ours):
            if not one.published:
                self._persistently("discarding", lambda name=one.id: self._repository.discard(name))  # type: ignore[misc]
                self._steps.append(f"discarded the draft {one.id}, which a request had made unseen")
        self._journal.note("swept", unswept=False)


def _echo(answer: Answer) -> str:
    data = answer.data if isinstance(answer.data, dict) else {}
    return _digest([data.get("metadata"), data.get("custom_fields")])


def _listing(files: Sequence[LocalFile]) -> str:
    return _digest([[file.key, file.size, file.sha256] for file in files])


def _digest(data: Any) -> str:
    written = json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
