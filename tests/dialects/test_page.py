"""What is found in a web page, whatever its bytes are."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.dialects._page import MOST_BYTES, Link, Meta, Page, absolute, decoded, parse

URL = "https://repo.example.org/records/7"


def page(text: str | bytes, charset: str | None = None) -> Page:
    return parse(text if isinstance(text, bytes) else text.encode(), URL, charset)


def test_the_parts_of_a_page_are_found() -> None:
    found = page(
        '<!doctype html><html lang="en-GB"><head><title> Jets &amp;\n more </title>'
        '<meta name="DC.title" content=" Jets "><meta property=og:title content="Jets &lt;3"><meta charset=utf-8>'
        '<link rel="describedby item" href="export?a=1&amp;b=2" type="application/ld+json" profile="https://x.org/p">'
        '<script type="application/ld+json; charset=utf-8"> {"a": "</b>&amp;"} </script>'
        '<script>var a = "<title>"</script>'
        "</head><body><svg><title>icon</title></svg></body></html>"
    )
    assert (found.title, found.lang) == ("Jets & more", "en-GB")
    assert found.metas == (Meta("DC.title", "Jets"), Meta("og:title", "Jets <3"))
    href = "https://repo.example.org/records/export?a=1&b=2"
    assert [link.rel for link in found.links] == ["describedby", "item"]
    assert found.links[0] == Link(href, "describedby", "application/ld+json", "https://x.org/p")
    assert found.scripts == ('{"a": "</b>&amp;"}',)
    assert (found.has_microdata, found.has_rdfa, found.is_heavy) == (False, False, False)


@pytest.mark.parametrize(
    ("text", "scripts"),
    [
        ("<SCRIPT TYPE='Application/LD+JSON'>1</SCRIPT >", ("1",)),
        ("<script type=application/ld+json>1</script><script type='application/ld+json'>2</script>", ("1", "2")),
        ("<script type=application/ld+json> </script>", ()),
        ("<script type=application/ld+json>never closed", ()),
        ("<script type=application/json>1</script>", ()),
        ("<!-- <script type=application/ld+json>1</script> -->", ()),
        ("<p <b><script type=application/ld+json>1</script>", ("1",)),
        ("</nothing></p><script type=application/ld+json>1</script>", ("1",)),
        ("<![bad[ > <script type=application/ld+json>1</script>", ("1",)),
        ("<![CDATA[x]]><?php echo ?><script type=application/ld+json>1</script>", ("1",)),
        ("a < b & c <script type=application/ld+json>1</script>", ("1",)),
    ],
)
def test_broken_pages_are_read_as_far_as_they_go(text: str, scripts: tuple[str, ...]) -> None:
    assert page(text).scripts == scripts


@pytest.mark.parametrize(
    ("head", "href"),
    [
        ("<link rel=item href='a.csv'>", "https://repo.example.org/records/a.csv"),
        ("<base href='/data/'><link rel=item href='a.csv'>", "https://repo.example.org/data/a.csv"),
        ("<link rel=item href='a.csv'><base href='https://cdn.example.org/x/'>", "https://cdn.example.org/x/a.csv"),
        ("<base><base href='/one/'><base href='/two/'><link rel=item href=a>", "https://repo.example.org/one/a"),
        ("<base href='http://['><link rel=item href=a>", "https://repo.example.org/records/a"),
        ("<link rel=item href='//cdn.example.org/a'>", "https://cdn.example.org/a"),
        ("<link rel=item href='http://['>", None),
        ("<link rel=item href='javascript:x()'>", None),
        ("<link rel=item href=''>", None),
    ],
)
def test_references_are_made_absolute(head: str, href: str | None) -> None:
    assert [link.href for link in page(head).links] == ([href] if href else [])
    assert absolute(URL, "data:text/plain,x") is None


WORDS = "Größe café"


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (WORDS.encode(), None),
        (WORDS.encode("latin-1"), "ISO-8859-1"),
        (WORDS.encode("latin-1"), None),
        (b"<meta charset=iso-8859-1>" + WORDS.encode("latin-1"), None),
        (b"<meta charset=iso-8859-1>" + WORDS.encode(), "utf-8"),
        (b"<meta http-equiv=content-type content='text/html; charset=utf-16'>" + WORDS.encode(), None),
        (b"\xef\xbb\xbf" + WORDS.encode(), "latin-1"),
        (WORDS.encode("utf-16"), None),
        (WORDS.encode(), "no-such-thing"),
        (WORDS.encode(), "iso-8859-99"),
        (WORDS.encode(), "zlib"),
    ],
)
def test_the_encoding_is_the_stated_one_or_the_likely_one(body: bytes, charset: str | None) -> None:
    assert decoded(body, charset).endswith(WORDS)


def test_a_long_page_that_is_cut_in_a_letter_is_still_utf_8() -> None:
    body = ("é" * MOST_BYTES).encode()[1:]
    assert decoded(b"x" + ("é" * MOST_BYTES).encode()[: MOST_BYTES - 1])[1] == "é"
    assert decoded(body[:10]) != ""


@pytest.mark.parametrize(
    ("text", "microdata", "rdfa", "heavy"),
    [
        ("<div itemscope>", True, False, False),
        ("<div typeof=Dataset>", False, True, False),
        ("<span property=name>", False, True, False),
        ("<meta property='og:title' content=x>", False, False, False),
        ("<div itemscope>" * 7, True, False, True),
        ("<div itemscope><div><p></p></div></div>" * 50, True, False, False),
        ("<div itemscope><div></div><div itemscope></div></div>" * 50, True, False, False),
        ("<b>" * 7_000, False, False, True),
        ("<b " + " ".join(f"a{i}" for i in range(600)) + ">", False, False, True),
        (f"<b typeof='{'T ' * 2_000}'>", False, True, True),
    ],
)
def test_what_a_tree_would_cost_is_told(text: str, microdata: bool, rdfa: bool, heavy: bool) -> None:
    found = page(text)
    assert (found.has_microdata, found.has_rdfa, found.is_heavy) == (microdata, rdfa, heavy)


PIECES = (
    "<a ", "<a b", "<", "<!", "<!--", "<![", "<![CDATA[", "</", "<script>", "<script type=application/ld+json>",
    "<a href='", '<a href="x"', "<a x=", "&", "&#", "<?", "<title>", "</x ", "<a/", "<meta name=x content=", "<a ='",
    "<link rel=x href=y>", "\0", "<base href=", "<div itemscope>",
)  # fmt: skip


@pytest.mark.parametrize("start", ["", "<a ", "<script type=application/ld+json>"])
@pytest.mark.parametrize("piece", PIECES)
def test_a_hostile_page_takes_time_in_proportion(start: str, piece: str) -> None:
    def seconds(size: int) -> float:
        text = start + piece * (size // len(piece))
        begun = time.process_time()
        parse.__wrapped__(text.encode(), URL)
        return time.process_time() - begun

    assert seconds(200_000) < 20 * seconds(20_000) + 1


def test_ten_thousand_nested_tags_and_five_megabytes_are_read() -> None:
    found = page("<div>" * 10_000 + "<script type=application/ld+json>1</script>" + "word " * 1_000_000)
    assert found.scripts == ("1",)


def test_the_number_of_tags_that_are_kept_is_bounded() -> None:
    found = page("<meta name=a content=b><link rel=item href=x>" * 6_000)
    assert len(found.metas) == len(found.links) == 5_000


@given(st.binary(max_size=300) | st.text(alphabet="<>!-[]/&; abc='\"=\n", max_size=300).map(str.encode))
def test_any_bytes_can_be_read(body: bytes) -> None:
    assert isinstance(page(body), Page)
