"""What the site answers: pages, files, metadata in every form, typed links; and what it does not."""

from __future__ import annotations

import hashlib
import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import html5lib
import pytest
from werkzeug.test import Client

from fairkit.dialects import dialect
from fairkit.model.evidence import Document
from fairkit.ocfl.storage import Storage
from fairkit.ocfl.writing import add, identifier, made
from fairkit.serve.links import EXPORTS
from fairkit.serve.site import Site
from fairkit.sources import _links
from tests.ocfl.test_writing import WHEN, held
from tests.report.payloads import PAYLOADS

from .conftest import BASE, Stored

NOT_IN_NAMES = re.compile(r"[/\0]")
FOREIGN = frozenset({"img", "iframe", "object", "embed", "base", "svg", "video"})


def record(jets: Stored) -> str:
    return f"/records/{jets.name}"


def valid(body: bytes) -> None:
    html5lib.HTMLParser(strict=True).parse(body.decode())


@pytest.mark.parametrize("path", ["/", "/?q=higgs", "/?q=nothing", "/?page=99&q=", "/nothing"])
def test_pages_are_html(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == (404 if path == "/nothing" else 200)
    assert answer.content_type == "text/html; charset=utf-8"
    valid(answer.data)


def test_a_landing_page_tells_all(client: Client, jets: Stored) -> None:
    answer = client.get(record(jets))
    valid(answer.data)
    told = answer.data.decode()
    for words in (
        "Toy jets with",
        "Example, Ada",
        "CC0",
        "label_hbb",
        "train.root",
        "BibTeX",
        "sha256",
        "Version 1",
        "GeV",
    ):
        assert words in told, words
    assert "Content-Security-Policy" in told
    old = client.get(f"{record(jets)}/versions/1").data.decode()
    assert "This is not the newest version" in old
    assert "This is not the newest version" not in told


@pytest.mark.parametrize(
    ("query", "hits"), [("", 1), ("higgs", 1), ("HIGGS boson", 1), ("ada example", 1), ("higgs nowhere", 0), ("%00", 0)]
)
def test_a_search_finds_what_has_every_word(client: Client, query: str, hits: int) -> None:
    told = client.get("/api/records", query_string={"q": query}).json
    assert told is not None
    assert (told["total"], len(told["records"])) == (hits, hits)


def test_the_score_is_that_of_the_package(client: Client, jets: Stored) -> None:
    [row] = (client.get("/api/records").json or {})["records"]
    told = client.get(f"/api/records/{jets.name}").json or {}
    assert told["score"]["low"] > 0.99
    assert row == {key: value for key, value in told.items() if key != "score"}
    assert row["version"] == 2


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_is_had_by_its_address_and_by_asking(client: Client, jets: Stored, name: str) -> None:
    module = dialect(name)
    direct = client.get(f"{record(jets)}/export/{name}")
    assert (direct.status_code, direct.content_type.partition(";")[0]) == (200, module.MEDIA_TYPE)
    if hasattr(module, "read"):
        document = Document(representation=name, media_type=module.MEDIA_TYPE, url="there", body=direct.data)
        assert module.read(document).resource.title == "Toy jets with and without a Higgs boson"
    asked = client.get(record(jets), headers={"Accept": module.MEDIA_TYPE})
    assert asked.content_type.partition(";")[0] == module.MEDIA_TYPE
    assert asked.headers["Vary"] == "Accept"


CRATE, CROISSANT = "https://w3id.org/ro/crate", "http://mlcommons.org/croissant/1.1"


@pytest.mark.parametrize(
    ("profile", "name"),
    [(CRATE, "ro-crate"), (CROISSANT, "croissant"), ("https://w3id.org/codemeta/3.0", "codemeta"), ("x", "schema-org")],
)
def test_an_export_is_had_by_its_profile(client: Client, jets: Stored, profile: str, name: str) -> None:
    answer = client.get(record(jets), headers={"Accept": f'application/ld+json;profile="{profile}"'})
    direct = client.get(f"{record(jets)}/export/{name}")
    assert answer.data == direct.data
    known = f'application/ld+json; profile="{profile}"' if name != "schema-org" else "application/ld+json"
    assert answer.content_type == direct.content_type == known
    assert answer.headers["Content-Location"] == f"{BASE}{record(jets)}/versions/2/export/{name}"
    assert answer.headers["Vary"] == "Accept"


@pytest.mark.parametrize(
    "path", ["NAME", "/", "NAME/export/ro-crate", "NAME/linkset", "NAME/linkset.txt", "/sitemap.xml"]
)
def test_a_head_is_the_answer_without_its_body(client: Client, jets: Stored, path: str) -> None:
    path = path.replace("NAME", record(jets))
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    assert {**head.headers, "Date": ""} == {**whole.headers, "Date": ""}
    again = client.get(path, headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", whole.headers["ETag"])
    assert again.headers.get("Vary") == whole.headers.get("Vary")


def test_each_form_has_a_tag_of_its_own(client: Client, jets: Stored) -> None:
    kinds = ["text/html", "application/ld+json", f"application/ld+json;profile={CRATE}", "application/linkset"]
    tags = {client.get(record(jets), headers={"Accept": kind}).headers["ETag"] for kind in kinds}
    assert len(tags) == len(kinds)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/records/nothing", 404),
        ("HEAD", "/records/nothing", 404),
        ("GET", "/nothing", 404),
        ("POST", "/", 405),
        ("DELETE", "/records/NAME", 405),
        ("OPTIONS", "/records/NAME", 405),
        ("GET", "/records/NAME/export/nothing", 404),
        ("GET", "/records/NAME/files/nothing", 404),
        ("GET", "/records/NAME/versions/9", 404),
    ],
)
def test_a_machine_is_told_a_fault_in_json(client: Client, jets: Stored, method: str, path: str, status: int) -> None:
    path = path.replace("NAME", jets.name)
    answer = client.open(path, method=method, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.content_type, answer.headers["Vary"]) == (status, "application/json", "Accept")
    if method != "HEAD":
        told = answer.json or {}
        assert (told["status"], bool(told["error"]), bool(told["remedy"])) == (status, True, True)
    page = client.open(path, method=method)
    assert (page.status_code, page.content_type) == (status, "text/html; charset=utf-8")
    if status == 405:
        assert {"GET", "HEAD"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize("accept", ["", "*/*", "text/html", "application/zip", "text/html;q=0.9,*/*;q=0.8", ";;;,,"])
def test_whoever_asks_for_nothing_else_gets_the_page(client: Client, jets: Stored, accept: str) -> None:
    assert client.get(record(jets), headers={"Accept": accept}).content_type == "text/html; charset=utf-8"


def test_the_typed_links_are_the_same_in_the_header_and_in_the_link_set(client: Client, jets: Stored) -> None:
    page = f"{BASE}{record(jets)}"
    answer = client.get(record(jets))
    header = {(one.rel, one.href) for one in _links.header(answer.headers["Link"], page)}
    body = client.get(f"{record(jets)}/linkset").data
    whole = [one for one in _links.linkset(body, page) if one.anchor == page]
    assert {(one.rel, one.href) for one in whole} == {pair for pair in header if pair[0] != "linkset"}
    rels = {rel for rel, _ in header}
    assert {"type", "author", "license", "item", "describedby", "linkset"} <= rels
    assert "predecessor-version" in rels
    back = [one for one in _links.linkset(body, page) if one.rel == "collection"]
    assert {one.href for one in back} == {page}
    for rel, href in sorted(header):
        if href.startswith(BASE):
            assert client.get(href.removeprefix(BASE), buffered=True).status_code == 200, (rel, href)


def test_a_file_is_what_was_stored(client: Client, jets: Stored) -> None:
    answer = client.get(f"{record(jets)}/files/train.parquet", buffered=True)
    body = (jets.package / "train.parquet").read_bytes()
    assert answer.data == body
    assert answer.content_type == "application/vnd.apache.parquet"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="train.parquet"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["ETag"].strip('"') == hashlib.sha512(body).hexdigest()
    assert 'rel="collection"' in answer.headers["Link"]
    part = client.get(f"{record(jets)}/files/train.parquet", buffered=True, headers={"Range": "bytes=4-9"})
    assert (part.status_code, part.data) == (206, body[4:10])
    known = client.get(
        f"{record(jets)}/files/train.parquet", buffered=True, headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (known.status_code, known.data) == (304, b"")
    head = client.head(f"{record(jets)}/files/train.parquet", buffered=True)
    assert (head.status_code, head.data, head.headers["Content-Length"]) == (200, b"", str(len(body)))


def test_a_version_has_its_own_files(client: Client, jets: Stored) -> None:
    old, new = (client.get(f"{record(jets)}/versions/{n}/files/fairkit.toml", buffered=True).data for n in (1, 2))
    assert (b'"1.0.0"' in old, b'"1.1.0"' in new) == (True, True)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/records/nothing", 404),
        ("/records/..%2f..%2fetc", 404),
        ("/records/NAME/files/nothing", 404),
        ("/records/NAME/files/../../../etc/passwd", 404),
        ("/records/NAME/files/%2e%2e/%2e%2e/etc/passwd", 404),
        ("/records/NAME/files//etc/passwd", 404),
        ("/records/NAME/files/inventory.json", 404),
        ("/records/NAME/versions/9", 404),
        ("/records/NAME/versions/0", 404),
        ("/records/NAME/export/nothing", 404),
        ("/records/NAME/export/folder", 404),
        ("/api/nothing", 404),
    ],
)
def test_what_is_not_there_is_told(client: Client, jets: Stored, path: str, status: int) -> None:
    answer = client.get(path.replace("NAME", jets.name))
    assert answer.status_code == status
    if path.startswith("/api/"):
        assert answer.json is not None
        assert answer.json["error"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_is_changed(client: Client, jets: Stored, method: str) -> None:
    answer = client.open(record(jets), method=method)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example"])
def test_another_host_is_refused(client: Client, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 421


def test_pages_are_not_sent_twice(client: Client, jets: Stored) -> None:
    tag = client.get(record(jets)).headers["ETag"]
    assert client.get(record(jets), headers={"If-None-Match": tag}).status_code == 304


def test_crawlers_are_told(client: Client, jets: Stored) -> None:
    assert b"Sitemap: http://127.0.0.1:8000/sitemap.xml" in client.get("/robots.txt").data
    assert f"{BASE}{record(jets)}".encode() in client.get("/sitemap.xml").data


def test_many_at_once_get_the_same(client: Client, jets: Stored) -> None:
    site = Site(Storage(jets.root), BASE)
    with ThreadPoolExecutor(16) as pool:
        bodies = set(pool.map(lambda _: Client(site).get(record(jets)).data, range(64)))
    assert len(bodies) == 1


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_strangers_write_does_nothing(tmp_path: Path, payload: str) -> None:
    payload = payload.encode("utf-8", "replace").decode()
    word = json.dumps(payload)
    told = f"[resource]\ntitle = {word}\ndescription = {word}\nkeywords = [{word}]\n"
    files = held(
        tmp_path / "files", {"fairkit.toml": told.encode(), f"{NOT_IN_NAMES.sub('', payload)[:40]}.html": b"x"}
    )
    storage = made(tmp_path / "root")
    name = add(storage, identifier("r"), files, message=payload, created=WHEN, head=0).name
    client = Client(Site(storage, BASE))
    for path in ("/", f"/records/{name}"):
        answer = client.get(path, query_string={"q": payload} if path == "/" else {})
        assert answer.status_code == 200
        page = html5lib.parse(answer.data.decode(), namespaceHTMLElements=False)
        scripts = [one for one in page.iter("script") if one.get("type") != "application/ld+json"]
        foreign = [
            one.tag for one in page.iter() if one.tag in ("img", "iframe", "object", "embed", "base", "svg", "video")
        ]
        assert (scripts, foreign) == ([], [])
        assert not [key for one in page.iter() for key in one.attrib if key.startswith("on")]
        assert all(one.get("href", "/").startswith(("http", "/", "#")) for one in page.iter("a"))
    assert client.get(f"/records/{name}/linkset").status_code == 200


FORGED = [
    'text/plain"; rel="license',
    "text/plain\r\nSet-Cookie: a=b",
    "text/plain, <https://evil.example>; rel=author",
    "x",
]


@pytest.mark.parametrize("payload", FORGED)
def test_a_strangers_media_type_forges_no_link(tmp_path: Path, payload: str) -> None:
    files = {
        "metadata.jsonld": {
            "@context": "https://schema.org/",
            "@type": "Dataset",
            "name": "A set",
            "license": f"https://example.org/{payload}",
            "distribution": [
                {"@type": "DataDownload", "name": "a.csv", "encodingFormat": payload, "contentUrl": "a.csv"},
                {"@type": "DataDownload", "encodingFormat": payload, "contentUrl": f"https://example.org/{payload}"},
            ],
        }
    }
    written = {name: json.dumps(told).encode() for name, told in files.items()} | {"a.csv": b"a\n1\n"}
    storage = made(tmp_path / "root")
    held_there = held(tmp_path / "files", written)
    name = add(storage, identifier("r"), held_there, message="m", created=WHEN, head=0).name
    answer = Client(Site(storage, BASE)).get(f"/records/{name}")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    found = _links.header(answer.headers["Link"], f"{BASE}/records/{name}")
    assert all(one.href.startswith((BASE, "https://example.org/", "https://schema.org/")) for one in found)
    assert {one.rel for one in found if one.href.startswith("https://example.org/")} <= {"license", "item"}
    assert not [one for one in found if one.rel == "author"]


def test_a_site_below_a_path_links_to_itself(jets: Stored) -> None:
    base = f"{BASE}/data"
    client = Client(Site(Storage(jets.root), base))
    for path in ("/?q=jets", record(jets), "/records/nothing"):
        page = html5lib.parse(client.get(path).data.decode(), namespaceHTMLElements=False)
        places = [one.get("href") or one.get("action") or "" for one in [*page.iter("a"), *page.iter("form")]]
        assert [place for place in places if place.startswith("/")] == []
        assert any(place.startswith(f"{base}/") for place in places)


def test_a_browser_that_asks_for_an_icon_is_told_that_there_is_none(client: Client) -> None:
    assert client.get("/favicon.ico").status_code == 204


def test_a_broken_object_does_not_take_the_others_down(tmp_path: Path) -> None:
    storage = made(tmp_path / "root")
    for word in ("r", "s"):
        add(storage, identifier(word), held(tmp_path / word, {"a": b"a"}), message="m", created=WHEN, head=0)
    (storage.root / identifier("r") / "inventory.json").write_bytes(b"{")
    client = Client(Site(storage, BASE))
    told = client.get("/api/records").json
    assert told is not None
    assert told["total"] == 1
    assert client.get(f"/records/{identifier('r')}").status_code == 500
