"""Any DOI: its spellings, what its registry and its page give, and what stands in the way."""

from __future__ import annotations

import pytest

from fairkit.dialects import harvest
from fairkit.errors import NotFound, UnknownTarget
from fairkit.sources import Target, doi, find
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
    ("word", "name"),
    [
        ("10.5281/zenodo.4559324", "10.5281/zenodo.4559324"),
        (" 10.5281/zenodo.4559324 ", "10.5281/zenodo.4559324"),
        ("doi:10.5281/zenodo.4559324", "10.5281/zenodo.4559324"),
        ("DOI: 10.5281/zenodo.4559324", "10.5281/zenodo.4559324"),
        ("info:doi/10.5281/zenodo.4559324", "10.5281/zenodo.4559324"),
        ("doi.org/10.5281/zenodo.4559324", "10.5281/zenodo.4559324"),
        ("https://doi.org/10.5281/zenodo.4559324", "10.5281/zenodo.4559324"),
        ("http://dx.doi.org/10.5281/ZENODO.4559324", "10.5281/ZENODO.4559324"),
        ("https://www.doi.org/10.5281/zenodo.4559324/", "10.5281/zenodo.4559324"),
        ("https://doi.org/10.5281/zenodo.4559324?ref=mail#top", "10.5281/zenodo.4559324"),
        ("HTTPS://DOI.ORG/10.5281/zenodo.4559324", "10.5281/zenodo.4559324"),
        ("https://doi.org/10.1002/%28SICI%291097%3C1%3E3.0", "10.1002/(SICI)1097<1>3.0"),
        ("https://publisher.example.org/doi/10.5281/zenodo.4559324", None),
        ("https://doi.org.example.org/10.5281/zenodo.4559324", None),
        ("https://doi.org/about", None),
        ("ftp://doi.org/10.5281/zenodo.4559324", None),
        ("http://[", None),
        ("10.5281", None),
        ("12102", None),
    ],
)
def test_a_doi_is_read_from_its_spellings(word: str, name: str | None) -> None:
    assert doi.doi(word) == name
    assert doi.matches(Target(word)) is (name is not None)


@pytest.mark.parametrize(
    ("target", "source"),
    [
        (Target("10.5072/toy.1"), "doi"),
        (Target("https://doi.org/10.5072/toy.1", "url"), "doi"),
        (Target("nonsense", "doi"), "doi"),
        (Target("10.7483/OPENDATA.CMS.JGJX.MS7Q"), "cern-open-data"),
        (Target("https://doi.org/10.7483/opendata.cms.jgjx.ms7q", "doi"), "cern-open-data"),
    ],
)
def test_dois_of_other_sources_are_left_to_them(target: Target, source: str) -> None:
    assert find(target)[0] == source


def test_the_registry_and_the_page_speak_the_richest_first(site: Pages) -> None:
    report = gather(doi, DOI)
    assert representations(report.evidence) == ["datacite", "schema-org", "html"]
    assert [one.url.removeprefix(site.url) for one in report.evidence.documents] == [
        f"/doi/{DOI}",
        "/records/1#json-ld-1",
        "/records/1",
    ]
    assert told(report.evidence) == {
        "identifier": f"resolves to {site.url}/records/1",
        "registry": "DataCite",
        "landing_page": f"200 text/html at {site.url}/records/1",
    }
    assert report.notes == ()


def test_what_the_page_lacks_comes_from_its_links_or_else_from_the_registry(site: Pages) -> None:
    site.put_work(doi=DOI, page="/records/1", work=work(DOI, "x"), embeds=False)
    site.put(f"/doi/{DOI} application/vnd.schemaorg.ld+json", '{"name": "of the registry"}', "application/json")
    evidence = gather(doi, DOI).evidence
    assert [(one.representation, one.url) for one in evidence.documents[1:]] == [
        ("schema-org", f"{site.url}/doi/{DOI}"),
        ("html", f"{site.url}/records/1"),
    ]
    plain = site.pages["/records/1"].body
    links = "</export>; rel=describedby; type=application/ld+json, </x>; rel=item"
    site.put("/records/1", plain, link=links)
    site.put("/export", '{"name": "of the page"}', "application/ld+json")
    site.log.clear()
    evidence = gather(doi, DOI).evidence
    assert [(one.representation, one.url) for one in evidence.documents[1:]] == [
        ("schema-org", f"{site.url}/export"),
        ("signposting", f"{site.url}/records/1"),
        ("html", f"{site.url}/records/1"),
    ]
    assert len([target for _, target, _ in site.log if target != "/records/1"]) == 3


@pytest.mark.parametrize("embeds", [True, False])
def test_a_doi_costs_at_most_four_requests(site: Pages, embeds: bool) -> None:
    site.put_work(doi=DOI, page="/records/1", work=work(DOI, "x"), embeds=embeds)
    body = site.pages["/records/1"].body
    site.put("/records/1", body, link="</set>; rel=linkset; type=application/linkset+json")
    site.put(
        "/set", '{"linkset": [{"describedby": [{"href": "/gone", "type": "application/ld+json"}]}]}', "application/json"
    )
    gather(doi, DOI)
    asked = [target for _, target, _ in site.log]
    assert len(asked) - asked.count("/records/1") == (2 if embeds else 4)


@pytest.mark.parametrize("status", [404, 410, 403])
def test_a_page_that_is_gone_is_told_and_the_registry_still_speaks(site: Pages, status: int) -> None:
    gone = {"content-type": "text/html", "link": "</files/a.csv>; rel=item"}
    site.pages["/records/1"] = Answer(status, b"<title>Gone</title>", gone)
    evidence = gather(doi, DOI).evidence
    assert representations(evidence) == (["datacite"] if status == 403 else ["datacite", "signposting"])
    found = told(evidence)
    tombstone = " (a tombstone)" if status == 410 else ""
    assert found["landing_page"] == f"{status} text/html at {site.url}/records/1{tombstone}"
    assert found["identifier"] == f"resolves to {site.url}/records/1"
    assert harvest(evidence).resource.title == "Toy jets"


def test_a_page_whose_server_is_at_fault_says_nothing_about_the_work(site: Pages) -> None:
    site.pages["/records/1"] = Answer(500, b"oops", {"content-type": "text/html"})
    found = told(gather(doi, DOI).evidence)
    assert found["landing_page"] == f"500 text/html at {site.url}/records/1"
    assert "status 500" in str(found["document:schema-org"])
    assert "status 500" in str(found["document:html"])


def test_a_doi_that_nobody_registered_is_not_found(site: Pages) -> None:
    with pytest.raises(NotFound, match=r"there is no DOI 10\.5072/none \(404 from "):
        gather(doi, "10.5072/none")


def test_what_is_no_doi_is_refused() -> None:
    with pytest.raises(UnknownTarget, match="'nonsense' is no DOI"):
        next(doi.plan(Target("nonsense", "doi"), ALL))


def test_a_doi_of_another_registry_has_its_page_only(site: Pages) -> None:
    del site.pages[f"/doi/{DOI} application/vnd.datacite.datacite+json"]
    evidence = gather(doi, DOI).evidence
    assert representations(evidence) == ["schema-org", "html"]
    assert told(evidence)["registry"] == "none"


@pytest.mark.parametrize(
    ("body", "registry"),
    [
        ('[{"DOI": "10.5072", "RA": "Crossref"}]', "Crossref"),
        ('[{"DOI": "10.5072", "RA": "DataCite"}]', "none"),  # which would have given the metadata
        ('[{"DOI": "10.5072", "status": "DOI does not exist"}]', "none"),
        ('{"RA": "Crossref"}', "none"),
        ("[3, {}]", "none"),
        ("<html>", "none"),
    ],
)
def test_other_agencies_keep_metadata_too(site: Pages, body: str, registry: str) -> None:
    del site.pages[f"/doi/{DOI} application/vnd.datacite.datacite+json"]
    site.put("/doi/ra/10.5072", body, "application/json")
    assert told(gather(doi, DOI).evidence)["registry"] == registry


def test_a_chain_of_redirects_is_followed_to_its_end(site: Pages) -> None:
    site.redirect(f"/doi/{DOI}", "/a", 301)
    site.redirect("/a", "b", 303)
    site.redirect("/b", f"{site.url}/records/1", 307)
    assert told(gather(doi, DOI).evidence)["identifier"] == f"resolves to {site.url}/records/1"
    site.redirect("/b", "/a")
    found = told(gather(doi, DOI).evidence)
    assert "redirects in a loop" in str(found["landing_page"])
    assert found["registry"] == "DataCite"


@pytest.mark.parametrize(
    "address", ["http://127.0.0.2:1/x", "http://169.254.169.254/latest/meta-data", "http://10.0.0.1/"]
)
def test_a_redirect_into_a_private_network_is_refused(site: Pages, address: str) -> None:
    site.redirect(f"/doi/{DOI}", address)
    found = told(gather(doi, DOI).evidence)
    assert "is not fetched" in str(found["landing_page"])
    assert "document:html" in found
    assert found["identifier"] == f"resolves to {site.url}/doi/{DOI}"


def test_a_resolver_that_cannot_be_reached_leaves_everything_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRKIT_DOI_URL", "http://127.0.0.1:9")
    evidence = gather(doi, DOI).evidence
    assert evidence.documents == ()
    assert {name for name, value in told(evidence).items() if str(value).startswith("error")} == {
        "identifier", "registry", "landing_page", "document:datacite", "document:schema-org", "document:html",
    }  # fmt: skip
