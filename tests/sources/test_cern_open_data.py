"""CERN Open Data as a source: the spellings of a record, its documents, and a portal that misbehaves."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from fairkit.errors import AuthenticationError, NotFound
from fairkit.evidence import Gatherer
from fairkit.http import Session
from fairkit.model.evidence import Evidence
from fairkit.settings import trusted
from fairkit.sources import Answer, Ask, Fetch, Target, Wants, cern_open_data
from tests.servers.cern_open_data import Portal
from tests.sources.driver import drive

ALL = Wants(frozenset({"landing_page", "identifier", "registry"}), frozenset({"distributions", "title"}))
BARE = Wants(frozenset({"identifier", "registry"}), frozenset({"title"}))


def gather(target: Target, wants: Wants = ALL) -> Evidence:
    session = Session(trusted=trusted(), sleep=lambda _: None)
    [report] = Gatherer(session).gather(target, wants)
    return report.evidence


def representations(evidence: Evidence) -> list[str]:
    return [document.representation for document in evidence.documents]


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("12102", "12102"),
        ("recid:12102", "12102"),
        ("cms-12102", "cms-12102"),
        ("ATLAS-160006", "atlas-160006"),
        ("http://opendata.cern.ch/record/12102", "12102"),
        ("https://opendata.cern.ch/record/12102/", "12102"),
        ("https://OPENDATA.CERN.CH/record/atlas-160006", "atlas-160006"),
        ("https://opendata.cern.ch/api/records/12102", "12102"),
        ("oai:cernopendata.cern:12102", "12102"),
        (" 12102 ", "12102"),
        ("https://opendata.cern.ch:443/record/12102", "12102"),
        ("https://opendata.cern.ch/records/12102", "12102"),
        ("https://opendata.cern.ch:8443/record/12102", None),
        ("http://[", None),
        ("https://example.org/record/12102", None),
        ("https://opendata.cern.ch/docs/about", None),
        ("12102x", None),
        ("cat-12102", None),
        ("10.7483/OPENDATA.CMS.JGJX.MS7Q", None),
    ],
)
def test_a_record_number_is_read_from_its_spellings(word: str, number: str | None) -> None:
    assert cern_open_data.recid(word) == number


@pytest.mark.parametrize(
    "word",
    [
        "12102",
        "cms-12102",
        "10.7483/OPENDATA.CMS.JGJX.MS7Q",
        "10.7483/opendata.cms.jgjx.ms7q",
        "doi:10.7483/OPENDATA.CMS.JGJX.MS7Q",
        "https://doi.org/10.7483/OPENDATA.CMS.JGJX.MS7Q",
        "http://dx.doi.org/10.7483/opendata.cms.jgjx.ms7q",
        "https://www.doi.org/10.7483/opendata.cms.jgjx.ms7q",
    ],
)
def test_the_spellings_are_recognised_without_a_keyword(word: str) -> None:
    assert cern_open_data.matches(Target(word))
    assert cern_open_data.matches(Target(word, "record"))


@pytest.mark.parametrize(("word", "keyword"), [("10.5281/zenodo.1", None), ("12102", "file"), ("title", None)])
def test_other_targets_are_left_to_others(word: str, keyword: str | None) -> None:
    assert not cern_open_data.matches(Target(word, keyword))


@pytest.mark.parametrize(
    "word",
    [
        "700",
        "atlas-700",
        "recid:700",
        "oai:cernopendata.cern:700",
        "10.7483/opendata.atlas.toys.0001",
        "https://doi.org/10.7483/OPENDATA.ATLAS.TOYS.0001",
    ],
)
def test_every_spelling_leads_to_the_same_documents(portal: Portal, visit: Callable[[Portal], None], word: str) -> None:
    visit(portal)
    evidence = gather(Target(word))
    assert representations(evidence) == ["cern-open-data", "schema-org", "datacite"]
    assert evidence.basis == "live"
    found = {o.name: o.value for o in evidence.observations}
    assert found["registry"] == "DataCite"
    assert str(found["identifier"]).startswith("resolves to")
    assert str(found["landing_page"]).startswith("200 text/html")


def test_a_record_costs_at_most_four_requests(portal: Portal, visit: Callable[[Portal], None]) -> None:
    visit(portal)
    for word in ("700", "10.7483/opendata.atlas.toys.0001"):
        portal.log.clear()
        gather(Target(word))
        assert len(portal.log) <= 4


def test_only_metadata_are_asked_for_when_only_metadata_are_wanted(
    portal: Portal, visit: Callable[[Portal], None]
) -> None:
    visit(portal)
    evidence = gather(Target("700"), BARE)
    assert "skip_files=1" in portal.log[0][1]
    assert "ondemand=true" in portal.log[0][1]
    assert b"_file_indices" not in evidence.documents[0].body


RECORD = json.dumps({"recid": "7", "type": {"primary": "Dataset"}, "experiment": ["CMS"]}).encode()
PAGE = b'<html><SCRIPT type=\'application/ld+json\'> {"@type": "Dataset"} </script><script>1</script>'


@pytest.mark.parametrize(
    ("page", "body"),
    [
        (PAGE, b'{"@type": "Dataset"}'),
        (b"<html>no script", None),
        (b"<script type='application/ld+json'>never closed" * 1000, None),
        (b"<script type='application/ld+json'></script>", None),
    ],
)
def test_the_json_ld_of_the_page_stands_in_for_the_negotiated_one(page: bytes, body: bytes | None) -> None:
    def answer(ask: Ask) -> Answer:
        assert isinstance(ask, Fetch)
        if ask.accept == "text/html":
            return Answer(200, ask.url, "text/html", page)
        return Answer(200, ask.url, "application/json", RECORD)

    _, [gathered] = drive(cern_open_data.plan(Target("7"), ALL), answer)
    exported = [d.body for d in gathered.documents if d.representation == "schema-org"]
    assert exported == ([body] if body else [])


@pytest.mark.parametrize("word", ["1210200", "cms-999", "10.7483/OPENDATA.CMS.NONE.SUCH"])
def test_a_record_that_is_not_there_is_not_found(portal: Portal, visit: Callable[[Portal], None], word: str) -> None:
    visit(portal)
    with pytest.raises(NotFound, match=r"has no record .* \((404|200) from "):
        gather(Target(word))


def test_a_word_that_is_no_record_is_refused(portal: Portal, visit: Callable[[Portal], None]) -> None:
    visit(portal)
    with pytest.raises(NotFound, match="neither a record number nor a DOI"):
        gather(Target("strange words", "record"))
    assert portal.log == []


@pytest.mark.parametrize("status", [429, 504])
def test_a_portal_that_cannot_answer_says_nothing_about_the_work(
    portal: Portal, visit: Callable[[Portal], None], status: int
) -> None:
    visit(portal)
    portal.fail("/api/records/700", status=status, times=99, headers={"Retry-After": "1"})
    evidence = gather(Target("700"))
    assert evidence.documents == ()
    lost = evidence.observation("document:cern-open-data")
    assert lost is not None
    assert str(status) in str(lost.error)


def test_an_odd_status_is_a_fault_of_the_portal_too(portal: Portal, visit: Callable[[Portal], None]) -> None:
    visit(portal)
    portal.fail("/api/records/700", status=500, times=99)
    lost = gather(Target("700")).observation("document:cern-open-data")
    assert lost is not None
    assert "status 500" in str(lost.error)


def test_what_could_not_be_had_is_recorded_beside_what_could(portal: Portal, visit: Callable[[Portal], None]) -> None:
    visit(portal)
    portal.fail("/doi/", status=503, times=99, headers={"Retry-After": "0"})
    evidence = gather(Target("700"))
    assert representations(evidence) == ["cern-open-data", "schema-org"]
    failed = {o.name for o in evidence.observations if o.error}
    assert failed == {"identifier", "registry", "document:datacite"}


def test_a_record_without_doi_has_nothing_to_resolve(portal: Portal, visit: Callable[[Portal], None]) -> None:
    visit(portal)
    number = next(recid for recid, record in portal.records.items() if not record.get("doi"))
    found = {o.name: o.value for o in gather(Target(number, "record")).observations}
    assert (found["identifier"], found["registry"]) == ("none", "none")


def test_an_answer_of_sixteen_megabytes_is_read(portal: Portal, visit: Callable[[Portal], None]) -> None:
    visit(portal)
    portal.pad("/api/records/700", 16_000_000)
    assert len(gather(Target("700")).documents[0].body) >= 16_000_000


@pytest.mark.parametrize("word", ["12102", "cms-12102", "10.7483/opendata.cms.JGJX.MS7Q"])
def test_the_showcase_stands_in_for_its_record_when_the_portal_is_out_of_reach(
    monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.setenv("FAIRKIT_CERN_OPEN_DATA_URL", "http://127.0.0.1:9")
    evidence = gather(Target(word))
    assert evidence.basis == "showcase"
    assert [d.url for d in evidence.documents] == [
        "showcase:12102/native.json",
        "showcase:12102/record.jsonld",
        "showcase:12102/datacite.json",
    ]
    assert all(o.error for o in evidence.observations)


def test_other_records_have_no_showcase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRKIT_CERN_OPEN_DATA_URL", "http://127.0.0.1:9")
    assert gather(Target("328")).documents == ()


@pytest.mark.shared
def test_the_real_record_names_182_files(real: Portal, visit: Callable[[Portal], None]) -> None:
    from fairkit.dialects import harvest

    visit(real)
    read = harvest(gather(Target("12102")))
    assert len(read.resource.distributions) == 182
    assert read.resource.listing == "complete"
    assert (
        sum(file.byte_size or 0 for file in read.resource.distributions) == read.resource.byte_size == 244_910_603_204
    )


def test_a_name_of_another_experiment_is_no_spelling_of_the_record(
    portal: Portal, visit: Callable[[Portal], None]
) -> None:
    visit(portal)
    with pytest.raises(NotFound, match="cms-700"):
        gather(Target("cms-700"))


@pytest.mark.parametrize("status", [401, 403])
def test_a_record_that_is_not_public_wants_a_login(
    portal: Portal, visit: Callable[[Portal], None], status: int
) -> None:
    visit(portal)
    portal.fail("/api/records/700", status=status, times=9)
    with pytest.raises(AuthenticationError, match="does not show 700 to the public"):
        gather(Target("700"))


@pytest.mark.parametrize(
    ("body", "why"), [(b"{}", "without a record"), (b"<html>", "without a record"), (RECORD, "record 7 instead of 700")]
)
def test_an_answer_that_is_not_the_record_says_nothing_about_it(
    portal: Portal, visit: Callable[[Portal], None], body: bytes, why: str
) -> None:
    visit(portal)
    portal.fail("/api/records/700", status=200, body=body)
    evidence = gather(Target("700"))
    lost = evidence.observation("document:cern-open-data")
    assert evidence.documents == ()
    assert lost is not None
    assert why in str(lost.error)


def test_what_only_some_checklists_ask_is_tried_for_them_alone(portal: Portal, visit: Callable[[Portal], None]) -> None:
    visit(portal)
    more = {"embedded", "export", "content"}
    asked = gather(Target("700"), ALL._replace(observations=ALL.observations | more))
    assert more <= {one.name for one in asked.observations}
    assert more.isdisjoint(one.name for one in gather(Target("700")).observations)
    found = asked.observation("export")
    assert found is not None
    assert found.value == "application/ld+json"
