"""Vocabularies: a formal language, and words that others define."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.model.resource import Subject

from .judge import Case, judge, variable

CROISSANT = "http://mlcommons.org/croissant/1.0"
USED = b'{"@context": "https://schema.org", "prov": "http://www.w3.org/ns/prov#used"}'
TERM = Subject(name="quark", scheme="PhySH", term="https://doi.org/10.29172/x")
WORD = Subject(name="quark")
UNIT, ODD = variable(unit="GeV"), variable(unit="furlong{s}")
WORDY, SLIP, NOTHING = variable(unit="Radians"), variable(unit="Milimeters"), variable(unit="N/A")

CASES: list[Case] = [
    ("metadata_is_linked_data", {"representations": ("cern-open-data", "schema-org")}, "pass", "schema-org"),
    ("metadata_is_linked_data", {"representations": ("datacite",)}, "fail", "no JSON-LD or other RDF was found"),
    ("metadata_is_linked_data", {"representations": ("dcat",), "dialects": ["dcat"]}, "pass", "dcat"),
    ("metadata_follows_standard", {"conforms_to": (CROISSANT,)}, "pass", "Croissant, declared"),
    ("metadata_follows_standard", {"representations": ("schema-org", "datacite")}, "pass", "schema.org, DataCite"),
    (
        "metadata_follows_standard",
        {"conforms_to": ("https://example.org/own",)},
        "partial",
        "declares https://example.org/own, which is not known here",
    ),
    ("metadata_follows_standard", {"representations": ("folder",)}, "fail", "no standard is used or declared"),
    ("standard_is_machine_readable", {"conforms_to": (CROISSANT,)}, "pass", "Croissant"),
    ("standard_is_machine_readable", {"representations": ("folder", "datacite")}, "pass", "DataCite Metadata Schema"),
    (
        "standard_is_machine_readable",
        {"conforms_to": ("datasheet",), "representations": ("folder",)},
        "fail",
        "Datasheets for Datasets is prose",
    ),
    (
        "standard_is_machine_readable",
        {"representations": ("folder",)},
        "fail",
        "no known standard is used or declared",
    ),
    ("subjects_come_from_vocabularies", {"subjects": (TERM,)}, "pass", "the only subject has an IRI"),
    ("subjects_come_from_vocabularies", {"subjects": (TERM, WORD)}, "partial", "one of 2 subjects has an IRI"),
    ("subjects_come_from_vocabularies", {"subjects": (WORD, WORD)}, "partial", "none of 2 subjects has an IRI"),
    ("subjects_come_from_vocabularies", {}, "fail", "no subject from a vocabulary is stated"),
    ("units_are_standard", {"variables": (UNIT, UNIT, variable())}, "pass", "all 2 units are standard"),
    ("units_are_standard", {"variables": (UNIT, ODD)}, "partial", "one of 2 units is standard; not 'furlong{s}'"),
    (
        "units_are_standard",
        {"variables": (UNIT, WORDY, SLIP, WORDY)},
        "partial",
        "one of 4 units is standard; write rad for 'Radians', mm for 'Milimeters'",
    ),
    ("units_are_standard", {"variables": (WORDY,)}, "partial", "no unit is standard; write rad for 'Radians'"),
    (
        "units_are_standard",
        {"variables": (WORDY, ODD)},
        "partial",
        "none of 2 units is standard; not 'furlong{s}'; write rad for 'Radians'",
    ),
    ("units_are_standard", {"variables": (UNIT, NOTHING)}, "pass", "the only unit is standard"),
    ("units_are_standard", {"variables": (NOTHING,)}, "not-applicable", "no unit is stated"),
    ("units_are_standard", {"variables": (variable(),)}, "not-applicable", "no unit is stated"),
    (
        "variables_are_terms",
        {"variables": (variable(term="https://example.org/pt"),)},
        "pass",
        "the only variable has an IRI",
    ),
    ("variables_are_terms", {"variables": (UNIT, ODD)}, "fail", "none of 2 variables has an IRI"),
    ("variables_are_terms", {}, "not-applicable", "no variable is described"),
    ("uses_vocabularies", {"representations": ("schema-org",), "body": USED}, "pass", "PROV"),
    ("uses_vocabularies", {"representations": ("schema-org",), "body": USED, "only": ["prov"]}, "pass", "PROV"),
    (
        "uses_vocabularies",
        {"representations": ("schema-org",), "body": USED, "but": ["prov"]},
        "fail",
        "no term of a vocabulary was found",
    ),
    (
        "uses_vocabularies",
        {"representations": ("cern-open-data",), "body": USED},
        "fail",
        "no term of a vocabulary was found",
    ),
    ("standard_is_used", {"representations": ("datacite",), "embedded": "none"}, "pass", "DataCite"),
    (
        "standard_is_used",
        {"representations": ("html",), "embedded": "dublin-core", "kinds": ["dublin-core"]},
        "pass",
        "dublin-core",
    ),
    (
        "standard_is_used",
        {"representations": ("html",), "embedded": "open-graph"},
        "fail",
        "no general standard is used",
    ),
    ("standard_is_of_field", {"conforms_to": (CROISSANT,)}, "pass", "Croissant"),
    ("standard_is_of_field", {"conforms_to": ("https://schema.org",)}, "fail", "schema.org is of no field"),
    ("standard_is_of_field", {}, "fail", "no known standard is declared"),
]


@pytest.mark.parametrize(("name", "given", "status", "message"), CASES)
def test_vocabularies(name: str, given: dict[str, Any], status: str, message: str) -> None:
    outcome = judge(name, **given)
    assert (outcome.status, outcome.text) == (status, message)
