"""CITATION.cff: what it tells, and YAML that means harm."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.dialects import cff
from fairkit.errors import UnreadableDocument
from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation

from .documents import ANY_JSON, assert_sane, read

JETS = """\
cff-version: 1.2.0
message: Please cite it.
type: dataset
title: Toy jets
abstract: Jets for a bar.
version: 1.10
date-released: 2026-11-01
doi: 10.5281/zenodo.1
identifiers:
  - {type: swh, value: "swh:1:dir:d198bc9d7a6bcf6db04f476d29314f157507d505"}
  - {type: other, value: "4711"}
url: https://example.org/jets
repository-code: https://github.com/toy/jets
license: CC-BY-4.0
keywords: [jets, toys]
authors:
  - family-names: Berg
    name-particle: van den
    given-names: Ada
    name-suffix: Jr.
    orcid: https://orcid.org/0000-0002-1825-0097
    affiliation: CERN
  - name: The Toy Collaboration
  - alias: toymaker
contact:
  - {family-names: Helper, given-names: Bob, orcid: null}
references:
  - {type: article, title: A paper, doi: 10.1000/182}
  - {type: generic, title: A page, url: https://example.org/page}
  - {type: generic}
"""


def test_a_full_file_fills_every_field_that_the_dialect_holds() -> None:
    view = read("cff", JETS)
    assert_sane(view)
    assert view.faults == ()
    assert view.pointers.keys() == cff.HOLDS


def test_the_fields_of_a_full_file() -> None:
    resource = read("cff", JETS).resource
    assert (resource.kind, resource.title, resource.version) == ("dataset", "Toy jets", "1.10")
    assert (resource.date_published, resource.license) == ("2026-11-01", "CC-BY-4.0")
    assert [i.scheme for i in resource.identifiers] == ["doi", "swhid"]
    assert resource.creators == (
        Agent(
            name="van den Berg Jr., Ada",
            type="person",
            identifiers=(Identifier(scheme="orcid", value="0000-0002-1825-0097"),),
            affiliations=(Agent(name="CERN", type="organisation"),),
        ),
        Agent(name="The Toy Collaboration", type="organisation"),
        Agent(name="toymaker", type="person"),
    )
    assert resource.contributors == (Agent(name="Helper, Bob", type="person"),)
    assert resource.relations == (
        Relation(type="References", identifier=Identifier(scheme="doi", value="10.1000/182"), title="A paper"),
        Relation(
            type="References", identifier=Identifier(scheme="url", value="https://example.org/page"), title="A page"
        ),
    )


@pytest.mark.parametrize(
    ("lines", "licence", "pointer"),
    [
        ("license: MIT", "MIT", "/license"),
        ("license: [MIT, Apache-2.0]", "MIT OR Apache-2.0", "/license"),
        ("license-url: https://opensource.org/licenses/MIT", "MIT", "/license-url"),
        ("license: our own", "our own", "/license"),
        ("license: []", None, None),
        ("license: null", None, None),
    ],
)
def test_a_list_of_licences_is_a_choice(lines: str, licence: str | None, pointer: str | None) -> None:
    view = read("cff", lines)
    assert (view.resource.license, view.pointers.get("license")) == (licence, pointer)


@pytest.mark.parametrize(
    ("line", "version"),
    [
        ("version: 1.10", "1.10"),
        ("version: 0x1F", "0x1F"),
        ("version: 2026-01-02", "2026-01-02"),
        ("version: yes", "yes"),
        ("version: ~", None),
        ("version:", None),
        ("version: !!python/object/apply:os.getcwd []", None),
        ("version: !!int ''", None),
        ("version: !!timestamp soon", "soon"),
        ("version: !!binary '%%%'", "%%%"),
    ],
)
def test_scalars_are_the_texts_that_were_written(line: str, version: str | None) -> None:
    assert read("cff", line).resource.version == version


def laughs(times: int) -> str:
    lines = ["a0: &a0 [ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, times)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(laughs(30), id="aliases that multiply"),
        pytest.param("title: " + "[" * 3000, id="deep nesting"),
        pytest.param("title: &a [*a]", id="an alias of itself"),
        pytest.param("title: 'open", id="an open quote"),
        pytest.param("? [a]\n: b", id="a key that is a list"),
        pytest.param("title: \x00", id="a control character"),
        pytest.param(b"title: caf\xe9", id="Latin-1"),
        pytest.param("- title", id="a list"),
        pytest.param("title", id="a text"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_file_that_is_no_citation_file_cannot_be_read(body: str | bytes) -> None:
    with pytest.raises(UnreadableDocument, match="there") as error:
        read("cff", body)
    assert error.value.remedy


def test_mappings_are_not_merged() -> None:
    lines = ["a0: &a0 {title: x}"] + [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 5)]
    view = read("cff", "\n".join(lines))
    assert view.pointers == {}


def test_half_letters_are_replaced() -> None:
    assert read("cff", 'title: "a\\ud800b"').resource.title == "a?b"


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(yaml.safe_load(JETS))), ANY_JSON, min_size=1))
def test_any_yaml_under_any_key_is_read(changes: dict[str, Any]) -> None:
    assert_sane(read("cff", yaml.safe_dump(yaml.safe_load(JETS) | changes)))


@pytest.mark.parametrize(("data", "known"), [({"cff-version": "1.2.0"}, True), ({}, False), (["cff-version"], False)])
def test_it_is_known_by_its_version_key(data: Any, known: bool) -> None:
    assert cff.recognises(data) is known
