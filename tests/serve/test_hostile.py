"""Whatever strangers send or have stored: each request gets an answer that is no fault of ours, and soon."""

from __future__ import annotations

import contextlib
import html
import json
import socket
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

from fairkit.ocfl.storage import Storage
from fairkit.ocfl.writing import add, identifier, made
from fairkit.serve.links import EXPORTS
from fairkit.serve.site import Site
from tests.ocfl.test_writing import WHEN, held

from .conftest import BASE, Stored

FORMS = ("", "/linkset", "/linkset.txt", *(f"/export/{name}" for name in EXPORTS))
ODD = [
    "\ud800",
    "\x00",
    "\u202e",
    "a\r\nb",
    "<b>",
    '"',
    "x" * 50_000,
    "",
    " ",
    "http://[",
    "https://a b/",
    "//evil",
    "é",
]
WORDS = (
    "name", "description", "license", "creator", "identifier", "url", "keywords", "distribution", "version",
    "datePublished", "citation", "isBasedOn", "isPartOf", "publisher", "funding", "contentUrl", "encodingFormat",
    "contentSize", "sha256", "@type", "@id", "sameAs", "affiliation", "variableMeasured", "unitText", "usageInfo",
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.sampled_from(ODD)
    | st.sampled_from(["Person", "Dataset", "DataDownload", "https://orcid.org/0000-0002-1825-0097", "CC0-1.0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=5),
    max_leaves=20,
)  # fmt: skip
HEADERS = (
    "Accept",
    "Range",
    "If-Range",
    "If-None-Match",
    "If-Match",
    "If-Modified-Since",
    "X-Forwarded-Host",
    "Cookie",
)


def stored(folder: Path, files: dict[str, bytes]) -> tuple[Client, str]:
    storage = made(folder / "root")
    object = add(storage, identifier("r"), held(folder / "files", files), message="m", created=WHEN, head=0)
    return Client(Site(storage, BASE)), f"/records/{object.name}"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(told=st.dictionaries(st.sampled_from(WORDS), VALUES, max_size=12))
def test_any_metadata_are_shown_in_every_form(tmp_path_factory: pytest.TempPathFactory, told: dict[str, Any]) -> None:
    body = json.dumps({"@context": "https://schema.org/", "@type": "Dataset", **told}).encode()
    client, page = stored(tmp_path_factory.mktemp("r"), {"metadata.jsonld": body, "a.csv": b"x\n1\n"})
    for form in FORMS:
        answer = client.get(page + form)
        assert answer.status_code == 200, form
        answer.data.decode()
    assert client.get("/", query_string={"q": "a"}).status_code == 200


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    headers=st.dictionaries(
        st.sampled_from(HEADERS),
        st.text(st.characters(max_codepoint=255, blacklist_characters="\r\n\0"), max_size=60)
        | st.sampled_from(
            ["bytes=0-0", "bytes=-", "bytes=1-0", "*", 'W/""', '"', "a/b;q=", "Thu, 01 Jan 1970 00:00:00 GMT"]
        ),
    ),
    path=st.sampled_from(["", "/linkset", "/export/ro-crate", "/files/train.parquet", "/files/nothing", "/versions/0"]),
)
def test_any_header_gets_an_answer(client: Client, jets: Stored, headers: dict[str, str], path: str) -> None:
    answer = client.get(f"/records/{jets.name}{path}", headers=headers, buffered=True)
    assert answer.status_code in (200, 206, 304, 404, 412, 416)
    assert "evil" not in answer.headers.get("Link", "")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.text(st.characters(max_codepoint=0x2FFF, blacklist_categories=["Cs"]), max_size=80),
    query=st.text(max_size=40),
)
def test_any_address_gets_an_answer(client: Client, path: str, query: str) -> None:
    for place in (f"/{path}", f"/records/{path}", f"/api/records/{path}"):
        answer = client.get(quote(place, safe="/%"), query_string={"q": query, "page": query})
        assert answer.status_code in (200, 308, 404, 405), place
        assert urlsplit(answer.headers.get("Location", BASE)).netloc in ("", urlsplit(BASE).netloc, "localhost")


@pytest.mark.parametrize(
    "part", ["\0", "..", ".", "a" * 5000, "%2e%2e%2f", "urn:uuid:", "urn:uuid:..", "extensions", "é"]
)
def test_a_name_leads_nowhere_else(client: Client, part: str) -> None:
    for path in (f"/records/{part}", f"/records/{part}/files/inventory.json", f"/api/records/{part}"):
        assert client.get(path).status_code in (404, 308), path


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("LOCALHOST:1", 200),
        ("[::1]:8000", 200),
        ("127.0.0.1.nip.io", 421),
        ("evil.example:127.0.0.1", 421),
        ("127.0.0.1@evil.example", 421),
        ("127.0.0.1 evil.example", 421),
        ("127.0.0.1,evil.example", 421),
        ("0.0.0.0", 421),
        ("\xe9", 421),
        ("[::1", 421),
        ("a" * 10_000, 421),
    ],
)
def test_only_our_own_names_are_answered(client: Client, host: str, status: int) -> None:
    answer = client.get("/", headers={"Host": host, "X-Forwarded-Host": "127.0.0.1", "X-Forwarded-For": "127.0.0.1"})
    assert answer.status_code == status


@pytest.mark.parametrize("base", ["https://data.example.org/x", "http://[2001:db8::1]:80", "http://bücher.example"])
def test_the_name_by_which_others_reach_it_is_answered(jets: Stored, base: str) -> None:
    host = urlsplit(base).netloc.encode("idna").decode() if "ü" in base else urlsplit(base).netloc
    answer = Client(Site(Storage(jets.root), base)).get("/", headers={"Host": host})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/api/records", "/sitemap.xml", "NAME", "NAME/linkset", "NAME/files/train.parquet"]
)
def test_every_answer_is_shut_in(client: Client, jets: Stored, path: str) -> None:
    answer = client.get(path.replace("NAME", f"/records/{jets.name}"), buffered=True)
    told = answer.headers
    assert (told["X-Content-Type-Options"], told["X-Frame-Options"]) == ("nosniff", "DENY")
    assert (told["Referrer-Policy"], told["Cross-Origin-Resource-Policy"]) == ("no-referrer", "same-origin")
    assert "Access-Control-Allow-Origin" not in told
    if answer.mimetype == "text/html":
        assert "default-src 'none'" in html.unescape(answer.data.decode())
    else:
        assert told["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_page_of_much_stays_small_and_links_to_the_rest(tmp_path: Path) -> None:
    told: dict[str, Any] = {"@context": "https://schema.org/", "@type": "Dataset", "name": "N" * 100_000}
    told["description"] = "word " * 300_000
    told["creator"] = [{"@type": "Person", "name": f"P{n}"} for n in range(1000)]
    told["identifier"] = [f"https://doi.org/10.5281/zenodo.{n}" for n in range(1000)]
    told["keywords"] = [f"k{n}" for n in range(1000)]
    client, page = stored(tmp_path, {"metadata.jsonld": json.dumps(told).encode()})
    answer = client.get(page)
    assert (answer.status_code, len(answer.data) < 300_000, len(answer.headers["Link"]) < 12_000) == (200, True, True)
    assert "and 800 more" in answer.data.decode()
    html5lib.HTMLParser(strict=True).parse(answer.data.decode())
    assert json.loads(client.get(f"{page}/export/schema-org").data)["description"].startswith("word word")
    assert len(client.get("/").data) < 100_000


@pytest.mark.parametrize(
    "sent",
    [
        b"POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 10000000000\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 100000\r\n\r\n" + b"x" * 100_000,
        b"GET / HTTP/1.1\r\nHost: HOST\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nzz\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: HOST\r\nX: " + b"x" * 300_000 + b"\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n",
    ],
)
def test_what_is_no_request_for_us_is_refused(served: str, sent: bytes) -> None:
    address = urlsplit(served)
    with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
        with contextlib.suppress(OSError):  # it did not listen to the end
            connection.sendall(sent.replace(b"HOST", address.netloc.encode()))
        told = connection.recv(4096)
    assert told[9:10] == b"4", told
    assert (told[9:12] == b"413") == (sent[:4] == b"POST"), "nothing that is sent is taken in"
    assert b"Traceback" not in told
