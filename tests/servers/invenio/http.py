"""The repository in memory on 127.0.0.1, for clients that are processes of their own."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Self

from .deposits import Deposits

__all__ = ["Served"]


class Served:
    """Answers for `deposits` at `url` while entered as a context manager, each request after `delay` seconds.

    A body that breaks off is given on as it came, for that is what the repository has to cope with.
    """

    def __init__(self, *, delay: float = 0.0) -> None:
        self.delay = delay
        self.lock = Lock()
        self._http = _Server(self)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        self.deposits = Deposits(base=self.url)

    def __enter__(self) -> Self:
        Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, served: Served) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.served = served


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = 30
    disable_nagle_algorithm = True

    def handle(self) -> None:
        with suppress(ConnectionError):  # clients are killed in the middle: that is no fault of the server
            super().handle()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on stderr: the repository keeps what was asked."""

    def do_GET(self) -> None:
        served = self.server.served
        length = int(self.headers.get("content-length") or 0)
        body = self._body(length)
        self.close_connection = self.close_connection or len(body) < length
        headers = {name.lower(): value for name, value in self.headers.items()}
        time.sleep(served.delay)
        with served.lock:
            status, told = served.deposits.answer(self.command, served.url + self.path, headers, body, length)
        self._answer(status, b"" if told is None else json.dumps(told).encode())

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 (http.server names the methods)

    def _body(self, length: int) -> bytes:
        held = bytearray()
        with suppress(ConnectionError, TimeoutError):
            while len(held) < length and (chunk := self.rfile.read1(length - len(held))):
                held += chunk
        return bytes(held)

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response_only(status)
        self.send_header("content-type", "application/json")
        if status != 204:
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
