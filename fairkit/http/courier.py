"""One request from its sending to its final answer: redirects, retries, pauses, and the credential it may carry."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from fairkit.errors import Offline, RefusedAddress, TooLarge, Unreachable
from fairkit.http.guard import checked_url, origin_of
from fairkit.http.message import Lasting, Limits, Request, Response, Transport
from fairkit.http.pace import LONGEST_WAIT, Pace, backoff, retry_after

__all__ = ["FINAL_FAULTS", "Courier"]

REPEATABLE = frozenset({"GET", "HEAD"})
"""Methods that may be sent twice, and redirected, without harm (RFC 9110, 9.2)."""

MOST_REDIRECTS = 10
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({429, 502, 503, 504})
FINAL_FAULTS = (Lasting, Offline, RefusedAddress, TooLarge)
"""What another try would only repeat."""
_LATER = "Nothing is said about the work: try again later."


@dataclass
class _Budget:
    """What one request may still use, over all its hops."""

    retries: int
    seconds: float


@dataclass(frozen=True, kw_only=True, repr=False)
class Courier:
    """Delivers requests; usable from several threads. `credentials` and `cookies` are headers by origin."""

    transport: Callable[[], Transport]
    limits: Limits
    retries: int
    credentials: Mapping[str, str]
    sleep: Callable[[float], None]
    clock: Callable[[], float]
    note: Callable[[str], None]
    """Told the URL of every hop that is really sent."""
    pace: Pace = field(default_factory=Pace)
    cookies: Mapping[str, str] = field(default_factory=dict)

    def deliver(
        self,
        request: Request,
        *,
        conditions: Mapping[str, str],
        conditions_for: str | None,
        limits: Limits | None = None,
    ) -> Response:
        """The final answer. The `conditions` (If-None-Match …) go only to the URL whose answer they describe.

        What is not repeatable has the answer that came, whatever its status: only its sender knows what may be done.

        The messages of what it raises are not redacted yet.
        """
        limits = limits or self.limits
        budget = _Budget(self.retries, limits.total_seconds)
        home, at_home = origin_of(request.url), True
        url, passed = request.url, list[str]()
        while True:
            # Once away from its origin a credential does not come back: the way back was a stranger's choice.
            at_home = at_home and origin_of(url) == home
            headers = dict(request.headers) | (self._credential(home) if at_home else {})
            headers |= conditions if url == conditions_for else {}
            response = self._hop(request._replace(url=url, headers=headers), budget, limits)
            if request.method not in REPEATABLE or not _redirects(response):
                return response._replace(history=tuple(passed))
            passed.append(url)
            url = _target(response, passed, guarded=not {"authorization", "cookie"}.isdisjoint(headers))

    def _credential(self, origin: str) -> dict[str, str]:
        held = {"authorization": self.credentials.get(origin), "cookie": self.cookies.get(origin)}
        return {name: value for name, value in held.items() if value is not None}

    def _hop(self, request: Request, budget: _Budget, limits: Limits) -> Response:
        """Send it until there is an answer that is not passing, or the retries are used up."""
        once = request.method not in REPEATABLE
        for attempt in range(self.retries + 1):
            answer = self._attempt(request, budget, limits)
            if isinstance(answer, Response) and (once or answer.status not in _PASSING):
                return answer
            if once or budget.retries == 0:
                break
            why = f"status {answer.status}" if isinstance(answer, Response) else answer.what
            self._pause(request.url, self._delay(answer, attempt), why)
            budget.retries -= 1
        raise _given_up(request.url, answer) from None

    def _attempt(self, request: Request, budget: _Budget, limits: Limits) -> Response | Unreachable:
        """The answer, or the fault that may pass."""
        origin = origin_of(request.url)
        self._pause(request.url, self.pace.wait(origin, now=self.clock()), "its rate limit is used up")
        if budget.seconds <= 0:
            what = f"{request.url} was given up after {self.limits.total_seconds:g} s"
            raise TooLarge(what, value=request.url, remedy=_LATER)
        if request.sink is not None:
            request = request._replace(headers=dict(request.headers) | dict(request.sink.headers()))
        self.note(request.url)
        start = time.monotonic()
        try:
            response = self.transport().send(request, limits._replace(total_seconds=budget.seconds))
        except FINAL_FAULTS:
            raise
        except Unreachable as fault:
            return fault
        finally:
            budget.seconds -= time.monotonic() - start
        self.pace.note(origin, response.headers)
        return response

    def _delay(self, answer: Response | Unreachable, attempt: int) -> float:
        asked = retry_after(answer, now=self.clock()) if isinstance(answer, Response) else None
        return backoff(attempt) if asked is None else asked

    def _pause(self, url: str, seconds: float, why: str) -> None:
        if seconds > LONGEST_WAIT:
            what = f"{url} asks to wait for {seconds:.0f} s ({why})"
            raise Unreachable(what, value=url, remedy=f"Try again in {seconds:.0f} s.")
        if seconds > 0:
            self.sleep(seconds)


def _redirects(response: Response) -> bool:
    return response.status in _REDIRECTS and bool(response.headers.get("location"))


def _target(response: Response, passed: list[str], *, guarded: bool) -> str:
    """Where the answer of the last URL passed leads, if it may."""
    url, answered = passed[-1], f"status {response.status}"
    target = _joined(url, response.headers["location"], answered)
    if target in passed:
        loop = " → ".join((*passed, target))
        raise Unreachable(f"{passed[0]} redirects in a loop ({answered}): {loop}", value=url, remedy=_LATER)
    if len(passed) > MOST_REDIRECTS:
        what = f"{passed[0]} redirects more than {MOST_REDIRECTS} times ({answered}), last to {target}"
        raise Unreachable(what, value=url, remedy="Name the last of these URLs, if it is the right one.")
    if guarded and url.startswith("https:") and target.startswith("http:"):
        what = f"{url} redirects ({answered}) a request with a credential to {target}, which is not encrypted"
        raise RefusedAddress(what, value=target, remedy="Ask its operators to redirect to https.")
    return target


def _joined(url: str, location: str, answered: str) -> str:
    try:
        return checked_url(urljoin(url, location))
    except ValueError:  # not even a reference to a URL, such as http://[
        what = f"{url} redirects ({answered}) to what is no URL: {location}"
        raise RefusedAddress(what, value=url, remedy=_LATER) from None


def _given_up(url: str, answer: Response | Unreachable) -> Unreachable:
    if isinstance(answer, Unreachable):
        return answer
    why = "its rate limit is used up" if answer.status == 429 else "the server is not available"
    return Unreachable(f"{url} gave no answer: {why} (status {answer.status})", value=url, remedy=_LATER)
