"""The HTML report: one safe file that says all that was found, also to those who cannot see it."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from fairkit.report import Style, report
from tests.report.made import made, row, showcase

STYLE = Style()


class Read(HTMLParser):
    """The elements of a page, each with its attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def page(*assessments: object) -> str:
    return report("html").render(list(assessments), style=STYLE).decode()  # type: ignore[arg-type]


def test_it_says_what_was_found_and_what_to_change() -> None:
    told = " ".join(Read(page(showcase())).texts)
    for words in ("R1.1-licence", "CC0-1.0", "Findable", "Accessible", "Interoperable", "Reusable"):
        assert words in told


def test_it_loads_and_runs_nothing() -> None:
    read = Read(page(showcase(), showcase("fair4hep")))
    assert {name for name, _ in read.elements}.isdisjoint(
        {"script", "iframe", "object", "embed", "img", "base", "form"}
    )
    assert read.all("link") == []
    for _, attributes in read.elements:
        assert not any(name.startswith("on") or name in ("style", "src", "srcset", "ping") for name in attributes)
    assert "url(" not in page(showcase())
    assert "@import" not in page(showcase())


def test_the_policy_allows_its_own_style_alone() -> None:
    written = page(showcase())
    [policy] = [m["content"] for m in Read(written).all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    style = re.search(r"<style>(.*?)</style>", written, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert "default-src 'none'" in policy
    assert f"style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_links_lead_to_the_web_or_into_the_page_and_tell_nobody() -> None:
    read = Read(page(showcase(), showcase("fair4hep")))
    ids = {attributes["id"] for _, attributes in read.elements if attributes.get("id")}
    for link in read.all("a"):
        where = link["href"] or ""
        assert where.removeprefix("#") in ids if where.startswith("#") else where.startswith(("https://", "http://"))
        assert where.startswith("#") or link["rel"] == "noopener noreferrer nofollow"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a@b.example"]
)
def test_other_addresses_are_shown_only(url: str) -> None:
    told = page(made(row("F1", "fail"), resource={"kind": "dataset", "title": "T", "identifiers": [], "url": url}))
    assert url not in [link["href"] for link in Read(told).all("a")]


def test_no_id_stands_twice() -> None:
    ids = [attributes["id"] for _, attributes in Read(page(showcase(), showcase())).elements if attributes.get("id")]
    assert len(ids) == len(set(ids))


def test_those_who_cannot_see_find_their_way() -> None:
    read = Read(page(showcase()))
    names = [name for name, _ in read.elements]
    assert read.all("html") == [{"lang": "en"}]
    assert {"header", "main", "footer", "h1", "h2"} <= set(names)
    assert names.count("main") == names.count("h1") == 1
    assert all(heading.get("scope") for heading in read.all("th"))
    assert all(drawing.get("aria-hidden") == "true" for drawing in read.all("svg"))
    labelled = [attributes for name, attributes in read.elements if name == "input"]
    assert labelled
    assert all(attributes.get("id") for attributes in labelled)


def test_several_assessments_stand_side_by_side_first() -> None:
    told = page(showcase(), showcase("fair4hep"))
    assert told.index("Side by side") < told.index('id="a1"')
    assert 'href="#a2"' in told


def test_nothing_assessed_is_said() -> None:
    assert "Nothing was assessed." in page()


def test_the_same_assessments_make_the_same_bytes() -> None:
    assert page(showcase()) == page(showcase())
