"""Recorded webs: each case gives the documents and observations that lie in it, through the door that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairkit.dialects import harvest
from fairkit.model.evidence import Evidence
from fairkit.sources import Target, doi, web
from tests.conftest import SHARED
from tests.replay import Replay, case_folders
from tests.sources.pages import gather, representations, told

pytestmark = pytest.mark.shared

FOLDERS = case_folders(SHARED, "mut", "combo", "page", "codx") if SHARED.is_dir() else []
RICH = ["datacite", "schema-org", "signposting", "html"]
PAGE = "https://repo.example.org/records/100001"


def visited(folder: Path, asked: list[str]) -> Evidence:
    """What is gathered of a case; `asked` gets the URLs that were asked for."""
    case = Replay(folder)
    source = doi if doi.matches(Target(case.target)) else web
    return gather(source, case.target, case.session(), tell=asked.append).evidence


def one(shared: Path, name: str) -> Evidence:
    [folder] = case_folders(shared, name)
    return visited(folder, [])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_case_is_read_with_four_requests_at_most(folder: Path) -> None:
    case = Replay(folder)
    if not (doi.matches(Target(case.target)) or web.matches(Target(case.target))):
        pytest.skip(f"{case.target} is no address of a page")
    asked: list[str] = []
    evidence = visited(folder, asked)
    assert len(asked) <= 4
    assert {"identifier", "registry", "landing_page"} <= told(evidence).keys()
    order = [RICH.index(name) for name in representations(evidence)]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("mut-000", RICH),
        ("mut-001", ["schema-org", "html"]),
        ("mut-024", ["schema-org", "signposting", "html"]),
        ("mut-098", ["schema-org", "html"]),
        ("mut-105", ["schema-org", "html"]),
        ("mut-106", ["schema-org", "html"]),
        ("mut-107", ["html"]),
        ("mut-109", ["html"]),
        ("mut-114", ["schema-org", "signposting", "html"]),
        ("mut-116", ["datacite", "schema-org", "html"]),
        ("mut-120", ["html"]),
        ("mut-121", ["datacite", "schema-org"]),
        ("mut-125", ["datacite", "schema-org", "signposting"]),
        ("mut-126", []),
        ("mut-134", ["schema-org", "html"]),
        ("mut-135", ["schema-org", "html"]),
        ("mut-136", []),
        ("page-00", ["html"]),
        ("page-01", ["datacite", "schema-org", "html"]),
        ("page-10", ["schema-org", "html"]),
    ],
)
def test_the_documents_are_those_of_the_case(shared: Path, name: str, found: list[str]) -> None:
    assert representations(one(shared, name)) == found


@pytest.mark.parametrize(
    ("name", "observation", "value"),
    [
        ("mut-000", "identifier", f"resolves to {PAGE}"),
        ("mut-000", "registry", "DataCite"),
        ("mut-000", "landing_page", f"200 text/html at {PAGE}"),
        ("mut-001", "identifier", f"resolves to {PAGE}"),
        ("mut-016", "identifier", f"resolves to {PAGE}"),
        ("mut-017", "identifier", f"resolves to {PAGE}"),
        ("mut-019", "identifier", "none"),
        ("mut-023", "identifier", "leads elsewhere, to https://elsewhere.example.net/item/5"),
        ("mut-024", "identifier", "status 404 from https://doi.org/10.5072/oracle.100001"),
        ("mut-071", "landing_page", "200 text/html at http://repo.example.org/records/100001"),
        ("mut-121", "landing_page", f"500 text/html at {PAGE}"),
        ("mut-125", "landing_page", f"410 text/html at {PAGE} (a tombstone)"),
        ("mut-126", "landing_page", f"410 text/html at {PAGE} (a tombstone)"),
        ("mut-136", "landing_page", f"200 text/plain at {PAGE}"),
        ("page-00", "identifier", "none"),
        ("page-00", "registry", "none"),
    ],
)
def test_the_observations_are_those_of_the_case(shared: Path, name: str, observation: str, value: str) -> None:
    assert told(one(shared, name))[observation] == value


def test_a_loop_of_redirects_is_an_error_and_not_a_verdict(shared: Path) -> None:
    found = told(one(shared, "mut-128"))
    assert "redirects in a loop" in str(found["landing_page"])
    assert found["registry"] == "DataCite"


TITLE = "Simulated large-radius jets for flavour tagging studies"


@pytest.mark.parametrize("name", ["mut-107", "mut-108", "mut-109", "mut-111", "mut-114"])
def test_each_way_to_embed_metadata_tells_the_title_and_the_summary(shared: Path, name: str) -> None:
    if name in ("mut-107", "mut-108"):
        pytest.importorskip("extruct", reason="fairkit[web] is not installed")
    read = harvest(one(shared, name)).resource
    assert read.title == TITLE
    assert str(read.description).startswith("A table of 120 simulated large-radius jets")


@pytest.mark.parametrize("name", ["mut-107", "mut-108", "mut-109"])
def test_embedded_metadata_name_people_licence_and_identifier(shared: Path, name: str) -> None:
    if name != "mut-109":
        pytest.importorskip("extruct", reason="fairkit[web] is not installed")
    read = harvest(one(shared, name)).resource
    assert [agent.name for agent in read.creators] == ["Rossi, Ada", "Okafor, Ben"]
    assert (read.license, str(read.identifiers[0])) == ("CC-BY-4.0", "doi:10.5072/oracle.100001")
    assert read.publisher is not None
    assert read.publisher.name == "Example Research Repository"


def test_a_page_in_latin_1_is_read_in_its_own_letters(shared: Path) -> None:
    read = harvest(one(shared, "mut-137"))
    assert read.resource.description == "Simulierte Jets für Prüfungen: Größe, Höhe, café."
    assert read.faults == ()


def test_links_alone_name_files_authors_and_licence(shared: Path) -> None:
    read = harvest(one(shared, "mut-114"))
    [links] = [view for view in read.views if view.representation == "signposting"]
    assert [file.name for file in links.resource.distributions] == ["jets.csv", "jets.h5"]
    assert [agent.identifier("orcid") for agent in links.resource.creators] == [
        "0000-0002-1825-0097",
        "0000-0001-5109-3700",
    ]
    assert (links.resource.license, links.resource.kind) == ("CC-BY-4.0", "dataset")
