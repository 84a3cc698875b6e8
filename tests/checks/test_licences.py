"""Licences: stated, known, open, and meant for this kind of work."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.model.resource import Kind

from .judge import Case, judge

CASES: list[Case] = [
    ("has_licence", {"license": "CC0-1.0"}, "pass", "CC0-1.0"),
    ("has_licence", {"license": "ask me"}, "pass", "ask me"),
    (
        "has_licence",
        {"implied_license": "CC0-1.0"},
        "partial",
        "no licence is stated; the repository's terms of use imply CC0-1.0, which no machine can read",
    ),
    ("has_licence", {}, "fail", "no licence is stated"),
    ("licence_is_standard", {"license": "CC-BY-4.0"}, "pass", "CC-BY-4.0 is a known licence"),
    ("licence_is_standard", {"license": "https://opensource.org/license/mit"}, "pass", "MIT is a known licence"),
    ("licence_is_standard", {"license": "ask me"}, "fail", "'ask me' is no known licence"),
    ("licence_is_standard", {}, "fail", "no licence to recognise"),
    (
        "licence_has_address",
        {"license": "CC0-1.0"},
        "pass",
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ),
    ("licence_has_address", {"license": "MIT AND CC0-1.0"}, "pass", "MIT AND CC0-1.0"),
    ("licence_has_address", {"license": "https://example.org/terms"}, "pass", "https://example.org/terms"),
    ("licence_has_address", {"license": "ask me"}, "fail", "'ask me' leads nowhere"),
    ("licence_has_address", {"implied_license": "CC0-1.0"}, "fail", "no licence is stated"),
    ("licence_is_open", {"license": "CC-BY-4.0"}, "pass", "CC-BY-4.0 is open"),
    ("licence_is_open", {"license": "CC-BY-NC-4.0"}, "partial", "CC-BY-NC-4.0 is not known as open"),
    ("licence_is_open", {"license": "ask me"}, "fail", "no known licence"),
    ("licence_is_open", {"implied_license": "CC0-1.0"}, "fail", "no known licence"),
    ("licence_fits_kind", {"license": "CC0-1.0"}, "pass", "CC0-1.0 suits a dataset"),
    ("licence_fits_kind", {"license": "CC-BY-4.0", "kind": "documentation"}, "pass", "CC-BY-4.0 suits documentation"),
    ("licence_fits_kind", {"license": "MIT", "kind": "environment"}, "pass", "MIT suits an environment"),
    ("licence_fits_kind", {"license": "GPL-3.0-only", "kind": "software"}, "pass", "GPL-3.0-only suits software"),
    (
        "licence_fits_kind",
        {"license": "GPL-3.0-only"},
        "partial",
        "GPL-3.0-only is a licence for software, this is a dataset",
    ),
    (
        "licence_fits_kind",
        {"license": "ODbL-1.0", "kind": "software"},
        "partial",
        "ODbL-1.0 is a licence for data, this is software",
    ),
    (
        "licence_fits_kind",
        {"license": "LAL-1.3 AND C-UDA-1.0"},
        "not-applicable",
        "LAL-1.3 AND C-UDA-1.0 combines licences for different kinds of work",
    ),
    ("licence_fits_kind", {"license": "ask me"}, "not-applicable", "no known licence to judge"),
    ("licence_fits_kind", {}, "not-applicable", "no known licence to judge"),
    (
        "licence_is_standard",
        {"license": "CC-BY-4.0", "ids": False, "data": {"license": "cc-by-4.0"}},
        "fail",
        "only the id CC-BY-4.0",
    ),
    (
        "licence_is_standard",
        {"license": "CC-BY-4.0", "ids": False, "data": {"license": {"id": "cc-by-4.0", "n": "CC BY 4.0", "v": 4}}},
        "pass",
        "CC-BY-4.0 is a known licence",
    ),
    ("states_rights", {"license": "ask {me}"}, "pass", "ask {me}"),
    ("states_rights", {"access": "open", "access_of": ["cern-open-data"]}, "pass", "open access, and no licence"),
    ("states_rights", {"access": "open", "access_of": ["datacite"]}, "fail", "no right is stated"),
    ("states_rights", {}, "fail", "no right is stated"),
]


@pytest.mark.parametrize(("name", "given", "status", "message"), CASES)
def test_licences(name: str, given: dict[str, Any], status: str, message: str) -> None:
    outcome = judge(name, **given)
    assert (outcome.status, outcome.text) == (status, message)


@pytest.mark.parametrize(
    ("kind", "proposal"),
    [
        *(("dataset", "CC-BY-4.0"), ("documentation", "CC-BY-4.0"), ("supplementary", "CC-BY-4.0")),
        *(("software", "BSD-3-Clause"), ("environment", "BSD-3-Clause"), ("model", "Apache-2.0")),
    ],
)
def test_a_missing_licence_is_proposed_by_the_kind_of_work(kind: Kind, proposal: str) -> None:
    fix = judge("has_licence", kind=kind).fix
    assert fix == ("license", proposal)
    assert judge("licence_fits_kind", kind=kind, license=proposal).status == "pass"


def test_a_licence_that_the_terms_imply_is_the_one_proposed() -> None:
    assert judge("has_licence", implied_license="CC0-1.0").fix == ("license", "CC0-1.0")
