"""Identifiers: unique, persistent, well formed, and borne by everybody concerned."""

from __future__ import annotations

from typing import Any

import pytest

from .judge import Case, agent, doi, identifier, judge

DOI = doi()
RECORD = identifier("cern-open-data:12102")

CASES: list[Case] = [
    ("has_identifier", {"identifiers": (RECORD, DOI)}, "pass", "cern-open-data:12102"),
    ("has_identifier", {}, "fail", "no identifier is stated"),
    ("has_unique_identifier", {"identifiers": (RECORD, DOI)}, "pass", "doi:10.5281/zenodo.1 is unique everywhere"),
    (
        "has_unique_identifier",
        {"identifiers": (identifier("local:7"),)},
        "fail",
        "local:7 is unique only where it was given",
    ),
    ("has_unique_identifier", {}, "fail", "no identifier is stated"),
    (
        "identifier_is_persistent",
        {"identifiers": (RECORD, DOI)},
        "pass",
        "doi:10.5281/zenodo.1 is persistent: its scheme has a policy for that",
    ),
    (
        "identifier_is_persistent",
        {"identifiers": (identifier("url:https://example.org/jets"),)},
        "fail",
        "no persistent identifier is stated",
    ),
    ("identifier_is_persistent", {}, "fail", "no persistent identifier is stated"),
    ("identifiers_are_valid", {"identifiers": (DOI,)}, "pass", "1 identifier, well formed"),
    ("identifiers_are_valid", {"identifiers": (DOI, RECORD)}, "pass", "2 identifiers, well formed"),
    (
        "identifiers_are_valid",
        {"identifiers": (DOI, identifier("orcid:0000-0002-1825-0098"))},
        "fail",
        "orcid:0000-0002-1825-0098 is not well formed",
    ),
    ("identifiers_are_valid", {}, "not-applicable", "there is no identifier to judge"),
    ("identifier_resolves", {"identifier": "resolves (302)"}, "pass", "it resolves (resolves (302))"),
    ("identifier_resolves", {"identifier": "404"}, "fail", "it does not resolve (404)"),
    ("identifier_resolves", {"identifier": "none"}, "fail", "there is no persistent identifier to resolve"),
    ("metadata_names_identifier", {"identifiers": (RECORD, DOI)}, "pass", "names doi:10.5281/zenodo.1"),
    ("metadata_names_identifier", {"identifiers": (RECORD,)}, "partial", "names only cern-open-data:12102"),
    ("metadata_names_identifier", {}, "fail", "names no identifier"),
    (
        "creators_are_identified",
        {"creators": (agent("Doe, Jo", "orcid:0000-0002-1825-0097"),)},
        "pass",
        "the only creator has an ORCID or ROR id",
    ),
    (
        "creators_are_identified",
        {"creators": (agent("Doe, Jo", "orcid:0000-0002-1825-0097"), agent("CERN", "ror:01ggx4157"))},
        "pass",
        "all 2 creators have an ORCID or ROR id",
    ),
    (
        "creators_are_identified",
        {"creators": (agent("Doe, Jo"), agent("CERN", "ror:01ggx4157"))},
        "partial",
        "one of 2 creators has an ORCID or ROR id",
    ),
    ("creators_are_identified", {"creators": (agent("Doe, Jo"),)}, "fail", "no creator has an ORCID or ROR id"),
    (
        "creators_are_identified",
        {"creators": (agent("Doe, Jo", "inspire-author:INSPIRE-00123456"),)},
        "fail",
        "no creator has an ORCID or ROR id",
    ),
    ("creators_are_identified", {}, "not-applicable", "there is no creator to identify"),
    (
        "publisher_is_identified",
        {"publisher": agent("CERN", "ror:01ggx4157")},
        "pass",
        "CERN is ror:01ggx4157",
    ),
    ("publisher_is_identified", {"publisher": agent("CERN")}, "fail", "CERN has no identifier"),
    ("publisher_is_identified", {}, "not-applicable", "there is no publisher to identify"),
    ("has_identifier", {"identifiers": (RECORD, DOI), "schemes": ["doi"]}, "pass", "doi:10.5281/zenodo.1"),
    (
        "has_identifier",
        {"identifiers": (RECORD,), "schemes": ["doi", "ark"]},
        "fail",
        "cern-open-data:12102 is none of doi, ark",
    ),
    (
        "identifier_leads_to_page",
        {"identifier": "resolves to https://x.org", "landing_page": "200 text/html"},
        "pass",
        "200 text/html",
    ),
    (
        "identifier_leads_to_page",
        {"identifier": "resolves to https://x.org", "landing_page": "410 text/html"},
        "fail",
        "resolves to https://x.org; the page answers 410 text/html",
    ),
    (
        "identifier_leads_to_page",
        {"identifier": "none", "landing_page": "200 text/html"},
        "fail",
        "there is no persistent identifier",
    ),
]


@pytest.mark.parametrize(("name", "given", "status", "message"), CASES)
def test_identifiers(name: str, given: dict[str, Any], status: str, message: str) -> None:
    outcome = judge(name, **given)
    assert (outcome.status, outcome.text) == (status, message)
