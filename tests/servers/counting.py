"""A way to a repository on which the bytes of parts are counted: what goes to `url` is passed on to it."""

from __future__ import annotations

import http.client
import re
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

__all__ = ["Counting"]

_PART = re.compile(r"/content/\d+$")
_CHUNK = 1024 * 1024


class Counting:
    """Passes requests on while entered as a context manager; `bytes` are those of parts that were passed on."""

    def __init__(self, there: str) -> None:
        self.bytes = 0
        self._changed = Condition()
        there_host = urlsplit(there).netloc
        counting = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                with suppress(ConnectionError):
                    self.pass_on()

            do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815

            def pass_on(self) -> None:
                connection = http.client.HTTPConnection(there_host, timeout=300)
                try:
                    connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
                    for name, value in self.headers.items():
                        if name.lower() not in ("host", "connection"):
                            connection.putheader(name, value)
                    connection.putheader("Host", there_host)
                    connection.endheaders()
                    self.body(connection, int(self.headers.get("content-length") or 0))
                    answer = connection.getresponse()
                    # Links lead to the repository itself: here they lead through us.
                    told = answer.read().replace(f"http://{there_host}".encode(), counting.url.encode())
                finally:
                    connection.close()
                self.send_response_only(answer.status)
                self.send_header("content-type", answer.headers.get("content-type", "application/json"))
                if answer.status != 204:
                    self.send_header("content-length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            def body(self, connection: http.client.HTTPConnection, left: int) -> None:
                counts = bool(_PART.search(self.path))
                while left and (chunk := self.rfile.read1(min(_CHUNK, left))):
                    connection.send(chunk)
                    left -= len(chunk)
                    if counts:
                        counting.count(len(chunk))
                if left:
                    self.close_connection = True
                    raise ConnectionError("the client broke off")

            def log_message(self, format: str, *args: object) -> None:
                """Nothing."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"

    def count(self, number: int) -> None:
        """Add the bytes of a part."""
        with self._changed:
            self.bytes += number
            self._changed.notify_all()

    def wait_for(self, number: int, *, seconds: float) -> bool:
        """Wait until so many bytes of parts have passed; whether they have."""
        end = time.monotonic() + seconds
        with self._changed:
            return self._changed.wait_for(lambda: self.bytes >= number, timeout=end - time.monotonic())

    def __enter__(self) -> Self:
        Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
