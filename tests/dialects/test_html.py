"""Plain text out of HTML."""

from __future__ import annotations

import pytest

from fairkit.dialects._html import links, plain


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
