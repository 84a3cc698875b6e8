"""Plain text out of HTML, and a web page as a dialect."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.dialects import html
from fairkit.dialects._html import links, plain
from fairkit.model.evidence import Document
from fairkit.model.harvest import View, resolve

from .documents import assert_sane, read


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (None, None),
        (3, None),
        ("", None),
        ("  <p> </p> ", None),
        ("plain   words\n here", "plain words here"),
        ("<p>One</p><p>two</p>", "One two"),
        ("line<br/>line", "line line"),
        ("in<b>side</b> a <i>word</i>", "inside a word"),
        ("<div><p>deep <span>er</span></p></div>", "deep er"),
        ("p<sub>T</sub> &gt; 200&nbsp;GeV &amp; more", "pT > 200 GeV & more"),
        ("|η| < 2.4 and x <3 and y<4", "|η| < 2.4 and x <3 and y<4"),
        ("&lt;b&gt; stays", "<b> stays"),
        ("a<script>alert('<b>')</script>b", "a b"),
        ("a<style type='x'>p {}</style >b", "a b"),
        ("a<script>never closed <b>", "a"),
        ("a<!-- <b>hidden</b> > -->b", "a b"),
        ("<!DOCTYPE html>a", "a"),
        ("$t\\bar{t}$ &eacute;", "$t\\bar{t}$ é"),
        ("unclosed <a href='x", "unclosed <a href='x"),
    ],
)
def test_only_words_are_kept(html: object, words: str | None) -> None:
    assert plain(html) == words


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (None, []),
        ("no link", []),
        ("superseded by <a href='/record/2'>two</a>", [("superseded by", "/record/2")]),
        ('<a class="x" href = "https://x.org/?a=1&amp;b=2">x</a>', [("", "https://x.org/?a=1&b=2")]),
        ("<A HREF='/a'>a</A> and <a href='/b'>b</a>", [("", "/a"), ("a and", "/b")]),
        ("<a name='here'>", []),
    ],
)
def test_links_come_with_the_words_before_them(html: object, found: list[tuple[str, str]]) -> None:
    assert links(html) == found


@pytest.mark.parametrize("piece", ["<a ", "<script>", "<script ", "<!--", "<a href='", "</script", "<p", "&amp", "<"])
def test_a_hostile_text_ends(piece: str) -> None:
    text = piece * 50_000
    assert plain(text) is None or len(plain(text) or "") <= len(text)
    assert isinstance(links(text), list)


URL = "https://repo.example.org/records/7"


def page(body: bytes, media_type: str = "text/html") -> View:
    return html.read(Document(representation="html", media_type=media_type, url=URL, body=body))


def test_a_page_tells_what_its_head_says() -> None:
    view = page(
        b"<html lang=de><title>Jets | A repository</title><meta name=DC.title content=Jets>"
        b"<meta name=DC.type content=Dataset><link rel=canonical href='?v=1'>"
    )
    assert_sane(view)
    assert (view.resource.kind, view.resource.title, view.resource.language) == ("dataset", "Jets", "de")
    assert view.resource.landing_page == f"{URL}?v=1"
    assert [view.told(name) for name in ("title", "language", "landing_page")] == ["given", "guessed", "given"]


def test_a_page_without_metadata_has_its_title_and_its_address_only() -> None:
    view = page(b"<title> A  page </title><p>Text")
    assert view.given == view.known == {"title", "landing_page"}
    assert (view.resource.title, view.told("title")) == ("A page", "guessed")
    assert (view.resource.landing_page, view.told("landing_page")) == (URL, "extracted")
    assert view.resource.kind == "documentation"


@pytest.mark.parametrize(
    ("media_type", "title"),
    [("text/html; charset=iso-8859-1", "Größe"), ("text/html; charset=utf-8", "Gr��e"), ("text/html", "Größe")],
)
def test_the_charset_of_the_server_is_in_the_media_type(media_type: str, title: str) -> None:
    assert page("<title>Größe</title>".encode("latin-1"), media_type).resource.title == title


TAGS = ("title", "meta name=DC.date content=", "meta name=DC.rights content=", "link rel=canonical href=", "base href=")


@given(st.lists(st.tuples(st.sampled_from(TAGS), st.text(max_size=20)), max_size=6), st.binary(max_size=40))
def test_any_page_can_be_read(tags: list[tuple[str, str]], end: bytes) -> None:
    text = "".join(f"<{tag}'{value}'>" for tag, value in tags)
    view = page(text.encode("utf-8", "replace") + end)
    assert set(view.given) <= view.known
    assert all(resolve(view.data, pointer) is not None for pointer in view.pointers.values())


def test_no_json_is_a_page() -> None:
    assert not html.recognises({"title": "x"})
    assert read("html", b"").resource.kind == "documentation"
