"""A web server on 127.0.0.1 that keeps a log and can be told to misbehave."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Self

__all__ = ["Answer", "Fault", "LoopbackServer", "Request"]


@dataclass(frozen=True)
class Request:
    """What a client sent; `target` is the path with its query, header names are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]

    @property
    def accept(self) -> str:
        return self.headers.get("accept", "")


@dataclass(frozen=True)
class Answer:
    """What goes back; `cut_after` bytes of the body the connection is dropped."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut_after: int | None = None

    def extended(self, headers: Mapping[str, str]) -> Answer:
        """The same answer with more headers; its own win."""
        return replace(self, headers={**headers, **self.headers})


@dataclass
class Fault:
    """What befalls the next `times` requests whose target starts with `prefix`, after the first `spared` ones."""

    prefix: str
    times: int
    answer: Answer | None = None
    delay: float = 0.0
    cut_after: int | None = None
    spared: int = 0

    def strikes(self, request: Request) -> bool:
        """Whether this request is hit; counts it."""
        if not self.times or not request.target.startswith(self.prefix):
            return False
        if self.spared:
            self.spared -= 1
            return False
        self.times -= 1
        return True


class LoopbackServer:
    """Answers `answer(request)` at `url` while entered as a context manager.

    `log` lists (method, path with query, Accept header) and `headers_seen` all headers of every request received.
    """

    def __init__(self, *, port: int = 0) -> None:
        self.log: list[tuple[str, str, str]] = []
        self.headers_seen: list[dict[str, str]] = []
        self.faults: list[Fault] = []
        self._lock = Lock()
        self._http = _HTTPServer(self, port)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> Self:
        # A short poll: leaving the context waits for one, and a test suite leaves often.
        Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()

    def answer(self, request: Request) -> Answer:
        raise NotImplementedError

    def fail(
        self,
        prefix: str,
        *,
        status: int,
        times: int = 1,
        delay: float = 0.0,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> None:
        """Answer `status` to the next `times` requests under `prefix`, each after `delay` seconds."""
        self.faults.append(Fault(prefix, times, answer=Answer(status, body, headers or {}), delay=delay))

    def cut(self, prefix: str, after_bytes: int, times: int = 1) -> None:
        """Drop the connection after that many bytes of the body, though the headers promise all of it."""
        self.faults.append(Fault(prefix, times, cut_after=after_bytes))

    def respond(self, request: Request) -> Answer:
        """The answer to one request, after what was programmed to befall it."""
        with self._lock:
            self.log.append((request.method, request.target, request.accept))
            self.headers_seen.append(dict(request.headers))
            fault = next((fault for fault in self.faults if fault.strikes(request)), None)
        if fault is None:
            return self.answer(request)
        time.sleep(fault.delay)
        if fault.answer is not None:
            return fault.answer
        return replace(self.answer(request), cut_after=fault.cut_after)


class _HTTPServer(ThreadingHTTPServer):
    request_queue_size = 128  # many come at once; who finds no place waits for a minute

    def __init__(self, loopback: LoopbackServer, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.loopback = loopback


class _Handler(BaseHTTPRequestHandler):
    server: _HTTPServer
    protocol_version = "HTTP/1.1"
    timeout = 30
    # Headers and body are two writes: without this, Nagle's algorithm holds the body back for 40 ms.
    disable_nagle_algorithm = True

    def handle(self) -> None:
        # Clients that enforce a cap of size or time leave in the middle: that is no fault of the server.
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on stderr: the log is kept for the tests."""

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._send(self.server.loopback.respond(Request(self.command, self.path, headers)))

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815 (http.server names the methods)

    def _send(self, answer: Answer) -> None:
        # No Date and no Server header: the same question has the same answer, byte for byte.
        self.send_response_only(answer.status)
        length = {} if answer.status == 304 else {"content-length": str(len(answer.body))}
        for name, value in {**length, **answer.headers}.items():
            self.send_header(name, value)
        # A body that came with the request stays unread, so the connection cannot serve another one.
        self.close_connection = (
            self.close_connection or answer.cut_after is not None or "content-length" in self.headers
        )
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body[: answer.cut_after])
