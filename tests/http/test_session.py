"""What a session does with answers: redirects, retries, pauses, credentials, secrets."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable
from email.utils import formatdate
from typing import Any

import pytest

import fairkit
from fairkit.errors import AuthenticationError, FairkitError, Offline, RefusedAddress, Unreachable
from fairkit.http import Request, Session
from tests.http.web import Page, Told, Visit, Web, cut_connection, says, scripted

Sessions = Callable[..., Session]
NOW = 1_700_000_000.0


def at_now() -> float:
    return NOW


def test_importing_it_loads_nothing_heavy() -> None:
    code = "import sys, fairkit.http; print({'requests', 'urllib3', 'pydantic'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"


# Retries and pauses


@pytest.mark.parametrize(
    ("fault", "pauses"),
    [
        (says(429, retry_after="7"), [7]),
        (says(503, retry_after=formatdate(NOW + 30, usegmt=True)), [30]),
        (says(503, retry_after=formatdate(NOW - 30, usegmt=True)), []),
        (cut_connection, None),
        (says(429), None),
        (says(429, retry_after="soon"), None),
        (says(503, retry_after="Mon, 99 Foo 99999999999999999999 99:99:99 GMT"), None),
        (says(502, retry_after="60"), None),  # asked for on 429 and 503 only
        (says(504), None),
    ],
)
def test_what_may_pass_is_tried_again(
    web: Web, session: Sessions, naps: list[float], fault: Page, pauses: list[float] | None
) -> None:
    web.pages["/x"] = scripted(fault, says(body=b"at last"))
    asking = session(clock=at_now)
    assert asking.get(f"{web.url}/x").body == b"at last"
    assert asking.requests == [f"{web.url}/x"] * 2
    if pauses is None:
        assert [nap for nap in naps if nap > 0.5] == []
    else:
        assert naps == pauses


@pytest.mark.parametrize("status", [200, 404, 500])
def test_a_retry_after_beside_an_answer_is_not_obeyed(
    web: Web, session: Sessions, naps: list[float], status: int
) -> None:
    """CERN Open Data sends one with every answer."""
    web.pages["/x"] = says(status, retry_after="60", x_ratelimit_remaining="59", x_ratelimit_reset=str(int(NOW + 60)))
    asking = session(clock=at_now)
    assert [asking.get(f"{web.url}/x").status for _ in range(3)] == [status] * 3
    assert naps == []


@pytest.mark.parametrize(("status", "words"), [(429, "rate limit"), (502, "not available"), (503, "not available")])
def test_what_does_not_pass_is_unreachable(web: Web, session: Sessions, status: int, words: str) -> None:
    web.pages["/x"] = says(status)
    asking = session()
    with pytest.raises(Unreachable, match=rf"{web.url}/x gave no answer: .*{words}.*\(status {status}\)"):
        asking.get(f"{web.url}/x")
    assert len(asking.requests) == 4


def test_the_retries_are_for_all_hops_together(web: Web, session: Sessions) -> None:
    web.pages["/a"] = scripted(says(503), says(302, location="/b"))
    web.pages["/b"] = scripted(says(503), says(503))
    asking = session(retries=2)
    with pytest.raises(Unreachable):
        asking.get(f"{web.url}/a")
    assert [url.removeprefix(web.url) for url in asking.requests] == ["/a", "/a", "/b", "/b"]


def test_a_post_is_sent_once(web: Web, session: Sessions) -> None:
    web.pages["/x"] = cut_connection
    with pytest.raises(Unreachable):
        session().send(Request("POST", f"{web.url}/x", {}, b"{}"))
    assert len(web.heads) == 1


def test_what_a_post_is_answered_is_for_its_sender(web: Web, session: Sessions) -> None:
    web.pages["/x"] = says(503, retry_after="7")
    answer = session().send(Request("POST", f"{web.url}/x", {}, b"{}"))
    assert (answer.status, answer.headers["retry-after"], len(web.heads)) == (503, "7", 1)


def test_a_wait_beyond_all_patience_is_unreachable(web: Web, session: Sessions, naps: list[float]) -> None:
    web.pages["/x"] = says(429, retry_after="3600")
    with pytest.raises(Unreachable, match=r"wait for 3600 s \(status 429\)"):
        session().get(f"{web.url}/x")
    assert naps == []


@pytest.mark.parametrize(
    ("remaining", "reset", "pauses"),
    [("0", NOW + 20, [20]), ("1", NOW + 20, []), ("0", NOW - 20, []), ("0", "soon", []), ("none", NOW + 20, [])],
)
def test_an_origin_without_requests_left_is_waited_for(
    web: Web, session: Sessions, naps: list[float], remaining: str, reset: Any, pauses: list[float]
) -> None:
    reset = reset if isinstance(reset, str) else str(int(reset))
    web.pages["/x"] = says(x_ratelimit_remaining=remaining, x_ratelimit_reset=reset)
    asking = session(clock=at_now)
    asking.get(f"{web.url}/x")
    assert naps == []
    asking.get(f"{web.url}/x")
    assert naps == pauses


def test_another_origin_is_not_waited_for(web: Web, elsewhere: Web, session: Sessions, naps: list[float]) -> None:
    web.pages["/x"] = says(x_ratelimit_remaining="0", x_ratelimit_reset=str(int(NOW + 500)))
    elsewhere.pages["/x"] = says()
    asking = session(clock=at_now, trusted=[web.url, elsewhere.url])
    asking.get(f"{web.url}/x")
    asking.get(f"{elsewhere.url}/x")
    assert naps == []
    with pytest.raises(Unreachable, match=r"wait for 500 s \(its rate limit is used up\)"):
        asking.get(f"{web.url}/x")


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", ["/b", "b", "{}/b", "/b#part"])
def test_redirects_are_followed(web: Web, session: Sessions, status: int, location: str) -> None:
    web.pages["/a"] = says(status, location=location.format(web.url))
    web.pages["/b"] = says(body=b"there")
    answer = session().get(f"{web.url}/a")
    assert (answer.body, answer.url, answer.history) == (b"there", f"{web.url}/b", (f"{web.url}/a",))


@pytest.mark.parametrize("page", [says(304, location="/b"), says(302), says(300, location="/b")])
def test_what_redirects_nowhere_is_an_answer(web: Web, session: Sessions, page: Page) -> None:
    web.pages["/a"] = page
    assert session().get(f"{web.url}/a").status in (300, 302, 304)


def test_a_loop_is_named(web: Web, session: Sessions) -> None:
    web.pages["/a"] = says(302, location="/b?token=hush")
    web.pages["/b"] = says(302, location="/a")
    with pytest.raises(Unreachable, match="redirects in a loop") as caught:
        session().get(f"{web.url}/a")
    assert f"{web.url}/a → {web.url}/b?token=*** → {web.url}/a" in str(caught.value)
    assert len(web.heads) == 2


@pytest.mark.parametrize(("hops", "arrives"), [(10, True), (11, False)])
def test_ten_redirects_are_followed(web: Web, session: Sessions, hops: int, arrives: bool) -> None:
    for hop in range(hops):
        web.pages[f"/{hop}"] = says(302, location=f"/{hop + 1}")
    web.pages[f"/{hops}"] = says()
    asking = session()
    if arrives:
        assert len(asking.get(f"{web.url}/0").history) == hops
    else:
        with pytest.raises(Unreachable, match="more than 10 times"):
            asking.get(f"{web.url}/0")


@pytest.mark.parametrize(
    "location",
    ["ftp://data.example/", "file:///etc/passwd", "http://me:hush@data.example/", "http://2130706433/", "http://["],
)
def test_a_redirect_to_where_nobody_may_send_us_is_refused(web: Web, session: Sessions, location: str) -> None:
    web.pages["/a"] = says(302, location=location)
    with pytest.raises(RefusedAddress) as caught:
        session().get(f"{web.url}/a")
    assert "hush" not in str(caught.value)


def test_a_post_is_not_redirected(web: Web, session: Sessions) -> None:
    web.pages["/a"] = says(302, location="/b")
    assert session().send(Request("POST", f"{web.url}/a", {}, b"{}")).status == 302


# Credentials


@pytest.mark.parametrize(
    ("way", "carried"),
    [
        (["https://a.example/1", "https://a.example/2"], [True, True]),
        (["https://a.example/1", "https://a.example:443/2"], [True, True]),
        (["https://a.example/1", "https://b.example/2"], [True, False]),
        (["https://a.example/1", "https://a.example:8443/2"], [True, False]),
        (["https://a.example/1", "https://sub.a.example/2"], [True, False]),
        (["https://a.example/1", "https://b.example/2", "https://a.example/3"], [True, False, False]),
        (["https://b.example/1", "https://a.example/2"], [False, False]),
        (["http://a.example/1", "https://a.example/2"], [False, False]),
        (["https://b.example/1", "http://b.example/2"], [False, False]),
        (["https://a.example/1", "https://b.example/2", "http://b.example/3"], [True, False, False]),
    ],
)
def test_a_credential_stays_with_its_origin(way: list[str], carried: list[bool]) -> None:
    told = Told({url: (302, {"location": to}) for url, to in itertools.pairwise(way)} | {way[-1]: (200, {})})
    Session(transport=told, credentials={"https://a.example/api": "Bearer hush"}).get(way[0])
    assert ["authorization" in request.headers for request in told.received] == carried


def test_a_credential_is_not_led_to_an_unencrypted_place() -> None:
    told = Told({"https://a.example/1": (302, {"location": "http://a.example/2"})})
    with pytest.raises(RefusedAddress, match="not encrypted"):
        Session(transport=told, credentials={"https://a.example": "Bearer hush"}).get("https://a.example/1")
    assert len(told.received) == 1


def test_another_origin_receives_no_byte_of_it(web: Web, elsewhere: Web, session: Sessions) -> None:
    web.pages["/x"] = says(302, location=f"{elsewhere.url}/y")
    elsewhere.pages["/y"] = says(body=b"public")
    asking = session(trusted=[web.url, elsewhere.url], credentials={web.url: "Bearer hush"})
    assert asking.get(f"{web.url}/x").body == b"public"
    assert b"authorization: Bearer hush" in web.heads[0]
    assert not [head for head in elsewhere.heads if b"hush" in head or b"uthorization" in head]


@pytest.mark.parametrize("name", ["Authorization", "cookie", "Proxy-Authorization"])
def test_a_credential_in_the_headers_of_one_request_is_refused(name: str) -> None:
    with pytest.raises(AuthenticationError) as caught:
        Session().send(Request("GET", "https://a.example/", {name: "Bearer hush"}))
    assert "hush" not in str(caught.value)


# Secrets


def fails_with_secrets(visit: Visit) -> None:
    visit.answer(302, location="ftp://data.example/hush?token=s3cret")


@pytest.mark.parametrize("page", [fails_with_secrets, says(503), cut_connection, says(429, retry_after="999")])
def test_no_error_tells_a_secret(web: Web, session: Sessions, page: Page) -> None:
    web.pages["/hush"] = page
    asking = session(credentials={web.url: "Bearer hush"}, retries=1)
    with pytest.raises(FairkitError) as caught:
        asking.get(f"{web.url}/hush?access_token=s3cret&q=open")
    fault = caught.value
    told = " ".join([str(fault), repr(fault), str(fault.value), fault.remedy, repr(asking), *asking.requests])
    assert "hush" not in told
    assert "s3cret" not in told
    assert fault.remedy
    assert fault.__cause__ is None
    assert fault.__suppress_context__ or fault.__context__ is None


def test_offline_without_a_cache_asks_nobody() -> None:
    told = Told({})
    with pytest.raises(Offline, match=r"https://a\.example/x is not in the cache"):
        Session(transport=told, offline=True).get("https://a.example/x")
    assert told.received == []


def test_the_user_agent_has_the_version() -> None:
    told = Told({"https://a.example/": (200, {})})
    Session(transport=told).get("https://a.example/")
    agent = f"fairkit/{fairkit.__version__} (+https://github.com/fairkit/fairkit)"
    assert told.received[0].headers["user-agent"] == agent
