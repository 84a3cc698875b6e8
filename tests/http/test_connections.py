"""Connections: cut when their time is up, and never made but to a checked address."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from fairkit.errors import RefusedAddress
from fairkit.http.connections import GuardedAdapter, Hop

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Two sockets that are connected to each other."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(2)
        yield ours, theirs


def hop(seconds: float) -> Hop:
    return Hop(shown="https://a.example/", trusted=frozenset(), seconds=seconds)


def wait_for_the_end(of: Hop) -> None:
    patience = time.monotonic() + 2
    while not of.is_over:
        assert time.monotonic() < patience
        time.sleep(0.001)


def is_open(pair: Pair) -> bool:
    ours, theirs = pair
    try:
        theirs.sendall(b"x")
    except OSError:
        return False
    return ours.recv(1) == b"x"


def test_a_hop_is_cut_when_its_time_is_up(pair: Pair) -> None:
    with hop(0.05) as under_way:
        under_way.uses(pair[0])
        start = time.monotonic()
        assert pair[0].recv(1) == b""  # else it would be silent for two seconds
        assert under_way.is_over
    assert time.monotonic() - start < 1


def test_a_socket_that_comes_too_late_is_cut_at_once(pair: Pair) -> None:
    with hop(0) as under_way:
        wait_for_the_end(under_way)
        under_way.uses(pair[0])
        assert not is_open(pair)


def test_a_hop_that_ended_in_time_leaves_its_socket_to_the_next(pair: Pair) -> None:
    with hop(0.05) as under_way:
        under_way.uses(pair[0])
    time.sleep(0.1)
    assert is_open(pair)
    assert not under_way.is_over


def test_a_hop_may_have_no_socket_yet() -> None:
    with hop(0) as under_way:
        under_way.uses(None)
        wait_for_the_end(under_way)
    assert under_way.is_over


def test_a_socket_that_is_closed_already_is_no_fault(pair: Pair) -> None:
    with hop(0.02) as under_way:
        under_way.uses(pair[0])
        pair[0].close()
        wait_for_the_end(under_way)
    assert under_way.is_over


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_every_connection_of_the_adapter_is_guarded(scheme: str) -> None:
    pool = GuardedAdapter().poolmanager.connection_from_url(f"{scheme}://127.0.0.1:9/")
    with hop(60), pytest.raises(RefusedAddress, match="a loopback address"):
        pool._new_conn().connect()


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:9", "HTTP://proxy.example:8080"])
def test_a_proxy_has_connections_of_ours_too(proxy: str) -> None:
    adapter = GuardedAdapter()
    assert adapter.proxy_manager_for(proxy).pool_classes_by_scheme == adapter.poolmanager.pool_classes_by_scheme
