"""The engine: what was tried, what could not be, what is not asked, and what that comes to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.assess.checklist import Checklist, load, names, parse
from fairkit.assess.engine import Result, evaluate
from fairkit.assess.score import scores
from fairkit.model.evidence import Document, Observation
from fairkit.model.harvest import View, merge
from fairkit.model.resource import FIELDS, Resource
from tests.checks.judge import doi, evidence, file, view
from tests.checks.rich import RICH

Basis = Literal["live", "saved", "local", "showcase"]


def checklist(*tests: str, more: str = "", reads: str = "") -> Checklist:
    """A checklist of one metric of these tests, each an inline table of TOML."""
    text = f"""
        id = "one"
        version = "1"
        title = "One question"
        {reads}
        [[metric]]
        id = "Q"
        principle = "F1"
        {more}
        tests = [{", ".join(f"{{ {test} }}" for test in tests)}]
    """
    return parse(text.encode(), where="one.toml")


def result(
    *views: View,
    asks: tuple[str, ...],
    more: str = "",
    reads: str = "",
    basis: Basis = "live",
    observed: tuple[Observation, ...] = (),
) -> Result:
    harvest = merge(evidence(*views, basis=basis, observations=observed), views)
    (found,) = evaluate(harvest, checklist(*asks, more=more, reads=reads))
    return found


def texts(result: Result) -> list[tuple[str, str, str]]:
    return [(finding.on, finding.outcome.status, finding.outcome.text) for finding in result.tests]


TITLED = view(Resource(title="Jets of two kinds"))
LICENSED = view(Resource(license="CC0-1.0"), dialect="schema-org")
SILENT = view(Resource(), dialect="datacite")
FAILED = Observation(name="document:schema-org", error="504 from the server")


def test_a_test_on_the_resource_looks_at_all_documents_together() -> None:
    found = result(TITLED, LICENSED, asks=('check = "has_title"', 'check = "has_licence"'))
    assert (found.status, found.low, found.high, found.possible) == ("pass", 2.0, 2.0, 2.0)
    assert [finding.on for finding in found.tests] == ["resource", "resource"]


def test_a_test_on_each_document_says_which_one_is_poor() -> None:
    found = result(LICENSED, SILENT, asks=('check = "has_licence", on = "each"',))
    assert found.status == "partial"
    assert texts(found) == [("schema-org", "pass", "CC0-1.0"), ("datacite", "fail", "no licence is stated")]


def test_a_test_on_one_dialect_leaves_the_others_alone() -> None:
    found = result(TITLED, LICENSED, SILENT, asks=('check = "has_licence", on = "datacite"',))
    assert texts(found) == [("datacite", "fail", "no licence is stated")]


def test_a_document_that_nobody_asked_for_is_not_judged() -> None:
    found = result(TITLED, asks=('check = "has_licence", on = "datacite"',))
    assert texts(found) == [("datacite", "not-applicable", "there is no datacite document")]
    assert (found.status, found.possible) == ("not-applicable", 0.0)


@pytest.mark.parametrize("on", ["each", "schema-org"])
def test_a_document_that_could_not_be_had_leaves_the_question_open(on: str) -> None:
    found = result(SILENT, asks=(f'check = "has_title", on = "{on}"',), observed=(FAILED,))
    assert texts(found)[-1] == ("schema-org", "unknown", "the schema-org document could not be had")


def test_a_document_that_came_but_could_not_be_read_leaves_it_open_too() -> None:
    broken = Document(representation="schema-org", media_type="application/ld+json", url="x", body=b"{")
    gathered = evidence(TITLED)
    harvest = merge(replace(gathered, documents=(*gathered.documents, broken)), [TITLED])
    (found,) = evaluate(harvest, checklist('check = "has_title", on = "schema-org"'))
    assert texts(found) == [("schema-org", "unknown", "the schema-org document could not be had")]


@pytest.mark.parametrize(
    ("views", "status", "message"),
    [
        ((TITLED,), "unknown", "the schema-org document could not be had"),
        ((TITLED, LICENSED), "pass", "schema-org"),
    ],
)
def test_what_documents_there_are_is_open_while_one_could_not_be_had(
    views: tuple[View, ...], status: str, message: str
) -> None:
    found = result(*views, asks=('check = "metadata_is_linked_data"',), observed=(FAILED,))
    assert texts(found) == [("resource", status, message)]


@pytest.mark.parametrize(
    ("views", "basis", "status", "message"),
    [
        ((TITLED,), "saved", "unknown", "only the saved document was read"),
        ((TITLED, SILENT), "saved", "unknown", "only the saved documents were read"),
        ((TITLED, LICENSED), "saved", "pass", "schema-org"),
        ((TITLED,), "live", "fail", "no JSON-LD or other RDF was found"),
        ((TITLED,), "local", "fail", "no JSON-LD or other RDF was found"),
        ((TITLED,), "showcase", "fail", "no JSON-LD or other RDF was found"),
    ],
)
@pytest.mark.parametrize("more", ["", 'check = "has_title"'])
def test_nobody_asked_for_what_else_there_is_beside_a_saved_document(
    more: str, views: tuple[View, ...], basis: Basis, status: str, message: str
) -> None:
    found = result(*views, asks=('check = "metadata_is_linked_data"', *filter(None, [more])), basis=basis)
    assert texts(found)[0] == ("resource", status, message)


def test_a_saved_document_is_judged_by_what_it_says() -> None:
    declared = view(Resource(conforms_to=("https://example.org/own",)))
    assert result(declared, asks=('check = "metadata_follows_standard"',), basis="saved").status == "partial"
    page = 'check = "search_engines_can_read", on = "schema-org"'
    assert texts(result(LICENSED, asks=(page,), basis="saved"))[0][1] == "fail"
    assert result(TITLED, asks=('check = "has_licence"',), basis="saved").status == "fail"


def test_without_any_document_everything_is_unknown() -> None:
    for name in names():
        results = evaluate(merge(evidence(), ()), load(name))
        assert {found.status for found in results} == {"unknown"}
        assert set(scores(results).values()) == {(0.0, 1.0)}
        reasons = {finding.outcome.text for each in results for finding in each.tests}
        assert reasons == {"nothing could be read"}


@pytest.mark.parametrize(
    ("observed", "status", "message"),
    [
        ((Observation(name="registry", value="DataCite"),), "pass", "DataCite lists it"),
        ((Observation(name="registry", value="none"),), "fail", "no index was found that lists it"),
        ((Observation(name="registry", error="timed {out}"),), "unknown", "timed {out}"),
        ((), "unknown", "not tried"),
        ((Observation(name="registry", value="none"), Observation(name="registry", value="late")), "fail", ""),
    ],
)
def test_an_observation_decides_and_without_it_nothing_is_said(
    observed: tuple[Observation, ...], status: str, message: str
) -> None:
    found = result(TITLED, asks=('check = "is_indexed"',), observed=observed)
    assert found.status == status
    assert message in found.tests[0].outcome.text


@pytest.mark.parametrize(
    ("basis", "check", "fields", "status"),
    [
        ("local", "has_unique_identifier", {}, "pending"),
        ("local", "has_unique_identifier", {"identifiers": (doi(),)}, "pass"),
        ("local", "landing_page_answers", {}, "pending"),
        ("local", "has_licence", {}, "fail"),
        ("live", "has_unique_identifier", {}, "fail"),
        ("saved", "landing_page_answers", {}, "unknown"),
        ("showcase", "landing_page_answers", {}, "unknown"),
    ],
)
def test_what_only_a_deposit_brings_is_pending_in_a_folder(
    basis: Basis, check: str, fields: dict[str, Any], status: str
) -> None:
    found = result(view(Resource(**fields)), asks=(f'check = "{check}"',), basis=basis)
    assert found.status == status
    assert found.possible == (0.0 if status == "pending" else 2.0)
    assert status != "pending" or found.tests[0].outcome.fix is None


def test_a_page_that_only_a_deposit_brings_is_pending_in_a_folder() -> None:
    found = result(TITLED, asks=('check = "search_engines_can_read", on = "schema-org"',), basis="local")
    assert texts(found) == [("schema-org", "pending", "there is no schema-org document yet")]


def test_a_kind_that_is_not_asked_leaves_the_denominator() -> None:
    software = view(Resource(kind="software"))
    found = result(software, asks=('check = "has_title"',), more='applies = ["dataset"]')
    assert (found.status, found.possible) == ("not-applicable", 0.0)
    assert texts(found) == [("resource", "not-applicable", "not asked of a software record")]


def without_place(*fields: str) -> View:
    return view(Resource(), dialect="datacite", known=frozenset(FIELDS) - set(fields))


@pytest.mark.parametrize(
    ("poor", "check", "status"),
    [
        (without_place("variables"), "describes_variables", "not-applicable"),
        (without_place("distributions", "listing"), "lists_files", "not-applicable"),
        (without_place("listing"), "has_data", "not-applicable"),
        (without_place("usage"), "explains_usage", "fail"),
        (without_place("usage", "usage_rules"), "explains_usage", "not-applicable"),
        (without_place("license", "implied_license"), "has_licence", "not-applicable"),
        (without_place("license"), "licence_fits_kind", "not-applicable"),
        (without_place(*FIELDS), "metadata_is_machine_readable", "pass"),
    ],
)
def test_a_document_is_not_asked_for_what_it_has_no_place_for(poor: View, check: str, status: str) -> None:
    assert result(poor, asks=(f'check = "{check}", on = "each"',)).status == status


def test_the_richness_of_a_document_is_that_of_the_fields_it_has_a_place_for() -> None:
    poor = view(Resource(title="Jets"), dialect="cff", known=frozenset({"title", "license"}))
    found = result(
        poor, asks=('check = "metadata_is_rich", on = "each", params = { fields = ["title", "license", "formats"] }',)
    )
    assert texts(found) == [("cff", "partial", "1 of 2 fields; without license")]


def withholding(*fields: str, **given: Any) -> View:
    """A search answer without some of the fields."""
    names = frozenset(fields)
    return view(Resource(**given), known=frozenset(FIELDS) - names, withheld=names)


@pytest.mark.parametrize(
    ("seen", "check", "status"),
    [
        (withholding("distributions", "listing"), "lists_files", "unknown"),
        (withholding("distributions", "listing", byte_size=30), "states_size", "pass"),
        (withholding("distributions", "listing"), "states_size", "unknown"),
        (withholding("distributions", "listing", formats=("gz",)), "formats_are_open", "unknown"),
        (withholding("distributions", "listing", file_count=9, relations=RICH.relations), "lists_files", "unknown"),
        (withholding("distributions", "listing", file_count=9, relations=RICH.relations), "has_data", "unknown"),
        (withholding("distributions", "listing", byte_size=30), "size_agrees", "unknown"),
        (withholding("distributions", "listing", formats=("pkl",)), "formats_are_open", "fail"),
        (withholding("distributions", "listing"), "has_licence", "fail"),
    ],
)
def test_what_was_withheld_is_unknown_unless_the_verdict_stands_on_something_else(
    seen: View, check: str, status: str
) -> None:
    assert result(seen, asks=(f'check = "{check}"',)).status == status


def test_what_one_document_withholds_another_may_tell() -> None:
    other = view(Resource(distributions=(file(),), listing="complete"), dialect="schema-org")
    assert result(withholding("distributions", "listing"), other, asks=('check = "lists_files"',)).status == "pass"


def test_a_checklist_reads_only_the_dialects_that_it_names() -> None:
    asks, reads = ('check = "has_title"',), 'reads = ["schema-org", "datacite"]'
    assert result(TITLED, LICENSED, asks=asks, reads=reads).status == "fail"
    assert result(TITLED, asks=asks, reads=reads).status == "unknown"
    lost = Observation(name="document:cern-open-data", error="504")
    on_each = result(LICENSED, asks=('check = "has_licence", on = "each"',), reads=reads, observed=(lost,))
    assert texts(on_each) == [("schema-org", "pass", "CC0-1.0")]


PASS, PART, FAIL = 'check = "has_title"', 'check = "has_keywords"', 'check = "has_version"'
OPEN, NONE = 'check = "is_indexed"', 'check = "units_are_standard"'
HALF = view(replace(RICH, keywords=(), version=None, variables=()), dialect="schema-org")
HALF = replace(HALF, pointers={k: v for k, v in HALF.pointers.items() if k not in ("keywords", "version", "variables")})


@pytest.mark.parametrize(
    ("asks", "more", "status", "low", "high"),
    [
        ((PASS, PASS), "", "pass", 2.0, 2.0),
        ((PASS, PART), "", "partial", 1.5, 1.5),
        ((PASS, FAIL), "", "partial", 1.0, 1.0),
        ((FAIL, FAIL), "", "fail", 0.0, 0.0),
        ((PASS, OPEN), "", "unknown", 1.0, 2.0),
        ((FAIL, OPEN), "", "fail", 0.0, 1.0),
        ((PART, OPEN), "", "partial", 0.5, 1.5),
        ((PASS, NONE), "", "pass", 2.0, 2.0),
        ((OPEN,), "", "unknown", 0.0, 2.0),
        ((PASS + ", points = 3", FAIL + ", points = 1"), "", "partial", 1.5, 1.5),
        ((PASS, FAIL), 'level = "essential"', "partial", 1.5, 1.5),
        ((PASS, FAIL), 'level = "useful"', "partial", 0.5, 0.5),
        ((PASS, FAIL), "points = 10", "partial", 5.0, 5.0),
        ((FAIL, PART), 'scoring = "best"', "partial", 1.0, 1.0),
        ((FAIL, PASS, OPEN), 'scoring = "best"', "pass", 2.0, 2.0),
        ((FAIL, OPEN), 'scoring = "best"', "unknown", 0.0, 2.0),
        ((FAIL, FAIL), 'scoring = "best"', "fail", 0.0, 0.0),
        ((PASS + ", points = 1", FAIL + ", points = 4"), 'scoring = "best"\npoints = 4', "partial", 1.0, 1.0),
        ((PASS + ", points = 1", PASS + ", points = 4"), 'scoring = "best"\npoints = 4', "pass", 4.0, 4.0),
        ((PASS + ", points = 9",), 'scoring = "best"\npoints = 4', "pass", 4.0, 4.0),
        ((PASS + ", points = 4", OPEN + ", points = 1"), 'scoring = "best"\npoints = 4', "pass", 4.0, 4.0),
        ((PASS + ", points = 2", OPEN + ", points = 1"), 'scoring = "best"\npoints = 4', "partial", 2.0, 2.0),
        ((PASS + ", points = 1", OPEN + ", points = 2"), 'scoring = "best"\npoints = 4', "unknown", 1.0, 2.0),
        ((PART + ", points = 4",), 'scoring = "best"\npoints = 4', "partial", 2.0, 2.0),
        ((PART + ', points = 4, answer = "all"',), 'scoring = "best"\npoints = 4', "fail", 0.0, 0.0),
        ((OPEN + ', points = 4, answer = "all"',), 'scoring = "best"\npoints = 4', "unknown", 0.0, 4.0),
        ((PASS + ", points = 1", FAIL + ", points = 1"), 'scoring = "sum"', "partial", 1.0, 1.0),
        ((PASS + ", points = 2", PASS + ", points = 2"), 'scoring = "sum"', "pass", 2.0, 2.0),
        ((PASS + ", points = 0", PASS + ", points = 2"), 'scoring = "sum"', "pass", 2.0, 2.0),
        ((PASS + ", points = 1",), 'scoring = "sum"', "partial", 1.0, 1.0),
        ((PASS + ", points = 1", OPEN + ", points = 1"), 'scoring = "sum"', "unknown", 1.0, 2.0),
        ((PASS, PASS + ", points = 1"), 'scoring = "sum"', "partial", 1.0, 1.0),
    ],
)
def test_tests_make_one_result(asks: tuple[str, ...], more: str, status: str, low: float, high: float) -> None:
    found = result(HALF, asks=asks, more=more)
    assert (found.status, found.low, found.high) == (status, low, high)


def test_an_answer_holds_for_all_documents_or_not_at_all() -> None:
    asks = ('check = "has_licence", on = "each", points = 2, answer = "yes"',)
    assert result(LICENSED, SILENT, asks=asks, more='scoring = "best"').status == "fail"
    assert result(LICENSED, asks=asks, more='scoring = "best"').status == "pass"
    assert result(LICENSED, SILENT, asks=(asks[0].split(", answer")[0],), more='scoring = "best"').status == "pass"


SCORINGS = st.sampled_from(["all", "best"])
TESTS = st.lists(st.sampled_from([PASS, PART, FAIL, OPEN, NONE]), min_size=1, max_size=5)


@given(TESTS, SCORINGS)
def test_a_result_lies_between_nothing_and_all_of_its_points(tests: list[str], scoring: str) -> None:
    found = result(HALF, asks=tuple(tests), more=f'scoring = "{scoring}"')
    assert 0.0 <= found.low <= found.high <= found.possible
    assert (found.status == "not-applicable") == (found.possible == 0.0)
    assert found.low == found.high or OPEN in tests


@given(TESTS, SCORINGS)
def test_what_is_unknown_as_well_raises_the_best_case_and_never_the_certain_one(tests: list[str], scoring: str) -> None:
    more = f'scoring = "{scoring}"'
    before, after = (result(HALF, asks=asks, more=more) for asks in (tuple(tests), (*tests, OPEN)))
    assert after.high >= before.high - 1e-9
    assert after.low <= before.low + 1e-9
