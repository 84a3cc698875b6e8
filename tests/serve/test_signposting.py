"""FAIR Signposting as the `signposting` package sees it: what level 1 and level 2 ask of pages, files and metadata.

A local host gives no persistent identifier, so `cite-as` stands where the work has one of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from fairkit.ocfl.storage import Storage
from fairkit.ocfl.writing import add, identifier, made
from fairkit.serve.links import EXPORTS, LINKSET, LINKSET_TEXT
from fairkit.serve.site import Site
from fairkit.sources import _links
from tests.ocfl.test_writing import WHEN, held

from .conftest import BASE, Stored, running

signposting = pytest.importorskip("signposting")

TOML = """[resource]
title = "A set"
license = "CC-BY-4.0"
identifiers = ["doi:10.5281/zenodo.1234567"]

[[creators]]
name = "Carberry, Josiah"
orcid = "0000-0002-1825-0097"
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page of a work with a DOI, on a server that runs."""
    place = tmp_path_factory.mktemp("signed")
    files = held(place / "files", {"fairkit.toml": TOML.encode(), "a.csv": b"x\n1\n", "sub/b ä.h5": b"h"})
    storage = made(place / "root")
    name = add(storage, identifier("r"), files, message="m", created=WHEN, head=0).name
    with running(storage.root) as url:
        yield f"{url}/records/{name}"


def targets(found: Any) -> frozenset[tuple[str, str]]:
    """What the links about one address lead to."""
    return frozenset((str(one.rel), str(one.target)) for one in found)


def test_level_1_a_page_has_its_links_in_the_header_and_in_html(page: str) -> None:
    header, html = signposting.find_signposting_http(page), signposting.find_signposting_html(page)
    assert str(header.citeAs.target) == "https://doi.org/10.5281/zenodo.1234567"
    assert [str(one.target) for one in header.authors] == ["https://orcid.org/0000-0002-1825-0097"]
    assert str(header.license.target) == "https://creativecommons.org/licenses/by/4.0/"
    assert {str(one.target) for one in header.types} == {"https://schema.org/AboutPage", "https://schema.org/Dataset"}
    assert len(header.describedBy) == len(EXPORTS)
    assert all(one.type for one in header.describedBy)
    assert {str(one.target).partition("/files/")[2]: one.type for one in header.items} == {
        "a.csv": "text/csv",
        "fairkit.toml": "application/toml",
        "sub/b%20%C3%A4.h5": "application/x-hdf5",
    }
    assert targets(header) - targets(html) == {pair for pair in targets(header) if pair[0] == "item"}
    assert targets(html) <= targets(header)


def test_level_1_files_and_metadata_lead_back(page: str) -> None:
    header = signposting.find_signposting_http(page)
    for one in header.items:
        assert str(signposting.find_signposting_http(one.target).collection.target) == page
    for one in header.describedBy:
        own = signposting.find_signposting_http(one.target)
        assert {target for rel, target in targets(own) if rel == "describes"} == {page}


@pytest.mark.parametrize("media_type", [LINKSET, LINKSET_TEXT])
def test_level_2_the_link_sets_tell_all_of_all(page: str, media_type: str) -> None:
    header = signposting.find_signposting_http(page)
    [address] = [one.target for one in header.linksets if one.type == media_type]
    every = signposting.find_signposting_linkset(address, media_type)
    assert targets(every.for_context(page)) == {pair for pair in targets(header) if pair[0] != "linkset"}
    for one in header.items:
        told = targets(every.for_context(one.target))
        assert told == {("collection", page), ("license", str(header.license.target))}
    for one in header.describedBy:
        assert targets(every.for_context(one.target)) == {("describes", page)}


def test_level_2_every_address_leads_to_the_link_sets(page: str) -> None:
    header = signposting.find_signposting_http(page)
    sets = {(str(one.target), one.type) for one in header.linksets}
    assert {kind for _, kind in sets} == {LINKSET, LINKSET_TEXT}
    for one in (*header.items, *header.describedBy):
        own = signposting.find_signposting_http(one.target)
        assert {(str(each.target), each.type) for each in own.linksets} == sets


def test_a_link_set_is_had_by_asking_for_it(page: str) -> None:
    by_type = signposting.find_signposting_linkset(page, LINKSET)
    as_text = signposting.find_signposting_linkset(page, LINKSET_TEXT)
    direct = signposting.find_signposting_linkset(f"{page}/linkset")
    told = {targets(every.for_context(page)) for every in (by_type, as_text, direct)}
    assert len(told) == 1
    assert len(told.pop()) > len(EXPORTS)


def test_the_text_form_has_a_link_to_a_line(jets: Stored) -> None:
    client = Client(Site(Storage(jets.root), BASE))
    place = f"/records/{jets.name}"
    answer = client.get(f"{place}/linkset.txt")
    assert answer.content_type == LINKSET_TEXT
    rows = answer.data.decode("ascii").splitlines()
    assert all(row.startswith("<http") and 'anchor="http' in row for row in rows)
    assert all(row.endswith(",") for row in rows[:-1])
    for path, accept, kind in (
        ("/linkset", LINKSET_TEXT, LINKSET_TEXT),
        ("/linkset", "*/*", LINKSET),
        ("/linkset", "text/html", LINKSET),
        ("", LINKSET_TEXT, LINKSET_TEXT),
    ):
        told = client.get(place + path, headers={"Accept": accept})
        assert (told.content_type, told.headers["Vary"]) == (kind, "Accept"), path
    read = _links.header(answer.data.decode().replace("\n", " "), f"{BASE}/")
    whole = _links.linkset(client.get(f"{place}/linkset").data, f"{BASE}/")
    assert {(one.anchor, one.rel, one.href, one.type) for one in read} == {
        (one.anchor, one.rel, one.href, one.type) for one in whole
    }


def test_a_header_stays_short_and_the_link_sets_tell_the_rest(tmp_path: Path) -> None:
    people = [
        {"@type": "Person", "name": f"P{n}", "@id": f"https://orcid.org/0000-0002-{n:04}-0000"} for n in range(900)
    ]
    told = {"@context": "https://schema.org/", "@type": "Dataset", "name": "A set", "creator": people}
    told["license"] = "https://example.org/" + "x" * 100_000
    files = {"metadata.jsonld": json.dumps(told).encode(), **{f"{n}.csv": b"x" for n in range(300)}}
    storage = made(tmp_path / "root")
    name = add(storage, identifier("r"), held(tmp_path / "f", files), message="", created=WHEN, head=0).name
    client = Client(Site(storage, BASE))
    answer = client.get(f"/records/{name}")
    assert len(answer.headers["Link"]) < 12_000
    rels = [one.rel for one in _links.header(answer.headers["Link"], BASE)]
    assert (rels.count("item"), rels.count("linkset"), rels.count("describedby")) == (0, 2, len(EXPORTS))
    whole = json.loads(client.get(f"/records/{name}/linkset").data)["linkset"][0]
    assert len(whole["item"]) == len(files)
