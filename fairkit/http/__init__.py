"""The one way to the web: every request of fairkit goes through one `Session`.

`Session.get` answers with a `Response` whatever its final status; what keeps it from an answer at all (the network, a
rate limit, a size, a forbidden address) is an `Unreachable`. Behind it stands one narrow seam, the `Transport`, which
sends a single hop. Importing this package loads neither requests nor urllib3; the first request does.
"""

from __future__ import annotations

from fairkit.http.cache import Cache, CacheInfo, cache_folder
from fairkit.http.guard import origin_of
from fairkit.http.message import Body, Lasting, Limits, Request, Response, Transport
from fairkit.http.redact import redact
from fairkit.http.session import Session

__all__ = [
    "Body",
    "Cache",
    "CacheInfo",
    "Lasting",
    "Limits",
    "Request",
    "Response",
    "Session",
    "Transport",
    "cache_folder",
    "origin_of",
    "redact",
]
