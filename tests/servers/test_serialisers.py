"""The exports are what the portal's own serialisers made of the same records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.servers.cern_open_data import DATACITE_JSON, JSON_LD, Portal
from tests.servers.toys import CLUSTERS, ask


def test_json_ld_says_little(portal: Portal) -> None:
    assert ask(portal, "/api/records/700", Accept=JSON_LD).json == {
        "@context": "https://schema.org/",
        "@id": "https://doi.org/10.7483/OPENDATA.ATLAS.TOYS.0001",
        "@type": "Dataset",
        "name": "Toy clusters for tagging",
        "description": "<p>Toy clusters &amp; tracks</p>",
        "identifier": "https://doi.org/10.7483/OPENDATA.ATLAS.TOYS.0001",
        "url": "http://opendata.cern.ch/record/700",
        "creator": [{"@type": "Person", "name": "Noether, Emmy"}, {"@type": "Person", "name": "Curie, Marie"}],
        "dateCreated": "2023",
        "datePublished": "2024",
        "publisher": {"@type": "Organization", "name": "CERN Open Data Portal"},
    }


def test_documentation_is_taken_for_a_page_without_a_slug(portal: Portal) -> None:
    form = ask(portal, "/api/records/701", Accept=JSON_LD).json
    assert form["@id"] == "http://opendata.cern.ch/record/701"
    assert form["url"] == "http://opendata.cern.ch/docs/None"
    assert form["dateCreated"] == "0"
    assert form["publisher"]["name"] == "CERN Open Data Portal"
    assert "creator" not in form


@pytest.mark.parametrize(
    ("who", "creator"),
    [
        ({}, None),
        ({"collaboration": {"name": "ATLAS collaboration"}}, {"@type": "Organization", "name": "ATLAS collaboration"}),
    ],
)
def test_without_authors_the_collaboration_creates(who: dict[str, Any], creator: dict[str, str] | None) -> None:
    record = {key: value for key, value in CLUSTERS.items() if key != "authors"} | who
    with Portal({"700": record}) as portal:
        assert ask(portal, "/api/records/700", Accept=JSON_LD).json["creator"] == creator


def test_json_ld_is_what_the_portal_made(real: Portal, shared: Path) -> None:
    recorded = sorted((shared / "data/cern-open-data/derived").glob("*.jsonld"))
    assert len(recorded) == 53
    for path in recorded:
        assert ask(real, f"/api/records/{path.stem}", Accept=JSON_LD).text == path.read_text(encoding="utf-8"), (
            path.name
        )


def test_datacite_is_what_the_portal_made(real: Portal, shared: Path) -> None:
    recorded = sorted((shared / "data/cern-open-data/derived").glob("*.datacite.json"))
    assert len(recorded) > 40
    for path in recorded:
        text = path.read_text(encoding="utf-8")
        doi = json.loads(text)["identifiers"][0]["identifier"]
        assert ask(real, f"/doi/{doi}", Accept=DATACITE_JSON).text == text, path.name


def test_datacite_gives_no_licence_and_no_markup_but_in_the_abstract(portal: Portal) -> None:
    form = ask(portal, f"/doi/{CLUSTERS['doi']}", Accept=DATACITE_JSON).json
    assert form["rightsList"] == [{"rights": "open access"}]
    assert form["descriptions"] == [
        {"descriptionType": "Abstract", "description": "<p>Toy clusters &amp; tracks</p>"},
        {"descriptionType": "Methods", "description": "Drawn & smeared\ntwice"},
    ]
    assert [creator["name"] for creator in form["creators"]] == ["Noether, Emmy", "Curie, Marie"]
    assert [len(creator["nameIdentifiers"]) for creator in form["creators"]] == [1, 0]
    assert form["subjects"] == [{"subject": "CERN-LHC"}, {"subject": "ATLAS"}]
