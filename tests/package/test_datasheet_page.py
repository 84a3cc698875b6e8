"""The page about data: one file that loads nothing and runs nothing, whatever strangers wrote into it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from xml.etree.ElementTree import Element

import html5lib
import pytest

from fairkit.model.variable import Variable
from fairkit.package.datasheet_page import render
from fairkit.package.words import Description
from fairkit.report._html_style import _DARK, _LIGHT
from tests.report.payloads import PAYLOADS

from .descriptions import hostile, rich

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "a", "header", "main", "footer", "section", "div", "h1", "h2"),
    *(
        "h3",
        "h4",
        "p",
        "span",
        "bdi",
        "code",
        "dl",
        "dt",
        "dd",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ),
    *("svg", "rect", "th", "td", "pre", "details", "summary"),
}
OUTWARD = {"https://doi.org/10.5281/zenodo.1234", "#results"}


def read(found: Description) -> Element:
    parsed: Element = html5lib.parse(render(found), treebuilder="etree", namespaceHTMLElements=False)
    return parsed


def words(part: Element) -> str:
    return " ".join(" ".join(part.itertext()).split())


def test_everything_is_there_to_see() -> None:
    told = words(read(rich()))
    for text in (
        "jets", "more jets", "1,200", "123.5 kB", "No row of jets is in test", "jets equals the label", "by the names",
        "float32[60]", "feature", "label", "33.3 ± 12", "36 ± 9", "250.5", "NaN", "(1 below)", "(2 above)", "58.3%",
        "import pyarrow.parquet as pq", "where jets = jets",
    ):  # fmt: skip
        assert text in told, text


def test_a_histogram_has_a_bar_for_each_bin_that_holds_something() -> None:
    [histogram] = [part for part in read(rich()).iter(f"{SVG}svg") if part.get("class") == "histogram"]
    bars = [(float(bar.get("x", "")), float(bar.get("height", ""))) for bar in histogram.iter(f"{SVG}rect")]
    assert [x for x, _ in bars] == [0, 80, 120, 160]
    assert [height for _, height in bars] == [pytest.approx(h, abs=0.01) for h in (6.25, 50, 25, 1.25)]
    assert histogram.get("aria-label") == "Distribution of jets_pt from -1 to 250.5"


def test_the_classes_of_each_split_are_drawn() -> None:
    drawn = [part for part in read(rich()).iter(f"{SVG}svg") if part.get("class") == "shares"]
    widths = [[float(part.get("width", "")) for part in bar.iter(f"{SVG}rect")] for bar in drawn]
    assert widths == [[166.7, 33.33], [116.7, 83.33], [120, 80], [100, 100]]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_strangers_wrote_does_nothing(payload: str) -> None:
    page = read(hostile(payload))
    assert {part.tag.removeprefix(SVG) for part in page.iter() if isinstance(part.tag, str)} <= ELEMENTS
    assert not [name for part in page.iter() for name in part.attrib if name.startswith("on") or name == "style"]
    assert {link.get("href") for link in page.iter("a")} <= OUTWARD
    classes = {name for part in page.iter() for name in (part.get("class") or "").split()}
    assert classes <= {name for part in read(rich()).iter() for name in (part.get("class") or "").split()}


def test_the_policy_lets_only_the_style_of_the_page_be_used() -> None:
    text = render(rich()).decode()
    [style] = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src &#x27;none&#x27;; style-src &#x27;sha256-{digest}&#x27;" in text
    assert "url(" not in style
    assert "@import" not in style


def test_every_colour_is_there_by_day_and_by_night() -> None:
    style = render(rich()).decode().partition("<style>")[2].partition("</style>")[0]
    used = set(re.findall(r"var\((--[\w-]+)\)", style))
    own = {"--of", "--of-tint", "--grade"}
    for colours in (_LIGHT, _DARK):
        assert used - own <= set(re.findall(r"(--[\w-]+):", colours))


def test_the_page_of_nothing_is_a_page() -> None:
    page = read(Description(target="jets"))
    assert [words(head) for head in page.iter("h1")] == ["jets"]


def test_very_many_variables_are_named_only() -> None:
    one = Description(target="jets")
    many = tuple(Variable(name=f"x{place}") for place in range(2000))
    page = read(replace(one, resource=replace(one.resource, variables=many)))
    assert len([part for part in page.iter("div") if part.get("class") == "variable"]) == 500
    assert "1,500 more variables" in words(page)
    assert "x1999" in words(page)


def test_the_same_description_makes_the_same_bytes() -> None:
    assert render(rich()) == render(rich())
