"""One hop over real sockets: faults, sizes, times, and what the environment may change."""

from __future__ import annotations

import gzip
import socket
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fairkit.errors import RefusedAddress, TooLarge, Unreachable
from fairkit.http import Lasting, Limits, Request, Session
from tests.http.web import Page, Visit, Web, cut_connection, says

Sessions = Callable[..., Session]
MIB = 1024**2


@pytest.mark.parametrize("status", [200, 204, 400, 404, 410, 500])
def test_any_final_status_is_an_answer(web: Web, session: Sessions, status: int) -> None:
    web.pages["/x"] = says(status, X_Kind="a")
    answer = session().get(f"{web.url}/x")
    assert (answer.status, answer.url, answer.headers["x-kind"]) == (status, f"{web.url}/x", "a")
    assert answer.retrieved_at.endswith("+00:00")


def test_a_request_says_who_we_are_and_what_we_accept(web: Web, session: Sessions) -> None:
    web.pages["/x"] = says()
    session().get(f"{web.url}/x#part", accept="application/ld+json")
    head = web.heads[0].decode().lower()
    assert head.startswith("get /x http/1.1")
    assert "user-agent: fairkit/" in head
    assert "(+https://github.com/fairkit/fairkit)" in head
    assert "accept: application/ld+json\n" in head.replace("\r", "")


def test_a_head_has_no_body_and_may_announce_any_size(web: Web, session: Sessions) -> None:
    web.pages["/x"] = lambda visit: visit.begin(200, content_length=str(10**12), content_encoding="gzip")
    answer = session().head(f"{web.url}/x")
    assert (answer.body, answer.headers["content-length"]) == (b"", str(10**12))


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("gzip", gzip.compress), ("GZIP", gzip.compress), ("deflate", zlib.compress), ("identity", bytes)],
)
def test_a_packed_body_is_unpacked(web: Web, session: Sessions, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    text = b"the quick brown fox " * 9000
    web.pages["/x"] = says(body=pack(text), content_encoding=encoding)
    assert session().get(f"{web.url}/x").body == text


class Pieces:
    """A body of pieces whose length is said before."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = pieces

    def __len__(self) -> int:
        return sum(map(len, self.pieces))

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.pieces)


@pytest.mark.parametrize("pieces", [(), (b"abc",), (b"ab", b"", b"c" * MIB)])
def test_a_body_is_sent_piece_by_piece_with_its_length(web: Web, session: Sessions, pieces: tuple[bytes, ...]) -> None:
    got: list[bytes] = []

    def page(visit: Visit) -> None:
        got.append(visit.rfile.read(int(visit.headers["content-length"])))
        visit.answer()

    web.pages["/x"] = page
    asking = session()
    for _ in range(2):
        assert asking.send(Request("PUT", f"{web.url}/x", {}, Pieces(*pieces))).status == 200
    assert got == [b"".join(pieces)] * 2
    assert b"transfer-encoding" not in web.heads[0].lower()


def endless(visit: Visit) -> None:
    visit.begin(connection="close")
    while not visit.server.closing.is_set():
        visit.wfile.write(b"x" * 65536)


@pytest.mark.parametrize(
    "page",
    [
        says(body=gzip.compress(bytes(100 * MIB)), content_encoding="gzip"),
        says(body=zlib.compress(bytes(100 * MIB)), content_encoding="deflate"),
        says(302, gzip.compress(bytes(100 * MIB)), content_encoding="gzip", location="/x"),
        says(body=bytes(2 * MIB)),
        lambda visit: visit.begin(content_length=str(10**9)),
        lambda visit: visit.begin(content_length="9" * 19),
        endless,
    ],
    ids=["gzip bomb", "deflate bomb", "bomb in a redirect", "too long", "announced", "absurd", "endless"],
)
def test_a_body_beyond_the_limit_is_never_held(web: Web, session: Sessions, page: Page) -> None:
    web.pages["/x"] = page
    asking = session(limits=Limits(max_bytes=MIB))
    tracemalloc.start()
    with pytest.raises(TooLarge, match=r"more than 1048576 bytes"):
        asking.get(f"{web.url}/x")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 * MIB
    assert len(asking.requests) == 1


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "zstd"])
def test_an_encoding_that_was_not_asked_for_is_refused(web: Web, session: Sessions, encoding: str) -> None:
    web.pages["/x"] = says(body=b"x", content_encoding=encoding)
    with pytest.raises(Lasting, match=encoding):
        session().get(f"{web.url}/x")


def drip_body(visit: Visit) -> None:
    visit.begin(content_length="100000")
    drip(visit)


def drip_unknown_length(visit: Visit) -> None:
    visit.begin(connection="close")
    drip(visit)


def drip_chunks(visit: Visit) -> None:
    visit.begin(transfer_encoding="chunked")
    visit.wfile.write(b"ffff\r\n")
    drip(visit)


def drip_headers(visit: Visit) -> None:
    visit.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    drip(visit)


def drip(visit: Visit) -> None:
    while not visit.server.closing.wait(0.05):
        visit.wfile.write(b"x")


@pytest.mark.parametrize("page", [drip_body, drip_unknown_length, drip_chunks, drip_headers])
def test_a_slow_drip_is_stopped(web: Web, session: Sessions, page: Page) -> None:
    web.pages["/x"] = page
    start = time.monotonic()
    with pytest.raises(TooLarge, match="took more than"):
        session(limits=Limits(total_seconds=0.4)).get(f"{web.url}/x")
    assert time.monotonic() - start < 3


def silent(visit: Visit) -> None:
    visit.server.closing.wait(5)
    visit.close_connection = True


def test_silence_is_a_fault_that_is_tried_again(web: Web, session: Sessions) -> None:
    web.pages["/x"] = silent
    asking = session(limits=Limits(read_seconds=0.1), retries=2)
    with pytest.raises(Unreachable, match="silent for too long"):
        asking.get(f"{web.url}/x")
    assert asking.requests == [f"{web.url}/x"] * 3


def test_all_tries_together_keep_to_the_total(web: Web, session: Sessions) -> None:
    web.pages["/x"] = silent
    start = time.monotonic()
    with pytest.raises(TooLarge):
        session(limits=Limits(read_seconds=0.2, total_seconds=0.5), retries=50).get(f"{web.url}/x")
    assert time.monotonic() - start < 2


def hang_up(visit: Visit) -> None:
    visit.close_connection = True


@pytest.mark.parametrize("page", [cut_connection, hang_up, says(body=b"no gzip", content_encoding="gzip")])
def test_a_broken_answer_is_a_fault_that_is_tried_again(web: Web, session: Sessions, page: Page) -> None:
    web.pages["/x"] = page
    asking = session(retries=1)
    with pytest.raises(Unreachable, match=f"{web.url}/x could not be reached"):
        asking.get(f"{web.url}/x")
    assert len(asking.requests) == 2


def test_no_server_is_a_fault(session: Sessions) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
    with pytest.raises(Unreachable, match="failed or was cut") as caught:
        session(trusted=[url], retries=0).get(f"{url}/x?token=hush")
    assert "hush" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_an_unknown_host_is_not_tried_again(session: Sessions, naps: list[float]) -> None:
    with pytest.raises(Lasting, match=r"the host no-such\.example was not found"):
        session().get("http://no-such.example/")
    assert naps == []


def test_netrc_and_cookies_are_not_used(
    web: Web, session: Sessions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password hush\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    web.pages["/x"] = says(set_cookie="crumb=1")
    asking = session()
    asking.get(f"{web.url}/x")
    asking.get(f"{web.url}/x")
    assert not [head for head in web.heads if b"uthorization" in head or b"ookie" in head]


def proxied(url: str, proxy: str, monkeypatch: pytest.MonkeyPatch, session: Sessions) -> Any:
    monkeypatch.setenv("HTTP_PROXY", proxy)
    monkeypatch.setenv("http_proxy", proxy)
    return session(trusted=[], retries=0).get(url)


def test_a_proxy_of_the_environment_is_used(web: Web, session: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    web.pages["http://data.example/x"] = says(body=b"from afar")
    assert proxied("http://data.example/x", web.url, monkeypatch, session).body == b"from afar"


@pytest.mark.parametrize("host", ["127.0.0.1:1", "10.0.0.1", "[::1]", "localhost"])
def test_a_proxy_is_not_asked_for_private_addresses(
    web: Web, session: Sessions, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    with pytest.raises(RefusedAddress):
        proxied(f"http://{host}/x", web.url, monkeypatch, session)
    assert web.heads == []


def test_a_dripping_proxy_is_stopped(web: Web, session: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    web.pages["http://data.example/x"] = drip_headers
    monkeypatch.setenv("http_proxy", web.url)
    with pytest.raises(TooLarge):
        session(limits=Limits(total_seconds=0.3)).get("http://data.example/x")


def test_a_certificate_bundle_that_is_not_there_is_named(session: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/no/such/bundle.pem")
    with pytest.raises(Lasting, match="REQUESTS_CA_BUNDLE"):
        session().get("https://127.0.0.1:1/")
