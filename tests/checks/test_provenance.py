"""Provenance: how the work came about, and how it was checked."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.model.provenance import Activity, Entity

from .judge import Case, judge, relation

PYTHIA = Entity(name="Pythia", version="8.2")
STEP = Activity(name="generation", software=(PYTHIA,))
VAGUE = Activity(name="selection", software=(Entity(name="a script"),))

PARENT = (relation("IsDerivedFrom", "doi:10.5281/zenodo.2"),)

CASES: list[Case] = [
    ("provenance_is_shared", {"representations": ("datacite",), "relations": PARENT}, "pass", "relations in datacite"),
    (
        "provenance_is_shared",
        {"representations": ("schema-org", "datacite"), "relations": PARENT, "activities": (STEP,)},
        "pass",
        "relations and activities in schema-org, datacite",
    ),
    (
        "provenance_is_shared",
        {"representations": ("prov",), "dialects": ["prov"], "activities": (STEP,)},
        "pass",
        "activities in prov",
    ),
    (
        "provenance_is_shared",
        {"representations": ("cern-open-data", "schema-org"), "relations": (relation("Cites", "doi:10.1234/a"),)},
        "fail",
        "schema-org without sources",
    ),
    ("provenance_is_shared", {"relations": PARENT}, "fail", "no export was found"),
    ("describes_method", {"methodology": "Simulated, then selected"}, "pass", "3 words"),
    ("describes_method", {}, "fail", "no method is described"),
    ("has_steps", {"activities": (STEP,)}, "pass", "1 step: generation"),
    ("has_steps", {"activities": (STEP, VAGUE)}, "pass", "2 steps, the first: generation"),
    ("has_steps", {}, "fail", "no step is recorded"),
    ("steps_name_versions", {"activities": (STEP,)}, "pass", "the only step names a version"),
    ("steps_name_versions", {"activities": (STEP, VAGUE)}, "partial", "one of 2 steps names a version"),
    ("steps_name_versions", {"activities": (VAGUE, VAGUE)}, "fail", "none of 2 steps names a version"),
    ("steps_name_versions", {}, "not-applicable", "no step is recorded"),
    ("describes_validation", {"validation": "Compared with data"}, "pass", "3 words"),
    ("describes_validation", {}, "fail", "how it was checked is not described"),
    ("explains_usage", {"usage": "Read"}, "pass", "1 word"),
    ("explains_usage", {"usage": "Read it", "usage_rules": ("weigh",)}, "pass", "2 words, 1 rule"),
    ("explains_usage", {"usage_rules": ("weigh", "mask")}, "partial", "2 rules, but no explanation"),
    ("explains_usage", {}, "fail", "how to use it is not explained"),
    ("has_code_repository", {"code_repository": "https://example.org/code"}, "pass", "https://example.org/code"),
    ("has_code_repository", {}, "fail", "no repository is stated"),
    ("states_requirements", {"requirements": ("CMSSW_5_3_32",)}, "pass", "CMSSW_5_3_32"),
    ("states_requirements", {"requirements": ("root 6.30", "python")}, "pass", "root 6.30 and 1 more"),
    ("states_requirements", {}, "fail", "what it needs to run is not stated"),
]


@pytest.mark.parametrize(("name", "given", "status", "message"), CASES)
def test_provenance(name: str, given: dict[str, Any], status: str, message: str) -> None:
    outcome = judge(name, **given)
    assert (outcome.status, outcome.text) == (status, message)
