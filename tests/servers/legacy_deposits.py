"""The older deposit API of Zenodo beside that of InvenioRDM, on 127.0.0.1, with one fault: for clients of others.

Both APIs answer for what they are asked; the fault befalls the first request of its step, whichever of them it is in.
"""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from .invenio.deposits import TOKEN, Deposits

__all__ = ["FAULTS", "Legacy"]

FAULTS = {
    "none": "no fault",
    "create-504": "created, and answered 504",
    "publish-504": "published, and answered 504",
    "half-file": "half a file stored",
    "elsewhere": "links lead to another host",
}
Told = tuple[int, Any]


@dataclass
class Deposition:
    """A deposit of the older API."""

    id: int
    files: dict[str, bytes] = field(default_factory=dict)
    published: bool = False


class Legacy:
    """Both APIs at `url` while entered as a context manager; `elsewhere` is the address of another host."""

    def __init__(self, fault: str = "none") -> None:
        self.fault: str | None = fault
        self.depositions: dict[int, Deposition] = {}
        self.strayed: list[str] = []
        """What came to the other host with a token in it."""
        self._lock = Lock()
        self._here, self._there = _Server(self), _Server(self)
        self.url, self.elsewhere = (f"http://127.0.0.1:{one.server_address[1]}" for one in (self._here, self._there))
        self.deposits = Deposits(base=self.elsewhere if fault == "elsewhere" else self.url)

    def __enter__(self) -> Self:
        for server in (self._here, self._there):
            Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in (self._here, self._there):
            server.shutdown()
            server.server_close()

    def published(self) -> list[dict[str, bytes]]:
        """The files of each record."""
        old = [dict(one.files) for one in self.depositions.values() if one.published]
        return old + [work.holds() for work in self.deposits.records]

    def drafts(self) -> int:
        """How many deposits are no records."""
        return sum(not one.published for one in self.depositions.values()) + len(self.deposits.drafts)

    def answer(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Told:
        """The answer to a request, with what befalls it."""
        path = re.sub("/+", "/", unquote(urlsplit(target).path))
        with self._lock:
            step = _step(method, path)
            if step == "content" and self._strikes("half-file"):
                body = body[: len(body) // 2]
            if path.startswith(("/api/records", "/api/user", "/api/communities")):
                told = self.deposits.answer(method, self.url + target, headers, body, len(body))
            else:
                told = self._legacy(method, path, headers, target, body)
            return (504, None) if step and self._strikes(f"{step}-504") else told

    def _strikes(self, fault: str) -> bool:
        if self.fault != fault:
            return False
        self.fault = None
        return True

    def _legacy(self, method: str, path: str, headers: dict[str, str], target: str, body: bytes) -> Told:
        if TOKEN not in target and headers.get("authorization") != f"Bearer {TOKEN}":
            return 403, {"status": 403, "message": "Permission denied."}
        parts = path.removeprefix("/api/").split("/")
        if parts[:2] == ["deposit", "depositions"]:
            return self._deposition(method, parts[2:], body)
        found = self.depositions.get(int(parts[1])) if parts[0] == "files" and parts[1].isdigit() else None
        if found is None or method != "PUT":
            return 404, {"status": 404, "message": "Not found."}
        found.files["/".join(parts[2:])] = body
        md5 = hashlib.md5(body, usedforsecurity=False).hexdigest()
        return 201, {"key": parts[-1], "size": len(body), "checksum": f"md5:{md5}"}

    def _deposition(self, method: str, parts: list[str], body: bytes) -> Told:
        if not parts:
            if method == "GET":
                return 200, [self._json(one) for one in self.depositions.values()]
            made = Deposition(1000 + len(self.depositions))
            self.depositions[made.id] = made
            return 201, self._json(made)
        found = self.depositions.get(int(parts[0])) if parts[0].isdigit() else None
        if found is None:
            return 404, {"status": 404, "message": "Not found."}
        if parts[1:] == ["actions", "publish"]:
            if found.published or not found.files:
                return 400, {"status": 400, "message": "Validation error."}
            found.published = True
            return 202, self._json(found)
        if method == "DELETE":
            del self.depositions[found.id]
            return 204, None
        return 200, self._json(found)

    def _json(self, one: Deposition) -> dict[str, Any]:
        host = self.elsewhere if self.fault == "elsewhere" else self.url
        links = {
            "self": f"{self.url}/api/deposit/depositions/{one.id}",
            "bucket": f"{host}/api/files/{one.id}",
            "publish": f"{host}/api/deposit/depositions/{one.id}/actions/publish",
            "html": f"{self.url}/deposit/{one.id}",
            "record_html": f"{self.url}/records/{one.id}",
        }
        doi = f"10.5072/zenodo.{one.id}"
        metadata = {"title": "Toy jets", "prereserve_doi": {"doi": doi, "recid": one.id}}
        state = "done" if one.published else "unsubmitted"
        told = {"id": one.id, "record_id": one.id, "state": state, "submitted": one.published, "links": links}
        return told | {"metadata": metadata, "doi": doi, "conceptrecid": str(one.id - 1), "files": []}


def _step(method: str, path: str) -> str | None:
    """Which of the steps that faults befall a request is."""
    if method == "POST" and path in ("/api/records", "/api/deposit/depositions"):
        return "create"
    if method == "POST" and path.endswith("/actions/publish"):
        return "publish"
    is_content = path.endswith("/content") or path.startswith("/api/files/")
    return "content" if method == "PUT" and is_content else None


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, legacy: Legacy) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.legacy = legacy


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = 30
    disable_nagle_algorithm = True

    def handle(self) -> None:
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on stderr: it is that of the clients that is looked at."""

    def do_GET(self) -> None:
        legacy = self.server.legacy
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        if f"http://{headers.get('host')}" == legacy.elsewhere and TOKEN in f"{self.path} {headers}":
            legacy.strayed.append(self.path)
        status, told = legacy.answer(self.command, self.path, headers, body)
        written = b"" if told is None else json.dumps(told).encode()
        self.send_response_only(status)
        self.send_header("content-type", "application/json")
        if status != 204:
            self.send_header("content-length", str(len(written)))
        self.end_headers()
        self.wfile.write(written)

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 (http.server names the methods)
