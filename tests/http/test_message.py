"""What travels shows no secret, and does not change."""

from __future__ import annotations

import pytest

from fairkit.errors import Unreachable
from fairkit.http import Lasting, Limits, Request, Response

WHEN = "2025-01-01T00:00:00+00:00"


def test_neither_request_nor_response_shows_its_secrets() -> None:
    request = Request("GET", "https://a.example/?token=hush", {"authorization": "Bearer hush"}, b"hush")
    response = Response(200, "https://me:hush@a.example/?token=hush", {"set-cookie": "hush"}, b"hush", WHEN)
    assert repr(request) == "Request(GET https://a.example/?token=***)"
    assert repr(response) == "Response(200 from https://***@a.example/?token=***, 4 bytes)"


def test_a_response_came_straight_from_the_web_unless_it_says_so() -> None:
    response = Response(200, "https://a.example/", {}, b"", WHEN)
    assert (response.from_cache, response.history) == (False, ())


@pytest.mark.parametrize("limit", Limits._fields)
def test_what_travels_does_not_change(limit: str) -> None:
    with pytest.raises(AttributeError):
        setattr(Limits(), limit, 1)


def test_a_lasting_fault_says_nothing_about_the_work() -> None:
    fault = Lasting("no such host")
    assert isinstance(fault, Unreachable)
    assert (fault.code, fault.exit_code) == ("unreachable", 3)
