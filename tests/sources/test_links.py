"""Typed links: the Link header, link sets, and the one document that is made of all."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.sources._links import Link, document, header, linkset

URL = "https://repo.example.org/records/7"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("", []),
        ('<https://x.org/a>; rel="item"', [("https://x.org/a", "item", None)]),
        ("<a.csv>;rel=item;type=text/csv", [("https://repo.example.org/records/a.csv", "item", "text/csv")]),
        ('</a>; type="a,b;c>d"; rel="ITEM"', [("https://repo.example.org/a", "item", "a,b;c>d")]),
        ('</a>; type="say \\"x\\""; rel=item', [("https://repo.example.org/a", "item", 'say "x"')]),
        ('</a>; rel="item describedby"', [("https://repo.example.org/a", r, None) for r in ("item", "describedby")]),
        ("</a>; rel=item; rel=license", [("https://repo.example.org/a", "item", None)]),
        (", </b> ; rel=type, ,", [("https://repo.example.org/b", "type", None)]),
        ("</b>; rel=type,</b>; rel=item", [("https://repo.example.org/b", r, None) for r in ("type", "item")]),
        ("nonsense; rel=item, </b>; rel=type", [("https://repo.example.org/b", "type", None)]),
        ("</a>; rel=\"never closed, </b>; rel=type", [("https://repo.example.org/b", "type", None)]),
        ("</a>; title=x", []),
        ("<http://[>; rel=item", []),
        ("<javascript:x>; rel=item", []),
        ("</a?x=1,2>; rel=item", [("https://repo.example.org/a?x=1,2", "item", None)]),
        ("</a>; rel=item; crossorigin; title*=UTF-8''x", [("https://repo.example.org/a", "item", None)]),
    ],
)  # fmt: skip
def test_a_link_header_is_read(written: str, found: list[tuple[str, str, str | None]]) -> None:
    assert [(link.href, link.rel, link.type) for link in header(written, URL)] == found


def test_profile_and_anchor_are_kept() -> None:
    [link] = header('</a>; rel=describedby; profile="https://x.org/p"; anchor="#b"', URL)
    assert (link.profile, link.anchor) == ("https://x.org/p", f"{URL}#b")


@pytest.mark.parametrize("piece", ["<", "<a>", '<a>;rel="', '<a>;a="', ';a="', ",", "<a>;rel=x,", "\\", '"', "; "])
def test_a_hostile_header_takes_little_time(piece: str) -> None:
    begun = time.process_time()
    found = header("<a>;b=c" + piece * (1_000_000 // len(piece)), URL)
    assert time.process_time() - begun < 3
    assert len(found) <= 5_000


@given(st.text(alphabet='<>;,="\\ arel#', max_size=200) | st.text(max_size=60))
def test_any_header_can_be_read(written: str) -> None:
    assert all(link.href and link.rel for link in header(written, URL))


SET = {
    "linkset": [
        {
            "anchor": URL,
            "item": [{"href": "a.csv", "type": "text/csv"}, {"href": 3}, "x"],
            "describedby": [{"href": "/e", "profile": ["https://x.org/p"]}],
            "strange": {"href": "/no"},
        },
        "no context",
    ]
}


def test_a_link_set_is_read() -> None:
    assert linkset(json.dumps(SET).encode(), URL) == [
        Link("https://repo.example.org/records/a.csv", "item", "text/csv", None, URL),
        Link("https://repo.example.org/e", "describedby", None, "https://x.org/p", URL),
    ]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"{}", b'{"linkset": 3}', b'{"linkset": [3]}', b"[" * 100_000, b"\xff"]
)
def test_what_is_no_link_set_has_no_links(body: bytes) -> None:
    assert linkset(body, URL) == []


def test_one_document_holds_all_links_and_where_they_stood() -> None:
    made = document(
        URL, header=[Link("https://x.org/a", "item", "text/csv")], html=[Link("https://x.org/b", "license")]
    )
    assert made is not None
    assert (made.representation, made.media_type, made.url) == ("signposting", "application/linkset+json", URL)
    rows: list[dict[str, Any]] = json.loads(made.body)
    assert rows == [
        {
            "href": "https://x.org/a",
            "rel": "item",
            "type": "text/csv",
            "profile": None,
            "anchor": None,
            "from": "header",
        },
        {"href": "https://x.org/b", "rel": "license", "type": None, "profile": None, "anchor": None, "from": "html"},
    ]


def test_links_for_browsers_make_no_document() -> None:
    assert document(URL, html=[Link(URL, rel) for rel in ("stylesheet", "icon", "preload", "schema.dc")]) is None
