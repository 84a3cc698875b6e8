"""Metadata: readable, rich, and telling what a reader must know."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.model.agent import Funding
from fairkit.model.resource import Subject

from .judge import Case, agent, judge

RICH = ("title", "description", "creators", "keywords", "license")
FOUR = {"title": "t", "description": "d", "creators": (agent("Doe, Jo"),), "keywords": ("k",)}
GRANT = Funding(funder=agent("CERN"))

CASES: list[Case] = [
    ("metadata_is_machine_readable", {}, "pass", "cern-open-data"),
    ("metadata_is_machine_readable", {"representations": ("folder", "cff")}, "pass", "cff"),
    ("metadata_is_machine_readable", {"representations": ("folder",)}, "fail", "files, but no metadata document"),
    ("metadata_is_valid", {}, "pass", "nothing in them had to be left out"),
    ("metadata_is_valid", {"faults": ("{title}: no text",)}, "fail", "1 fault, the first: {title}: no text"),
    ("metadata_is_valid", {"faults": ("a: b", "c: d")}, "fail", "2 faults, the first: a: b"),
    ("metadata_is_rich", {**FOUR, "license": "MIT", "fields": RICH}, "pass", "all 5 fields"),
    ("metadata_is_rich", {**FOUR, "fields": RICH, "enough": 0.8}, "pass", "4 of 5 fields; without license"),
    ("metadata_is_rich", {**FOUR, "fields": RICH}, "partial", "4 of 5 fields; without license"),
    (
        "metadata_is_rich",
        {"title": "t", "fields": RICH},
        "fail",
        "1 of 5 fields; without description, creators, keywords, license",
    ),
    ("has_title", {"title": "Jets of two kinds"}, "pass", "'Jets of two kinds'"),
    ("has_title", {"title": "jets_v2"}, "partial", "'jets_v2' says little"),
    ("has_title", {}, "fail", "no title is stated"),
    ("has_description", {"description": "word " * 30}, "pass", "30 words"),
    ("has_description", {"description": "word " * 29}, "partial", "29 words, fewer than 30"),
    ("has_description", {"description": "word", "words": 1}, "pass", "1 word"),
    ("has_description", {}, "fail", "no description is stated"),
    ("has_keywords", {"keywords": ("jets",)}, "pass", "1 keyword"),
    (
        "has_keywords",
        {"keywords": ("jets", "tracks"), "subjects": (Subject(name="physics"),)},
        "pass",
        "2 keywords, 1 subject",
    ),
    ("has_keywords", {"subjects": (Subject(name="physics"),)}, "partial", "1 subject, but no keywords"),
    ("has_keywords", {}, "fail", "no keywords are stated"),
    ("has_creators", {"creators": (agent("Doe, Jo"),)}, "pass", "Doe, Jo"),
    ("has_creators", {"creators": (agent("Doe, Jo"), agent("Roe, Al"))}, "pass", "2 creators, the first: Doe, Jo"),
    ("has_creators", {}, "fail", "no creator is stated"),
    ("has_publisher", {"publisher": agent("CERN")}, "pass", "CERN"),
    ("has_publisher", {}, "fail", "no publisher is stated"),
    ("has_publication_date", {"date_published": "2019"}, "pass", "2019"),
    ("has_publication_date", {"date_published": "2019-05-31"}, "pass", "2019-05-31"),
    ("has_publication_date", {"date_published": "May 2019"}, "partial", "'May 2019' is not a date of ISO 8601"),
    ("has_publication_date", {"date_published": "2019-13"}, "partial", "'2019-13' is not a date of ISO 8601"),
    ("has_publication_date", {}, "fail", "no date is stated"),
    ("has_creation_date", {"date_created": "2011/2012"}, "pass", "2011/2012"),
    ("has_creation_date", {"date_created": "2019-05-31T10:00:00Z"}, "pass", "2019-05-31T10:00:00Z"),
    ("has_creation_date", {"date_created": "2011/then"}, "partial", "'2011/then' is not a date of ISO 8601"),
    ("has_creation_date", {}, "fail", "no date is stated"),
    ("has_type", {"type": "Dataset/Derived"}, "pass", "Dataset/Derived"),
    ("has_type", {}, "fail", "no type is stated"),
    ("has_version", {"version": "1.0.0"}, "pass", "version 1.0.0"),
    ("has_version", {}, "fail", "no version is stated"),
    ("has_language", {"language": "en"}, "pass", "en"),
    ("has_language", {"language": "English"}, "partial", "'English' is not a language code"),
    ("has_language", {}, "fail", "no language is stated"),
    ("says_how_to_cite", {"citation": "Doe (2026)"}, "pass", "Doe (2026)"),
    ("says_how_to_cite", {}, "fail", "no preferred citation is stated"),
    ("names_funding", {"funding": (GRANT,)}, "pass", "1 grant by CERN"),
    ("names_funding", {"funding": (GRANT, GRANT)}, "pass", "2 grants, the first by CERN"),
    ("names_funding", {}, "fail", "no funder is stated"),
    ("page_embeds_metadata", {"embedded": "json-ld, open-graph"}, "pass", "json-ld"),
    (
        "page_embeds_metadata",
        {"embedded": "open-graph"},
        "fail",
        "of what is asked for it carries nothing; its metadata: open-graph",
    ),
    ("metadata_have_export", {"export": "application/ld+json"}, "pass", "application/ld+json"),
    ("metadata_have_export", {"export": "none"}, "fail", "nothing but the page was found"),
    (
        "metadata_have_export",
        {"export": "none", "representations": ("datacite",), "documents": ["datacite"]},
        "pass",
        "datacite",
    ),
    (
        "metadata_have_export",
        {
            "export": "none",
            "representations": ("signposting",),
            "links": ["text/turtle"],
            "data": [{"rel": "alternate", "type": "text/turtle"}],
        },
        "pass",
        "text/turtle",
    ),
    ("type_is_known", {"type": "https://schema.org/Dataset", "types": ["dataset"]}, "pass", "Dataset"),
    ("type_is_known", {"type": "JetTable", "types": ["Dataset"]}, "fail", "JetTable is not known"),
    ("type_is_known", {}, "fail", "no type is stated"),
    (
        "metadata_is_rich",
        {"fields": ("title",), "guesses": False, "title": "Jets", "how": {"title": "guessed"}},
        "fail",
        "0 of 1 fields; without title",
    ),
]


@pytest.mark.parametrize(("name", "given", "status", "message"), CASES)
def test_metadata(name: str, given: dict[str, Any], status: str, message: str) -> None:
    outcome = judge(name, **given)
    assert (outcome.status, outcome.text) == (status, message)
