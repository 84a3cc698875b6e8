"""Where a request may go."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import RefusedAddress, UsageError
from fairkit.http import Session, origin_of
from fairkit.http.guard import checked_url, refusal
from tests.http.web import Web, says

Sessions = Callable[..., Session]

PRIVATE = [
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.2.0/24"),
    *("192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    *("::/128", "::1/128", "::ffff:0:0/96", "100::/64", "2001::/32", "2001:db8::/32", "2002::/16"),
    *("fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
]
PUBLIC = ["8.8.8.8", "137.138.0.1", "188.184.0.1", "2606:4700::1111", "2001:1458::1", "64:ff9b::808:808"]


@given(st.data())
def test_every_address_of_a_special_range_is_refused(data: st.DataObject) -> None:
    network = ipaddress.ip_network(data.draw(st.sampled_from(PRIVATE)))
    offset = data.draw(st.integers(0, network.num_addresses - 1))
    assert refusal(str(network[offset]))


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_refused_however_it_is_wrapped(address: ipaddress.IPv4Address) -> None:
    mapped = ipaddress.IPv6Address(int(address) | 0xFFFF << 32)
    translated = ipaddress.IPv6Address(int(address) | 0x64FF9B << 96)
    assert refusal(str(mapped))
    assert refusal(str(translated)) == refusal(str(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass(address: str) -> None:
    assert refusal(address) is None


@pytest.mark.parametrize("address", ["fe80::1%eth0", "::ffff:127.0.0.1", "64:ff9b::7f00:1"])
def test_disguises_are_seen_through(address: str) -> None:
    assert refusal(address)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://data.example/x",
        "file:///etc/passwd",
        "data.example",
        "//data.example/x",
        "http:/data.example",
        "http:///x",
        "http://me:hush@data.example/",
        "http://me@data.example/",
        "http://good.example\\@bad.example/",
        "http://good.example\\.bad.example/",
        "http://data.example:99999/",
        "http://data.example:x/",
        "http://data example/",
        "http://data.exam\nple/",
        "http://data.example/\r\nX: y",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "http://ｅxample.com/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.0.1./",
        "http://1.2.3.4.5/",
        "http://134744072/",
        "",
    ],
)
def test_a_url_that_could_be_read_in_two_ways_is_refused(url: str) -> None:
    with pytest.raises(RefusedAddress) as caught:
        checked_url(url)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        (" https://zenodo.org/records/1#files ", "https://zenodo.org/records/1"),
        ("https://data.example/a file?q=ü", "https://data.example/a file?q=ü"),
        ("http://8.8.8.8:8080/", "http://8.8.8.8:8080/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
        ("http://data_1.example/@user", "http://data_1.example/@user"),
    ],
)
def test_plain_urls_pass_without_their_fragment(url: str, sent: str) -> None:
    assert checked_url(url) == sent


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Zenodo.org/api", "https://zenodo.org"),
        ("https://zenodo.org:443", "https://zenodo.org"),
        ("http://zenodo.org:443", "http://zenodo.org:443"),
        ("http://127.0.0.1:5000/", "http://127.0.0.1:5000"),
        ("https://[2001:DB8::1]:8/", "https://[2001:db8::1]:8"),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, origin: str) -> None:
    assert origin_of(url) == origin


@pytest.mark.parametrize("url", ["zenodo.org", "ftp://zenodo.org", "https://me@zenodo.org"])
def test_what_is_no_base_url_has_no_origin(url: str) -> None:
    with pytest.raises(UsageError, match=r"https://zenodo\.org"):
        origin_of(url)


@pytest.mark.parametrize("spelled", ["http://127.0.0.1:{}", "http://localhost:{}", "http://2130706433:{}"])
def test_the_loopback_is_refused_unless_trusted(web: Web, session: Sessions, spelled: str) -> None:
    web.pages["/x"] = says()
    with pytest.raises(RefusedAddress, match="is not fetched"):
        session(trusted=[]).get(spelled.format(web.server_port) + "/x")
    assert web.heads == []


def test_a_redirect_to_a_private_address_is_refused(web: Web, elsewhere: Web, session: Sessions) -> None:
    """The trust in one port of the loopback is none in another."""
    web.pages["/x"] = says(302, location=f"{elsewhere.url}/admin")
    with pytest.raises(RefusedAddress, match=r"leads to 127\.0\.0\.1, a loopback address"):
        session().get(f"{web.url}/x")
    assert elsewhere.heads == []


def known(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """The resolver knows every name, and gives these addresses one time after the other; the names asked for."""
    asked: list[str] = []
    left = list(answers)

    def look_up(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        if host[0].isdigit():
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in left.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_one_private_address_among_public_ones_is_refused(session: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, ["8.8.8.8", "192.168.0.1"])
    with pytest.raises(RefusedAddress, match=r"192\.168\.0\.1, a private address"):
        session().get("http://trap.example/")


def test_a_second_look_up_cannot_give_another_address(
    web: Web, session: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: what is connected to is what was checked, which the closed sockets of the tests tell."""
    asked = known(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    with pytest.raises(RuntimeError, match=r"8\.8\.8\.8"):
        session().get(f"http://trap.example:{web.server_port}/")
    assert asked == ["trap.example"]
    assert web.heads == []


def test_a_trusted_name_may_have_a_private_address(
    web: Web, session: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.pages["/x"] = says(body=b"ours")
    base = f"http://repository.example:{web.server_port}"
    known(monkeypatch, ["127.0.0.1"])
    assert session(trusted=[base]).get(f"{base}/x").body == b"ours"
    assert b"Host: repository.example" in web.heads[0]
