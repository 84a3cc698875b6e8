"""Connections that go to checked addresses only, and that can be cut when their time is up.

Loaded by the first request, because it needs urllib3 and requests.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from contextvars import ContextVar
from typing import Any, Self

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.response import HTTPResponse
from urllib3.util.connection import create_connection

from fairkit.http.guard import check_addresses, origin_of_host, resolve

__all__ = ["GuardedAdapter", "Hop"]

_current: ContextVar[Hop] = ContextVar("hop")


class Hop:
    """One hop under way in this thread; its socket is shut down when `seconds` are over.

    Time-outs of sockets do not do this: a server that sends a byte now and then keeps within them for ever.
    """

    def __init__(self, *, shown: str, trusted: frozenset[str], seconds: float) -> None:
        self.shown = shown
        self.trusted = trusted
        self.is_over = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._token = _current.set(self)
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        _current.reset(self._token)
        self._timer.cancel()
        with self._lock:
            self._socket = None  # it may serve another hop by now

    def uses(self, connected: socket.socket | None) -> None:
        """This is the socket to shut down."""
        with self._lock:
            self._socket = connected
        if self.is_over:
            self._cut()

    def _cut(self) -> None:
        with self._lock:
            self.is_over = True
            if self._socket is not None:
                with contextlib.suppress(OSError):  # closed already
                    # The plain one, since a TLS socket's own shutdown takes its state from the thread that reads it.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class _Guarded(HTTPConnection):
    """Checks the addresses that it connects to itself, so that no second look-up can give others (DNS rebinding)."""

    _scheme = "http"

    def _new_conn(self) -> socket.socket:
        hop = _current.get()
        # Through a proxy the connection goes to the proxy, which the user chose.
        connected = super()._new_conn() if self.proxy is not None else self._connected(hop)
        hop.uses(connected)
        return connected

    def _connected(self, hop: Hop) -> socket.socket:
        addresses = resolve(self.host, self.port, shown=hop.shown)
        if origin_of_host(self._scheme, self.host, self.port) not in hop.trusted:
            check_addresses(addresses, shown=hop.shown)
        fault: OSError | None = None
        for address in addresses:
            try:
                return create_connection((address, self.port), self.timeout, socket_options=self.socket_options)
            except OSError as failed:
                fault = failed
        if isinstance(fault, TimeoutError):
            raise ConnectTimeoutError(self, "timed out")
        raise NewConnectionError(self, "refused")

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3's own type is as wrong
        _current.get().uses(self.sock)
        return super().getresponse()


class _GuardedTLS(_Guarded, HTTPSConnection):
    _scheme = "https"


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Guarded


class _PoolTLS(HTTPSConnectionPool):
    ConnectionCls = _GuardedTLS


_POOLS = {"http": _Pool, "https": _PoolTLS}


class GuardedAdapter(HTTPAdapter):
    """An adapter of requests whose connections are ours, with a proxy and without."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **options)
        if not proxy.lower().startswith("socks"):  # those bring connections of their own
            manager.pool_classes_by_scheme = _POOLS
        return manager
