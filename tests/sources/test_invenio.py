"""Zenodo and its like as a source: the spellings of a record, its documents, and records that are not public."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from fairkit import sources
from fairkit.errors import AuthenticationError, NotFound, UnknownTarget
from fairkit.evidence import Gatherer
from fairkit.http import Session
from fairkit.model.evidence import Evidence
from fairkit.settings import trusted
from fairkit.sources import Target, Wants, invenio
from fairkit.sources._invenio_places import Place, place
from tests.servers.invenio import Repository, record

ALL = Wants(frozenset({"landing_page", "identifier", "registry"}), frozenset({"distributions", "title"}))
BARE = Wants(frozenset({"identifier", "registry"}), frozenset({"title"}))

NUMBER, CONCEPT = "4559324", "4559323"
NAME = "abcde-12345"


@pytest.fixture
def zenodo(monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    """A repository that stands in for Zenodo, and for the resolver of its DOIs."""
    with Repository(record(NUMBER, CONCEPT), zenodo=True) as repository:
        monkeypatch.setenv("FAIRKIT_ZENODO_URL", f"{repository.url}/api")
        monkeypatch.setenv("FAIRKIT_DOI_URL", f"{repository.url}/doi")
        yield repository


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    """Another repository, that of a university."""
    with Repository(record(NAME, "fghjk-67890")) as repository:
        monkeypatch.setenv("FAIRKIT_TRUSTED_URLS", repository.url)
        monkeypatch.setenv("FAIRKIT_DOI_URL", f"{repository.url}/doi")
        yield repository


def gather(target: Target, wants: Wants = ALL) -> Evidence:
    [report] = Gatherer(Session(trusted=trusted(), sleep=lambda _: None)).gather(target, wants)
    return report.evidence


def representations(evidence: Evidence) -> list[str]:
    return [document.representation for document in evidence.documents]


ZENODO = "https://zenodo.org"


@pytest.mark.parametrize(
    ("words", "base", "name"),
    [
        ("zenodo 4559324", ZENODO, NUMBER),
        ("10.5281/zenodo.4559324", ZENODO, NUMBER),
        ("doi 10.5281/ZENODO.4559324", ZENODO, NUMBER),
        ("doi:10.5281/zenodo.4559324", ZENODO, NUMBER),
        ("https://doi.org/10.5281/zenodo.4559324?ref=mail#top", ZENODO, NUMBER),
        ("https://www.doi.org/10.5281/zenodo.4559324/", ZENODO, NUMBER),
        ("doi.org/10.5281/zenodo.4559324", ZENODO, NUMBER),
        ("oai:zenodo.org:4559324", ZENODO, NUMBER),
        ("zenodo https://zenodo.org/record/4559324", ZENODO, NUMBER),
        ("https://zenodo.org/records/4559324", ZENODO, NUMBER),
        ("https://www.zenodo.org/records/4559324/?preview=1#files", ZENODO, NUMBER),
        ("url http://zenodo.org/api/records/4559324", ZENODO, NUMBER),
        ("https://zenodo.org/uploads/4559324", ZENODO, NUMBER),
        ("https://zenodo.org/records/4559324/latest", ZENODO, NUMBER),
        ("https://sandbox.zenodo.org/records/12", "https://sandbox.zenodo.org", "12"),
        ("invenio https://repository.example/records/ABCDE-12345", "https://repository.example", NAME),
        ("https://repository.example/api/records/abcde-12345", "https://repository.example", NAME),
        ("invenio http://127.0.0.1:5000/api/records/abcde-12345/draft", "http://127.0.0.1:5000", NAME),
    ],
)
def test_a_record_is_known_by_its_spellings(words: str, base: str, name: str) -> None:
    [target] = sources.targets(words.split())
    assert sources.find(target)[0] == "invenio"
    found = place(target)
    assert found is not None
    assert (found.base, found.name) == (base, name)


@pytest.mark.parametrize(
    "words",
    [
        "12102",
        "record 4559324",
        "doi 10.7483/OPENDATA.CMS.JGJX.MS7Q",
        "10.5072/zenodo.1",
        "10.5281/other.1",
        "https://publisher.example/doi/10.5281/zenodo.4559324",
        "https://zenodo.org/communities/cern",
        "https://repository.example/records/ilo-u1234",
        "https://repository.example/dataset/7",
        "https://user:secret@repository.example/records/abcde-12345",
        "ftp://zenodo.org/records/1",
        "http://[",
    ],
)
def test_other_targets_are_left_to_others(words: str) -> None:
    [target] = sources.targets(words.split())
    assert not invenio.matches(target)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("https://opendata.cern.ch/record/12102", "cern-open-data"),
        ("10.5281/zenodo.1", "invenio"),
        ("10.1000/182", "doi"),
        ("https://zenodo.org/records/1", "invenio"),
        ("https://zenodo.org/communities/cern", "web"),
    ],
)
def test_whoever_knows_the_repository_comes_before_whoever_takes_any_doi_or_url(word: str, name: str) -> None:
    assert sources.find(Target(word))[0] == name


@pytest.mark.parametrize("words", ["zenodo nonsense", "zenodo abcde-12345", "invenio 4559324", "invenio http://["])
def test_a_word_that_names_no_record_is_refused_with_what_it_should_look_like(words: str) -> None:
    keyword, word = words.split()
    with pytest.raises(UnknownTarget, match="is no record of") as caught:
        gather(Target(word, keyword))
    assert "zenodo 4559324" in caught.value.remedy


def test_the_configured_zenodo_is_known_by_its_url(zenodo: Repository) -> None:
    assert place(Target(f"{zenodo.url}/records/7")) == Place(zenodo.url, "7", known=True)


@pytest.mark.parametrize(
    "target",
    [
        Target(NUMBER, "zenodo"),
        Target(f"10.5281/zenodo.{NUMBER}"),
        Target(f"https://zenodo.org/records/{NUMBER}"),
        Target(f"oai:zenodo.org:{NUMBER}"),
    ],
    ids=str,
)
def test_every_spelling_leads_to_the_same_documents(zenodo: Repository, target: Target) -> None:
    evidence = gather(target)
    assert representations(evidence) == ["invenio", "schema-org", "datacite", "signposting", "html"]
    assert evidence.basis == "live"
    found = {one.name: one.value for one in evidence.observations}
    assert found["registry"] == "DataCite"
    assert str(found["identifier"]).startswith("resolves to")
    assert str(found["landing_page"]).startswith("200 text/html")


def test_the_record_is_asked_for_in_the_shape_that_tells_most(zenodo: Repository) -> None:
    native = gather(Target(NUMBER, "zenodo")).documents[0]
    assert native.media_type == "application/vnd.inveniordm.v1+json"
    assert "person_or_org" in native.body.decode()


def test_a_record_costs_at_most_four_requests(zenodo: Repository, other: Repository) -> None:
    for repository, target in ((zenodo, Target(NUMBER, "zenodo")), (other, Target(f"{other.url}/records/{NAME}"))):
        repository.log.clear()
        gather(target)
        assert len(repository.log) <= 4


def test_another_repository_needs_no_keyword_and_takes_a_base_with_or_without_api(other: Repository) -> None:
    for word in (f"{other.url}/records/{NAME}", f"{other.url}/api/records/{NAME}"):
        for keyword in (None, "invenio", "url"):
            assert representations(gather(Target(word, keyword)))[:3] == ["invenio", "schema-org", "datacite"]


def test_a_page_that_nobody_asks_about_is_not_fetched(zenodo: Repository) -> None:
    evidence = gather(Target(NUMBER, "zenodo"), BARE)
    assert representations(evidence) == ["invenio", "schema-org", "datacite"]
    assert evidence.observation("landing_page") is None


def test_a_record_without_a_doi_gives_its_own_datacite_export(other: Repository) -> None:
    del other.records[NAME]["pids"]["doi"]
    evidence = gather(Target(f"{other.url}/records/{NAME}"))
    assert representations(evidence)[:3] == ["invenio", "schema-org", "datacite"]
    assert {one.name: one.value for one in evidence.observations}["registry"] == "none"
    assert len(other.log) == 4


def test_a_registry_out_of_reach_leaves_the_rest(zenodo: Repository) -> None:
    zenodo.fail("/doi/", status=503, times=99, headers={"Retry-After": "0"})
    evidence = gather(Target(NUMBER, "zenodo"))
    assert representations(evidence) == ["invenio", "schema-org", "signposting", "html"]
    failed = {one.name for one in evidence.observations if one.error}
    assert failed == {"identifier", "registry", "document:datacite"}


def test_the_name_of_all_versions_stands_for_the_latest_and_says_so(zenodo: Repository) -> None:
    session = Session(trusted=trusted())
    [report] = Gatherer(session).gather(Target(f"10.5281/zenodo.{CONCEPT}"), ALL)
    assert json.loads(report.evidence.documents[0].body)["id"] == NUMBER
    assert report.notes == (f"{CONCEPT} stands for all versions; the latest, {NUMBER}, is assessed.",)


TOMBSTONE = {
    "note": "by mistake",
    "removed_by": {"user": "3"},
    "removal_date": "2026-11-21T22:22:07.799860+00:00",
    "citation_text": "Example, A. (2026). Toy jets.",
    "is_visible": True,
    "removal_reason": {"id": "test-record"},
}


def test_records_that_are_not_public_are_told_apart(zenodo: Repository) -> None:
    zenodo.drafts, zenodo.restricted = {"21"}, {"22"}
    zenodo.tombstones = {"23": TOMBSTONE, "24": None}
    with pytest.raises(NotFound, match=r"Zenodo has no record 20 \(404 from "):
        gather(Target("20", "zenodo"))
    with pytest.raises(NotFound, match="has 21 as a draft only, which is not public"):
        gather(Target("21", "zenodo"))
    with pytest.raises(AuthenticationError, match="does not show 22 to the public"):
        gather(Target("22", "zenodo"))
    with pytest.raises(NotFound, match=r"has deleted record 23 .*: 2026-11-21, test-record, by mistake\.") as caught:
        gather(Target("23", "zenodo"))
    assert caught.value.remedy == "Its tombstone remains: Example, A. (2026). Toy jets."
    with pytest.raises(NotFound, match="without a word"):
        gather(Target("24", "zenodo"))


@pytest.mark.parametrize("status", [429, 502])
def test_a_repository_that_cannot_answer_says_nothing_about_the_work(zenodo: Repository, status: int) -> None:
    zenodo.fail("/api/records/", status=status, times=99, headers={"Retry-After": "1"})
    evidence = gather(Target(NUMBER, "zenodo"))
    lost = evidence.observation("document:invenio")
    assert evidence.documents == ()
    assert lost is not None
    assert str(status) in str(lost.error)
    assert {one.name for one in evidence.observations} == {"document:invenio", *ALL.observations}


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (500, b"{}", "status 500"),
        (200, b"{}", "without a record"),
        (200, b"<html>", "without a record"),
        (200, b"[" * 100_000, "without a record"),
        (200, json.dumps(record("7", "6")).encode(), f"record 7 instead of {NUMBER}"),
    ],
)
def test_an_answer_that_is_not_the_record_says_nothing_about_it(
    zenodo: Repository, status: int, body: bytes, why: str
) -> None:
    zenodo.fail("/api/records/", status=status, times=99, body=body)
    evidence = gather(Target(NUMBER, "zenodo"))
    lost = evidence.observation("document:invenio")
    assert evidence.documents == ()
    assert lost is not None
    assert why in str(lost.error)


def test_a_server_that_only_has_such_an_address_is_read_as_any_page(other: Repository) -> None:
    other.fail("/api/records/", status=404, times=99, body=b"<html>")
    evidence = gather(Target(f"{other.url}/records/{NAME}"))
    assert "invenio" not in representations(evidence)
    assert "html" in representations(evidence)
    with pytest.raises(NotFound, match="has no record"):
        gather(Target(f"{other.url}/records/{NAME}", "invenio"))


def test_what_is_read_is_what_the_repository_holds(zenodo: Repository) -> None:
    from fairkit.dialects import harvest

    resource = harvest(gather(Target(NUMBER, "zenodo"))).resource
    assert (resource.kind, resource.title, resource.license) == ("dataset", "Toy jets", "CC-BY-4.0")
    assert str(resource.identifiers[0]) == f"doi:10.5281/zenodo.{NUMBER}"
    assert (resource.listing, resource.distributions[0].checksums[0].algorithm) == ("complete", "md5")
