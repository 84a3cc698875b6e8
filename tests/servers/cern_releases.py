"""The curators' releases of a portal, in memory and on 127.0.0.1: login, role, states, and checks that take a while.

It answers as the portal's source of 2026 does: making a release gives a page without its number; whoever is not logged
in is sent to a login page; a curator of another experiment gets 403. The checks run when somebody looks, after as many
looks as `slow` says.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

from fairkit.http import Limits, Request, Response

__all__ = ["BASE", "COOKIE", "Portal", "Served"]

BASE = "https://portal.example"
COOKIE = "session=a-curator.of-cms"
EXPERIMENTS = ("lhcb", "opera", "alice", "atlas", "cms", "delphi")
_MOST = 100 * 1000 * 1000
Told = tuple[int, dict[str, str], bytes]


@dataclass
class Release:
    """One release."""

    id: int
    name: str
    records: list[dict[str, Any]]
    status: str = "DRAFT"
    looks: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass
class Portal:
    """A portal with its releases; `curates` are the roles of whoever has the cookie."""

    slow: int = 1
    curates: tuple[str, ...] = ("cms-curator",)
    logged_in: bool = True
    recids: set[str] = field(default_factory=lambda: {"12102"})
    uris: set[str] = field(default_factory=set)
    releases: dict[str, list[Release]] = field(default_factory=dict)
    most: int = _MOST

    def send(self, request: Request, limits: Limits) -> Response:
        """As a transport."""
        body = request.body if isinstance(request.body, bytes | None) else b"".join(request.body)
        path = re.sub(r"^https?://[^/]+", "", request.url)
        status, headers, told = self.answer(request.method, path, dict(request.headers), body or b"")
        return Response(status, request.url, headers, told, "2026-11-27T00:00:00+00:00")

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Told:
        parts = unquote(path.partition("?")[0]).strip("/").split("/")
        if parts[:2] == ["api", "records"]:
            return _json({}, 200 if self.recids & set(parts[2:]) else 404)
        if parts == ["login"]:
            return 200, {"content-type": "text/html"}, b"<html>Log in</html>"
        if parts[0] != "releases":
            return _json({}, 404)
        if not self.logged_in or headers.get("cookie") != COOKIE:
            return 302, {"location": "/login", "content-type": "text/html"}, b""
        if len(body) > self.most:
            return 413, {"content-type": "text/html"}, b"<html>too large</html>"
        api = parts[1:2] == ["api"]
        experiment = parts[3] if parts[1:3] == ["api", "list"] else parts[2] if api else parts[1]
        if experiment not in EXPERIMENTS:
            return _json({}, 404)
        if f"{experiment}-curator" not in self.curates:
            return 403, {"content-type": "text/html"}, b"<html>no</html>"
        every = self.releases.setdefault(experiment, [])
        if parts[1:3] == ["api", "list"]:
            return _json([self._row(one, experiment) for one in every])
        number = parts[3] if api else parts[2] if len(parts) > 2 else ""
        found = next((one for one in every if str(one.id) == number), None)
        if api:
            return _json({"name": found.name, "records": found.records, "documents": []}) if found else _json({}, 404)
        if method == "POST" and len(parts) == 2:
            return self._create(every, headers, body)
        if found is not None and parts[3:] == ["update_records"]:
            if found.status not in ("DRAFT", "READY"):
                return _json({"message": f"the release is {found.status}"}, 400)
            try:
                records = json.loads(body)["records"]
            except ValueError:
                return _json({"message": "no JSON"}, 400)
            found.records, found.status, found.looks = records, "DRAFT", 0
            return _json({"status": "ok", "num_records": len(found.records), "records": found.records})
        if found is not None and method == "POST" and parts[3:] == ["delete"] and found.status in ("DRAFT", "READY"):
            every.remove(found)
            return _json({})
        return _json({}, 404)

    def _create(self, every: list[Release], headers: dict[str, str], body: bytes) -> Told:
        edge = headers["content-type"].partition("boundary=")[2].encode()
        parts = [part for part in body.split(b"--" + edge) if b'name="file"' in part]
        if not parts:
            return 400, {"content-type": "text/html"}, b"<html>no file</html>"
        try:
            told = json.loads(parts[0].partition(b"\r\n\r\n")[2].rstrip(b"\r\n"))
        except ValueError:
            return 400, {"content-type": "text/html"}, b"<html>no JSON</html>"
        every.append(Release(max((one.id for one in every), default=0) + 1, told["name"], told["records"]))
        return 200, {"content-type": "text/html"}, b"<html>made</html>"

    def _row(self, one: Release, experiment: str) -> dict[str, Any]:
        one.looks += 1
        if one.status == "DRAFT" and one.looks > self.slow:
            one.faults = list(self._checked(one, experiment))
            one.status = "DRAFT" if one.faults else "READY"
        files = sum(len(record.get("files", [])) for record in one.records)
        return {
            "id": one.id,
            "name": one.name,
            "discussion": "",
            "status": one.status,
            "last_update": "2026-11-27",
            "num_records": len(one.records),
            "num_docs": 0,
            "num_errors": len(one.faults),
            "num_files": files,
        }

    def _checked(self, one: Release, experiment: str) -> list[str]:
        found = []
        for record in one.records:
            recid = str(record.get("recid"))
            if not re.fullmatch(rf"{experiment}-\d+", recid) or recid.partition("-")[2] in self.recids:
                found.append(f"recid {recid}")
            if [name.lower() for name in record.get("experiment", [])] != [experiment]:
                found.append("experiment")
            for file in record.get("files", []):
                if "size" not in file or ":" not in file.get("checksum", ""):
                    found.append(f"file {file.get('uri')}")
                if file.get("uri") in self.uris:
                    found.append(f"registered {file.get('uri')}")
        return found


def _json(data: Any, status: int = 200) -> Told:
    return status, {"content-type": "application/json"}, json.dumps(data).encode()


class Served:
    """The portal on 127.0.0.1, at `url` while entered as a context manager."""

    def __init__(self, portal: Portal) -> None:
        self.portal, self._lock = portal, Lock()
        served = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                with served._lock:
                    status, told, answer = served.portal.answer(self.command, self.path, headers, body)
                self.send_response(status)
                for name, value in {**told, "content-length": str(len(answer))}.items():
                    self.send_header(name, value)
                self.end_headers()
                with suppress(ConnectionError):
                    self.wfile.write(answer)

            do_GET = do_POST = do_PUT = answer  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                """Nothing."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> Self:
        Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
