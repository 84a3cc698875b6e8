"""Microdata and RDFa: the same nodes each time, and nothing but the page is read."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fairkit.dialects import _page_markup, html
from fairkit.dialects._page import parse
from fairkit.dialects._page_markup import nodes
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from tests.servers.loopback import Answer, LoopbackServer, Request

from .documents import assert_sane

pytest.importorskip("extruct", reason="fairkit[web] is not installed")

URL = "https://repo.example.org/records/7"
MICRODATA = """<div itemscope itemtype="https://schema.org/Dataset">
<span itemprop="name">Toy jets</span><link itemprop="license" href="https://creativecommons.org/licenses/by/4.0/">
<div itemprop="creator" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Rossi, Ada</span></div>
<div itemprop="creator" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Okafor, Ben</span></div>
<div itemprop="distribution" itemscope itemtype="https://schema.org/DataDownload">
<link itemprop="contentUrl" href="/files/jets.csv"><meta itemprop="contentSize" content="3822"></div></div>"""
RDFA = """<div vocab="http://schema.org/" typeof="Dataset" resource="https://doi.org/10.5072/toy.1">
<span property="name">Toy jets</span><a property="license" href="https://creativecommons.org/licenses/by/4.0/">x</a>
<div property="creator" typeof="Person"><span property="name">Rossi, Ada</span></div>
<div property="creator" typeof="Person"><span property="name">Okafor, Ben</span></div>
<div property="distribution" typeof="DataDownload"><a property="contentUrl" href="/files/jets.csv">jets.csv</a>
<meta property="contentSize" content="3822"></div></div>"""
DCAT = """<div prefix="dct: http://purl.org/dc/terms/ dcat: http://www.w3.org/ns/dcat#" typeof="dcat:Dataset">
<span property="dct:title">Toy jets</span><a property="dct:license" href="https://creativecommons.org/licenses/by/4.0/">x</a>
<div property="dct:creator" typeof="foaf:Person"><span property="foaf:name">Rossi, Ada</span></div>
<div property="dct:creator" typeof="foaf:Person"><span property="foaf:name">Okafor, Ben</span></div>
<div property="dcat:distribution" typeof="dcat:Distribution"><a property="dcat:downloadURL" href="/files/jets.csv">x</a>
<meta property="dcat:byteSize" content="3822"></div></div>"""


def told(text: str) -> tuple[dict[str, list[Any]], tuple[str, ...]]:
    return nodes(text, parse(text.encode(), URL), URL)


def view(text: str) -> View:
    return html.read(Document(representation="html", media_type="text/html", url=URL, body=text.encode()))


@pytest.mark.parametrize(
    ("text", "pointer"),
    [(MICRODATA, "/microdata/0/name"), (RDFA, "/rdfa/0/http:~1~1schema.org~1name"), (DCAT, "/rdfa/0/name")],
)
def test_each_way_of_marking_up_says_the_same(text: str, pointer: str) -> None:
    read = view(text)
    assert_sane(read)
    assert (read.resource.kind, read.resource.title, read.resource.license) == ("dataset", "Toy jets", "CC-BY-4.0")
    assert [one.name for one in read.resource.creators] == ["Rossi, Ada", "Okafor, Ben"]
    [file] = read.resource.distributions
    assert (file.content_url, file.byte_size) == ("https://repo.example.org/files/jets.csv", 3822)
    assert read.pointers["title"] == pointer


def test_what_is_marked_up_goes_before_meta_tags_and_title() -> None:
    read = view(
        "<title>A page</title><meta name='DC.title' content='Jets'><meta name='DC.language' content='en'>" + RDFA
    )
    assert (read.resource.title, read.resource.language) == ("Toy jets", "en")


def test_a_graph_has_the_same_names_and_order_each_time() -> None:
    again = "import sys; from tests.dialects.test_page_markup import *; print(told(RDFA + DCAT))"
    root = Path(html.__file__).parents[2]
    runs = {
        subprocess.run([sys.executable, "-c", again], cwd=root, capture_output=True, check=True).stdout
        for _ in range(2)
    }
    assert len(runs) == 1


def test_open_graph_tags_are_no_rdfa() -> None:
    assert told("<meta property='og:title' content='x'>") == ({}, ())


class Trap(LoopbackServer):
    def answer(self, request: Request) -> Answer:
        return Answer(body=b"@prefix : <http://x.org/> . :a :b :c .", headers={"content-type": "text/turtle"})


@pytest.fixture
def trap() -> Iterator[Trap]:
    with Trap() as server:
        yield server


def test_no_vocabulary_context_or_entity_is_loaded(trap: Trap, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    url = trap.url
    text = (
        f'<!DOCTYPE html PUBLIC "x" "{url}/dtd" [<!ENTITY a SYSTEM "{secret.as_uri()}"><!ENTITY b SYSTEM "{url}/e">]>'
        f'<html profile="{url}/p" prefix="x: {url}/x#"><head profile="{url}/q"><link rel="stylesheet" href="{url}/s">'
        f'</head><body vocab="{url}/vocab/"><div vocab="{url}/v#" typeof="Dataset x:Thing" itemscope '
        f'itemtype="{url}/T"><span property="name" itemprop="name">&a;&b;</span><img src="{url}/i" property="x:image">'
        f'<script type="text/turtle">@prefix : <{url}/> . :a :b :c .</script></div></body></html>'
    )
    found, faults = told(text)
    assert faults == ()
    assert found["microdata"] or found["rdfa"]
    assert "the secret" not in str(found)
    assert trap.log == []


HEAVY = {
    "many properties": "<div itemscope itemtype='https://schema.org/Dataset'>" + "<i itemprop=name>x</i>" * 5_900,
    "items in items": "<div itemscope itemprop=x>" * 6 + "<p>a" * 5_900,
    "too many items in items": "<div itemscope itemprop=x>" * 2_000,
    "properties in properties": "<div itemscope>" + "<div itemprop=a>" * 100 + "<p>a" * 5_800,
    "things in things": "<div vocab='http://schema.org/' typeof=Dataset property=hasPart>" * 2_000,
    "many things": "<div vocab='http://schema.org/'>" + "<div typeof=Dataset><i property=name>x</i></div>" * 2_900,
    "references": "".join(
        f"<div id=a{i} itemscope itemprop=b itemref='{' '.join(f'a{j}' for j in range(300))}'></div>"
        for i in range(300)
    ),
    "attributes": f"<div typeof=x {' '.join(f'a{i}=x' for i in range(500))}>",
    "prefixes": f"<div typeof=x prefix='{' '.join(f'a{i}: http://x.org/{i}#' for i in range(9_000))}'>",
    "ten thousand nested tags": "<div>" * 10_000 + MICRODATA,
    "five megabytes": MICRODATA + "word " * 1_000_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_page_costs_little_and_harms_nothing(name: str) -> None:
    begun = time.process_time()
    found, faults = told(HEAVY[name])
    assert time.process_time() - begun < 10
    assert found or faults


def test_what_is_too_heavy_is_named_and_the_rest_is_read() -> None:
    read = view("<title>Jets</title>" + "<div itemscope>" * 50)
    assert read.resource.title == "Jets"
    assert read.faults == ("the page is too large, or too deep in itself, for its microdata and RDFa to be read",)


def test_without_the_extra_the_rest_of_the_page_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_page_markup, "is_available", lambda: False)
    read = view("<meta name='DC.title' content='Jets'>" + RDFA)
    assert (read.resource.title, read.resource.license, read.faults) == ("Jets", None, ())


def test_a_page_without_markup_loads_nothing_heavy() -> None:
    code = (
        "import sys; from fairkit.dialects import html; from fairkit.model.evidence import Document; "
        "html.read(Document(representation='html', media_type='text/html', url='x', body=b'<title>x</title>')); "
        "assert not {'extruct', 'lxml', 'rdflib', 'requests'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], cwd=Path(html.__file__).parents[2], check=True)
