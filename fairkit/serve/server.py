"""A server for the site: it listens where it is told, and ends when it is told."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

from fairkit.errors import UsageError
from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word
from fairkit.ocfl.storage import Storage

from .site import Site

if TYPE_CHECKING:
    from typing import Protocol

    class Server(Protocol):
        """What runs until it is closed."""

        def run(self) -> None: ...
        def close(self) -> None: ...


__all__ = ["Served", "listening"]

_MOST_SENT = 64 * 1024
"""Bytes that may come with a request: none is asked for."""
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@word
class Served(Frozen):
    """What is served where."""

    root: Annotated[str, Term(FAIRKIT.root, "The folder of the repository")]
    url: Annotated[str, Term(SDO.url, "The address of its first page")]
    records: Annotated[int, Term(FAIRKIT.recordCount, "How many objects it has")]


@contextmanager
def listening(root: str, *, host: str, port: int, base: str | None) -> Iterator[tuple[Served, Server]]:
    """A server that listens already, and answers once it is run.

    Raises:
        NotFound, UnreadableDocument: if there is no local repository in `root`.
        UsageError: if it cannot listen there, or needs to be told by which address others reach it.
    """
    from waitress.server import create_server

    storage = Storage(root)
    if base is None and host not in _LOOPBACK:
        what = f"whoever is served from {host} reaches it by another address"
        raise UsageError(what, value=host, remedy="Name it: --base-url https://data.example.org")
    if base is not None and (urlsplit(base).scheme not in ("http", "https") or not urlsplit(base).hostname):
        raise UsageError(f"{base!r} is no address", value=base, remedy="As in: --base-url https://data.example.org")
    held = _bound(host, port)
    try:
        name = f"[{host}]" if ":" in host else host
        url = (base or f"http://{name}:{held.getsockname()[1]}").rstrip("/")
        site: Any = Site(storage, url)
        server = create_server(
            site,
            sockets=[held],
            threads=8,
            ident="fairkit",
            clear_untrusted_proxy_headers=True,
            max_request_body_size=_MOST_SENT,
        )
    except BaseException:
        held.close()
        raise
    try:
        yield Served(root=str(storage.root), url=f"{url}/", records=sum(1 for _ in storage.ids())), server
    finally:
        server.close()
        held.close()


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    held = socket.socket(family, socket.SOCK_STREAM)
    try:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((host, port))
    except OSError as error:
        held.close()
        what = f"nothing can be served at {host}, port {port}: {error.strerror}"
        raise UsageError(what, value=port, remedy="Name another one: --port 0 takes any that is free.") from None
    return held
