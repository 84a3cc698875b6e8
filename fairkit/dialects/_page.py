"""What a web page says to machines: title, language, meta tags, typed links, embedded JSON-LD.

The standard library's parser keeps no tree, so that depth costs nothing. It is fed once and never closed: what is left
unfinished at the end of a page is dropped, as browsers do, and is not looked at again and again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin

__all__ = ["MOST_BYTES", "Link", "Meta", "Page", "absolute", "decoded", "parse"]

MOST_BYTES = 8 * 1024 * 1024
"""How much of a page is read."""

_MOST_TAGS = 5_000
_MOST_TITLE = 10_000
# What a tree of the page may cost those that build one: tags in all, the squares of their numbers of attributes (RDFa
# compares each with each), and items of microdata in one another (each is searched through from all above it).
_MOST_TAGS_IN_TREE = 6_000
_MOST_ATTRIBUTES_SQUARED = 300_000
_DEEPEST_ITEM = 6
_LONGEST_LIST = 2_000  # of prefixes, types or properties in one attribute, in characters
_LISTS = frozenset({"prefix", "typeof", "property", "rel", "rev", "itemref", "itemprop", "itemtype"})
_JSON_LD = "application/ld+json"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_STATED = re.compile(rb"""<meta\b[^<>]{0,200}charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.IGNORECASE)
_PRESCANNED = 4096  # the HTML standard asks for 1024; pages in the wild state it later
# Encodings of the web; Python knows others, which are no encodings of text or cost more than they give.
_KNOWN = re.compile(
    r"utf-?8|utf-?16(?:[lb]e)?|iso-?8859-?\d{1,2}|latin-?\d|(?:windows|cp)-?125\d|koi8-[ru]|gb(?:k|2312|18030)"
    r"|big5(?:-hkscs)?|euc-(?:jp|kr)|shift_?jis|iso-2022-jp|(?:us-)?ascii|macintosh",
    re.IGNORECASE,
)
_MEANS_WINDOWS = re.compile(r"iso-?8859-?1|latin-?1|(?:us-)?ascii", re.IGNORECASE)  # the HTML standard says so


class Meta(NamedTuple):
    """A meta tag: its `name` (or `property`) as it is written, and its `content`."""

    name: str
    content: str


class Link(NamedTuple):
    """A typed link: where it leads (absolute), one relation in lower case, and the attributes that it may have."""

    href: str
    rel: str
    type: str | None = None
    profile: str | None = None
    anchor: str | None = None


class Page(NamedTuple):
    """What was found; `scripts` are the texts of the embedded JSON-LD.

    `is_heavy`: so large, or so deep in itself, that a stranger may have made it to be costly.
    """

    title: str | None
    lang: str | None
    base: str
    metas: tuple[Meta, ...]
    links: tuple[Link, ...]
    scripts: tuple[str, ...]
    has_microdata: bool
    has_rdfa: bool
    is_heavy: bool


@lru_cache(maxsize=2)
def parse(body: bytes, url: str, charset: str | None = None) -> Page:
    """The page at `url`; `charset` is what its server said. Whatever the bytes are, something is found or nothing."""
    parser = _Parser(url)
    parser.feed(decoded(body[:MOST_BYTES], charset))
    return parser.page()


def decoded(body: bytes, charset: str | None = None) -> str:
    """The text of a page: by its byte order mark, else what the server said, else what it says itself, else UTF-8."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    stated = _STATED.search(body[:_PRESCANNED])
    inside = stated[1].decode("ascii", "replace") if stated else ""
    named = [charset or "", "utf-8" if inside.lower().startswith("utf-16") else inside]  # ASCII was read to get here
    name = next((one.strip() for one in named if _KNOWN.fullmatch(one.strip())), "")
    if not name:
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError as error:
            cut = error.reason == "unexpected end of data" and len(body) == MOST_BYTES
            name = "utf-8" if cut else "windows-1252"
    try:
        return body.decode("windows-1252" if _MEANS_WINDOWS.fullmatch(name) else name, "replace")
    except LookupError:  # such as iso-8859-99
        return body.decode("utf-8", "replace")


def absolute(base: str, href: str) -> str | None:
    """The address that a reference means; None for what is none, or is a program or the data themselves."""
    try:
        found = urljoin(base, href.strip())
    except ValueError:  # such as http://[
        return None
    return None if found.lower().startswith(("javascript:", "data:")) else found


class _Load:
    """How much there is for those that build a tree of the page."""

    def __init__(self) -> None:
        self._tags = self._squares = self._deepest = self._longest = 0
        self._items: list[tuple[str, int]] = []  # the open items: their tag, and how many of the same are open in each

    @property
    def is_heavy(self) -> bool:
        too_many = self._tags > _MOST_TAGS_IN_TREE or self._squares > _MOST_ATTRIBUTES_SQUARED
        return too_many or self._deepest > _DEEPEST_ITEM or self._longest > _LONGEST_LIST

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._tags += 1
        self._squares += len(attributes) ** 2
        lengths = [len(attributes[name]) for name in _LISTS.intersection(attributes)]
        self._longest = max([self._longest, *lengths])
        if "itemscope" in attributes and len(self._items) <= _DEEPEST_ITEM:
            self._items.append((tag, 0))
            self._deepest = max(self._deepest, len(self._items))
        elif self._items and self._items[-1][0] == tag:
            self._items[-1] = (tag, self._items[-1][1] + 1)

    def end(self, tag: str) -> None:
        if not self._items or self._items[-1][0] != tag:
            return
        _, inner = self._items.pop()
        if inner:
            self._items.append((tag, inner - 1))


class _Parser(HTMLParser):
    """Collects what is wanted from the tags as they pass."""

    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self._url = url
        self._base: str | None = None
        self._lang: str | None = None
        self._title: str | None = None
        self._metas: list[Meta] = []
        self._links: list[dict[str, str]] = []
        self._scripts: list[str] = []
        self._text: list[str] | None = None
        self._microdata = self._rdfa = False
        self._load = _Load()
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "html": self._html,
            "base": self._base_tag,
            "meta": self._meta,
            "link": self._link,
            "title": self._title_tag,
            "script": self._script,
        }

    def page(self) -> Page:
        base = self._base or self._url
        links = (link for attributes in self._links for link in _typed(attributes, base))
        every = (self._title, self._lang, base, tuple(self._metas), tuple(links), tuple(self._scripts))
        return Page(*every, self._microdata, self._rdfa, self._load.is_heavy)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in reversed(attrs)}  # of two of a name, the first counts
        self._load.start(tag, attributes)
        self._microdata = self._microdata or "itemscope" in attributes
        # og: and twitter: tags are written as RDFa, but read as meta tags.
        self._rdfa = self._rdfa or "typeof" in attributes or ("property" in attributes and tag != "meta")
        start = self._starts.get(tag)
        if start:
            start(attributes)

    def handle_endtag(self, tag: str) -> None:
        self._load.end(tag)
        if self._text is None or tag not in ("title", "script"):
            return
        text = "".join(self._text)
        self._text = None
        if tag == "script":
            self._scripts += [text.strip()] if text.strip() else []
        else:
            self._title = " ".join(text[:_MOST_TITLE].split())

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Skip `<![…`, over which the library stumbles where it is malformed."""
        return self.parse_bogus_comment(i, report)

    def _html(self, attributes: dict[str, str]) -> None:
        self._lang = self._lang or attributes.get("lang") or attributes.get("xml:lang")

    def _base_tag(self, attributes: dict[str, str]) -> None:
        if self._base is None and attributes.get("href"):
            self._base = absolute(self._url, attributes["href"])

    def _meta(self, attributes: dict[str, str]) -> None:
        name = (attributes.get("name") or attributes.get("property") or "").strip()
        content = attributes.get("content", "").strip()
        if name and content and len(self._metas) < _MOST_TAGS:
            self._metas.append(Meta(name, content))

    def _link(self, attributes: dict[str, str]) -> None:
        if attributes.get("rel") and attributes.get("href") and len(self._links) < _MOST_TAGS:
            self._links.append(attributes)

    def _title_tag(self, attributes: dict[str, str]) -> None:
        if self._title is None:  # drawings (SVG) have titles too, after that of the page
            self._text = []

    def _script(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", "").partition(";")[0].strip().lower()
        self._text = [] if kind == _JSON_LD and len(self._scripts) < _MOST_TAGS else None


def _typed(attributes: dict[str, str], base: str) -> list[Link]:
    """The links of a link tag, one for each relation that it names."""
    href = absolute(base, attributes["href"])
    relations = dict.fromkeys(attributes["rel"].lower().split())
    kind, profile = attributes.get("type") or None, attributes.get("profile") or None
    return [Link(href, rel, kind, profile) for rel in relations] if href else []
