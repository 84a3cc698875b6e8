"""Misfortunes come as programmed, and everything asked is logged."""

from __future__ import annotations

import http.client
import time
import urllib.request

import pytest

from tests.servers.cern_open_data import JSON_LD, Portal
from tests.servers.toys import ask


def test_failures_last_as_often_as_told(portal: Portal) -> None:
    portal.fail("/api/records/700", status=504, times=2, headers={"retry-after": "1", "x-by": "gateway"}, body=b"late")
    answer = ask(portal, "/api/records/700")
    assert (answer.status, answer.body, answer.headers["retry-after"]) == (504, b"late", "1")
    assert answer.headers["x-by"] == "gateway"
    assert ask(portal, "/api/records/701").status == 200
    assert [ask(portal, "/api/records/700").status for _ in range(3)] == [504, 200, 200]


def test_a_failure_may_take_its_time(portal: Portal) -> None:
    portal.fail("/record/700", status=504, delay=0.2)
    start = time.monotonic()
    assert ask(portal, "/record/700").status == 504
    assert time.monotonic() - start >= 0.2


def test_the_rate_is_limited_when_told(portal: Portal) -> None:
    portal.rate_limit_after(2, times=2, retry_after=1)
    replies = [ask(portal, "/api/records/700") for _ in range(5)]
    assert [reply.status for reply in replies] == [200, 200, 429, 429, 200]
    assert [reply.headers["x-ratelimit-remaining"] for reply in replies] == ["1", "0", "0", "0", "59"]
    assert [reply.headers["retry-after"] for reply in replies] == ["60", "60", "1", "1", "60"]


def test_a_limit_replaces_the_one_before(portal: Portal) -> None:
    portal.rate_limit_after(0)
    assert ask(portal, "/record/700").status == 429
    portal.rate_limit_after(1)
    assert [ask(portal, "/record/700").status for _ in range(3)] == [200, 429, 429]


@pytest.mark.parametrize("recid", ["700", "701"])
def test_an_answer_can_be_made_big(portal: Portal, recid: str) -> None:
    portal.pad(f"/api/records/{recid}", 16_000_000)
    answer = ask(portal, f"/api/records/{recid}")
    assert 16_000_000 <= len(answer.body) < 40_000_000
    assert answer.json["id"] == recid
    assert ask(portal, f"/api/records/{recid}") == answer


def test_a_client_may_leave_in_the_middle(portal: Portal, capfd: pytest.CaptureFixture[str]) -> None:
    portal.pad("/api/records/700", 16_000_000)
    with urllib.request.urlopen(f"{portal.url}/api/records/700", timeout=10) as response:
        assert len(response.read(1000)) == 1000
    assert ask(portal, "/api/records/701").status == 200
    assert capfd.readouterr().err == ""


def test_a_connection_can_be_cut(portal: Portal) -> None:
    whole = ask(portal, "/api/records/700").body
    portal.cut("/api/records/700", 100)
    with pytest.raises(http.client.IncompleteRead) as caught:
        ask(portal, "/api/records/700")
    assert caught.value.partial == whole[:100]
    assert ask(portal, "/api/records/700").body == whole


def test_what_was_asked_is_logged(portal: Portal) -> None:
    portal.rate_limit_after(1)
    ask(portal, "/api/records/700?x=1", Accept=JSON_LD, Authorization="Bearer s3cret")
    ask(portal, "/record/700")
    assert portal.log == [("GET", "/api/records/700?x=1", JSON_LD), ("GET", "/record/700", "")]
    assert [headers.get("authorization") for headers in portal.headers_seen] == ["Bearer s3cret", None]
