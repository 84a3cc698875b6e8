"""Faults between a client and a server, at the transport: what the network, a proxy or a load balancer can do.

`Faulty` is a transport before another one, and plays a schedule: which request is hit, and how. It also keeps what
was sent where, so that a token that left its origin is seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fairkit.errors import Unreachable
from fairkit.http import Body, Limits, Request, Response, Transport

__all__ = ["KINDS", "STEPS", "Fault", "Faulty", "Killed"]

STEPS = {
    "create": ("POST", r"/api/records"),
    "draft": ("GET", r"/api/records/[^/]+/draft"),
    "record": ("GET", r"/api/records/[^/]+"),
    "reserve": ("POST", r"/api/records/[^/]+/draft/pids/doi"),
    "update": ("PUT", r"/api/records/[^/]+/draft"),
    "list": ("GET", r"/api/records/[^/]+/draft/files"),
    "announce": ("POST", r"/api/records/[^/]+/draft/files"),
    "content": ("PUT", r"/api/records/[^/]+/draft/files/[^/]+/content"),
    "part": ("PUT", r"/api/records/[^/]+/draft/files/[^/]+/content/\d+"),
    "entry": ("GET", r"/api/records/[^/]+/draft/files/[^/]+"),
    "commit": ("POST", r"/api/records/[^/]+/draft/files/[^/]+/commit"),
    "remove": ("DELETE", r"/api/records/[^/]+/draft/files/[^/]+"),
    "publish": ("POST", r"/api/records/[^/]+/draft/actions/publish"),
    "mine": ("GET", r"/api/user/records"),
    "version": ("POST", r"/api/records/[^/]+/versions"),
    "review": ("PUT", r"/api/records/[^/]+/draft/review"),
    "releases": ("GET", r"/releases/api/list/[^/]+"),
    "release": ("GET", r"/releases/api/[^/]+/\d+"),
    "make": ("POST", r"/releases/[^/]+"),
    "away": ("POST", r"/releases/[^/]+/\d+/delete"),
    "rewrite": ("POST", r"/releases/[^/]+/\d+/update_records"),
    "submit": ("POST", r"/api/records/[^/]+/draft/actions/submit-review"),
}
"""The steps of a deposit, by method and path."""


class Killed(BaseException):
    """The process ends here, as by `kill -9`: no handler may run that a real kill would not let run."""


class Fault(NamedTuple):
    """What befalls the requests of one `step`: those from the `first` on (counted from 0), `times` of them."""

    step: str
    kind: str
    first: int = 0
    times: int = 1


@dataclass
class Faulty:
    """A transport that plays `faults` before `inner`."""

    inner: Transport
    faults: Sequence[Fault] = ()
    seen: list[tuple[str, str]] = field(default_factory=list)
    """Every URL with the Authorization header that went there."""
    hit: list[Fault] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)

    def send(self, request: Request, limits: Limits) -> Response:
        self.seen.append((request.url, request.headers.get("authorization", "")))
        step = _step(request)
        number = self._counts.get(step, 0)
        self._counts[step] = number + 1
        fault = next((f for f in self.faults if f.step == step and f.first <= number < f.first + f.times), None)
        if fault is None:
            return self.inner.send(request, limits)
        self.hit.append(fault)
        return KINDS[fault.kind](self.inner, request, limits)


def _step(request: Request) -> str:
    path = re.sub(r"^https?://[^/]+", "", request.url).partition("?")[0]
    found = (name for name, (method, form) in STEPS.items() if method == request.method and re.fullmatch(form, path))
    return next(found, "other")


Kind = Callable[[Transport, Request, Limits], Response]


def _refused(inner: Transport, request: Request, limits: Limits) -> Response:
    raise Unreachable("the connection was refused")


def _lost(inner: Transport, request: Request, limits: Limits) -> Response:
    inner.send(request, limits)
    raise Unreachable("the connection was cut before the answer")


def _status(status: int, *, done: bool = False, body: bytes = b"<html>no</html>", **headers: str) -> Kind:
    def answered(inner: Transport, request: Request, limits: Limits) -> Response:
        if done:
            inner.send(request, limits)
        told = {"content-type": "text/html", **{name.replace("_", "-"): value for name, value in headers.items()}}
        return Response(status, request.url, told, body, "2026-11-21T00:00:00+00:00")

    return answered


def _twice(inner: Transport, request: Request, limits: Limits) -> Response:
    """A proxy that repeats what it should not: the client gets the second answer."""
    inner.send(request, limits)
    return inner.send(request, limits)


def _killed_before(inner: Transport, request: Request, limits: Limits) -> Response:
    raise Killed


def _killed_after(inner: Transport, request: Request, limits: Limits) -> Response:
    inner.send(request, limits)
    raise Killed


class _Cut:
    """Half of a body that was announced whole."""

    def __init__(self, body: bytes | Body) -> None:
        self._whole = body if isinstance(body, bytes) else b"".join(body)

    def __len__(self) -> int:
        return len(self._whole)

    def __iter__(self) -> Iterator[bytes]:
        yield self._whole[: len(self._whole) // 2]


def _truncated(inner: Transport, request: Request, limits: Limits) -> Response:
    if not request.body:
        return inner.send(request, limits)
    inner.send(request._replace(body=_Cut(request.body)), limits)
    raise Unreachable("the connection was cut in the middle")


def _corrupted(inner: Transport, request: Request, limits: Limits) -> Response:
    """One byte of what is sent arrives as another."""
    if not request.body or "octet" not in request.headers.get("content-type", ""):
        return inner.send(request, limits)
    body = bytearray(request.body if isinstance(request.body, bytes) else b"".join(request.body))
    body[len(body) // 2] ^= 1
    return inner.send(request._replace(body=bytes(body)), limits)


KINDS: dict[str, Kind] = {
    "refused": _refused,
    "lost": _lost,
    "500": _status(500),
    "502": _status(502),
    "503": _status(503, retry_after="1"),
    "504": _status(504),
    "500-done": _status(500, done=True),
    "502-done": _status(502, done=True),
    "504-done": _status(504, done=True),
    "429": _status(429, retry_after="1"),
    "truncated": _truncated,
    "corrupted": _corrupted,
    "twice": _twice,
    "elsewhere": _status(302, location="https://thief.example/api/records"),
    "portal": _status(200, body=b"<html>Log in to the hotel</html>"),
    "killed-before": _killed_before,
    "killed-after": _killed_after,
}
"""What can befall a request, by name; `…-done` is carried out although its answer says that it failed."""
