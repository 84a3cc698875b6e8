"""CITATION.cff as fairkit writes it: the shapes that the format has, and what it has no place for."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from fairkit.dialects import cff
from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource

from .documents import assert_sane, read
from .resources import resources
from .test_cff import JETS


def written(resource: Resource) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(cff.write(resource), yaml.BaseLoader)  # noqa: S506  makes texts only
    return found


def test_what_is_written_is_read_back_but_for_other_works_and_helpers() -> None:
    before = read("cff", JETS).resource
    after = read("cff", cff.write(before)).resource
    lost = {"relations": (), "contributors": ()}
    assert {**vars(after), "identifiers": ()} == {**vars(before), **lost, "identifiers": ()}
    assert [one.scheme for one in after.identifiers] == ["doi", "swhid"]


@pytest.mark.parametrize(
    ("agent", "row"),
    [
        (
            Agent(name="Example, Ada", type="person", affiliations=(Agent(name="CERN"),)),
            {"family-names": "Example", "given-names": "Ada", "affiliation": "CERN"},
        ),
        (Agent(name="Ada", type="person"), {"alias": "Ada"}),
        (
            Agent(name="Example, Ada", identifiers=(Identifier(scheme="orcid", value="0000-0002-1825-0097"),)),
            {"family-names": "Example", "given-names": "Ada", "orcid": "https://orcid.org/0000-0002-1825-0097"},
        ),
        (
            Agent(name="CERN", type="organisation", identifiers=(Identifier(scheme="ror", value="01ggx4157"),)),
            {"name": "CERN", "website": "https://ror.org/01ggx4157"},
        ),
        (Agent(name="Example, Ada"), {"name": "Example, Ada"}),
    ],
)
def test_an_author_is_a_person_or_an_entity(agent: Agent, row: dict[str, str]) -> None:
    assert written(Resource(creators=(agent, agent)))["authors"] == [row]


@pytest.mark.parametrize(
    ("licence", "rows"),
    [
        ("CC-BY-4.0", {"license": "CC-BY-4.0"}),
        ("MIT OR Apache-2.0", {"license": ["MIT", "Apache-2.0"]}),
        ("MIT AND Apache-2.0", {}),
        ("GPL-2.0-only WITH Classpath-exception-2.0", {}),
        ("CDLA-Permissive-2.0", {"license-url": "https://cdla.dev/permissive-2-0/"}),
        ("https://example.org/terms", {"license-url": "https://example.org/terms"}),
        ("our own", {}),
        (None, {}),
    ],
)
def test_a_licence_is_an_id_a_choice_or_an_address(licence: str | None, rows: dict[str, Any]) -> None:
    found = written(Resource(license=licence))
    assert {key: value for key, value in found.items() if key.startswith("license")} == rows


@pytest.mark.parametrize(
    ("identifier", "row"),
    [
        (Identifier(scheme="doi", value="10.1000/182"), {"type": "doi", "value": "10.1000/182"}),
        (Identifier(scheme="doi", value="10.1000/1 2"), {"type": "other", "value": "doi:10.1000/1 2"}),
        (Identifier(scheme="url", value="https://example.org"), {"type": "url", "value": "https://example.org"}),
        (Identifier(scheme="cern-open-data", value="12102"), {"type": "other", "value": "cern-open-data:12102"}),
    ],
)
def test_an_identifier_is_of_a_type_that_there_is(identifier: Identifier, row: dict[str, str]) -> None:
    assert written(Resource(identifiers=(identifier,)))["identifiers"] == [row]


@pytest.mark.parametrize(("day", "kept"), [("2026-11-01", True), ("2026", False), ("2026-13-01", False), (None, False)])
def test_a_date_is_a_day(day: str | None, kept: bool) -> None:
    assert ("date-released" in written(Resource(date_published=day))) is kept


@pytest.mark.parametrize(("kind", "type_"), [("dataset", "dataset"), ("software", "software"), ("model", "software")])
def test_the_kind_and_how_to_cite_are_said(kind: Any, type_: str) -> None:
    found = written(Resource(kind=kind, citation="Ada (2026)"))
    assert (found["type"], found["message"]) == (type_, "Please cite it as: Ada (2026)")


@pytest.mark.parametrize(
    "text", ["null", "1.10", "yes", "- a", "a: b", "---", "#", "\x00", "\u2028", "\ud800", "'", "%", "é" * 300]
)
def test_any_text_is_read_back_as_that_text(text: str) -> None:
    expected = text.strip().encode(errors="replace").decode() or None
    assert read("cff", cff.write(Resource(title=text))).resource.title == expected


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(resources())
def test_any_resource_is_written_and_read(resource: Resource) -> None:
    assert_sane(read("cff", cff.write(resource)))
