"""The one place where text becomes markup: texts are escaped, markup is not, and mistakes are seen."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.report._harmless import harmless
from fairkit.report._markup import Markup, join, link, tag, text


@pytest.mark.parametrize(
    ("made", "written"),
    [
        (tag("p", "a < b & c"), "<p>a &lt; b &amp; c</p>"),
        (tag("p", tag("b", "<i>")), "<p><b>&lt;i&gt;</b></p>"),
        (tag("p", "to ", tag("b", "b"), "."), "<p>to <b>b</b>.</p>"),
        (tag("p", "\x1b[31m"), r"<p>\x1b[31m</p>"),
        (tag("p", class_="a b", data_of="x"), '<p class="a b" data-of="x"></p>'),
        (tag("p", id='"><script>'), '<p id="&quot;&gt;&lt;script&gt;"></p>'),
        (tag("input", checked="", name="n", id=None), '<input checked name="n">'),
        (join(["<", tag("br")], " · "), "&lt; · <br>"),
        (tag("p", tag("b", "x") + tag("i", "y")), "<p>&lt;b&gt;x&lt;/b&gt;&lt;i&gt;y&lt;/i&gt;</p>"),
    ],
)
def test_texts_are_escaped_and_markup_is_not(made: Markup, written: str) -> None:
    assert made == written


@given(st.text(), st.text())
def test_any_text_is_one_text_in_an_element_and_in_an_attribute(value: str, other: str) -> None:
    body = html5lib.parseFragment(
        tag("b", text(value), title=harmless(other)), treebuilder="etree", namespaceHTMLElements=False
    )
    (element,) = body
    assert (element.tag, list(element), element.get("title", "")) == ("b", [], harmless(other))
    assert (element.text or "") == harmless(value)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:,x", "//a.example", "https://a@b.example", "https://\\a"])
def test_what_is_no_page_of_the_web_is_shown_only(url: str) -> None:
    assert link(url) == tag("code", url)


def test_a_long_address_is_cut_where_it_is_shown_not_where_it_leads() -> None:
    url = "https://example.org/" + "x" * 200
    assert link(url, longest=30) == tag("a", f"{url[:29]}…", href=url, rel="noopener noreferrer nofollow")
