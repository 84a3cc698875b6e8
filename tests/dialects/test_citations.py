"""Citations: what people read, and what BibTeX, RIS and CSL readers of others make of it, hostile texts too."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import HealthCheck, given, settings

from fairkit.dialects._citations import FORMATS, citation, cited
from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource

from .resources import resources

DOI = Identifier(scheme="doi", value="10.5281/zenodo.1")
ADA = Agent(name="Example, Ada-Maria Bo", type="person")
CERN = Agent(name="CERN", type="organisation")
JETS = Resource(
    identifiers=(Identifier(scheme="cern-open-data", value="1"), DOI),
    title="Toy jets",
    creators=(ADA, CERN),
    publisher=CERN,
    date_published="2026-11-01",
    version="1.10",
    keywords=("jets", "toys"),
)


def entry(resource: Resource) -> dict[str, str]:
    """The one entry that a BibTeX reader finds, and no block that it could not read."""
    library = parse_string(cited(resource, "bibtex").decode())
    assert library.failed_blocks == []
    [found] = library.entries
    return {"type": found.entry_type, "key": found.key, **{field.key: field.value for field in found.fields}}


ZENODO = "https://doi.org/10.5281/zenodo.1"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, f"Example, A.-M. B., & CERN (2026). Toy jets (Version 1.10) [Data set]. CERN. {ZENODO}"),
        ({"creators": (), "version": None}, f"Toy jets [Data set] (2026). CERN. {ZENODO}"),
        (
            {"kind": "documentation", "creators": (CERN,)},
            f"CERN (2026). Toy jets (Version 1.10). CERN. {ZENODO}",
        ),
        (
            {"date_published": None, "publisher": None, "identifiers": ()},
            "Example, A.-M. B., & CERN (n.d.). Toy jets (Version 1.10) [Data set].",
        ),
        (
            {"identifiers": (), "landing_page": "https://example.org", "kind": "software", "creators": (CERN,)},
            "CERN (2026). Toy jets (Version 1.10) [Computer software]. CERN. https://example.org",
        ),
        (
            {"title": None, "creators": (), "date_published": "soon"},
            f"[Untitled] (Version 1.10) [Data set] (n.d.). CERN. {ZENODO}",
        ),
    ],
)
def test_a_citation_for_people(changes: dict[str, Any], text: str) -> None:
    assert cited(Resource(**{**vars(JETS), **changes})).decode() == f"{text}\n"


def test_of_many_makers_the_first_and_the_last_are_named() -> None:
    many = tuple(Agent(name=f"Author{number}", type="person") for number in range(30))
    text = cited(Resource(creators=many)).decode()
    assert text.startswith("Author0, Author1,")
    assert "Author18, … Author29 (n.d.)" in text


def test_an_entry_for_bibtex() -> None:
    assert entry(JETS) == {
        "type": "misc",
        "key": "example2026jets",
        "author": "Example, Ada-Maria Bo and {CERN}",
        "title": "{Toy jets}",
        "year": "2026",
        "month": "11",
        "version": "1.10",
        "publisher": "CERN",
        "howpublished": "Data set",
        "doi": "10.5281/zenodo.1",
        "url": "https://doi.org/10.5281/zenodo.1",
    }


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("50% of $5 & #1_a", r"50\% of \$5 \& \#1\_a"),
        ("{open", r"\textbraceleft{}open"),
        ("x} \\input{/etc}", r"x\textbraceright{} \textbackslash{}input\textbraceleft{}/etc\textbraceright{}"),
        (r"ATLAS $t\bar{t}$ simulation", r"ATLAS $t\bar{t}$ simulation"),
        (r"$p_{T} > 200$ and 5$", r"$p_{T} > 200$ and 5\$"),
        (r"$\input{x}$", r"\$\textbackslash{}input\textbraceleft{}x\textbraceright{}\$"),
        (r"$a}{b$", r"\$a\textbraceright{}\textbraceleft{}b\$"),
        (r"$\string~$", r"\$\textbackslash{}string\textasciitilde{}\$"),
        ("H → bb\n% comment", r"H → bb \% comment"),
    ],
)  # fmt: skip
def test_nothing_in_a_title_is_obeyed_but_plain_mathematics(title: str, written: str) -> None:
    assert entry(Resource(title=title))["title"] == f"{{{written}}}"


@pytest.mark.parametrize(
    ("name", "type", "written"),
    [
        ("Example, Ada", "person", "Example, Ada"),
        ("Ada Example", "person", "{Ada Example}"),
        ("Example, Ada, Jr.", "person", "{Example, Ada, Jr.}"),
        ("Berg and Tal, Ada", "person", "{Berg and Tal, Ada}"),
        ("Toys, Jets and Sons", "organisation", "{Toys, Jets and Sons}"),
        ("The {Toy} Team", "agent", r"{The \textbraceleft{}Toy\textbraceright{} Team}"),
    ],
)
def test_a_name_is_not_taken_apart_wrongly(name: str, type: Any, written: str) -> None:
    assert entry(Resource(creators=(Agent(name=name, type=type),)))["author"] == written


def test_a_reference_in_ris() -> None:
    [found] = rispy.loads(cited(JETS, "ris").decode())
    assert found["type_of_reference"] == "DATA"
    assert found["authors"] == ["Example, Ada-Maria Bo", "CERN"]
    assert (found["title"], found["year"], found["date"]) == ("Toy jets", "2026", "2026/11/01")
    assert (found["doi"], found["keywords"]) == ("10.5281/zenodo.1", ["jets", "toys"])


def test_an_item_of_csl() -> None:
    [found] = json.loads(cited(JETS, "csl-json"))
    assert found["author"] == [{"family": "Example", "given": "Ada-Maria Bo"}, {"literal": "CERN"}]
    assert (found["type"], found["issued"]) == ("dataset", {"date-parts": [[2026, 11, 1]]})
    assert found["DOI"] == "10.5281/zenodo.1"


def test_a_line_is_a_line_whatever_stands_in_a_text() -> None:
    hostile = Resource(title="a\nER  - \nTY  - GEN", creators=(Agent(name="x\r\nAU  - y"),), keywords=("\n", "k\x00"))
    [found] = rispy.loads(cited(hostile, "ris").decode())
    assert (found["title"], found["authors"]) == ("a ER - TY - GEN", ["x AU - y"])
    assert cited(hostile).count(b"\n") == 1


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(resources())
def test_any_resource_is_cited_in_every_format(resource: Resource) -> None:
    made = citation(resource, target="x")
    assert "\n" not in made.text
    assert entry(resource)["type"] == "misc"
    assert made.bibtex.count("{") == made.bibtex.count("}")
    assert len(rispy.loads(made.ris)) == 1
    assert json.loads(cited(resource, "csl-json")) == [made.csl]
    assert FORMATS.keys() == {"text", "bibtex", "ris", "csl-json"}
