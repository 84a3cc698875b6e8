"""A web server on 127.0.0.1 whose pages are functions, and which remembers the bytes that it was sent."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from fairkit.http import Request, Response

Page = Callable[["Visit"], None]


class Visit(BaseHTTPRequestHandler):
    """One request as a page sees it."""

    protocol_version = "HTTP/1.1"
    server: Web

    def do_GET(self) -> None:
        self.server.heads.append(f"{self.requestline}\n".encode() + self.headers.as_bytes())
        self.server.pages[self.path.partition("?")[0]](self)

    do_HEAD = do_POST = do_PUT = do_GET  # noqa: N815

    def answer(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        """A whole answer; `retry_after` is the header `retry-after`."""
        self.begin(status, content_length=str(len(body)), **headers)
        if self.command != "HEAD":
            self.wfile.write(body)

    def begin(self, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


class Web(ThreadingHTTPServer):
    """`pages` by path; `heads` are the request lines and headers received, as bytes."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.pages: dict[str, Page] = {}
        self.heads: list[bytes] = []
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def server_bind(self) -> None:
        socketserver.TCPServer.server_bind(self)  # that of HTTPServer looks its own name up
        self.server_name, self.server_port = "localhost", int(self.server_address[1])

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what some tests are about."""


@contextlib.contextmanager
def serving() -> Iterator[Web]:
    with Web() as web:
        thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield web
        web.closing.set()
        web.shutdown()
        thread.join()


def scripted(*answers: Callable[[Visit], None]) -> Page:
    """A page that gives each of the answers once and then goes on with the last."""
    left = list(answers)
    return lambda visit: (left.pop(0) if len(left) > 1 else left[0])(visit)


def says(status: int = 200, body: bytes = b"", **headers: str) -> Page:
    return lambda visit: visit.answer(status, body, **headers)


def cut_connection(visit: Visit) -> None:
    """Promises more than it sends."""
    visit.begin(content_length="1000")
    visit.wfile.write(b"half")
    visit.close_connection = True


class Told:
    """A transport that answers from a table of URL to (status, headers), for hosts that no test can reach."""

    def __init__(self, answers: dict[str, tuple[int, dict[str, str]]]) -> None:
        self.answers = answers
        self.received: list[Request] = []

    def send(self, request: Request, limits: object) -> Response:
        self.received.append(request)
        status, headers = self.answers[request.url]
        return Response(status, request.url, headers, b"", "2025-01-01T00:00:00+00:00")
