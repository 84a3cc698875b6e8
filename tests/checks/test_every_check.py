"""What every check keeps to, whoever wrote it."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import tests.checks
from fairkit import checks
from fairkit.assess import checklist
from fairkit.checks import Check
from fairkit.errors import UnknownName
from fairkit.model.resource import FIELDS

EVERY = sorted(checks.every().values(), key=lambda check: check.name)
SHORT = {"fail", "partial"}
LEFT_OPEN = {"is_left_to_people"}
"""What decides nothing, and says so."""


def _judged() -> dict[str, set[str]]:
    """The statuses that the tables of this folder bring out of each check."""
    found: dict[str, set[str]] = {}
    for info in pkgutil.iter_modules(tests.checks.__path__):
        module = importlib.import_module(f"tests.checks.{info.name}")
        for name, _, status, _ in getattr(module, "CASES", ()):
            found.setdefault(name, set()).add(status)
    return found


@pytest.mark.parametrize("check", EVERY, ids=lambda check: check.name)
def test_a_check_has_a_title_and_a_remedy_of_whole_sentences(check: Check) -> None:
    for text in (check.title, check.remedy):
        assert len(text.split()) > 3
        assert text.endswith((".", "…"))
    assert "\n" not in check.title + check.remedy


@pytest.mark.parametrize("check", EVERY, ids=lambda check: check.name)
def test_a_check_is_seen_to_pass_and_to_fall_short(check: Check) -> None:
    if check.name in LEFT_OPEN:
        return
    statuses = _judged()[check.name]
    assert "pass" in statuses
    assert statuses & SHORT


@pytest.mark.parametrize("check", EVERY, ids=lambda check: check.name)
def test_a_check_depends_on_fields_that_there_are(check: Check) -> None:
    assert check.fields <= {*FIELDS, "kind"}


def test_a_checklist_that_is_shipped_uses_it() -> None:
    shipped = map(checklist.load, checklist.names())
    used = {test.check.name for each in shipped for metric in each.metrics for test in metric.tests}
    assert used == checks.every().keys()


def test_an_unknown_check_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'has_licence'"):
        checks.find("has_license")
