"""Sixty ways to send us where we must not go: no connection is made there, and the refusal is an answer, not a bug."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from fairkit.errors import RefusedAddress, Unreachable
from fairkit.http import Session
from tests.http.web import Web, serving

PRIVATE = [
    # the loopback in every spelling
    "http://127.0.0.1:{port}/x",
    "http://127.0.0.2:{port}/x",
    "http://127.255.255.254:{port}/x",
    "http://localhost:{port}/x",
    "http://LOCALHOST:{port}/x",
    "http://localhost.:{port}/x",
    "http://127.1:{port}/x",
    "http://127.0.1:{port}/x",
    "http://2130706433:{port}/x",
    "http://0x7f000001:{port}/x",
    "http://0x7f.0.0.1:{port}/x",
    "http://0177.0.0.1:{port}/x",
    "http://017700000001:{port}/x",
    "http://0:{port}/x",
    "http://0.0.0.0:{port}/x",
    "http://[::1]:{port}/x",
    "http://[::]:{port}/x",
    "http://[::ffff:127.0.0.1]:{port}/x",
    "http://[::ffff:7f00:1]:{port}/x",
    "http://[::127.0.0.1]:{port}/x",
    "http://[64:ff9b::7f00:1]:{port}/x",
    "http://[2002:7f00:1::]:{port}/x",
    "http://127。0。0。1:{port}/x",
    "http://①②⑦.0.0.1:{port}/x",
    "http://%31%32%37.0.0.1:{port}/x",
    "http://127.0.0.1%00.example.org:{port}/x",
    # private networks, and the addresses of machines of clouds
    "http://10.0.0.1/x",
    "http://10.255.255.255:{port}/x",
    "http://172.16.0.1/x",
    "http://172.31.255.255/x",
    "http://192.168.0.1/x",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://100.64.0.1/x",
    "http://100.100.100.200/latest/meta-data/",
    "http://192.0.0.192/opc/v2/instance/",
    "http://198.18.0.1/x",
    "http://[fe80::1]/x",
    "http://[fc00::1]/x",
    "http://[fec0::1]/x",
    "http://224.0.0.1/x",
    "http://[ff02::1]/x",
    "http://255.255.255.255/x",
    "http://240.0.0.1/x",
    # what is read in two ways
    "http://user@127.0.0.1:{port}/x",
    "http://example.org@127.0.0.1:{port}/x",
    "http://127.0.0.1:{port}\\@example.org/x",
    "http://example.org:80@127.0.0.1:{port}/x",
    "http:\\\\127.0.0.1:{port}\\x",
    "http:127.0.0.1:{port}/x",
    "http:///127.0.0.1:{port}/x",
    "http://127.0.0.1:{port}#@example.org/",
    # no web at all
    "file:///etc/passwd",
    "ftp://127.0.0.1:{port}/x",
    "gopher://127.0.0.1:{port}/_GET",
    "dict://127.0.0.1:{port}/info",
    "ldap://127.0.0.1:{port}/x",
    "jar:http://127.0.0.1:{port}/x!/y",
    "data:application/json,{{}}",
    "javascript:alert(1)",
]


@pytest.fixture
def secret() -> Iterator[Web]:
    """A server of the user's own network: whatever reaches it is a breach."""
    with serving() as web:
        web.pages["/x"] = lambda visit: visit.answer(body=b'{"secret": true}')
        yield web


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address that anything connects to."""
    made: list[Any] = []
    connect = socket.socket.connect

    def told(self: socket.socket, address: Any, /) -> Any:
        made.append(address)
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", told)
    return made


def test_there_are_sixty_of_them() -> None:
    assert len(set(PRIVATE)) == len(PRIVATE) == 60


@pytest.mark.parametrize("url", PRIVATE)
def test_no_url_of_a_stranger_leads_inside(url: str, secret: Web, connections: list[Any]) -> None:
    with Session() as session, pytest.raises(RefusedAddress) as caught:
        session.get(url.format(port=secret.server_address[1]))
    assert caught.value.exit_code == 3
    assert connections == []
    assert secret.heads == []


@pytest.mark.parametrize("url", PRIVATE)
def test_no_redirect_of_a_stranger_leads_inside(url: str, secret: Web, connections: list[Any]) -> None:
    place = url.format(port=secret.server_address[1]).encode("ascii", "ignore").decode()
    with serving() as stranger:
        stranger.pages["/"] = lambda visit: visit.answer(302, location=place)
        # What has no host is a path on the stranger's own server, and empty there.
        with Session(trusted=[stranger.url], sleep=lambda _: None) as session, contextlib.suppress(Unreachable):
            assert session.get(f"{stranger.url}/").body == b""
        assert {address[1] for address in connections} == {stranger.server_address[1]}
    assert secret.heads == []


def test_a_name_that_leads_inside_is_refused(
    secret: Web, connections: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolved(host: Any, port: Any, *_: Any, **__: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    with Session() as session, pytest.raises(RefusedAddress, match="loopback"):
        session.get(f"http://data.example.org:{secret.server_address[1]}/x")
    assert (connections, secret.heads) == ([], [])


def test_a_name_whose_answer_changes_is_connected_to_as_it_was_checked(
    secret: Web, connections: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["93.184.215.14", "127.0.0.1", "127.0.0.1", "127.0.0.1"])

    def resolved(host: Any, port: Any, *_: Any, **__: Any) -> Any:
        address = next(answers) if host == "data.example.org" else host  # numbers are not looked up
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    # The tests' own guard stops the connection to the public address; that it was the public one is the point.
    with Session() as session, pytest.raises(RuntimeError, match=r"93\.184\.215\.14"):
        session.get(f"http://data.example.org:{secret.server_address[1]}/x")
    assert secret.heads == []
