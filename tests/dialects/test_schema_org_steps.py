"""Steps as actions of schema.org and as activities of PROV."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.dialects._jsonld import main_node
from fairkit.dialects._schema_org_steps import ACTION, PROV, Words, checksums_of, step, step_of
from fairkit.model.distribution import Checksum
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity

from .written import ADA, RICH


@pytest.mark.parametrize("words", [ACTION, PROV])
def test_a_step_is_read_back(words: Words) -> None:
    [activity] = RICH.activities
    for one in (activity, Activity(name="bare"), Activity(name="by", agent=ADA)):
        node = step(one, words)
        assert node["@type"] == words.type
        assert step_of(main_node({}), node, words) == one


def test_a_program_without_an_address_is_no_application() -> None:
    """RO-Crate asks a page of every SoftwareApplication."""
    home = Identifier(scheme="url", value="https://root.cern/")
    every = (Entity(name="Pythia", version="8"), Entity(name="ROOT", identifier=home))
    made = step(Activity(name="x", software=every), ACTION)["instrument"]
    assert [(node["@type"], node.get("url")) for node in made] == [
        ("CreativeWork", None),
        ("SoftwareApplication", "https://root.cern/"),
    ]


def test_a_file_is_referred_to_unless_more_is_known() -> None:
    files = {"a.csv": {"@id": "a.csv"}}
    made = step(Activity(name="x", used=(Entity(name="a.csv"), Entity(name="a.csv", version="2"))), ACTION, files=files)
    assert made["object"] == [{"@id": "a.csv"}, {"@type": "Thing", "name": "a.csv", "version": "2"}]


@pytest.mark.parametrize("item", [None, "x", {}, {"name": ""}, {"object": [3, None]}, {"name": {"@list": []}}])
def test_what_has_no_name_is_no_step(item: Any) -> None:
    assert step_of(main_node({}), item, ACTION) is None


def test_checksums_are_found_by_both_ways_once() -> None:
    node = main_node({"sha256": "AB", "identifier": ["adler32:1A2B3C4D", "doi:10.1000/182", {"@id": "x"}, "md5:xyz"]})
    assert checksums_of(node) == (
        Checksum(algorithm="sha256", value="ab"),
        Checksum(algorithm="adler32", value="1a2b3c4d"),
    )
