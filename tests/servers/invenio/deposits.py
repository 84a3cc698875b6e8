"""The deposit API of InvenioRDM in memory: what it does with drafts and files, its traps included.

It answers as release 14.0.5 was seen to answer (`tests/repositories/test_invenio.py` holds it against the real
software): content after a commit deletes the file and answers 200 with `errors`, and so does a body that is shorter
than announced; the digest of a file is what counts, not what was announced; a published draft is gone.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from fairkit import settings
from fairkit.http import Limits, Request, Response

__all__ = ["BASE", "TOKEN", "Deposits", "Work"]

BASE = "https://repository.example"
TOKEN = "canary-0f3c9a5e7d"
_MOST_FILES = 100
_REQUIRED = ("title", "publication_date", "publisher", "resource_type", "creators")
_SHORTEST_TITLE = 3
_RECORD = re.compile(r"/api/records/([^/]+)(/draft)?(/.*)?")
_FILE = re.compile(r"/files(?:/([^/]+)(/content(?:/\d+)?|/commit)?)?")

Told = tuple[int, Any]


@dataclass
class File:
    """A file of a draft: announced, sent, committed."""

    content: bytes | None = None
    committed: bool = False
    serial: str = ""
    part_size: int | None = None
    size: int = 0
    parts: dict[int, bytes] = field(default_factory=dict)
    late: int = 0

    @property
    def count(self) -> int:
        """How many parts it has been announced to have."""
        return -(-self.size // self.part_size) if self.part_size else 0


@dataclass
class Work:
    """A record or a draft: which of both it is, what it says and what it holds."""

    id: str
    concept: str
    body: dict[str, Any] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    doi: str | None = None
    published: bool = False
    revision: int = 1
    review: str | None = None
    submitted: bool = False
    """Whether that community was asked."""
    edited: bool = False
    """Whether it is published, and its metadata are open for editing."""

    def holds(self) -> dict[str, bytes]:
        """The committed files by name."""
        return {key: file.content or b"" for key, file in self.files.items() if file.committed}


class Deposits:
    """All works of one user; a `Transport` for a session, and `answer` for a server."""

    def __init__(self, *, base: str = BASE, hidden: int = 0) -> None:
        self.base = base
        self.works: dict[str, Work] = {}
        self.hidden = hidden
        """How many times the list of one's records is still without what was made last: an index that is behind."""
        self.unknown = frozenset({"nosuch"})
        """Ids that its vocabularies lack, and communities that there are not."""
        self.requests: list[tuple[str, str]] = []
        self.multipart: str = "yes"
        """`yes`, `never` where such an announcement is refused, `later` where the first part is, as on Zenodo."""
        self.expired = 0
        """How many of the links to parts have run out when they are used."""
        self.late = 0
        """How often a file of parts is told without md5 after its commit: a task in the background computes it."""
        self.late_as: str | None = None
        """What is told instead: nothing, or what an object store computes."""
        self.sent: list[int] = []
        """The bytes of each part that came."""
        self._serial = 0

    @property
    def records(self) -> list[Work]:
        return [work for work in self.works.values() if work.published]

    @property
    def drafts(self) -> list[Work]:
        return [work for work in self.works.values() if not work.published]

    def send(self, request: Request, limits: Limits) -> Response:
        """As a transport."""
        length = 0 if request.body is None else len(request.body)
        body = (
            b"" if request.body is None else request.body if isinstance(request.body, bytes) else b"".join(request.body)
        )
        status, told = self.answer(request.method, request.url, request.headers, body, length)
        written = b"" if told is None else json.dumps(told).encode()
        return Response(status, request.url, {"content-type": "application/json"}, written, "2026-11-21T00:00:00+00:00")

    def answer(self, method: str, url: str, headers: Mapping[str, str], body: bytes, length: int) -> Told:
        """The status and the JSON for a request whose body was announced with `length` bytes."""
        parts = urlsplit(url)
        self.requests.append((method, parts.path))
        if headers.get("authorization") != f"Bearer {TOKEN}":
            return 403, {"status": 403, "message": "Permission denied."}
        if len(body) != length and "/content" not in parts.path:
            return _error(400, "Unable to decode JSON data in request body.")
        if parts.path == "/api/user/records" and method == "GET":
            return 200, self._mine(parse_qs(parts.query))
        if parts.path == "/api/records" and method == "GET":
            return 200, self._search(parse_qs(parts.query).get("q", [""])[0])
        if parts.path.startswith("/api/communities/") and method == "GET":
            return self._community(unquote(parts.path.rpartition("/")[2]))
        if parts.path == "/api/records" and method == "POST":
            return self._create(json.loads(body))
        found = _RECORD.fullmatch(parts.path)
        if found is None:
            return _error(404, "The requested URL was not found on the server.")
        return self._on_record(method, unquote(found[1]), found[2] is not None, found[3] or "", headers, body, length)

    def _on_record(
        self, method: str, name: str, of_draft: bool, rest: str, headers: Mapping[str, str], body: bytes, length: int
    ) -> Told:
        work = self.works.get(name)
        if work is not None and work.published and (method, of_draft, rest) == ("POST", True, ""):
            work.edited = True
            return 201, self._json(work)
        if work is None or (work.published and of_draft and not work.edited) or not (work.published or of_draft):
            return _error(404, "The persistent identifier does not exist.")
        if (file := _FILE.fullmatch(rest)) is not None:
            key = unquote(file[1]) if file[1] else None
            return self._on_files(work, method, key, file[2], body, length)
        does: dict[tuple[str, str], Callable[[], Told]] = {
            ("GET", ""): lambda: (200, self._json(work)),
            ("PUT", ""): lambda: self._update(work, headers, json.loads(body)),
            ("DELETE", ""): lambda: self._discard(work),
            ("POST", "/pids/doi"): lambda: self._reserve(work),
            ("POST", "/actions/publish"): lambda: self._publish(work),
            ("POST", "/versions"): lambda: self._version(work),
            ("PUT", "/review"): lambda: self._review(work, json.loads(body)),
            ("POST", "/actions/submit-review"): lambda: self._submit(work),
        }
        done = does.get((method, rest))
        return done() if done else _error(405, "The method is not allowed for the requested URL.")

    def _community(self, name: str) -> Told:
        if name in self.unknown:
            return _error(404, "The persistent identifier does not exist.")
        return 200, {"id": name, "slug": name, "metadata": {"title": name}}

    def _create(self, body: dict[str, Any]) -> Told:
        if (unknown := self._unknown(body)) is not None:
            return unknown
        number = len(self.works) + 1
        work = Work(f"r{number:04d}-00000", f"c{number:04d}-00000", copy.deepcopy(body))
        self.works[work.id] = work
        return 201, self._json(work, found=_errors(work))

    def _update(self, work: Work, headers: Mapping[str, str], body: dict[str, Any]) -> Told:
        asked = headers.get("if-match")
        if asked is not None and asked != str(work.revision):
            return _error(412, "Revision id does not match.")
        if (unknown := self._unknown(body)) is not None:
            return unknown
        work.body = copy.deepcopy(body)
        work.revision += 1
        return 200, self._json(work, found=[*_errors(work), *(_errors_of_files(work) if not work.files else ())])

    def _unknown(self, body: dict[str, Any]) -> Told | None:
        """The refusal of a body that names what no vocabulary has; nothing of it is kept."""
        metadata = body.get("metadata", {})
        rows = [metadata.get("resource_type") or {}, *(metadata.get("rights") or ())]
        named = next((row["id"] for row in rows if row.get("id") in self.unknown), None)
        return None if named is None else _error(400, f"Invalid value {named}.")

    def _discard(self, work: Work) -> Told:
        if work.submitted:
            return _error(400, "You cannot delete a draft with an open review. Please cancel the review first.")
        if work.edited:
            work.edited = False
        else:
            del self.works[work.id]
        return 204, None

    def _reserve(self, work: Work) -> Told:
        if work.doi is not None:
            told = [{"field": "pids.doi", "messages": ["A PID already exists for type doi"]}]
            return 400, {"status": 400, "message": "A validation error occurred.", "errors": told}
        work.doi = f"10.5072/{work.id}"
        work.revision += 1
        return 201, self._json(work)

    def _publish(self, work: Work) -> Told:
        errors = [*_errors(work), *_errors_of_files(work)]
        if errors or work.review:
            return 400, {"status": 400, "message": "A validation error occurred.", "errors": errors}
        work.published = True
        work.doi = work.doi or f"10.5072/{work.id}"
        return 202, self._json(work)

    def _version(self, work: Work) -> Told:
        for other in self.drafts:
            if other.concept == work.concept:
                return 201, self._json(other)
        number = len(self.works) + 1
        body = copy.deepcopy(work.body)
        body.get("metadata", {}).pop("version", None)
        made = Work(f"r{number:04d}-00000", work.concept, body)
        self.works[made.id] = made
        return 201, self._json(made)

    def _review(self, work: Work, body: Any) -> Told:
        named = str(body["receiver"]["community"])
        if named in self.unknown:
            return _error(404, "Not found.")
        if work.submitted:
            return _error(400, "An open review cannot be deleted.")
        work.review = named
        return 200, {"id": "1", "status": "created"}

    def _submit(self, work: Work) -> Told:
        if work.review is None:
            return _error(404, "Review for draft not found")
        errors = [*_errors(work), *_errors_of_files(work)]
        if errors:
            return 400, {"status": 400, "message": "A validation error occurred.", "errors": errors}
        if work.submitted:
            return _error(500, "The server encountered an internal error.")
        work.submitted = True
        return 202, {"id": "1", "status": "submitted"}

    # ── files

    def _on_files(self, work: Work, method: str, key: str | None, step: str | None, body: bytes, length: int) -> Told:
        if key is None:
            if method == "GET":
                return 200, {"enabled": True, "entries": [self._entry(name, file) for name, file in work.files.items()]}
            return self._announce(work, json.loads(body))
        if work.published:
            return _error(404, "The persistent identifier does not exist.")
        file = work.files.get(key)
        if file is None:
            return _error(404, f'File with key "{key}" not found.')
        if method == "PUT" and step and step.startswith("/content/"):
            return self._part(key, file, int(step.removeprefix("/content/")), body, length)
        if (method, step) == ("PUT", "/content"):
            return self._content(work, key, file, body, length)
        if (method, step) == ("POST", "/commit"):
            return self._commit(key, file)
        if (method, step) == ("DELETE", None):
            del work.files[key]
            return 204, None
        return (200, self._entry(key, file)) if (method, step) == ("GET", None) else _error(405, "Not allowed.")

    def _announce(self, work: Work, rows: list[dict[str, Any]]) -> Told:
        keys = [row["key"] for row in rows]
        if self.multipart == "never" and any("transfer" in row for row in rows):
            return _error(400, "Invalid transfer type: M")
        if any(key in work.files for key in keys) or len(set(keys)) < len(keys):
            return _error(400, f"File with key {keys[0]} already exists.")
        if len(work.files) + len(keys) > _MOST_FILES:
            return _error(400, "Uploading selected files will result in exceeding the max amount per record.")
        for row in rows:
            self._serial += 1
            part_size = row.get("transfer", {}).get("part_size")
            work.files[row["key"]] = File(serial=f"s{self._serial}", part_size=part_size, size=row.get("size", 0))
        return 201, {"enabled": True, "entries": [self._entry(name, file) for name, file in work.files.items()]}

    def _part(self, key: str, file: File, number: int, body: bytes, length: int) -> Told:
        """A part: again and in any order until the commit; a short one is answered as if it had gone well, nearly."""
        if file.part_size is None or file.committed:
            return _error(400, 'Transfer type "L" does not support multipart uploads.')
        if self.multipart == "later":
            return _error(403, "Permission denied.")
        if self.expired:
            self.expired -= 1
            return _error(403, "The link has expired.")
        due = min(file.part_size, file.size - (number - 1) * file.part_size)
        if len(body) != length or len(body) != due:
            return 200, self._entry(key, file) | {"errors": "File upload transfer failed."}
        self.sent.append(len(body))
        file.parts[number] = body
        return 200, self._entry(key, file)

    def _content(self, work: Work, key: str, file: File, body: bytes, length: int) -> Told:
        if file.committed or len(body) != length:
            del work.files[key]
            # All but `errors` looks as if it had gone well.
            return 200, self._entry(key, file) | {"errors": "File upload transfer failed."}
        file.content = body
        return 200, self._entry(key, file)

    def _commit(self, key: str, file: File) -> Told:
        if file.part_size is not None and file.parts:
            blank = bytes(file.part_size)
            whole = b"".join(file.parts.get(number, blank) for number in range(1, file.count + 1))
            file.content, file.part_size, file.late = whole[: file.size], None, self.late
        if file.content is None:
            return _error(500, "The server encountered an internal error.")
        if not file.content:
            return _error(400, "Empty files are not accepted.")
        file.committed = True
        return 200, self._entry(key, file)

    # ── what is told

    def _place(self, key: str, file: File) -> str:
        name = next(work.id for work in self.works.values() if work.files.get(key) is file)
        return f"/api/records/{name}/draft/files/{quote(key, safe='')}/content"

    def _entry(self, key: str, file: File) -> dict[str, Any]:
        told: dict[str, Any] = {"key": key, "status": "completed" if file.committed else "pending"}
        told["version_id"] = file.serial
        if file.part_size is not None:
            links = [{"part": n, "url": f"{self.base}{self._place(key, file)}/{n}"} for n in range(1, file.count + 1)]
            told |= {"size": file.size, "links": {"parts": links}, "checksum": None}
            told["transfer"] = {"type": "M", "parts": file.count, "part_size": file.part_size}
        if file.committed and file.content is not None:
            md5 = hashlib.md5(file.content, usedforsecurity=False).hexdigest()
            told |= {"size": len(file.content), "checksum": self.late_as if file.late else f"md5:{md5}"}
            file.late = max(0, file.late - 1)
        return told

    def _json(self, work: Work, *, found: Sequence[Any] = ()) -> dict[str, Any]:
        pids = {"doi": {"identifier": work.doi, "provider": "datacite"}} if work.doi else {}
        place = f"{self.base}/records/{work.id}" if work.published else f"{self.base}/uploads/{work.id}"
        told = copy.deepcopy({key: value for key, value in work.body.items() if key != "pids"})
        review = {"review": {"status": "submitted" if work.submitted else "created"}} if work.review else {}
        shared = {"pids": {"doi": {"identifier": f"10.5072/{work.concept}"}}} if work.published else {}
        parent = {"id": work.concept, **review, **shared}
        told |= {
            "id": work.id, "parent": parent, "pids": pids, "links": {"self_html": place},
            "is_published": work.published, "is_draft": work.edited or not work.published, "revision_id": work.revision,
        }  # fmt: skip
        return told | ({"errors": list(found)} if found else {})

    def _search(self, query: str) -> dict[str, Any]:
        """The records that have one of the quoted texts as a DOI of their own or of all their versions."""
        wanted = set(re.findall(r'"([^"]*)"', query))
        found = [self._json(work) for work in self.records]
        hits = [one for one in found if wanted & {_doi(one), _doi(one["parent"])}]
        return {"hits": {"hits": hits, "total": len(hits)}}

    def _mine(self, query: Mapping[str, list[str]]) -> dict[str, Any]:
        every = list(reversed(self.works.values()))
        if self.hidden and every:
            self.hidden -= 1
            every = every[1:]
        wanted = query.get("q", [""])[0].strip('"')
        hits = [self._json(work) for work in every if wanted in json.dumps(work.body)]
        size, page = int(query.get("size", ["25"])[0]), int(query.get("page", ["1"])[0])
        return {"hits": {"hits": hits[size * (page - 1) : size * page], "total": len(hits)}}


def _errors(work: Work) -> list[dict[str, Any]]:
    """What is wrong with the metadata."""
    metadata, until = work.body.get("metadata", {}), work.body.get("access", {}).get("embargo", {}).get("until", "9999")
    missing = [name for name in _REQUIRED if not metadata.get(name)]
    told = [{"field": f"metadata.{name}", "messages": ["Missing data for required field."]} for name in missing]
    if 0 < len(metadata.get("title") or "") < _SHORTEST_TITLE:
        told.append({"field": "metadata.title", "messages": [f"Shorter than minimum length {_SHORTEST_TITLE}."]})
    if until < settings.now()[:10]:
        told.append({"field": "access.embargo.until", "messages": ["Invalid date."]})
    return told


def _errors_of_files(work: Work) -> list[dict[str, Any]]:
    """What is wrong with the files: that there are none every update tells, the rest only publishing does."""
    if not work.files:
        return [{"field": "files.enabled", "messages": ["Missing uploaded files."]}]
    if all(file.committed for file in work.files.values()):
        return []
    return [{"field": "files", "messages": ["One or more files have not completed their transfer."]}]


def _doi(told: Mapping[str, Any]) -> str:
    return str(told.get("pids", {}).get("doi", {}).get("identifier", ""))


def _error(status: int, message: str) -> Told:
    return status, {"status": status, "message": message}
