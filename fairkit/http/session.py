"""The session: what a caller of the web sees."""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Self

from fairkit import __version__
from fairkit.errors import AuthenticationError, FairkitError, Offline, Unreachable
from fairkit.http.cache import Cache, Cached
from fairkit.http.courier import FINAL_FAULTS, Courier
from fairkit.http.download import MOST_BYTES, Part
from fairkit.http.guard import checked_url, origin_of
from fairkit.http.message import Limits, Request, Response, Transport
from fairkit.http.redact import redact, secrets_in

if TYPE_CHECKING:
    from fairkit.http.transport import RequestsTransport

__all__ = ["Session"]

_DEFAULT_LIMITS = Limits()
_OURS_ALONE = frozenset({"authorization", "cookie", "proxy-authorization"})


class Session:
    """Asks for URLs, politely and safely; usable from several threads, and as a context manager.

    `credentials` maps base URLs to Authorization headers ("Bearer …"): each goes to its exact origin and nowhere else,
    and never along a redirect that leaves it; `cookies` are Cookie headers, which are kept just so. `trusted` are base
    URLs whose origins may have private addresses. `requests` lists the URLs of the hops that were really sent,
    redacted. `clock` tells seconds since 1970.
    """

    def __init__(
        self,
        *,
        transport: Transport | None = None,
        cache: Cache | None = None,
        offline: bool = False,
        limits: Limits = _DEFAULT_LIMITS,
        credentials: Mapping[str, str] | None = None,
        cookies: Mapping[str, str] | None = None,
        trusted: Iterable[str] = (),
        retries: int = 3,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.offline = offline
        self.requests: list[str] = []
        self._cache = cache
        self._credentials = {origin_of(base): value for base, value in (credentials or {}).items()}
        self._cookies = {origin_of(base): value for base, value in (cookies or {}).items()}
        self._secrets = tuple(part for value in self._credentials.values() for part in secrets_in(value))
        self._secrets += tuple(part for value in self._cookies.values() for part in (value, value.partition("=")[2]))
        self._trusted = frozenset(map(origin_of, trusted))
        self._transport = transport
        self._own: RequestsTransport | None = None
        self._lock = threading.Lock()
        self._clock = clock
        self._courier = Courier(
            transport=self._sender,
            limits=limits,
            retries=retries,
            credentials=self._credentials,
            cookies=self._cookies,
            sleep=sleep,
            clock=clock,
            note=lambda url: self.requests.append(self.redact(url)),
        )

    def get(self, url: str, *, accept: str | None = None) -> Response:
        """The answer, whatever its final status; from the cache while it is fresh, or offline at any age.

        Raises Unreachable where the network, a rate limit or a passing fault of the server kept us from an answer, and
        its kinds Offline, RefusedAddress and TooLarge.
        """
        return self.send(Request("GET", url, {} if accept is None else {"accept": accept}))

    def head(self, url: str, *, accept: str | None = None) -> Response:
        """As `get`, without a body and without the cache."""
        return self.send(Request("HEAD", url, {} if accept is None else {"accept": accept}))

    def send(self, request: Request, *, limits: Limits | None = None) -> Response:
        """As `get`, for any method, and within other `limits` than those of the session.

        Only GET and HEAD are retried and redirected: any other is sent once, and its answer is returned whatever its
        status. Where such a request raises Unreachable it may have been carried out all the same.
        """
        try:
            return self._answer(_prepared(request), limits)
        except FairkitError as fault:
            _hide(fault, self.redact)
            raise

    def download(
        self,
        url: str,
        to: Path,
        *,
        byte_size: int | None = None,
        most: int = MOST_BYTES,
        checked: bool = False,
        advance: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Bring the bytes at `url` into the file `to`, going on after those that a former try left there.

        The server is asked for the rest only as long as it has the same file; `checked` says that the caller will
        check a digest, so that the rest may be asked for where the server does not tell. No more bytes are taken than
        `byte_size`, or than `most` where that is not known. A bar that follows `advance` may go back.

        Raises:
            Unreachable: as `get` does, and where the answer is another file or breaks off again and again; what has
                come is kept for the next try.
            NotFound: if there is no such file.
            AuthenticationError: if it is not for everybody.
            UsageError: if it cannot be written.
        """
        try:
            self._download(
                _prepared(Request("GET", url, {"accept-encoding": "identity"})),
                Part(to, url=self.redact(url), byte_size=byte_size, most=most, checked=checked, advance=advance),
            )
        except FairkitError as fault:
            _hide(fault, self.redact)
            raise

    def _download(self, request: Request, part: Part) -> None:
        if self.offline and not part.is_whole:
            what = f"{request.url} is to be downloaded, and the network is not to be used"
            raise Offline(what, value=request.url, remedy="Run it without --offline.")
        with part:
            while not part.is_whole:
                held = part.size
                try:
                    response = self._courier.deliver(
                        _with_defaults(request._replace(sink=part)),
                        conditions={},
                        conditions_for=None,
                        limits=self._courier.limits._replace(total_seconds=part.seconds),
                    )
                except Unreachable as fault:
                    if isinstance(fault, FINAL_FAULTS) or part.size <= held:
                        raise
                    continue
                part.conclude(response)
                return

    def redact(self, text: str) -> str:
        """The text without what grants access, the credentials of this session included."""
        return redact(text, secrets=self._secrets)

    def close(self) -> None:
        """Close the connections that are kept open; the session can still be used."""
        with self._lock:
            if self._own is not None:
                self._own.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _answer(self, request: Request, limits: Limits | None) -> Response:
        cached = self._cached(request)
        fresh = cached is not None and self._cache is not None and self._cache.is_fresh(cached, now=self._clock())
        if cached is not None and (fresh or self.offline):
            return cached.response
        if self.offline:
            what = f"{request.url} is not in the cache, and the network is not to be used"
            raise Offline(what, value=request.url, remedy="Run it once online, or without --offline.")
        return self._asked(request, cached, limits)

    def _asked(self, request: Request, cached: Cached | None, limits: Limits | None) -> Response:
        response = self._courier.deliver(
            _with_defaults(request),
            limits=limits,
            conditions={} if cached is None else _conditions(cached.response),
            conditions_for=None if cached is None else cached.response.url,
        )
        if response.status == 304 and cached is not None and response.url == cached.response.url:
            response = _confirmed(cached.response, response)
        if self._cache is not None and self._may_keep(request) and _is_worth_keeping(response):
            self._cache.keep(request, Cached(response, self._clock()))
        return response

    def _cached(self, request: Request) -> Cached | None:
        return self._cache.find(request) if self._cache is not None and self._may_keep(request) else None

    def _may_keep(self, request: Request) -> bool:
        """What was answered to somebody with a credential is not for whoever reads the disk."""
        plain = (
            self.redact(request.url) == request.url and origin_of(request.url) not in self._credentials | self._cookies
        )
        return request.method == "GET" and plain

    def _sender(self) -> Transport:
        if self._transport is not None:
            return self._transport
        from fairkit.http.transport import RequestsTransport  # loads requests: 100 ms that only the first request pays

        with self._lock:
            self._own = self._own or RequestsTransport(trusted=self._trusted)
            return self._own


def _prepared(request: Request) -> Request:
    """The request with a checked URL and lower-case header names."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    if _OURS_ALONE & headers.keys():
        raise AuthenticationError(
            f"a credential for {request.url} was put into the headers of a single request",
            remedy="Give it to the session, for its origin: only then is it kept from other origins.",
        )
    return request._replace(url=checked_url(request.url), headers=headers)


def _with_defaults(request: Request) -> Request:
    defaults = {"user-agent": _user_agent(), "accept": "*/*", "accept-encoding": "gzip, deflate"}
    return request._replace(headers=defaults | dict(request.headers))


@functools.cache
def _user_agent() -> str:
    return f"fairkit/{__version__} (+https://github.com/fairkit/fairkit)"


def _conditions(response: Response) -> dict[str, str]:
    validators = {"if-none-match": "etag", "if-modified-since": "last-modified"}
    return {name: response.headers[of] for name, of in validators.items() if of in response.headers}


def _confirmed(kept: Response, answer: Response) -> Response:
    """The kept answer, which the server's 304 says is current (RFC 9111, 4.3.4)."""
    described = {name: value for name, value in answer.headers.items() if not name.startswith("content-")}
    headers = dict(kept.headers) | described
    return kept._replace(headers=headers, retrieved_at=answer.retrieved_at, from_cache=True, history=answer.history)


def _is_worth_keeping(response: Response) -> bool:
    lasting = response.status < 400 and response.status != 304
    return lasting and "no-store" not in response.headers.get("cache-control", "").lower()


def _hide(fault: FairkitError, redacted: Callable[[str], str]) -> None:
    fault.what, fault.remedy = redacted(fault.what), redacted(fault.remedy)
    fault.value = redacted(fault.value) if isinstance(fault.value, str) else fault.value
    fault.args = (fault.what,)
