"""Relations: to what, how, and by which identifiers."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.model.provenance import Activity, Entity, Relation

from .judge import Case, doi, judge, relation

PARENT = relation("IsDerivedFrom", "doi:10.5281/zenodo.2")
RECORD = relation("IsDerivedFrom", "cern-open-data:12000")
MAKER = relation("IsCompiledBy", "cern-open-data:12103")
VAGUE = relation("Relates", "cern-open-data:5")
NAMELESS = relation("Relates")
VAGUE_DATA = Relation(type="Relates", identifier=doi(8), kind="dataset")
ABOUT_DATA = Relation(type="Cites", identifier=doi(9), kind="Dataset")
STEP = Activity(name="selection", used=(Entity(name="a.root"),), software=(Entity(name="ROOT"),))

CASES: list[Case] = [
    ("has_relations", {"relations": (PARENT,)}, "pass", "1 relation"),
    ("has_relations", {"relations": (PARENT, VAGUE)}, "pass", "2 relations"),
    ("has_relations", {}, "fail", "no relation is stated"),
    ("links_lead_somewhere", {"relations": (PARENT, VAGUE)}, "pass", "all 2 relations lead somewhere"),
    ("links_lead_somewhere", {"relations": (PARENT, NAMELESS)}, "partial", "one of 2 relations leads somewhere"),
    ("links_lead_somewhere", {"relations": (NAMELESS,)}, "fail", "no relation leads somewhere"),
    ("links_lead_somewhere", {}, "fail", "no relation is stated"),
    ("refers_to_data", {"relations": (PARENT, MAKER)}, "pass", "1 thing"),
    ("refers_to_data", {"relations": (PARENT, relation("isChildOf", "cern-open-data:12000"))}, "pass", "2 things"),
    ("refers_to_data", {"relations": (ABOUT_DATA,)}, "pass", "1 thing"),
    ("refers_to_data", {"relations": (MAKER, VAGUE, relation("IsDerivedFrom"))}, "fail", "no other data are named"),
    ("refers_to_data", {}, "fail", "no other data are named"),
    ("refers_to_data", {"relations": (PARENT, VAGUE_DATA), "qualified": True}, "pass", "1 thing"),
    ("refers_to_data", {"relations": (PARENT, VAGUE_DATA)}, "pass", "2 things"),
    (
        "refers_to_data",
        {"relations": (VAGUE_DATA,), "qualified": True},
        "fail",
        "1 thing, without how they relate",
    ),
    ("relations_are_qualified", {"relations": (PARENT,)}, "pass", "the only relation says how"),
    ("relations_are_qualified", {"relations": (PARENT, MAKER)}, "pass", "all 2 relations say how"),
    ("relations_are_qualified", {"relations": (PARENT, VAGUE)}, "partial", "one of 2 relations says how"),
    ("relations_are_qualified", {"relations": (relation("isFondOf"),)}, "fail", "no relation says how"),
    ("relations_are_qualified", {}, "fail", "no relation is stated"),
    (
        "relations_are_identified",
        {"relations": (PARENT,)},
        "pass",
        "the only related thing has a persistent identifier",
    ),
    (
        "relations_are_identified",
        {"relations": (PARENT, RECORD)},
        "partial",
        "one of 2 related things has a persistent identifier",
    ),
    ("relations_are_identified", {"relations": (RECORD,)}, "partial", "no related thing has a persistent identifier"),
    ("relations_are_identified", {"relations": (NAMELESS,)}, "fail", "no related thing has a persistent identifier"),
    ("relations_are_identified", {}, "not-applicable", "no relation is stated"),
    ("names_sources", {"relations": (PARENT,)}, "pass", "1 parent"),
    ("names_sources", {"relations": (PARENT, RECORD), "activities": (STEP,)}, "pass", "2 parents, 1 input of steps"),
    ("names_sources", {"activities": (STEP, STEP)}, "pass", "2 inputs of steps"),
    ("names_sources", {"relations": (VAGUE,)}, "fail", "no source is named"),
    ("names_software", {"relations": (MAKER,)}, "pass", "1 related program"),
    ("names_software", {"relations": (MAKER,), "activities": (STEP,)}, "pass", "1 related program, 1 program in steps"),
    ("names_software", {"activities": (STEP, STEP)}, "pass", "2 programs in steps, the first: ROOT"),
    ("names_software", {"relations": (PARENT,)}, "fail", "no software is named"),
    ("names_documentation", {"relations": (relation("IsDocumentedBy", "doi:10.1234/x"),)}, "pass", "1 document"),
    ("names_documentation", {"relations": (relation("Documents", "doi:10.1234/x"),)}, "fail", "no document is linked"),
    ("is_current", {}, "pass", "nothing says that it is superseded"),
    ("is_current", {"supersedes": (doi(1),)}, "pass", "it supersedes doi:10.5281/zenodo.1"),
    ("is_current", {"superseded_by": (doi(2),)}, "partial", "superseded by doi:10.5281/zenodo.2"),
    ("has_relations", {"relations": (PARENT, VAGUE), "but": ["Relates"]}, "pass", "1 relation"),
    ("has_relations", {"relations": (VAGUE,), "but": ["Relates"]}, "fail", "no relation is stated"),
]


@pytest.mark.parametrize(("name", "given", "status", "message"), CASES)
def test_relations(name: str, given: dict[str, Any], status: str, message: str) -> None:
    outcome = judge(name, **given)
    assert (outcome.status, outcome.text) == (status, message)
