"""Bringing records into a release of CERN Open Data, up to READY: staging, the DOI and publishing stay with a curator.

A release is found again by the mark at the end of its name, so that none is made twice; what is there already is
compared, and replaced only where it differs.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated, Any
from urllib.parse import urlsplit

from fairkit import settings
from fairkit.errors import AuthenticationError, DepositError, OutcomeUnknown, Unfinished, UsageError
from fairkit.http import Session
from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word
from fairkit.repositories.cern_releases import Releases

from .journal import Journal

__all__ = ["Released", "cookie_of", "curator", "drive", "portal"]

_TRIES = 5
_LOOKS = 6
_LONGEST = 120
_STALE = 4
"""How often errors are seen before they are believed to be those of the records that were just written."""
_COOKIE = "session"
_OPEN = ("DRAFT", "READY")
"""States in which records may still be changed."""


@word
class Released(Frozen):
    """A release, and what a run did for it."""

    id: Annotated[int, Term(SDO.identifier, "Its number")]
    url: Annotated[str, Term(SDO.url, "Its page")]
    name: Annotated[str, Term(SDO.name, "Its name")]
    status: Annotated[str, Term(FAIRKIT.state, "DRAFT, READY, STAGING, STAGED, PUBLISHING, PUBLISHED")]
    records: Annotated[int, Term(FAIRKIT.recordCount, "How many records it has")]
    errors: Annotated[tuple[str, ...], Term(FAIRKIT.fault, "What the portal's checks object to")] = ()
    steps: Annotated[tuple[str, ...], Term(FAIRKIT.step, "What was done in this run; nothing if all was done")] = ()


def portal(written: str) -> str:
    """The base URL of a portal.

    Raises:
        UsageError: if it is none, or not encrypted.
    """
    try:
        parts = urlsplit(written.strip().rstrip("/"))
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        good = False
    if not good:
        raise UsageError(
            f"{written!r} is no address of a portal", value=written, remedy="As in: https://opendata.cern.ch"
        )
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        what = f"{written} is not encrypted: whoever is on the way would read the cookie"
        raise UsageError(what, value=written, remedy="Use https.")
    return f"{parts.scheme}://{parts.netloc}"


def cookie_of(path: str, base: str) -> str:
    """The Cookie header for a portal that a file holds: a bare value, `session=…`, or the cookies.txt of a browser.

    Raises:
        AuthenticationError: if there is no such file, or no cookie in it.
        UsageError: if others can read it.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        what = f"the cookie file {path} cannot be read: {error.strerror}"
        raise AuthenticationError(what, value=path, remedy="Save the cookie `session` of the portal there.") from None
    with open(handle, "rb") as file:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode) or (os.name == "posix" and mode & 0o077):
            what = f"{path} holds a session, and others can read it"
            raise UsageError(what, value=path, remedy=f"chmod 600 {path}")
        written = file.read(64 * 1024).decode("utf-8", "replace")
    found = _cookie(written, (urlsplit(base).hostname or "").lower())
    if not found or not found.isascii() or not found.isprintable() or {" ", ";", ","} & set(found):
        what = f"there is no cookie `{_COOKIE}` in {path}"
        raise AuthenticationError(what, value=path, remedy="Write its value alone, or session=VALUE.")
    return f"{_COOKIE}={found}"


def _cookie(written: str, host: str) -> str:
    """The session of this host: a browser's file has those of others, too."""
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    for line in lines:
        cells = line.removeprefix("#HttpOnly_").split("\t")
        domain = cells[0].lower().lstrip(".")
        if len(cells) == 7 and cells[5] == _COOKIE and (host == domain or host.endswith(f".{domain}")):
            return cells[6]
    kept = [line for line in lines if not line.startswith("#")]
    return kept[0].removeprefix(f"{_COOKIE}=").strip() if len(kept) == 1 and "\t" not in kept[0] else ""


@contextmanager
def curator(base: str, cookie: str) -> Iterator[Releases]:
    """The releases of a portal, asked with a cookie, which goes to its origin and nowhere else."""
    with Session(cookies={base: cookie}, trusted=[*settings.trusted(), base]) as session:
        yield Releases(base, session)


def drive(
    portal: Releases,
    experiment: str,
    records: Sequence[Mapping[str, Any]],
    *,
    name: str,
    release: str,
    journal: Journal,
    pause: Callable[[float], None] = time.sleep,
    say: Callable[[str], None] = lambda _: None,
) -> Released:
    """Bring the records into a release as far as READY, or to the checks that object.

    Raises:
        AuthenticationError: if the session is over, or is not that of a curator.
        DepositError: if the portal refuses, a number is taken, or the release is staged already and differs.
        Unfinished: if the checks have not ended; running it again looks.
        OutcomeUnknown: if nobody can tell what came of it; running it again goes on.
    """
    deposit = _Deposit(portal, experiment, records, f"{name[:_LONGEST]} [fairkit {release[:16]}]", journal, pause)
    row = deposit.found()
    if row is None:
        deposit.refuse_taken()
        row = deposit.made()
    row = deposit.filled(row)
    say("waiting for the portal's checks")
    row = deposit.checked(row)
    journal.note("released", release_creating=False)
    return deposit.told(row)


class _Deposit:
    """One release on its way."""

    def __init__(
        self,
        portal: Releases,
        experiment: str,
        records: Sequence[Mapping[str, Any]],
        name: str,
        journal: Journal,
        pause: Callable[[float], None],
    ) -> None:
        self._portal, self._experiment, self._name = portal, experiment, name
        self._mark = name[name.rindex("[fairkit ") :]
        self._records = [dict(record) for record in records]
        self._journal, self._pause = journal, pause
        self.steps: list[str] = []

    def found(self) -> Mapping[str, Any] | None:
        """Our release, by the mark in its name; the first where there are several."""
        answer = self._portal.every(self._experiment)
        if not answer.ok or not isinstance(answer.data, list):
            what = f"the releases of {self._experiment} cannot be listed: {answer.message}"
            raise DepositError(what, value=answer.status, remedy="Is that an experiment with curators?")
        rows = [row for row in answer.data if isinstance(row, dict) and isinstance(row.get("id"), int)]
        known = self._journal.get("release_number")
        marked = sorted((row for row in rows if self._is_ours(row)), key=lambda row: int(row["id"]))
        kept = next((row for row in rows if row["id"] == known), None) or (marked[0] if marked else None)
        for row in marked:
            if kept is not None and row["id"] != kept["id"]:
                self._doubled(row)
        return kept

    def _is_ours(self, row: Mapping[str, Any]) -> bool:
        """By the mark: a title may be mended, and a curator may put words before it."""
        return str(row.get("name", "")).endswith(self._mark)

    def _doubled(self, row: Mapping[str, Any]) -> None:
        """Take away what a request of ours made unseen, or a proxy twice: what holds just what we sent."""
        if row.get("status") not in _OPEN or not self._journal.get("release_creating"):
            return
        there = self._portal.release(self._experiment, int(row["id"]))
        if not there.ok or not isinstance(there.data, dict) or not _same(there.data.get("records"), self._records):
            return
        try:
            if self._portal.delete(self._experiment, int(row["id"])).ok:
                self.steps.append(f"took away the release {row['id']}, which a request had made unseen")
        except OutcomeUnknown:
            return  # the next look sees whether it is gone

    def refuse_taken(self) -> None:
        for record in self._records:
            recid = str(record.get("recid", ""))
            for known in dict.fromkeys((recid, recid.rpartition("-")[2])):
                if known and self._portal.has_record(known):
                    what = f"the portal has a record {known} already"
                    raise DepositError(what, value=recid, remedy="Ask its team for a number, and name it with --recid.")

    def made(self) -> Mapping[str, Any]:
        """A new release; one whose making was not answered is looked for before another is made."""
        body = {"name": self._name, "description": "", "discussion_url": "", "records": self._records, "documents": []}
        for attempt in range(_TRIES):
            self._journal.note("create", release_creating=True)
            try:
                answer = self._portal.create(self._experiment, body)
            except OutcomeUnknown:
                answer = None
            if answer is not None and not answer.ok:
                raise DepositError(f"the portal makes no release: {answer.message}", value=answer.status)
            for look in range(_LOOKS):
                row = self.found()
                if row is not None:
                    self.steps.append(f"made the release {row['id']}")
                    self._journal.note("made", release_number=row["id"])
                    return row
                self._pause(2.0**look / 2)
            self._pause(2.0**attempt)
        what = f"nobody can tell whether a release {self._name!r} was made"
        raise OutcomeUnknown(what, value=self._name, remedy="Run it again: it looks before it makes one.")

    def filled(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """The release with our records, and no others."""
        number = int(row["id"])
        for attempt in range(_TRIES):
            there = self._portal.release(self._experiment, number)
            held = there.data.get("records") if there.ok and isinstance(there.data, dict) else None
            if held is None:
                what = f"the records of the release {number} cannot be read: {there.message}"
                raise OutcomeUnknown(what, value=number, remedy="Run it again.")
            if _same(held, self._records):
                return row
            if str(row.get("status")) not in _OPEN:
                what = f"the release {number} is {row.get('status')}, and its records are others than ours"
                raise DepositError(what, value=number, remedy="Ask a curator to roll it back, or make another version.")
            try:
                answer = self._portal.update_records(self._experiment, number, self._records)
                if not answer.ok:
                    raise DepositError(f"the portal does not take the records: {answer.message}", value=answer.status)
                self.steps.append(f"wrote {len(self._records):,} records")
            except OutcomeUnknown:
                if attempt == _TRIES - 1:
                    raise
            self._pause(2.0**attempt)
        raise OutcomeUnknown(f"the release {number} does not keep our records", value=number, remedy="Run it again.")

    def checked(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """The release once its checks say something: READY, or the same number of errors twice."""
        seen = 0
        for look in range(_LOOKS * 2):
            now = self.found()
            row = now if now is not None else row
            seen += bool(row.get("num_errors"))
            # What was objected to before the records were written anew stands there until they are looked at.
            if str(row.get("status")) != "DRAFT" or seen > (_STALE if self.steps else 1):
                return row
            self._pause(min(2.0**look / 2, 30.0))
        return row

    def told(self, row: Mapping[str, Any]) -> Released:
        number, count = int(row["id"]), row.get("num_errors") or 0
        url = self._portal.page(self._experiment, number)
        status = str(row.get("status"))
        errors = (f"{count} of the portal's checks fail: {url} tells which",) if count else ()
        if status == "DRAFT" and not errors:
            raise Unfinished(f"the portal's checks have not ended yet: {url}", value=url, remedy="Run it again later.")
        records = int(row.get("num_records") or len(self._records))
        return Released(
            id=number, url=url, name=self._name, status=status, records=records, errors=errors, steps=tuple(self.steps)
        )


def _same(held: Any, ours: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a release has what we would write; what the portal adds to a record counts for nothing."""
    return _holds(held, list(ours))


def _holds(there: Any, ours: Any) -> bool:
    """Whether a value is ours, but for keys that were added to tables in it."""
    if isinstance(ours, dict):
        return isinstance(there, dict) and all(_holds(there.get(key), value) for key, value in ours.items())
    if isinstance(ours, list):
        whole = isinstance(there, list) and len(there) == len(ours)
        return whole and all(map(_holds, there, ours))
    return bool(there == ours)
