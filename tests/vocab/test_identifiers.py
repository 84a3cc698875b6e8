"""Identifiers in all the ways in which people write them, judged against idutils."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fairkit.errors import UnknownName
from fairkit.model.identifier import Identifier
from fairkit.vocab import identifiers
from fairkit.vocab.check_digits import ALGORITHMS

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # idutils warns of its own dependencies
    import idutils

DOI = "10.7483/OPENDATA.CMS.JGJX.MS7Q"
WRITTEN = [
    (DOI, "doi", DOI),
    (DOI.lower(), "doi", DOI.lower()),
    (f"doi:{DOI}", "doi", DOI),
    (f"DOI: {DOI}", "doi", DOI),
    (f"https://doi.org/{DOI}", "doi", DOI),
    (f"http://dx.doi.org/{DOI}", "doi", DOI),
    (f"HTTPS://WWW.DOI.ORG/{DOI}", "doi", DOI),
    (f"doi.org/{DOI}", "doi", DOI),
    (f"https://doi.org/{DOI.replace('/', '%2F')}", "doi", DOI),
    (f"  <https://doi.org/{DOI}>. ", "doi", DOI),
    (f"“http://dx.doi.org/{DOI}", "doi", DOI),
    ("10.1016/S0140-6736(05)67728-8", "doi", "10.1016/S0140-6736(05)67728-8"),
    ("(see 10.1016/x)", None, None),
    ("10.1000/with space", None, None),
    ("hdl:20.500.12345/abc", "handle", "20.500.12345/abc"),
    ("http://hdl.handle.net/2027/xyz", "handle", "2027/xyz"),
    ("21.T11998/0000-001A", "handle", "21.T11998/0000-001A"),
    ("1/2", None, None),
    ("ark:/12148/btv1b8449691v", "ark", "12148/btv1b8449691v"),
    ("https://gallica.bnf.fr/ark:/12148/btv1b8449691v", "ark", "12148/btv1b8449691v"),
    ("urn:nbn:de:gbv:7-123", "urn:nbn", "de:gbv:7-123"),
    ("https://nbn-resolving.org/urn:nbn:de:gbv:7-123", "urn:nbn", "de:gbv:7-123"),
    ("urn:lsid:example.org:taxa:1", "urn", "lsid:example.org:taxa:1"),
    ("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "uuid", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
    ("f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "uuid", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
    ("http://purl.org/dc/terms/", "purl", "dc/terms/"),
    ("https://w3id.org/ro/crate/1.1", "w3id", "ro/crate/1.1"),
    ("arXiv:2101.00001v2", "arxiv", "2101.00001v2"),
    ("https://arxiv.org/abs/hep-ph/0609017", "arxiv", "hep-ph/0609017"),
    ("https://orcid.org/0000-0002-5076-7096", "orcid", "0000-0002-5076-7096"),
    ("0000000250767096", "orcid", "0000-0002-5076-7096"),
    ("0000–0002–5076–7096", "orcid", "0000-0002-5076-7096"),
    ("https://orcid.org/0000-0002-5076-7097", "orcid", "0000-0002-5076-7097"),
    ("0000-0002-5076-7097", None, None),
    ("isni: 0000 0001 2103 2683", "isni", "0000000121032683"),
    ("https://ror.org/01ggx4157", "ror", "01ggx4157"),
    ("01ggx4157", "ror", "01ggx4157"),
    ("01ggx4158", None, None),
    ("978-0-306-40615-7", "isbn", "9780306406157"),
    ("urn:isbn:0306406152", "isbn", "0306406152"),
    ("ISSN 0378-5955", None, None),
    ("issn:0378-5955", "issn", "0378-5955"),
    ("2016-2018", None, None),
    ("RRID:SCR_014214", "rrid", "SCR_014214"),
    ("pmid:12345678", "pmid", "12345678"),
    ("https://pubmed.ncbi.nlm.nih.gov/12345678/", "pmid", "12345678"),
    ("2012PhLB..716...30A", "bibcode", "2012PhLB..716...30A"),
    ("INSPIRE-00258707", "inspire", "INSPIRE-00258707"),
    ("oai:cernopendata.cern:12102", "oai", "cernopendata.cern:12102"),
    ("12102", None, None),  # a bare number may be anything
    ("cms-12102", None, None),
    ("recid:12102", "cern-open-data", "12102"),
    ("recid:cms-12102", "cern-open-data", "cms-12102"),
    ("recid:ATLAS-160006", "cern-open-data", "ATLAS-160006"),
    ("http://opendata.cern.ch/record/12102/", "cern-open-data", "12102"),
    ("https://opendata.cern.ch/record/12102?x=1#files", "cern-open-data", "12102"),
    ("https://github.com/cms-opendata-analyses/tool", "github", "cms-opendata-analyses/tool"),
    ("https://github.com/orgs/cms", "url", "https://github.com/orgs/cms"),
    ("https://zenodo.org/records/4559324", "url", "https://zenodo.org/records/4559324"),
    ("root://eospublic.cern.ch//eos/x.root", "url", "root://eospublic.cern.ch//eos/x.root"),
    ("HTTPS://Example.org/X", "url", "HTTPS://Example.org/X"),
    ("file:///tmp/x", None, None),
    ("FILE://host/x", None, None),
    ("/record/12102", None, None),
    ("A title of a dataset", None, None),
    ("", None, None),
]
FOUND = [(text, scheme, value) for text, scheme, value in WRITTEN if scheme]


def identified(text: str) -> Identifier:
    found = identifiers.identify(text)
    assert found is not None
    return found


@pytest.mark.parametrize(("text", "scheme", "value"), WRITTEN)
def test_an_identifier_is_known_by_its_looks(text: str, scheme: str | None, value: str | None) -> None:
    found = identifiers.identify(text)
    assert (found and found.scheme, found and found.value) == (scheme, value)


@pytest.mark.parametrize(("text", "scheme", "value"), FOUND)
def test_an_identifier_survives_being_written(text: str, scheme: str, value: str) -> None:
    found = identified(text)
    assert identifiers.identify(str(found)) == found
    resolved = identifiers.url(found)
    assert resolved is None or identifiers.identify(resolved) == found


@given(st.text() | st.from_regex(r"(doi:|https?://(doi|w3id|arxiv|ror|purl)\.org/|ark:/|urn:|hdl:)?10\.\d{4}/\S{1,12}"))
@example("https://doi.org/10.1000/a%2E%20")
@example("https://[")
@example("doi:10.1000/İ")
def test_identify_never_raises_and_reads_what_it_writes(text: str) -> None:
    found = identifiers.identify(text)
    if found is not None:
        assert identifiers.identify(str(found)) == found
        assert identifiers.same(found, found)
        identifiers.is_valid(found)
        identifiers.url(found)


def test_what_is_too_long_is_no_identifier() -> None:
    assert identifiers.identify("https://example.org/" + "a" * 10_000) is None


JUDGES: list[tuple[str, Callable[[str], object], Callable[[str], str] | None]] = [
    ("doi", idutils.is_doi, idutils.normalize_doi),
    ("handle", idutils.is_handle, idutils.normalize_handle),
    ("ark", idutils.is_ark, None),
    ("orcid", idutils.is_orcid, idutils.normalize_orcid),
    ("isni", idutils.is_isni, None),
    ("ror", idutils.is_ror, idutils.normalize_ror),
    ("isbn", idutils.is_isbn, None),
    ("issn", idutils.is_issn, idutils.normalize_issn),
    ("swhid", idutils.is_swh, None),
    ("arxiv", idutils.is_arxiv, None),
    ("bibcode", idutils.is_ads, idutils.normalize_ads),
    ("wikidata", idutils.is_wikidata, None),
    ("rrid", idutils.is_rrid, None),
    ("url", idutils.is_url, None),
]
JUDGED = [
    *(("doi", value) for value in (DOI, "10.5281/zenodo.4559324", "10.1000/1", "10.1000.10/x", "11.1000/1", "10.x/1")),
    *(("handle", value) for value in ("20.500.12345/abc", "2027/xyz", "abc", "20.500")),
    *(("ark", value) for value in ("ark:/12148/btv1b8449691v", "ark:12148/x", "ark:/x")),
    *(("orcid", value) for value in ("0000-0002-5076-7096", "0000-0002-5076-7097", "0009-0001-2345-6788", "1")),
    *(("orcid", value) for value in ("0000-0001-5000-0007", "0000-0003-5000-0001", "0000-0001-2103-2683")),
    *(("isni", value) for value in ("0000000121032683", "0000000121032684", "000000012103268")),
    *(("ror", value) for value in ("01ggx4157", "05dxps055", "1ggx4157")),
    *(("isbn", value) for value in ("9780306406157", "9780306406158", "0306406152", "0306406153", "12")),
    *(("issn", value) for value in ("0378-5955", "0378-5956", "2434-561X", "0378-595")),
    ("swhid", "swh:1:dir:d198bc9d7a6bcf6db04f476d29314f157507d505"),
    ("swhid", "swh:1:dir:d198"),
    *(("arxiv", value) for value in ("2101.00001", "2101.00001v3", "hep-ph/0609017", "math.GT/0309136", "x")),
    *(("bibcode", value) for value in ("2012PhLB..716...30A", "2012PhLB")),
    *(("wikidata", value) for value in ("Q42", "42")),
    *(("rrid", value) for value in ("RRID:SCR_014214",)),
    *(("url", value) for value in ("https://example.org/x", "ftp://example.org/x", "/x", "x")),
]


@pytest.mark.parametrize(("scheme", "value"), JUDGED)
def test_idutils_judges_validity_alike(scheme: str, value: str) -> None:
    judge = next(judge for name, judge, _ in JUDGES if name == scheme)
    bare = re.sub(r"^(ark:/?|RRID:)", "", value)
    assert identifiers.is_valid(Identifier(scheme=scheme, value=bare)) == bool(judge(value))


@pytest.mark.parametrize(
    ("value", "normalise"),
    [
        (value, normalise)
        for _, found, value in FOUND
        for scheme, _, normalise in JUDGES
        if scheme == found and normalise
    ],
)
def test_the_value_is_in_the_normal_form_of_idutils(value: str, normalise: Callable[[str], str]) -> None:
    assert normalise(value) == value


@given(st.from_regex(r"10\.[0-9]{4,6}/[A-Za-z0-9._()/-]{0,12}[A-Za-z0-9]", fullmatch=True))
def test_a_doi_is_read_as_idutils_reads_it(doi: str) -> None:
    for text in (doi, f"doi:{doi}", f"https://doi.org/{doi}", f"http://dx.doi.org/{doi}"):
        assert identified(text) == Identifier(scheme="doi", value=idutils.normalize_doi(text))


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        (DOI, f"https://doi.org/{DOI}"),
        ("10.1000/a<1>#2", "https://doi.org/10.1000/a%3C1%3E%232"),
        ("recid:12102", "https://opendata.cern.ch/record/12102"),
        ("recid:cms-12102", "https://opendata.cern.ch/record/cms-12102"),
        ("ark:12148/x", "https://n2t.net/ark:/12148/x"),
        ("urn:nbn:de:gbv:7-123", "https://nbn-resolving.org/urn:nbn:de:gbv:7-123"),
        ("https://example.org/a b".replace(" ", "%20"), "https://example.org/a%20b"),
        ("urn:isbn:0306406152", None),
    ],
)
def test_an_identifier_resolves(text: str, resolved: str | None) -> None:
    assert identifiers.url(identified(text)) == resolved


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        (DOI, f"https://doi.org/{DOI.lower()}", True),
        (DOI, "10.7483/OPENDATA.CMS.JGJX.MS7", False),
        ("http://Example.org/a/", "https://example.org/a", True),
        ("https://example.org/a", "https://example.org/A", False),
        ("ark:/12148/x", "ark:12148/X", False),
        ("recid:CMS-12102", "http://opendata.cern.ch/record/cms-12102", True),
        ("recid:12102", "pmid:12102", False),
        ("0000000250767096", "https://orcid.org/0000-0002-5076-7096", True),
    ],
)
def test_two_spellings_of_one_identifier_are_the_same(first: str, second: str, one: bool) -> None:
    assert identifiers.same(identified(first), identified(second)) is one


def test_the_url_of_a_resolver_is_the_identifier_that_it_resolves() -> None:
    as_url = Identifier(scheme="url", value=f"https://doi.org/{DOI}")
    assert identifiers.same(as_url, Identifier(scheme="doi", value=DOI))


@pytest.mark.parametrize(
    ("text", "persistent", "unique"),
    [
        (DOI, True, True),
        ("ark:12148/x", True, True),
        ("https://w3id.org/x", True, True),
        ("https://orcid.org/0000-0002-5076-7096", True, True),
        ("https://example.org/x", False, True),
        ("f81d4fae-7dec-11d0-a765-00a0c91e6bf6", False, True),
        ("recid:12102", False, False),
    ],
)
def test_some_schemes_promise_persistence(text: str, persistent: bool, unique: bool) -> None:
    found = identified(text)
    assert (identifiers.is_persistent(found), identifiers.is_globally_unique(found)) == (persistent, unique)


def test_an_unknown_scheme_promises_nothing() -> None:
    unknown = Identifier(scheme="my-own", value="1")
    assert not identifiers.is_valid(unknown)
    assert not identifiers.is_persistent(unknown)
    assert not identifiers.is_globally_unique(unknown)
    assert identifiers.url(unknown) is None
    assert identifiers.same(unknown, unknown)


@pytest.mark.parametrize(("name", "scheme"), [("DOI", "doi"), ("hdl", "handle"), ("recid", "cern-open-data")])
def test_a_scheme_has_short_names(name: str, scheme: str) -> None:
    assert identifiers.scheme(name).scheme == scheme


def test_an_unknown_scheme_lists_the_known_ones() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'orcid'"):
        identifiers.scheme("orcidd")


@pytest.mark.parametrize("row", identifiers.schemes(), ids=lambda row: row.scheme)
def test_a_row_of_the_table_holds_together(row: identifiers.Scheme) -> None:
    assert re.compile(row.pattern)
    assert row.bare in ("yes", "no") or re.compile(row.bare)
    assert row.check in ALGORITHMS
    assert re.fullmatch(r"compact|\d(-\d)+|", row.layout)
    assert row.resolver == "" or row.resolver.count("{value}") == 1
    assert all(prefix == prefix.lower() for prefix in row.prefixes)
    assert row.policy or not row.persistent
