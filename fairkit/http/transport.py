"""The transport that really sends: requests, held to our addresses, times and sizes.

Loaded by the first request, because it needs requests.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3.exceptions
from requests.utils import select_proxy

from fairkit.errors import TooLarge, Unreachable
from fairkit.http.connections import GuardedAdapter, Hop
from fairkit.http.guard import check_addresses, origin_of, resolve
from fairkit.http.message import Lasting, Limits, Request, Response, Sink
from fairkit.http.redact import redact

__all__ = ["RequestsTransport"]

_PLAIN = frozenset({"", "identity"})
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_CHUNK = 64 * 1024
# A packed byte becomes up to 1032 bytes, and urllib3 before 2.6 unpacks all that it has read: so it reads little.
_PACKED_CHUNK = 4 * 1024

_LENGTH = re.compile(r"\d{1,20}")

_LATER = "Nothing is said about the work: try again later."
_FAULTS: tuple[tuple[tuple[type[Exception], ...], type[Unreachable], str, str], ...] = (
    ((requests.exceptions.ProxyError,), Unreachable, "the proxy let it not through", "Check HTTPS_PROXY and NO_PROXY."),
    ((requests.exceptions.ConnectTimeout,), Unreachable, "no connection in time", _LATER),
    (
        (requests.exceptions.ReadTimeout, urllib3.exceptions.ReadTimeoutError),
        Unreachable,
        "silent for too long",
        _LATER,
    ),
    ((requests.exceptions.InvalidURL, urllib3.exceptions.LocationValueError), Lasting, "no usable URL", "Correct it."),
    ((requests.exceptions.InvalidHeader,), Lasting, "a header is malformed", "Check the credential for line breaks."),
    ((urllib3.exceptions.DecodeError,), Unreachable, "its body is not packed as it says", _LATER),
)


class RequestsTransport:
    """Sends one hop with proxies and certificate authorities as the environment says, but without `.netrc` or cookies.

    `trusted` are origins that may have private addresses.
    """

    def __init__(self, *, trusted: frozenset[str]) -> None:
        self._trusted = trusted
        self._requests = requests.Session()
        adapter = GuardedAdapter()
        self._requests.mount("http://", adapter)
        self._requests.mount("https://", adapter)

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._requests.close()

    def send(self, request: Request, limits: Limits) -> Response:
        shown = redact(request.url)
        with Hop(shown=shown, trusted=self._trusted, seconds=limits.total_seconds) as hop:
            try:
                response = self._exchanged(request, limits)
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as fault:
                raise (_too_slow(shown, limits) if hop.is_over else _named(fault, shown)) from None
            if hop.is_over:  # a body without a length just ends when it is cut
                raise _too_slow(shown, limits)
        return response

    def _exchanged(self, request: Request, limits: Limits) -> Response:
        """Goes to the adapter itself: requests' own `send` would read redirects' bodies without limit, and `.netrc`."""
        # An empty body that comes in pieces would be sent without its length.
        body: Any = request.body or None
        prepared = requests.Request(request.method, request.url, headers=dict(request.headers), data=body)
        settings: Any = self._requests.merge_environment_settings(request.url, {}, True, None, None)
        self._check_before_proxy(request.url, settings["proxies"])
        adapter = self._requests.get_adapter(request.url)
        times = (limits.connect_seconds, limits.read_seconds)
        with contextlib.closing(adapter.send(prepared.prepare(), timeout=times, **settings)) as answer:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            without = request.method == "HEAD" or _sunk(answer, headers, request.sink)
            return Response(
                status=answer.status_code,
                url=request.url,
                headers=headers,
                body=b"" if without else _body(answer, limits, redact(request.url)),
                retrieved_at=datetime.now(UTC).isoformat(timespec="seconds"),
            )

    def _check_before_proxy(self, url: str, proxies: Any) -> None:
        """As far as we can tell: the proxy looks the name up again, and may know names that we do not."""
        if select_proxy(url, proxies) is None or origin_of(url) in self._trusted:
            return
        addresses: tuple[str, ...] = ()
        with contextlib.suppress(Unreachable):
            addresses = resolve(urlsplit(url).hostname or "", 0, shown=url)
        check_addresses(addresses, shown=url)


def _sunk(answer: requests.Response, headers: Mapping[str, str], sink: Sink | None) -> bool:
    """Whether the body went where it is wanted, as it was sent: a file that is packed stays so."""
    if sink is None or not sink.opens(answer.status_code, headers):
        return False
    answer.raw.enforce_content_length = True
    for chunk in answer.raw.stream(_CHUNK, decode_content=False):
        sink.take(chunk)
    return True


def _body(answer: requests.Response, limits: Limits, shown: str) -> bytes:
    """The unpacked body; gives up as soon as it is known to be larger than the limit."""
    packing = answer.headers.get("content-encoding", "").strip().lower()
    if packing not in _PLAIN | _PACKED:
        what = f"{shown} answers in an encoding that was not asked for, {packing!r} (status {answer.status_code})"
        raise Lasting(what, value=shown, remedy="Report it to the operators of the server.")
    announced = _LENGTH.fullmatch(answer.headers.get("content-length", ""))
    if announced and int(announced[0]) > limits.max_bytes:
        raise _too_large(shown, answer.status_code, limits)
    answer.raw.enforce_content_length = True  # urllib3 before 2 would take a body that was cut for a whole one
    held = bytearray()
    for chunk in answer.raw.stream(_PACKED_CHUNK if packing in _PACKED else _CHUNK, decode_content=True):
        if len(held) + len(chunk) > limits.max_bytes:
            raise _too_large(shown, answer.status_code, limits)
        held += chunk
    return bytes(held)


def _named(fault: Exception, shown: str) -> Unreachable:
    """What happened, in our words: those of requests hold the URL unredacted."""
    refused = isinstance(fault, requests.exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(fault)
    if refused or type(fault) is OSError:  # requests raises the bare one for a certificate bundle that is not there
        remedy = "If your institution signs its own certificates, set REQUESTS_CA_BUNDLE to the path of their bundle."
        return Lasting(f"{shown} could not be reached: its certificate cannot be verified", value=shown, remedy=remedy)
    for kinds, error, words, remedy in _FAULTS:
        if isinstance(fault, kinds):
            return error(f"{shown} could not be reached: {words}", value=shown, remedy=remedy)
    what = f"{shown} could not be reached: the connection failed or was cut"
    return Unreachable(what, value=shown, remedy="Check that this machine is online, or try again later.")


def _too_large(shown: str, status: int, limits: Limits) -> TooLarge:
    what = f"{shown} answers (status {status}) with more than {limits.max_bytes} bytes"
    return TooLarge(what, value=shown, remedy="Download it by other means and assess the file.")


def _too_slow(shown: str, limits: Limits) -> TooLarge:
    what = f"{shown} took more than {limits.total_seconds:.3g} s"
    return TooLarge(what, value=shown, remedy=_LATER)
