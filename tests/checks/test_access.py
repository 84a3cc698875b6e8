"""Access: what answers, over which protocol, and who may have it."""

from __future__ import annotations

from typing import Any

import pytest

from .judge import Case, file, judge, relation

ROOT = file(url="root://eospublic.cern.ch//eos/jets.h5")
HTTPS = file(url="https://example.org/jets.h5")
S3 = file(url="S3://bucket/jets.h5")
PAGE = "https://example.org/jets"

CASES: list[Case] = [
    ("landing_page_answers", {"landing_page": "200 OK"}, "pass", "it answers (200 OK)"),
    ("landing_page_answers", {"landing_page": "404 Not Found"}, "fail", "it does not answer (404 Not Found)"),
    ("metadata_protocol_is_open", {"landing_page": PAGE}, "pass", "Hypertext Transfer Protocol Secure"),
    ("metadata_protocol_is_open", {"landing_page": "file:///x"}, "fail", "file:///x has no open protocol"),
    ("metadata_protocol_is_open", {}, "fail", "no address of the metadata is stated"),
    ("data_have_addresses", {"distributions": (ROOT,)}, "pass", "the only file has an address"),
    ("data_have_addresses", {"distributions": (ROOT, HTTPS)}, "pass", "all 2 files have an address"),
    ("data_have_addresses", {"distributions": (ROOT, HTTPS, file())}, "partial", "2 of 3 files have an address"),
    ("data_have_addresses", {"distributions": (file(), file())}, "fail", "none of 2 files has an address"),
    ("data_have_addresses", {}, "fail", "no file is named"),
    ("data_protocol_is_open", {"distributions": (ROOT, HTTPS)}, "pass", "over root, https"),
    ("data_protocol_is_open", {"distributions": (S3, ROOT)}, "fail", "s3 is not known as open"),
    ("data_protocol_is_open", {"distributions": (file(url="file:///x"),)}, "fail", "file is not known as open"),
    ("data_protocol_is_open", {"distributions": (file(),)}, "fail", "no address of the data is stated"),
    ("data_are_on_the_web", {"distributions": (ROOT, HTTPS)}, "pass", "over root, https"),
    ("data_are_on_the_web", {"distributions": (ROOT,)}, "partial", "only over root, which needs a client of its own"),
    ("data_are_on_the_web", {}, "fail", "no address of the data is stated"),
    ("protocol_can_authenticate", {"distributions": (ROOT,)}, "pass", "root can carry a login"),
    (
        "protocol_can_authenticate",
        {"distributions": (file(),), "landing_page": PAGE},
        "pass",
        "https can carry a login",
    ),
    ("protocol_can_authenticate", {"distributions": (file(url="ipfs://x"),)}, "fail", "ipfs cannot carry a login"),
    ("protocol_can_authenticate", {}, "fail", "no address is stated"),
    ("access_is_stated", {"access": "open"}, "pass", "open"),
    ("access_is_stated", {"access": "open", "access_conditions": "no login"}, "pass", "open: no login"),
    ("access_is_stated", {"access": "restricted", "access_conditions": "ask"}, "pass", "restricted: ask"),
    ("access_is_stated", {"access": "embargoed", "embargo_until": "2030"}, "pass", "embargoed until 2030"),
    ("access_is_stated", {"access": "restricted"}, "partial", "restricted, without how to ask"),
    ("access_is_stated", {"access_conditions": "ask {us}"}, "partial", "not stated for whom: ask {us}"),
    ("access_is_stated", {"embargo_until": "2030"}, "partial", "not stated for whom until 2030"),
    ("access_is_stated", {}, "fail", "not stated"),
    ("everybody_may_have_data", {"access": "open", "access_conditions": "no login"}, "pass", "open"),
    (
        "everybody_may_have_data",
        {"access": "restricted", "access_conditions": "ask"},
        "unknown",
        "restricted (ask): whether anybody can meet the conditions, or a part is public, a person must tell",
    ),
    (
        "everybody_may_have_data",
        {"access": "embargoed"},
        "unknown",
        "embargoed: whether anybody can meet the conditions, or a part is public, a person must tell",
    ),
    (
        "everybody_may_have_data",
        {"access_conditions": "ask {us}"},
        "unknown",
        "not stated for whom (ask {us}): whether anybody can meet that, a person must tell",
    ),
    ("everybody_may_have_data", {"access": "metadata-only"}, "fail", "metadata-only"),
    ("everybody_may_have_data", {}, "fail", "not stated"),
    ("embargo_has_end", {"access": "embargoed", "embargo_until": "2030"}, "pass", "embargoed until 2030"),
    ("embargo_has_end", {"access": "embargoed"}, "fail", "embargoed, without an end"),
    ("embargo_has_end", {"access": "open", "embargo_until": "2030"}, "not-applicable", "there is no embargo"),
    ("metadata_are_kept_by_registry", {"registry": "DataCite"}, "pass", "DataCite holds them"),
    ("metadata_are_kept_by_registry", {"registry": "none"}, "fail", "no registry was found that holds them"),
    ("is_indexed", {"registry": "DataCite"}, "pass", "DataCite lists it"),
    ("is_indexed", {"registry": "none"}, "fail", "no index was found that lists it"),
    ("is_in_catalogue", {"catalogue": "CERN Open Data Portal"}, "pass", "CERN Open Data Portal"),
    ("is_in_catalogue", {}, "fail", "no catalogue is stated"),
    (
        "search_engines_can_read",
        {"representations": ("schema-org",), "title": "Jets", "description": "Of two kinds"},
        "pass",
        "with title and description",
    ),
    (
        "search_engines_can_read",
        {"representations": ("schema-org",), "title": "Jets"},
        "fail",
        "there is no description in it",
    ),
    ("search_engines_can_read", {"title": "Jets"}, "fail", "no schema.org document was found"),
    ("has_data", {"listing": "complete"}, "pass", "files are named"),
    ("has_data", {"listing": "index"}, "pass", "files are named, through an index"),
    ("has_data", {}, "fail", "no file is named"),
    (
        "has_data",
        {"file_count": 1921, "relations": (relation("IsSourceOf", "doi:10.1234/a"), relation("Cites"))},
        "partial",
        "1,921 files claimed, in 1 child record",
    ),
    ("has_data", {"file_count": 9, "relations": (relation("Cites", "doi:10.1234/b"),)}, "fail", "no file is named"),
    ("has_data", {"kind": "documentation"}, "not-applicable", "a documentation record may be all there is"),
    ("metadata_protocol_is_listed", {"landing_page": PAGE}, "pass", "https"),
    ("metadata_protocol_is_listed", {"landing_page": "ftp://x", "url": "https://example.org/x"}, "pass", "https"),
    ("metadata_protocol_is_listed", {"landing_page": "ftp://x", "url": "x.json"}, "fail", "over none of http, https"),
    ("metadata_protocol_is_listed", {}, "fail", "over none of http, https"),
    ("data_protocol_is_listed", {"distributions": (ROOT, HTTPS)}, "pass", "over https"),
    ("data_protocol_is_listed", {"distributions": (ROOT,), "protocols": ["root"]}, "pass", "over root"),
    ("data_protocol_is_listed", {"distributions": (ROOT, S3)}, "fail", "only over root, s3"),
    ("data_protocol_is_listed", {"distributions": (file(),)}, "fail", "no address of the data is stated"),
    ("access_is_mentioned", {"access": "open"}, "pass", "open"),
    ("access_is_mentioned", {"access": "open", "access_conditions": "ask {us}"}, "pass", "ask {us}; open"),
    ("access_is_mentioned", {"access": "open", "data": {"access": True}}, "fail", "nothing is said in words"),
    ("access_is_mentioned", {}, "fail", "nothing is said in words"),
    ("access_is_a_term", {"access_conditions": "Open"}, "pass", "Open"),
    ("access_is_a_term", {"access": "open", "data": {"access": True}}, "pass", "True"),
    ("access_is_a_term", {"access_conditions": "ask {us}"}, "fail", "ask {us}: no term that is asked for"),
    ("access_is_a_term", {"access": "open", "but": ["cern-open-data"]}, "fail", "nothing is said"),
]


@pytest.mark.parametrize(("name", "given", "status", "message"), CASES)
def test_access(name: str, given: dict[str, Any], status: str, message: str) -> None:
    outcome = judge(name, **given)
    assert (outcome.status, outcome.text) == (status, message)
