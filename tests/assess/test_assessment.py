"""An assessment is what is written down: the same evidence, the same bytes, in the same order."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from fairkit.assess.assessment import Assessment, assess, dump, load
from fairkit.assess.checklist import load as checklist
from fairkit.assess.checklist import names
from fairkit.checks import find
from fairkit.dialects import harvest
from fairkit.model.evidence import Document, Evidence
from fairkit.model.harvest import merge
from fairkit.model.resource import Resource
from tests.checks.judge import agent, evidence, view
from tests.checks.rich import RICH, told_by

from .documents import REGISTERED, showcase


def assessed(name: str = "fairkit", gathered: Evidence | None = None) -> Assessment:
    read = harvest(gathered or showcase(observed=REGISTERED))
    return assess(read, checklist(name), version="1.2.3", when="2026-05-31T12:00:00Z")


def row(assessment: Assessment, metric: str) -> Any:
    return next(row for row in assessment.results if row.metric == metric)


@pytest.mark.parametrize("name", names())
def test_the_same_evidence_makes_the_same_bytes(name: str) -> None:
    assert dump([assessed(name)]) == dump([assessed(name)])


@pytest.mark.parametrize("name", names())
def test_what_was_written_is_read_back(name: str) -> None:
    assert load(dump([assessed(name), assessed(name)])) == (assessed(name), assessed(name))


def test_the_keys_stand_in_the_published_order() -> None:
    (written,) = json.loads(dump([assessed()]))
    assert " ".join(written) == (
        "target resource checklist results scores documents evidence_digest fairkit_version assessed_at"
    )
    assert list(written["checklist"]) == ["id", "version"]
    assert list(written["scores"]) == ["F", "A", "I", "R", "total"]
    assert list(written["scores"]["F"]) == ["low", "high"]
    result = written["results"][0]
    assert " ".join(result) == (
        "metric title principle about level status points possible maturity answer message tests evidence fix"
    )
    assert " ".join(result["tests"][0]) == "id check on status points worth maturity answer"
    assert list(result["evidence"][0]) == ["document", "pointer", "line", "value"]


def test_a_verdict_shows_where_it_stands() -> None:
    (proof,) = row(assessed(), "R1.1-licence").evidence
    assert (proof.document, proof.pointer, proof.value) == ("native.json", "/metadata/license/attribution", "CC0-1.0")


def test_a_shortfall_says_in_which_document_and_what_to_change() -> None:
    found = row(assessed(), "R1.1-exported")
    assert found.message == "schema-org: no licence is stated; datacite: no licence is stated"
    assert (found.fix.field, found.fix.suggestion) == ("license", "CC0-1.0"), "what the record itself has"
    assert "export it" in found.fix.remedy


def test_the_advice_is_that_of_the_check_that_falls_short() -> None:
    found = row(assessed(), "R1-splits")
    assert found.fix.remedy == find("splits_are_counted").remedy


def test_a_pass_needs_no_fix_and_tells_one_thing() -> None:
    found = row(assessed(), "F1-unique")
    assert (found.fix, found.points, found.possible) == (None, 3.0, 3.0)
    assert found.message == "doi:10.7483/OPENDATA.CMS.JGJX.MS7Q is unique everywhere"


def test_what_is_unknown_says_why() -> None:
    found = row(assessed(gathered=showcase()), "F4-indexed")
    assert (found.status, found.message, found.points, found.fix) == ("unknown", "not tried", 0.0, None)


def test_the_report_tells_what_was_read() -> None:
    written = assessed()
    assert [document.representation for document in written.documents] == ["cern-open-data", "schema-org", "datacite"]
    assert written.resource is not None
    assert written.resource.kind == "dataset"
    assert written.resource.identifiers[0] == "doi:10.7483/OPENDATA.CMS.JGJX.MS7Q"
    assert written.evidence_digest == showcase(observed=REGISTERED).digest


def test_nothing_read_is_an_entry_of_unknowns() -> None:
    nothing = assess(merge(evidence(), ()), checklist("fairkit"), version="1", when="now")
    assert (nothing.resource, nothing.is_empty) == (None, True)
    assert {found.status for found in nothing.results} == {"unknown"}
    assert load(dump([nothing])) == (nothing,)


def hostile(value: object) -> Assessment:
    """What is written of a record with a value that no model has checked: evidence quotes it."""
    body = json.dumps({"recid": "1", "type": {"primary": "Dataset"}, "title": "Jets", "keywords": value}).encode()
    document = Document(representation="cern-open-data", media_type="application/json", url="x", body=body)
    seen = view(Resource(title="Jets", keywords=("jets",)))
    seen = type(seen)(document, seen.resource, seen.pointers, seen.known, data={"keywords": value, "title": "Jets"})
    return assess(merge(evidence(seen), [seen]), checklist("fairkit"), version="1", when="now")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
)


@given(JSON)
def test_whatever_a_document_holds_is_written_as_json_and_read_back(value: object) -> None:
    written = hostile(value)
    assert load(dump([written])) == (written,)
    json.loads(dump([written]), parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))


def test_half_a_surrogate_pair_is_quoted_as_something_that_can_be_written() -> None:
    (proof,) = row(hostile(["\ud800"]), "F2-keywords").evidence
    assert proof.value == ["?"]


def test_a_long_value_is_cut_and_a_deep_one_is_left_out() -> None:
    (long,) = row(hostile(["jets"] * 1000), "F2-keywords").evidence
    assert long.value.startswith('[1000 items] ["jets", "jets"')
    assert long.value.endswith("…")
    assert len(long.value) < 330
    deep: list[Any] = []
    for _ in range(sys.getrecursionlimit() * 2):
        deep = [deep]
    seen = view(Resource(keywords=("jets",)))
    seen = type(seen)(seen.document, seen.resource, {"keywords": "/keywords"}, seen.known, data={"keywords": deep})
    written = assess(merge(evidence(seen), [seen]), checklist("fairkit"), version="1", when="now")
    (proof,) = row(written, "F2-keywords").evidence
    assert proof.value == "…"


def test_braces_of_a_stranger_go_through_untouched() -> None:
    rich = replace(RICH, creators=(agent("{0} {name.__class__}"),), version="{version}")
    written = assess(told_by(rich), checklist("fairkit"), version="1", when="now")
    assert row(written, "F2-creators").message == "{0} {name.__class__}"
    assert row(written, "R1.2-version").message == "version {version}"


@pytest.mark.parametrize("body", [b"{}", b"[{}]", b"not json", b'[{"target": 1}]'])
def test_what_is_no_report_is_refused(body: bytes) -> None:
    with pytest.raises(ValidationError):
        load(body)


def test_a_line_is_told_only_if_it_is_asked_for() -> None:
    read = harvest(showcase(observed=REGISTERED))
    told, untold = (assess(read, checklist("fairkit"), version="1", when="now", lines=lines) for lines in (True, False))
    assert {proof.line for result in untold.results for proof in result.evidence} == {None}
    native = json.loads(read.evidence.documents[0].body)
    (proof,) = row(told, "R1.1-licence").evidence
    written = read.evidence.documents[0].body.decode().split("\n")
    assert native["metadata"]["license"]["attribution"] in written[proof.line - 1]
    assert load(dump([told])) == (told,)


def test_lines_change_nothing_else() -> None:
    read = harvest(showcase(observed=REGISTERED))
    told, untold = (assess(read, checklist("fairkit"), version="1", when="now", lines=lines) for lines in (True, False))
    for result in told.results:
        plainer = replace(result, evidence=tuple(replace(proof, line=None) for proof in result.evidence))
        assert plainer == row(untold, result.metric)


@pytest.mark.parametrize("name", names())
def test_every_piece_of_evidence_in_a_file_has_its_line(name: str) -> None:
    found = assess(harvest(showcase(observed=REGISTERED)), checklist(name), version="1", when="now", lines=True)
    proofs = [proof for result in found.results for proof in result.evidence]
    asked = [result for result in found.results if result.status != "not-applicable"]
    assert bool(proofs) == bool(asked)
    assert [proof.pointer for proof in proofs if proof.line is None] == []
