"""What travels: a request, its response, the limits it keeps to, and the seam that sends it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from fairkit.errors import Unreachable
from fairkit.http.redact import redact

__all__ = ["Body", "Lasting", "Limits", "Request", "Response", "Sink", "Transport"]


class Lasting(Unreachable):
    """A fault that another try would only repeat: an unknown host, a certificate that is not accepted."""


class Body(Protocol):
    """A body that is sent piece by piece, as from a file: its length in bytes is known before."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[bytes]: ...


class Sink(Protocol):
    """Takes the body of an answer as it comes, where it is too large to be held."""

    def headers(self) -> Mapping[str, str]:
        """What to ask for in the next try, as the bytes that are still missing."""
        ...

    def opens(self, status: int, headers: Mapping[str, str]) -> bool:
        """Whether it takes the body of this answer; raises Unreachable for one that does not fit."""
        ...

    def take(self, chunk: bytes) -> None:
        """The next bytes."""
        ...


class Request(NamedTuple):
    """One request; its `repr` shows neither headers nor body, which may hold credentials.

    A `Body` is sent piece by piece with its length in `content-length`; each attempt begins a new iteration.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | Body | None = None
    sink: Sink | None = None

    def __repr__(self) -> str:
        return f"Request({self.method} {redact(self.url)})"


class Response(NamedTuple):
    """One answer. `headers` has lower-case names, `body` is decompressed, `retrieved_at` is ISO 8601 in UTC.

    `url` is where the answer came from, `history` the URLs that redirected there, oldest first. Both are as they were
    sent, unredacted.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    retrieved_at: str
    from_cache: bool = False
    history: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Response({self.status} from {redact(self.url)}, {len(self.body)} bytes)"


class Limits(NamedTuple):
    """How long and how large an answer may be.

    `read_seconds` is the longest silence; `total_seconds` is all the network time of one request, its redirects and
    retries included, the pauses between them not; `max_bytes` counts the decompressed body.
    """

    connect_seconds: float = 10
    read_seconds: float = 60
    total_seconds: float = 120
    max_bytes: int = 64 * 1024**2


class Transport(Protocol):
    """Sends one hop: it follows no redirect and tries once."""

    def send(self, request: Request, limits: Limits) -> Response:
        """The answer, whatever its status; raises Unreachable, Lasting, TooLarge or RefusedAddress, redacted."""
        ...
