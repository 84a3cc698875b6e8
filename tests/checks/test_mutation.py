"""Take one field away from a rich resource: exactly those results change whose checks name the field."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.assess.checklist import Checklist, load, names
from fairkit.assess.engine import evaluate
from fairkit.checks import every
from fairkit.model.outcome import Outcome
from fairkit.model.resource import FIELDS, Resource

from .judge import view
from .rich import OBSERVED, RICH, told_by

STANDS_IN = {  # a field that is looked at where another is missing, and that other
    "kind": ("license", "implied_license"),
    "implied_license": ("license",),
    "supersedes": ("superseded_by",),
    "distributions": ("byte_size", "formats", "landing_page"),
    "formats": ("distributions",),
    "activities": ("results",),
    "results": ("activities",),
    "landing_page": ("distributions",),
    "splits": ("entry_count",),
    "relations": ("variables", "distributions", "listing"),
    "file_count": ("distributions", "listing"),
    "usage": ("usage_rules",),
    "access_conditions": ("access",),
}
OTHER_KINDS = ("documentation", "software")
PARAMETERS: dict[str, dict[str, Any]] = {
    "metadata_is_rich": {"fields": ("title",)},
    "is_left_to_people": {"reason": "nobody looked"},
    "access_is_a_term": {"terms": ("embargoed",)},
    "content_is_claimed": {"fields": ("variables", "byte_size", "formats", "distributions")},
    "type_is_known": {"types": ("Dataset/Simulated",)},
}
NEVER_PASS = {
    "is_left_to_people": "it says that nothing tells",
    "everybody_may_have_data": "RICH is under embargo",
    "uses_vocabularies": "the documents of RICH are empty",
}
TOLD = {observation.name: observation.value for observation in OBSERVED}

Case = tuple[Resource, Resource]


def without(resource: Resource, *fields: str) -> Resource:
    kept = {name: value for name, value in vars(resource).items() if name not in fields}
    return Resource(**{"kind": resource.kind, **kept})


def of_kind(resource: Resource, kind: str) -> Resource:
    return Resource(**{**vars(resource), "kind": kind})


def before_and_after(field: str) -> list[Case]:
    """The rich resource with and without the field, and the same where what it stands in for is missing."""
    poorer = [RICH, *([without(RICH, *STANDS_IN[field])] if field in STANDS_IN else [])]
    if field == "kind":
        return [(resource, of_kind(resource, kind)) for resource in poorer for kind in OTHER_KINDS]
    return [(resource, without(resource, field)) for resource in poorer]


def outcomes(resource: Resource) -> dict[str, Outcome]:
    seen = view(resource, dialect="schema-org")
    return {
        check.name: check.run(seen, **PARAMETERS.get(check.name, {}), **{name: TOLD[name] for name in check.needs})
        for check in every().values()
    }


def findings(resource: Resource, checklist: Checklist) -> dict[tuple[str, str], Any]:
    return {
        (finding.test.id, finding.on): finding.outcome
        for result in evaluate(told_by(resource), checklist)
        for finding in result.tests
    }


def changed(pairs: list[tuple[dict[Any, Any], dict[Any, Any]]]) -> set[Any]:
    """What is not the same before and after, in any of the cases."""
    return {name for before, after in pairs for name in before if before[name] != after.get(name)}


@pytest.mark.parametrize("field", ["kind", *FIELDS])
def test_the_checks_that_change_are_those_that_name_the_field(field: str) -> None:
    found = changed([(outcomes(before), outcomes(after)) for before, after in before_and_after(field)])
    rich = {name for name, told in PARAMETERS.items() if field in told.get("fields", ())}
    assert found == {check.name for check in every().values() if field in check.fields} | rich


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("field", FIELDS)
def test_the_results_that_change_are_those_whose_tests_name_the_field(field: str, name: str) -> None:
    checklist = load(name)
    cases = before_and_after(field)
    found = changed([(findings(before, checklist), findings(after, checklist)) for before, after in cases])
    asked = [test for metric in checklist.metrics if "dataset" in metric.applies for test in metric.tests]
    assert {test for test, _ in found} == {test.id for test in asked if field in test.fields}


@pytest.mark.parametrize("name", names())
def test_another_kind_changes_what_names_it_and_what_is_not_asked_of_it(name: str) -> None:
    checklist = load(name)
    cases = before_and_after("kind")
    found = changed([(findings(before, checklist), findings(after, checklist)) for before, after in cases])
    kinds = {RICH.kind, *OTHER_KINDS}
    expected = {
        test.id
        for metric in checklist.metrics
        for test in metric.tests
        if "kind" in test.fields or not kinds <= metric.applies
    }
    assert {test for test, _ in found} == expected


def test_the_rich_resource_has_every_field() -> None:
    assert [name for name in FIELDS if getattr(RICH, name) == getattr(Resource(), name)] == []
    assert {name for name, outcome in outcomes(RICH).items() if outcome.status != "pass"} == {
        "is_current",
        *NEVER_PASS,
    }
