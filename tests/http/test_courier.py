"""One request over all its hops: what each carries, what is told of it, and when it is given up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from fairkit.errors import Offline, RefusedAddress, TooLarge, Unreachable
from fairkit.http import Lasting, Limits, Request, Response, Transport
from fairkit.http.courier import Courier
from tests.http.web import Told

A, B = "https://a.example/1", "https://b.example/2"
THERE_AND_BACK = {
    A: (302, {"location": B}),
    B: (302, {"location": "https://a.example/3"}),
    "https://a.example/3": (200, {}),
}


class Script:
    """A transport that answers by a list of statuses and faults, one after the other."""

    def __init__(self, *answers: int | Exception) -> None:
        self.answers: Iterator[int | Exception] = iter(answers)
        self.limits: list[Limits] = []

    def send(self, request: Request, limits: Limits) -> Response:
        self.limits.append(limits)
        answer = next(self.answers)
        if isinstance(answer, Exception):
            raise answer
        return Response(answer, request.url, {}, b"", "2025-01-01T00:00:00+00:00")


class Made:
    """A courier over a transport, with what it noted and how long it slept."""

    def __init__(self, transport: Transport, **options: Any) -> None:
        self.noted: list[str] = []
        self.naps: list[float] = []
        defaults: dict[str, Any] = {
            "limits": Limits(),
            "retries": 3,
            "credentials": {},
            "clock": lambda: 0.0,
        }
        ours: dict[str, Any] = {"transport": lambda: transport, "sleep": self.naps.append, "note": self.noted.append}
        self.courier = Courier(**(defaults | ours | options))

    def deliver(self, url: str = A, method: str = "GET", **conditions: str) -> Response:
        return self.courier.deliver(Request(method, url, {}), conditions=conditions, conditions_for=B)


def test_every_hop_is_noted_before_its_answer() -> None:
    made = Made(Told(THERE_AND_BACK))
    assert made.deliver().history == (A, B)
    assert made.noted == [A, B, "https://a.example/3"]
    failing = Made(Script(Offline("no network")))
    with pytest.raises(Offline):
        failing.deliver()
    assert failing.noted == [A]


def test_a_condition_goes_to_the_url_whose_answer_it_describes() -> None:
    told = Told(THERE_AND_BACK)
    Made(told).deliver(etag="x")
    assert [request.headers.get("etag") for request in told.received] == [None, "x", None]


@pytest.mark.parametrize("fault", [Lasting("x"), Offline("x"), RefusedAddress("x"), TooLarge("x")])
def test_a_fault_that_another_try_would_repeat_is_final(fault: Unreachable) -> None:
    made = Made(Script(fault, 200))
    with pytest.raises(type(fault)):
        made.deliver()
    assert (len(made.noted), made.naps) == (1, [])


@pytest.mark.parametrize("answer", [429, 502, 503, 504, Unreachable("cut")])
@pytest.mark.parametrize(("method", "tries"), [("GET", 2), ("HEAD", 2), ("POST", 1), ("PUT", 1), ("DELETE", 1)])
def test_only_what_does_no_harm_is_sent_twice(answer: int | Unreachable, method: str, tries: int) -> None:
    made = Made(Script(answer, 200))
    if tries == 2:
        assert made.deliver(method=method).status == 200
    elif isinstance(answer, int):
        assert made.deliver(method=method).status == answer
    else:
        with pytest.raises(Unreachable):
            made.deliver(method=method)
    assert len(made.noted) == tries


@pytest.mark.parametrize("retries", [0, 1, 3])
def test_after_the_last_retry_the_last_fault_is_told(retries: int) -> None:
    made = Made(Script(*[Unreachable(f"fault {number}") for number in range(9)]), retries=retries)
    with pytest.raises(Unreachable, match=f"fault {retries}"):
        made.deliver()
    assert (len(made.noted), len(made.naps)) == (retries + 1, retries)


@pytest.mark.parametrize("status", [200, 204, 304, 400, 403, 404, 410, 500, 501])
def test_any_other_status_is_an_answer_at_once(status: int) -> None:
    made = Made(Script(status))
    assert made.deliver().status == status
    assert made.naps == []


def test_the_time_is_for_all_hops_together() -> None:
    transport = Script(503, 503, 200)
    Made(transport, limits=Limits(total_seconds=5)).deliver()
    left = [limits.total_seconds for limits in transport.limits]
    assert left == sorted(left, reverse=True)
    assert left[0] == 5


def test_without_time_nothing_is_sent() -> None:
    made = Made(Script(), limits=Limits(total_seconds=0))
    with pytest.raises(TooLarge, match=r"https://a\.example/1 was given up after 0 s"):
        made.deliver()
    assert made.noted == []


def test_a_courier_shows_no_credential() -> None:
    assert "hush" not in repr(Made(Script(), credentials={"https://a.example": "Bearer hush"}).courier)
