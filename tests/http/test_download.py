"""Downloads: gone on with where they broke off, as long as the file is the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fairkit.errors import AuthenticationError, FairkitError, NotFound, Offline, RefusedAddress, TooLarge, Unreachable
from fairkit.http import Session
from tests.http.web import Page, Visit, Web, says, scripted

Sessions = Callable[..., Session]
BODY = bytes(range(256)) * 1000
OTHER = BODY[::-1]
TAG = '"one"'


def asked(visit: Visit) -> int:
    """Where the range that is asked for begins."""
    found = re.fullmatch(r"bytes=(\d+)-", visit.headers.get("range", "bytes=0-"))
    assert found is not None
    return int(found[1])


def file(body: bytes = BODY, *, tag: str = TAG, cut: int | None = None) -> Page:
    """A page that serves a file as RFC 9110 has it; of each answer only `cut` bytes come."""

    def page(visit: Visit) -> None:
        start = asked(visit) if visit.headers.get("if-range", tag) == tag else 0
        rest = body[start:]
        told = {"content_range": f"bytes {start}-{len(body) - 1}/{len(body)}"} if start else {}
        visit.begin(206 if start else 200, content_length=str(len(rest)), etag=tag, **told)
        visit.wfile.write(rest[:cut])
        visit.close_connection = True

    return page


def test_a_file_comes_whole(web: Web, session: Sessions, tmp_path: Path) -> None:
    web.pages["/x"] = file()
    advanced: list[int] = []
    session().download(f"{web.url}/x", tmp_path / "x", byte_size=len(BODY), advance=advanced.append)
    assert (tmp_path / "x").read_bytes() == BODY
    assert sum(advanced) == len(BODY)
    assert b"identity" in web.heads[0]


def test_what_was_cut_goes_on(web: Web, session: Sessions, tmp_path: Path) -> None:
    """More often than there are retries, for each try brings some bytes."""
    web.pages["/x"] = file(cut=30_000)
    session().download(f"{web.url}/x", tmp_path / "x", byte_size=len(BODY))
    assert (tmp_path / "x").read_bytes() == BODY
    starts = [int(found[1]) for head in web.heads if (found := re.search(rb"bytes=(\d+)-", head))]
    assert starts == sorted(set(starts))
    assert len(web.heads) == -(-len(BODY) // 30_000)


def test_another_run_goes_on(web: Web, session: Sessions, tmp_path: Path) -> None:
    web.pages["/x"] = scripted(file(cut=100_000), says(404))
    with pytest.raises(NotFound):
        session(retries=3).download(f"{web.url}/x", tmp_path / "x", byte_size=len(BODY))
    assert (tmp_path / "x").read_bytes() == BODY[:100_000]
    web.pages["/x"] = file()
    session().download(f"{web.url}/x", tmp_path / "x", byte_size=len(BODY))
    assert (tmp_path / "x").read_bytes() == BODY
    assert b"bytes=100000-" in web.heads[-1]
    assert b'"one"' in web.heads[-1]


@pytest.mark.parametrize(
    ("page", "tries"),
    [
        (file(OTHER, tag='"two"'), 1),  # the server sees that the file is another one, and sends it whole
        (says(200, OTHER, etag='"two"'), 1),  # it knows no ranges
        (
            scripted(
                says(206, OTHER[100_000:], content_range=f"bytes 100000-{len(OTHER) - 1}/{len(OTHER)}", etag='"two"'),
                file(OTHER, tag='"two"'),
            ),
            2,
        ),  # it does not look at If-Range
        (scripted(says(416), file(OTHER, tag='"two"')), 2),
    ],
)
def test_a_file_that_changed_is_begun_anew(web: Web, session: Sessions, tmp_path: Path, page: Page, tries: int) -> None:
    (tmp_path / "x").write_bytes(BODY[:100_000])
    (tmp_path / "x.json").write_text(json.dumps({"url": f"{web.url}/x", "version": TAG}))
    web.pages["/x"] = page
    session().download(f"{web.url}/x", tmp_path / "x", byte_size=len(OTHER))
    assert (tmp_path / "x").read_bytes() == OTHER
    assert len(web.heads) == tries


def test_without_a_version_or_a_checksum_it_is_begun_anew(web: Web, session: Sessions, tmp_path: Path) -> None:
    web.pages["/x"] = file()
    (tmp_path / "x").write_bytes(b"?" * 100_000)
    session().download(f"{web.url}/x", tmp_path / "x", byte_size=len(BODY))
    assert (tmp_path / "x").read_bytes() == BODY


def test_with_a_checksum_to_come_it_goes_on(web: Web, session: Sessions, tmp_path: Path) -> None:
    web.pages["/x"] = file()
    (tmp_path / "x").write_bytes(BODY[:100_000])
    session().download(f"{web.url}/x", tmp_path / "x", byte_size=len(BODY), checked=True)
    assert b"bytes=100000-" in web.heads[0]


def test_what_is_whole_is_not_asked_for(web: Web, session: Sessions, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(BODY)
    session(offline=True).download(f"{web.url}/x", tmp_path / "x", byte_size=len(BODY), checked=True)
    assert web.heads == []


@pytest.mark.parametrize(
    ("page", "error"),
    [
        (says(404), NotFound),
        (says(410), NotFound),
        (says(401), AuthenticationError),
        (says(403), AuthenticationError),
        (says(500), Unreachable),
        (says(429), Unreachable),
        (says(200, BODY + b"!"), Unreachable),
        (says(200, BODY[:-1]), Unreachable),
        (lambda visit: (visit.begin(200), visit.wfile.write(BODY + b"more"), None)[-1], TooLarge),
        (says(206, BODY), Unreachable),  # a part that was not asked for
        (says(206, BODY, content_range=f"bytes 0-{len(BODY) - 1}/{len(BODY)}"), Unreachable),
        (says(302, location="http://10.0.0.1/x"), RefusedAddress),
        (says(302, location="file:///etc/passwd"), RefusedAddress),
    ],
)
def test_what_is_not_the_file_is_refused(
    web: Web, session: Sessions, tmp_path: Path, page: Page, error: type[FairkitError]
) -> None:
    def closing(visit: Visit) -> None:
        visit.close_connection = True
        page(visit)

    web.pages["/x"] = closing
    with pytest.raises(error):
        session().download(f"{web.url}/x", tmp_path / "x", byte_size=len(BODY))
    held = (tmp_path / "x").read_bytes()
    assert held == BODY[: len(held)]


@pytest.mark.parametrize("wrong", ["bytes 5-9/256000", "bytes 99999-255999/256000", "bytes */256000", "lines 3", ""])
def test_a_part_of_elsewhere_is_not_added(web: Web, session: Sessions, tmp_path: Path, wrong: str) -> None:
    (tmp_path / "x").write_bytes(BODY[:100_000])
    web.pages["/x"] = says(206, BODY[100_000:], content_range=wrong)
    with pytest.raises(Unreachable, match="not asked for"):
        session().download(f"{web.url}/x", tmp_path / "x", byte_size=len(BODY), checked=True)
    assert (tmp_path / "x").read_bytes() == BODY[:100_000]


@pytest.mark.parametrize("size", [None, len(BODY)])
def test_what_comes_packed_is_kept_as_it_came(web: Web, session: Sessions, tmp_path: Path, size: int | None) -> None:
    """Some servers call a file that ends in .gz packed, and would have it unpacked on its way."""
    web.pages["/x"] = says(200, BODY, content_encoding="gzip")
    options: dict[str, Any] = {"byte_size": size}
    if size is None:
        with pytest.raises(Unreachable, match="packed"):
            session().download(f"{web.url}/x", tmp_path / "x", **options)
        return
    session().download(f"{web.url}/x", tmp_path / "x", **options)
    assert (tmp_path / "x").read_bytes() == BODY


def test_offline_nothing_is_asked_for(web: Web, session: Sessions, tmp_path: Path) -> None:
    with pytest.raises(Offline):
        session(offline=True).download(f"{web.url}/x", tmp_path / "x")
    assert web.heads == []


def test_another_origin_that_nobody_trusts_is_refused(
    web: Web, elsewhere: Web, session: Sessions, tmp_path: Path
) -> None:
    web.pages["/x"] = says(302, location=f"{elsewhere.url}/secret")
    elsewhere.pages["/secret"] = says(200, b"secret")
    with pytest.raises(RefusedAddress):
        session().download(f"{web.url}/x", tmp_path / "x")
    assert elsewhere.heads == []


def test_no_link_is_followed(web: Web, session: Sessions, tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / "x").symlink_to(tmp_path / "mine")
    web.pages["/x"] = file()
    with pytest.raises(FairkitError):
        session().download(f"{web.url}/x", tmp_path / "x", byte_size=len(BODY), checked=True)
    assert (tmp_path / "mine").read_bytes() == b"mine"


def test_a_rate_limit_is_waited_for(web: Web, session: Sessions, naps: list[float], tmp_path: Path) -> None:
    web.pages["/x"] = scripted(says(429, retry_after="7"), file())
    session().download(f"{web.url}/x", tmp_path / "x", byte_size=len(BODY))
    assert naps == [7]


def test_a_secret_in_a_url_is_not_told(web: Web, session: Sessions, tmp_path: Path) -> None:
    web.pages["/x"] = says(404)
    with pytest.raises(NotFound) as raised:
        session().download(f"{web.url}/x?token=hushhush", tmp_path / "x")
    assert "hushhush" not in str(raised.value)
