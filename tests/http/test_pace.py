"""How long to wait, for what a server says and for what it does not."""

from __future__ import annotations

from email.utils import formatdate

import pytest

from fairkit.http import Response
from fairkit.http.pace import LONGEST_WAIT, Pace, backoff, retry_after

NOW = 1_700_000_000.0
HERE, THERE = "https://a.example", "https://b.example"


def answer(status: int, **headers: str) -> Response:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, HERE, told, b"", "2025-01-01T00:00:00+00:00")


@pytest.mark.parametrize(("attempt", "most"), [(0, 0.5), (1, 1), (4, 8), (20, LONGEST_WAIT), (500, LONGEST_WAIT)])
def test_the_wait_grows_to_a_limit_and_is_never_the_same(attempt: int, most: float) -> None:
    waits = [backoff(attempt) for _ in range(50)]
    assert all(0 <= wait <= most for wait in waits)
    assert len(set(waits)) > 40


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7", 7),
        (" 7 ", 7),
        ("0", 0),
        ("9" * 12, 999_999_999_999),
        ("9" * 13, None),
        ("-7", None),
        ("7.5", None),
        ("soon", None),
        ("", None),
        (formatdate(NOW + 30, usegmt=True), 30),
        (formatdate(NOW + 30), 30),
        (formatdate(NOW - 30, usegmt=True), 0),
        ("Wed, 15 Nov 2023 00:13:20 +0200", 0),  # NOW is 22:13:20 UTC
    ],
)
def test_a_server_asks_to_wait_by_number_or_by_date(status: int, said: str, seconds: float | None) -> None:
    assert retry_after(answer(status, retry_after=said), now=NOW) == seconds


def test_a_server_that_asks_for_nothing_is_given_nothing() -> None:
    assert retry_after(answer(503), now=NOW) is None


@pytest.mark.parametrize("status", [200, 302, 404, 500, 502])
def test_beside_an_answer_it_is_no_question(status: int) -> None:
    assert retry_after(answer(status, retry_after="60"), now=NOW) is None


@pytest.mark.parametrize(
    ("remaining", "reset", "seconds"),
    [
        ("0", "1700000020", 20),
        (" 0 ", " 1700000020 ", 20),
        ("0", "1699999980", 0),
        ("1", "1700000020", 0),
        ("0", "soon", 0),
        ("0", "", 0),
        ("", "1700000020", 0),
    ],
)
def test_an_origin_rests_until_its_reset(remaining: str, reset: str, seconds: float) -> None:
    pace = Pace()
    pace.note(HERE, {"x-ratelimit-remaining": remaining, "x-ratelimit-reset": reset})
    assert pace.wait(HERE, now=NOW) == seconds
    assert pace.wait(THERE, now=NOW) == 0


def test_a_later_answer_ends_the_rest() -> None:
    pace = Pace()
    pace.note(HERE, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1700000020"})
    pace.note(THERE, {})
    assert pace.wait(HERE, now=NOW) == 20
    assert pace.wait(HERE, now=NOW + 21) == 0
    pace.note(HERE, {"x-ratelimit-remaining": "59"})
    assert pace.wait(HERE, now=NOW) == 0
