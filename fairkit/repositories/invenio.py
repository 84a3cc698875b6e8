"""InvenioRDM's REST API, as release 14 answers it and Zenodo with it: `/api/records` in its own media type.

Facts about its answers were measured on the real software (November 2026). Traps that whoever calls must know: a PUT of
content after the commit deletes the file and answers 200 with `errors`; so does a body that is shorter than announced;
size and checksum given when a file is announced are not compared with what comes; publishing may be answered with 5xx
and be done; validation errors come with 200 and 201.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from fairkit.errors import AuthenticationError, DepositError, OutcomeUnknown, Unfinished, Unreachable
from fairkit.http import Body, Limits, Request, Response, Session
from fairkit.http.pace import LONGEST_WAIT, retry_after

from . import Draft, RemoteFile

__all__ = ["Answer", "Invenio", "Parting"]

_RDM = "application/vnd.inveniordm.v1+json, application/json;q=0.5"
"""Files and communities know plain JSON only; of records it is the older shape on Zenodo, so it comes second."""
_PAGE = 100
_SLOWEST = 200_000
"""Bytes a second below which an upload is given up: a few minutes are allowed besides."""
_JSON = Limits(total_seconds=300, read_seconds=180)
_UNDECIDED = frozenset({408, 500, 502, 503, 504})


class Answer(NamedTuple):
    """A decided answer: its status, and what its JSON says."""

    status: int
    data: Any

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def message(self) -> str:
        """What the server says, in a line."""
        told = self.data.get("message") if isinstance(self.data, dict) else None
        return " ".join(str(told).split())[:500] if told else f"status {self.status}"

    @property
    def errors(self) -> tuple[tuple[str, str], ...]:
        """What it says is wrong, field by field."""
        rows = self.data.get("errors") if isinstance(self.data, dict) else None
        if isinstance(rows, str):
            return (("", rows),)
        return tuple(
            (str(row.get("field", "")), " ".join(str(each) for each in row.get("messages", ())))
            for row in rows or ()
            if isinstance(row, dict)
        )


class Parting(NamedTuple):
    """How a file is divided: into how many parts of which size, of which the last may be shorter."""

    parts: int
    part_size: int
    size: int

    def length(self, number: int) -> int:
        """The bytes of a part, counted from 1."""
        return min(self.part_size, self.size - (number - 1) * self.part_size)


class Invenio:
    """One repository, and whoever the session's credential stands for there."""

    def __init__(self, base: str, session: Session, *, pause: Callable[[float], None]) -> None:
        self.base = base.rstrip("/")
        self._session = session
        self._pause = pause

    # ── records and drafts

    def create(self, body: Mapping[str, Any]) -> Answer:
        """A new draft; every call makes another one."""
        return self._send("POST", "/records", body)

    def draft(self, name: str) -> Answer:
        return self._get(f"/records/{_part(name)}/draft")

    def record(self, name: str) -> Answer:
        return self._get(f"/records/{_part(name)}")

    def update(self, name: str, body: Mapping[str, Any], *, revision: int | None = None) -> Answer:
        """Replace the metadata of a draft, unless somebody changed it after `revision`: 412."""
        # The server refuses the quoted form that its own ETag has.
        headers = {} if revision is None else {"if-match": str(revision)}
        return self._send("PUT", f"/records/{_part(name)}/draft", body, headers=headers)

    def edit(self, name: str) -> Answer:
        """Open the metadata of a published record for editing."""
        return self._send("POST", f"/records/{_part(name)}/draft")

    def discard(self, name: str) -> Answer:
        return self._send("DELETE", f"/records/{_part(name)}/draft")

    def reserve_doi(self, name: str) -> Answer:
        """Reserve a DOI for a draft; 400 if it has one."""
        return self._send("POST", f"/records/{_part(name)}/draft/pids/doi")

    def new_version(self, name: str) -> Answer:
        """The draft of the next version of a record; the one that is there, if there is one."""
        return self._send("POST", f"/records/{_part(name)}/versions")

    def publish(self, name: str) -> Answer:
        return self._send("POST", f"/records/{_part(name)}/draft/actions/publish")

    def mine(self, query: str = "", *, most: int = 1000) -> Iterator[Mapping[str, Any]]:
        """The drafts and records of whoever asks, the newest first.

        Raises:
            DepositError: if the answer is no list of records.
        """
        page, seen, total = 1, 0, 1
        while seen < min(total, most):
            asked = {
                "size": _PAGE,
                "page": page,
                "sort": "newest",
                "allversions": "true",
                **({"q": query} if query else {}),
            }
            answer = self._get(f"/user/records?{urlencode(asked)}")
            hits = answer.data.get("hits") if answer.ok and isinstance(answer.data, dict) else None
            if not isinstance(hits, dict) or not isinstance(hits.get("hits"), list):
                raise DepositError(f"{self.base} does not list your records: {answer.message}", value=answer.status)
            yield from (hit for hit in hits["hits"] if isinstance(hit, dict))
            if not hits["hits"]:
                return
            page, seen, total = page + 1, seen + len(hits["hits"]), int(hits.get("total") or 0)

    def search(self, query: str, *, most: int = 25) -> Answer:
        """The public records that a query finds, every version of them."""
        asked = urlencode({"q": query, "allversions": "true", "size": most})
        return self._get(f"/records?{asked}")

    # ── files

    def files(self, name: str, *, published: bool = False) -> Answer:
        return self._get(f"/records/{_part(name)}{'' if published else '/draft'}/files")

    def file(self, name: str, key: str) -> Answer:
        return self._get(_file(name, key))

    def announce(self, name: str, keys: Sequence[str], *, parted: Mapping[str, Parting] | None = None) -> Answer:
        """Announce files whose bytes will come, some of them in parts; 400 if one of them is there."""
        rows = [_announced(key, (parted or {}).get(key)) for key in keys]
        return self._send("POST", f"/records/{_part(name)}/draft/files", rows)

    def send(self, name: str, key: str, body: Body) -> Answer:
        """The bytes of an announced file; never after its commit."""
        seconds = 300 + len(body) / _SLOWEST
        headers = {"content-type": "application/octet-stream"}
        limits = Limits(total_seconds=seconds, read_seconds=seconds)
        return self._decided("PUT", f"{_file(name, key)}/content", headers, body, limits)

    def part_links(self, name: str, key: str) -> dict[int, str]:
        """Where the parts of an announced file are sent, by their numbers; they run out, and are new each time."""
        answer = self.file(name, key)
        rows = _table(answer.data, "links").get("parts") if answer.ok and isinstance(answer.data, dict) else None
        found = {row.get("part"): row.get("url") for row in rows or () if isinstance(row, dict)}
        return {part: url for part, url in found.items() if isinstance(part, int) and isinstance(url, str)}

    def send_part(self, url: str, body: Body) -> Answer:
        """The bytes of a part, at its link; as often as it takes, until the commit. 403 is an answer like another.

        Raises:
            OutcomeUnknown: if it may have arrived or not.
        """
        seconds = 300 + len(body) / _SLOWEST
        request = Request("PUT", url, {"accept": _RDM, "content-type": "application/octet-stream"}, body)
        try:
            response = self._session.send(request, limits=Limits(total_seconds=seconds, read_seconds=seconds))
        except Unreachable as fault:
            raise OutcomeUnknown(f"PUT of a part: {fault.what}", value=url, remedy=fault.remedy) from None
        if response.status in _UNDECIDED or response.status == 429 or 300 <= response.status < 400:
            raise OutcomeUnknown(f"PUT of a part was answered with status {response.status}", value=url)
        answer = Answer(response.status, _parsed(response))
        if answer.ok and response.body and answer.data is None:
            raise OutcomeUnknown("PUT of a part was answered with something else than JSON", value=url)
        return answer

    def commit(self, name: str, key: str) -> Answer:
        return self._send("POST", f"{_file(name, key)}/commit")

    def remove(self, name: str, key: str) -> Answer:
        return self._send("DELETE", _file(name, key))

    # ── communities

    def community(self, name: str) -> Answer:
        return self._get(f"/communities/{_part(name)}")

    def ask_review(self, name: str, community: str) -> Answer:
        """Say which community shall review a draft; 400 once that review was submitted."""
        body = {"receiver": {"community": community}, "type": "community-submission"}
        return self._send("PUT", f"/records/{_part(name)}/draft/review", body)

    def submit_review(self, name: str) -> Answer:
        """Submit a draft; a community without a review publishes it. To do it again is answered with 500."""
        return self._send("POST", f"/records/{_part(name)}/draft/actions/submit-review")

    # ── one request

    def _get(self, path: str) -> Answer:
        """Reading is repeated by the session.

        Raises:
            Unreachable: if there is no answer.
            AuthenticationError: if the credential is missing or refused.
        """
        request = Request("GET", f"{self.base}/api{path}", {"accept": _RDM})
        return self._judged(self._session.send(request, limits=_JSON), path)

    def _send(self, method: str, path: str, body: Any = None, *, headers: Mapping[str, str] | None = None) -> Answer:
        written = b"" if body is None else json.dumps(body).encode("utf-8", "backslashreplace")
        every = {"content-type": "application/json", **(headers or {})}
        return self._decided(method, path, every, written, _JSON)

    def _decided(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | Body, limits: Limits
    ) -> Answer:
        """The answer to something that is done at most once; where the rate limit refused it, it was not done.

        Raises:
            OutcomeUnknown: if it may have been done or not.
            Unfinished: if the rate limit is used up for long.
            AuthenticationError: if the credential is missing or refused.
        """
        request = Request(method, f"{self.base}/api{path}", {"accept": _RDM, **headers}, body or None)
        for attempt in range(5):
            try:
                response = self._session.send(request, limits=limits)
            except AuthenticationError:
                raise
            except Unreachable as fault:
                raise OutcomeUnknown(f"{method} {path}: {fault.what}", value=path, remedy=fault.remedy) from None
            if response.status == 429 and attempt < 4:
                self._pause(_asked_wait(response, attempt, path))
                continue
            if response.status in _UNDECIDED or response.status == 429 or 300 <= response.status < 400:
                raise OutcomeUnknown(f"{method} {path} was answered with status {response.status}", value=path)
            return self._judged(response, path)
        raise AssertionError("the last attempt returns or raises")

    def _judged(self, response: Response, path: str) -> Answer:
        """The answer, unless it says who may not ask.

        Raises:
            AuthenticationError: for 401, and for 403 where the credential is the likely reason.
            OutcomeUnknown: if all is said to be well by what is no answer of a repository: the page of a proxy.
        """
        answer = Answer(response.status, _parsed(response))
        if answer.ok and response.body and answer.data is None:
            what = f"{self.base} answers {path} with something else than JSON"
            raise OutcomeUnknown(what, value=path, remedy="Does the network want you to log in? Then run it again.")
        if response.status == 401 or (response.status == 403 and _is_about_permission(answer)):
            what = f"{self.base} refuses {path}: {answer.message}"
            remedy = "Is the token for this very repository, and does it have deposit:write and deposit:actions?"
            raise AuthenticationError(what, value=path, remedy=f"{remedy}  fairkit doctor  asks.")
        return answer

    # ── reading answers

    def as_draft(self, data: Any) -> Draft:
        """What an answer says of a draft or a record.

        Raises:
            DepositError: if it is none.
        """
        if not isinstance(data, dict) or not isinstance(data.get("id"), str | int):
            raise DepositError(f"{self.base} answered with what is no record", value=str(data)[:200])
        pids, parent, links = (_table(data, key) for key in ("pids", "parent", "links"))
        # The draft by which a published record is edited says of itself that it is both.
        name, published = str(data["id"]), data.get("is_published", data.get("is_draft") is not True) is True
        page = str(links.get("self_html") or f"{self.base}/records/{name}")
        return Draft(
            id=name,
            page=page if _origin(page) == _origin(self.base) else f"{self.base}/records/{name}",
            doi=_text(_table(pids, "doi").get("identifier")),
            concept=_text(parent.get("id")),
            published=published,
            revision=data["revision_id"] if isinstance(data.get("revision_id"), int) else None,
            errors=Answer(200, data).errors,
            review=_text(_table(parent, "review").get("status")),
        )

    def as_files(self, data: Any) -> dict[str, RemoteFile]:
        """The files in a listing, by key.

        Raises:
            DepositError: if it is none.
        """
        rows = data.get("entries") if isinstance(data, dict) else None
        if not isinstance(rows, list):
            raise DepositError(f"{self.base} answered with what is no list of files", value=str(data)[:200])
        found = [_remote(row) for row in rows if isinstance(row, dict) and isinstance(row.get("key"), str)]
        return {file.key: file for file in found}


def _remote(row: Mapping[str, Any]) -> RemoteFile:
    size, checksum = row.get("size"), row.get("checksum")
    return RemoteFile(
        key=str(row["key"]),
        size=int(size) if isinstance(size, int | float) else None,
        checksum=checksum.lower() if isinstance(checksum, str) else None,
        committed=row.get("status") == "completed",
        serial=_text(row.get("version_id")),
        part_size=parts if isinstance(parts := _table(row, "transfer").get("part_size"), int) else None,
    )


def _announced(key: str, parting: Parting | None) -> dict[str, Any]:
    if parting is None:
        return {"key": key}
    transfer = {"type": "M", "parts": parting.parts, "part_size": parting.part_size}
    return {"key": key, "size": parting.size, "transfer": transfer}


def _part(name: str) -> str:
    """A name as one part of a path; a name of dots alone would leave it."""
    return quote(name, safe="").replace(".", "%2E") if set(name) <= {"."} else quote(name, safe="")


def _file(name: str, key: str) -> str:
    return f"/records/{_part(name)}/draft/files/{_part(key)}"


def _asked_wait(response: Response, attempt: int, path: str) -> float:
    """Seconds that the server asks to wait, or a few where it asks for nothing.

    Raises:
        Unfinished: if it asks for more than anybody waits.
    """
    asked = retry_after(response, now=time.time())
    if asked is not None and asked > LONGEST_WAIT:
        what = f"the rate limit is used up at {path}, for {asked:.0f} s"
        raise Unfinished(what, value=path, remedy="Run it again then: it goes on here.")
    return float(2**attempt) if asked is None else asked


def _parsed(response: Response) -> Any:
    try:
        return json.loads(response.body) if response.body else None
    except (ValueError, RecursionError):
        return None


def _is_about_permission(answer: Answer) -> bool:
    """Whether 403 is about who asks: a locked bucket is not."""
    return "lock" not in answer.message.casefold()


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
