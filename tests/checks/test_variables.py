"""Variables: listed, explained, typed, with units and roles; entries and splits counted."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.model.variable import Split

from .judge import Case, judge, relation, variable

FULL = variable("pt", dtype="float32", unit="GeV", description="transverse momentum", role="feature")
BARE = variable("eta")
NUMBER, NOTHING = variable("run", unit="1"), variable("run", unit="N/A")
CITED, ELSEWHERE = relation("Cites", "doi:10.1234/x"), relation("HasMetadata", "url:https://example.org/columns.json")
TRAIN, TEST = Split(name="train", entry_count=80), Split(name="test")

CASES: list[Case] = [
    ("describes_variables", {"variables": (FULL,)}, "pass", "1 variable"),
    ("describes_variables", {"variables": (FULL, BARE)}, "pass", "2 variables"),
    ("describes_variables", {}, "fail", "no variable is described"),
    ("describes_variables", {"relations": (CITED,)}, "fail", "no variable is described"),
    (
        "describes_variables",
        {"relations": (CITED, ELSEWHERE)},
        "partial",
        "described in url:https://example.org/columns.json, which was not read",
    ),
    ("describes_variables", {"relations": (relation("HasMetadata"),)}, "fail", "no variable is described"),
    ("describes_variables", {"variables": (FULL,), "relations": (ELSEWHERE,)}, "pass", "1 variable"),
    ("variables_are_explained", {"variables": (FULL,)}, "pass", "the only variable says what it means"),
    ("variables_are_explained", {"variables": (FULL, BARE)}, "partial", "one of 2 variables says what it means"),
    ("variables_are_explained", {"variables": (BARE,)}, "fail", "no variable says what it means"),
    ("variables_are_explained", {}, "not-applicable", "no variable is described"),
    ("variables_have_types", {"variables": (FULL, FULL)}, "pass", "all 2 variables say their type"),
    ("variables_have_types", {"variables": (BARE, BARE)}, "fail", "none of 2 variables says its type"),
    ("variables_have_units", {"variables": (FULL,)}, "pass", "the only variable has a unit"),
    ("variables_have_units", {"variables": (BARE,)}, "fail", "no variable has a unit"),
    ("variables_have_units", {"variables": (NUMBER,)}, "pass", "the only variable has a unit"),
    ("variables_have_units", {"variables": (NOTHING,)}, "fail", "no variable has a unit"),
    ("variables_have_units", {"variables": (FULL, NOTHING)}, "partial", "one of 2 variables has a unit"),
    ("variables_have_roles", {"variables": (FULL,)}, "pass", "the only variable has a role"),
    ("variables_have_roles", {"variables": (FULL, FULL, BARE)}, "partial", "2 of 3 variables have a role"),
    ("variables_have_roles", {"variables": (BARE,)}, "fail", "no variable has a role"),
    ("counts_entries", {"entry_count": 1}, "pass", "1 entry"),
    ("counts_entries", {"entry_count": 205_774_178}, "pass", "205,774,178 entries"),
    ("counts_entries", {"entry_count": 0}, "fail", "0 entries are claimed"),
    ("counts_entries", {"splits": (TRAIN,)}, "partial", "only split by split"),
    ("counts_entries", {"splits": (TRAIN, TEST)}, "fail", "no number of entries is stated"),
    ("counts_entries", {}, "fail", "no number of entries is stated"),
    ("declares_splits", {"splits": (TRAIN, TEST)}, "pass", "train, test"),
    (
        "declares_splits",
        {"splits": (TRAIN, TEST), "how": {"splits": "extracted"}},
        "partial",
        "only the paths of the files tell: train, test",
    ),
    ("declares_splits", {}, "fail", "no split is stated"),
    ("splits_are_counted", {"splits": (TRAIN,)}, "pass", "the only split says how many entries it has"),
    ("splits_are_counted", {"splits": (TRAIN, TEST)}, "partial", "one of 2 splits says how many entries it has"),
    ("splits_are_counted", {"splits": (TEST,)}, "fail", "no split says how many entries it has"),
    ("splits_are_counted", {}, "not-applicable", "no split is stated"),
]


@pytest.mark.parametrize(("name", "given", "status", "message"), CASES)
def test_variables(name: str, given: dict[str, Any], status: str, message: str) -> None:
    outcome = judge(name, **given)
    assert (outcome.status, outcome.text) == (status, message)
