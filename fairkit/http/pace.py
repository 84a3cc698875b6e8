"""How long to wait: what the server asks for, and the backoff where it asks for nothing."""

from __future__ import annotations

import random
import re
import threading
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

from fairkit.http.message import Response

__all__ = ["LONGEST_WAIT", "Pace", "backoff", "retry_after"]

LONGEST_WAIT = 120.0
"""Seconds that we wait when asked to; whoever asks for more is unreachable for now."""

_FIRST_BACKOFF = 0.5
_SECONDS = re.compile(r"\d{1,12}")
_RANDOM = random.SystemRandom()


def backoff(attempt: int) -> float:
    """Seconds before the retry after `attempt` (0, 1, …): exponential, with full jitter so that clients spread out."""
    return _RANDOM.uniform(0, min(LONGEST_WAIT, _FIRST_BACKOFF * 2**attempt))


def retry_after(response: Response, *, now: float) -> float | None:
    """Seconds that the server asks to wait (RFC 9110, 10.2.3), as a number or as a date.

    Read on 429 and 503 only: CERN Open Data sends `retry-after: 60` with every answer, 200 included.
    """
    if response.status not in (429, 503):
        return None
    text = response.headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    try:
        moment = parsedate_to_datetime(text[:64])
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, moment.timestamp() - now)


class Pace:
    """Remembers which origins have no request left, and until when; usable from several threads."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()

    def note(self, origin: str, headers: Mapping[str, str]) -> None:
        """Take in `x-ratelimit-remaining` and `x-ratelimit-reset` (seconds since 1970)."""
        remaining, reset = headers.get("x-ratelimit-remaining", ""), headers.get("x-ratelimit-reset", "")
        with self._lock:
            if remaining.strip() == "0" and _SECONDS.fullmatch(reset.strip()):
                self._until[origin] = float(reset)
            else:
                self._until.pop(origin, None)

    def wait(self, origin: str, *, now: float) -> float:
        """Seconds until the origin takes another request."""
        with self._lock:
            return max(0.0, self._until.get(origin, now) - now)
