"""Any web page: what is read from it, the DOI that it names, and pages that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fairkit.assess import checklist
from fairkit.assess.assessment import assess
from fairkit.dialects import harvest
from fairkit.errors import UnknownTarget
from fairkit.evidence import Gatherer
from fairkit.http import Session
from fairkit.model.evidence import Evidence
from fairkit.settings import trusted
from fairkit.sources import Target, doi, find, web
from tests.servers.loopback import Answer
from tests.servers.pages import Pages, work
from tests.sources.pages import ALL, gather, representations, told
from tests.sources.pages import served as served

DOI = "10.5072/toy.1"


@pytest.fixture
def site(served: Pages) -> Pages:
    served.put_work(doi=DOI, page="/records/1", work=work(DOI, f"{served.url}/records/1"))
    return served


@pytest.mark.parametrize(
    ("target", "source"),
    [
        (Target("https://example.org/dataset/7"), "web"),
        (Target("http://example.org"), "web"),
        (Target("nonsense", "url"), "web"),
        (Target("https://opendata.cern.ch/docs/about", "url"), "web"),
        (Target("https://opendata.cern.ch/record/12102", "url"), "cern-open-data"),
    ],
)
def test_pages_of_other_sources_are_left_to_them(target: Target, source: str) -> None:
    assert find(target)[0] == source


@pytest.mark.parametrize("word", ["ftp://example.org/x", "our jet table", "http://[", "http://", "file:///etc/passwd"])
def test_what_is_no_page_is_refused(word: str) -> None:
    assert not web.matches(Target(word))
    with pytest.raises(UnknownTarget, match="is no address of a web page"):
        next(web.plan(Target(word, "url"), ALL))


def test_a_page_gives_its_documents_and_the_registry_of_its_doi(site: Pages) -> None:
    evidence = gather(web, f"{site.url}/records/1").evidence
    assert representations(evidence) == ["datacite", "schema-org", "html"]
    assert told(evidence) == {
        "landing_page": f"200 text/html at {site.url}/records/1",
        "identifier": f"resolves to {site.url}/records/1",
        "registry": "DataCite",
    }
    assert len(site.log) == 2


def verdicts(evidence: Evidence) -> dict[str, str]:
    found = assess(harvest(evidence), checklist.load("fairkit"), when="2026-01-01T00:00:00Z")
    return {row.metric: row.status for row in found.results}


def test_every_door_to_a_work_leads_to_the_same_verdicts(site: Pages, tmp_path: Path) -> None:
    """By its DOI, by its page, and by its saved JSON-LD, which is looked up where the user says so."""
    saved = tmp_path / "record.jsonld"
    saved.write_text(json.dumps(work(DOI, f"{site.url}/records/1")))
    session = Session(trusted=trusted(), sleep=lambda _: None)
    [file] = Gatherer(session).gather(Target(str(saved)), ALL._replace(online=True))
    by_doi, by_page = (gather(source, word).evidence for source, word in ((doi, DOI), (web, f"{site.url}/records/1")))
    assert verdicts(by_doi) == verdicts(by_page)
    both = verdicts(by_doi)
    of_file = verdicts(file.evidence)
    assert both.keys() == of_file.keys()
    assert {metric: (status, of_file[metric]) for metric, status in both.items() if status != of_file[metric]} == {}


def test_a_doi_that_leads_to_another_page_is_not_that_of_this_one(site: Pages) -> None:
    site.put("/copy", site.pages["/records/1"].body)
    report = gather(web, f"{site.url}/copy")
    assert representations(report.evidence) == ["schema-org", "html"]
    found = told(report.evidence)
    assert found["identifier"] == f"leads elsewhere, to {site.url}/records/1"
    assert found["registry"] == "none"
    assert "which is another page" in report.notes[0]


def test_an_address_that_has_moved_is_the_same_page(site: Pages) -> None:
    site.redirect("/old", "/records/1", 301)
    evidence = gather(web, f"{site.url}/old").evidence
    assert representations(evidence) == ["datacite", "schema-org", "html"]
    registered = json.loads(site.pages[f"/doi/{DOI} application/vnd.datacite.datacite+json"].body)
    registered["url"] = f"{site.url}/older"
    site.redirect("/older", "/records/1")
    site.put(f"/doi/{DOI} application/vnd.datacite.datacite+json", json.dumps(registered), "application/json")
    assert representations(gather(web, f"{site.url}/records/1").evidence)[0] == "datacite"


def test_a_doi_that_is_not_registered_does_not_resolve(site: Pages) -> None:
    site.put("/other", f'<script type="application/ld+json">{json.dumps(work("10.5072/none", "x"))}</script>')
    found = told(gather(web, f"{site.url}/other").evidence)
    assert found["identifier"] == f"status 404 from {site.url}/doi/10.5072/none"
    assert found["registry"] == "none"


def script(*works: object) -> str:
    return "".join(
        f'<script type="application/ld+json">{one if isinstance(one, str) else json.dumps(one)}</script>'
        for one in works
    )


CRUMBS = {"@context": "https://schema.org", "@type": "BreadcrumbList", "name": "Home"}
SITE = {"@context": "https://schema.org", "@type": "WebSite", "name": "The site", "description": "Of the site"}
ONE = {"@context": "https://schema.org", "@type": "Dataset", "@id": "https://doi.org/10.5072/one", "name": "One"}
TWO = {"@context": "https://schema.org", "@type": "Dataset", "@id": "https://doi.org/10.5072/two", "name": "Two"}
BARE = {"@context": "https://schema.org", "@type": "Dataset", "description": "Of the work"}


@pytest.mark.parametrize(
    ("scripts", "kept"),
    [
        ((ONE,), [1]),
        ((CRUMBS, SITE, ONE), [3]),
        ((SITE,), [1]),
        ((ONE, BARE), [1, 2]),
        ((ONE, TWO), [1]),
        ((ONE, ONE), [1, 2]),
        (({"@context": "https://schema.org", "@graph": [SITE, TWO]}, CRUMBS), [1]),
        (([CRUMBS, TWO],), [1]),
        (("{broken", ONE), [1, 2]),
        (("{broken",), [1]),
        ((ONE,) * 30, list(range(1, 21))),
    ],
)  # fmt: skip
def test_only_scripts_about_the_work_are_read(served: Pages, scripts: tuple[object, ...], kept: list[int]) -> None:
    served.put("/x", script(*scripts))
    evidence = gather(web, f"{served.url}/x").evidence
    found = [one.url.partition("#json-ld-")[2] for one in evidence.documents if one.representation == "schema-org"]
    assert [int(number) for number in found] == kept


def test_a_list_of_works_speaks_of_the_one_that_was_asked_for(served: Pages) -> None:
    served.redirect("/doi/10.5072/two", "/x")
    served.put("/x", script(ONE, TWO))
    by_doi, by_page = gather(doi, "10.5072/two"), gather(web, f"{served.url}/x")
    assert harvest(by_doi.evidence).resource.title == "Two"
    assert harvest(by_page.evidence).resource.title == "One"
    assert "several works" in by_doi.notes[0]


def test_broken_json_ld_is_named_and_the_rest_is_read(served: Pages) -> None:
    served.put("/x", "<title>Jets</title>" + script("{broken"))
    read = harvest(gather(web, f"{served.url}/x").evidence)
    assert read.resource.title == "Jets"
    assert "#json-ld-1 is not readable JSON" in read.faults[0]


@pytest.mark.parametrize(
    ("media_type", "encoding"),
    [("text/html; charset=ISO-8859-1", "latin-1"), ("text/html", "latin-1"), ("text/html;charset=utf-8", "utf-8"),
     ("application/xhtml+xml; charset=\"utf-16\"", "utf-16"), ("text/html", "utf-16"), ("", "utf-8")],
)  # fmt: skip
def test_every_encoding_gives_the_same_words(served: Pages, media_type: str, encoding: str) -> None:
    name = "Größe, café"
    text = f"<!doctype html><html><title>{name}</title>" + script(json.dumps({**ONE, "name": name}, ensure_ascii=False))
    served.put("/x", text.encode(encoding), media_type)
    read = harvest(gather(web, f"{served.url}/x").evidence)
    assert [view.resource.title for view in read.views] == [name, name]


def test_the_link_set_is_followed_where_links_are_few(served: Pages) -> None:
    rows = {
        "describedby": [{"href": "/e", "type": "application/ld+json"}],
        "item": [{"href": "/f.csv", "type": "text/csv"}],
    }
    served.put("/x", "<title>x", link="</set>; rel=linkset; type=application/linkset+json")
    served.put("/set", json.dumps({"linkset": [{"anchor": f"{served.url}/x", **rows}]}), "application/linkset+json")
    served.put("/e", json.dumps(BARE), "application/ld+json")
    evidence = gather(web, f"{served.url}/x").evidence
    assert representations(evidence) == ["schema-org", "signposting", "html"]
    rows_kept = json.loads(evidence.documents[1].body)
    assert [(row["rel"], row["from"]) for row in rows_kept] == [
        ("linkset", "header"), ("describedby", "linkset"), ("item", "linkset"),
    ]  # fmt: skip
    assert [file.name for file in harvest(evidence).resource.distributions] == ["f.csv"]


@pytest.mark.parametrize(
    ("answer", "lost"),
    [(Answer(404), False), (Answer(200, b"{}", {"content-type": "text/html"}), False), (Answer(500), True)],
)
def test_a_link_that_leads_nowhere_gives_nothing(served: Pages, answer: Answer, lost: bool) -> None:
    served.put("/x", "<link rel=alternate type=application/ld+json href=e><title>x")
    served.pages["/e"] = answer
    evidence = gather(web, f"{served.url}/x").evidence
    assert representations(evidence) == ["signposting", "html"]
    assert ("document:schema-org" in told(evidence)) is lost


def test_links_about_other_things_are_not_followed(served: Pages) -> None:
    served.put("/x", "<title>x", link='</e>; rel=describedby; type=application/ld+json; anchor="/other"')
    gather(web, f"{served.url}/x")
    assert len(served.log) == 1


@pytest.mark.parametrize(
    ("body", "media_type", "found"),
    [
        (json.dumps(ONE), "application/ld+json", ["schema-org"]),
        (json.dumps(ONE), "application/json", ["schema-org"]),
        ("<!doctype html><title>x</title>", "text/plain", []),
        ("%PDF-1.7", "application/pdf", []),
        ("a,b\n1,2\n", "text/csv", []),
        ("", "", []),
    ],
)
def test_an_address_may_hold_a_document_in_place_of_a_page(
    served: Pages, body: str, media_type: str, found: list[str]
) -> None:
    served.put("/x", body, media_type)
    report = gather(web, f"{served.url}/x")
    assert representations(report.evidence) == found
    assert bool(report.notes) is (not found)


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_told_and_nothing_is_read(served: Pages, status: int) -> None:
    served.pages["/x"] = Answer(status, b"<title>Gone</title>", {"content-type": "text/html"})
    report = gather(web, f"{served.url}/x")
    tombstone = " (a tombstone)" if status == 410 else ""
    assert told(report.evidence) == {
        "landing_page": f"{status} text/html at {served.url}/x{tombstone}", "identifier": "none", "registry": "none",
    }  # fmt: skip
    assert "there is nothing to read" in report.notes[0]


@pytest.mark.parametrize("address", ["http://127.0.0.2:1/x", "http://[::1]:1/", "http://192.168.0.1/", "ftp://x.org/a"])
def test_a_redirect_into_a_private_network_is_refused(served: Pages, address: str) -> None:
    served.redirect("/x", address)
    evidence = gather(web, f"{served.url}/x").evidence
    assert evidence.documents == ()
    assert all(str(value).startswith("error") and "is not fetched" in str(value) for value in told(evidence).values())


def test_a_page_of_a_private_network_is_refused_from_the_start(served: Pages) -> None:
    session = Session(sleep=lambda _: None)
    assert gather(web, f"{served.url}/x", session).evidence.documents == ()
    assert served.log == []


def test_links_of_a_page_into_a_private_network_are_refused(served: Pages) -> None:
    served.put("/x", "<title>x", link="<http://127.0.0.2:1/e>; rel=describedby; type=application/ld+json")
    evidence = gather(web, f"{served.url}/x").evidence
    assert "is not fetched" in str(told(evidence)["document:schema-org"])


def test_a_token_in_a_link_stays_out_of_the_evidence(served: Pages) -> None:
    served.put("/x", "<title>x", link="</e?access_token=s3cr3t>; rel=describedby, </f>; rel=item")
    evidence = gather(web, f"{served.url}/x").evidence
    rows = json.loads(evidence.documents[0].body)
    assert [row["rel"] for row in rows] == ["describedby", "item"]
    assert "s3cr3t" not in evidence.documents[0].body.decode()


def test_a_persistent_address_resolves_to_its_page(served: Pages) -> None:
    served.put("/x", script({**ONE, "@id": "https://w3id.org/toy/one"}))
    found = told(gather(web, f"{served.url}/x", Session(trusted=trusted(), sleep=lambda _: None, retries=0)).evidence)
    assert "w3id.org" in str(found["identifier"])


@pytest.mark.parametrize("marked", ["itemscope", "typeof=Dataset"])
def test_what_the_extra_would_add_is_told_once(served: Pages, monkeypatch: pytest.MonkeyPatch, marked: str) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    served.put("/x", f"<title>x</title><div {marked}><div {marked}>")
    report = gather(web, f"{served.url}/x")
    assert representations(report.evidence) == ["html"]
    [note] = report.notes
    assert 'pip install "fairkit[web]"' in note
    served.put("/x", "<title>x</title>")
    assert gather(web, f"{served.url}/x").notes == ()


def test_five_megabytes_and_ten_thousand_nested_tags_are_read(served: Pages) -> None:
    served.put("/x", "<div>" * 10_000 + script(ONE) + "word " * 1_000_000)
    assert harvest(gather(web, f"{served.url}/x").evidence).resource.title == "One"
