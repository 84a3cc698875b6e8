"""Checklists: what is shipped, and what the loader refuses."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from fairkit import resources
from fairkit.assess.checklist import BoundTest, Checklist, Metric, load, names, parse
from fairkit.assess.engine import evaluate
from fairkit.errors import ChecklistError, UnknownName
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.evidence import Observation
from fairkit.model.harvest import Harvest, View, merge
from fairkit.model.provenance import Relation
from fairkit.model.resource import KINDS, Kind, Resource
from fairkit.model.variable import Split
from tests.checks.judge import doi, evidence, file, identifier, relation, variable, view
from tests.checks.rich import DIALECTS, OBSERVED, RICH, told_by

PRINCIPLES = ["F1", "F2", "F3", "F4", "A1", "A1.1", "A1.2", "A2", "I1", "I2", "I3", "R1", "R1.1", "R1.2", "R1.3"]
METRICS = [(name, metric) for name in names() for metric in load(name).metrics]
EACH = pytest.mark.parametrize(("name", "metric"), METRICS, ids=[f"{n}:{m.id}" for n, m in METRICS])

NOTHING_FOUND = tuple(
    Observation(name=name, value=value)
    for name, value in (
        ("landing_page", "404 Not Found"),
        *((name, "none") for name in ("identifier", "registry", "embedded", "export")),
        ("content", "[]"),
    )
)
WRONG = Resource(
    identifiers=(doi(), identifier("orcid:0000-0002-1825-0098")),
    superseded_by=(doi(2),),
    license="GPL-3.0-only",
    landing_page="https://doi.org/10.5281/zenodo.2",
    date_created="2026",
    date_published="2025",
    listing="complete",
    distributions=(
        file("a.pkl", "adler32", url="s3://bucket/a.pkl", size=1),
        file("b.pkl", size=1),
        Distribution(name="b.pkl", byte_size=1, checksums=(Checksum(algorithm="md5", value="0"),)),
    ),
    formats=("pkl",),
    byte_size=4,
    file_count=4,
    entry_count=20,
    splits=(Split(name="train", entry_count=20), Split(name="test", entry_count=1)),
    variables=(
        *(variable("pt", unit="furlong"), variable("eta"), variable("eta"), variable("weight")),
        *(variable("jet2_pt", description="of the first jet"), variable("jet1_pt", description="of the first jet")),
    ),
    publisher=replace(RICH.publisher, identifiers=()) if RICH.publisher else None,
    creators=tuple(replace(each, identifiers=()) for each in RICH.creators),
    relations=(
        relation("Relates", "cern-open-data:5"),
        Relation(type="Cites", identifier=identifier("arxiv:2407.20127"), title="arXiv:2047.20127"),
    ),
    conforms_to=("https://example.org/own",),
)


TWO_DOIS = [{"file": "README.md", "text": f"10.5281/zenodo.{number}"} for number in (7, 8)]
POOR_PROJECT = {"dois": TWO_DOIS, "private_paths": [{"file": "a.py", "text": "/home/a", "line": 1}]}
POOR_MODEL = (
    Observation(name="headers", value='[{"format": "onnx", "inputs": [{"name": "x"}], "external": ["gone.bin"]}]'),
    Observation(name="project", value=json.dumps(POOR_PROJECT)),
)


def told(*views: View) -> Harvest:
    return merge(evidence(*views, observations=(*NOTHING_FOUND, *POOR_MODEL)), views)


def poor(kind: Kind) -> list[Harvest]:
    """Records that fall short: one that says nothing, one that says what is wrong, and files without a document."""
    empty, wrong = Resource(kind=kind), Resource(**{**vars(WRONG), "kind": kind})
    prose = {"superseded_by": "extracted"}
    faulty = [view(wrong, dialect=dialect, faults=("title: no text",), how=prose) for dialect in DIALECTS]
    return [
        told(*(view(empty, dialect=dialect) for dialect in DIALECTS)),
        told(*faulty),
        told(view(empty, dialect="folder")),
        told(view(empty, dialect="html")),
    ]


def kind_of(metric: Metric) -> Kind:
    return next(kind for kind in ("dataset", "software", "model") if kind in metric.applies)


def status(metric: Metric, harvest: Harvest, name: str) -> str:
    (found,) = evaluate(harvest, replace(load(name), metrics=(metric,)))
    return found.status


def rich(kind: Kind) -> list[Harvest]:
    """Records that have all that is asked for, as far as one record can: under embargo, and public."""
    current = Resource(**{**vars(RICH), "superseded_by": (), "kind": kind})
    served = replace(current.distributions[0], content_url="davs://example.org/train.h5")
    public = replace(current, access="open", distributions=(served, *current.distributions[1:]))
    return [told_by(current), told_by(public), told_in_words(current)]


def told_in_words(resource: Resource) -> Harvest:
    """The resource in a document that is not empty: its class, the address of its licence, terms of vocabularies."""
    body = b'{"prov": "http://www.w3.org/ns/prov#used"}'
    data = {"@type": "Dataset", "license": "https://opendatacommons.org/licenses/odbl/1-0/"}
    alone = view(resource, dialect="schema-org", body=body, data=data)
    return merge(evidence(alone, observations=OBSERVED), [alone])


LEFT_OPEN = {
    ("rda", "RDA-I3-01D"): "whether the data refer to other data stands inside of the files",
    ("rda", "RDA-I3-02D"): "how the data refer to other data stands inside of the files",
}
"""Metrics that are the same for every record, and why."""
NEVER_MET = {("rda", "RDA-A1-03D"): "no file is fetched, so that it can only be missed for certain"}


@EACH
def test_a_metric_is_met_by_a_rich_record(name: str, metric: Metric) -> None:
    found = {status(metric, harvest, name) for harvest in rich(kind_of(metric))}
    assert "pass" in found or (found == {"unknown"} and (name, metric.id) in LEFT_OPEN | NEVER_MET)


@EACH
def test_a_metric_is_missed_by_a_poor_record(name: str, metric: Metric) -> None:
    found = {status(metric, harvest, name) for harvest in poor(kind_of(metric))}
    assert found & {"fail", "partial"} or (found == {"unknown"} and (name, metric.id) in LEFT_OPEN)


@pytest.mark.parametrize(("name", "metric"), LEFT_OPEN)
def test_a_metric_that_is_left_open_says_why(name: str, metric: str) -> None:
    (found,) = [each for each in evaluate(told_by(RICH), load(name)) if each.metric.id == metric]
    assert (found.status, found.low, found.high) == ("unknown", 0.0, found.possible)
    assert found.tests[0].outcome.text == "links inside of the files are not looked for"


@EACH
def test_a_metric_tells_what_it_asks_and_what_to_do(name: str, metric: Metric) -> None:
    assert len(metric.title.split()) > 3
    assert metric.title.endswith((".", "?"))
    assert all((metric.remedy or test.check.remedy).endswith((".", "…")) for test in metric.tests)
    assert metric.principle in PRINCIPLES
    assert len({test.id for test in metric.tests}) == len(metric.tests)


def test_our_own_checklist_asks_about_every_principle() -> None:
    metrics = load("fairkit").metrics
    assert len(metrics) >= 40
    assert {metric.principle for metric in metrics} == set(PRINCIPLES)
    assert {metric.about for metric in metrics} == {"metadata", "data"}


def test_every_kind_of_work_is_asked_something_under_every_letter() -> None:
    for kind in KINDS:
        asked = Counter(m.principle[0] for m in load("fairkit").metrics if kind in m.applies)
        assert set(asked) == set("FAIR")


def test_fair4hep_has_sixteen_rows_of_the_same_weight() -> None:
    metrics = load("fair4hep").metrics
    assert len(metrics) == 16
    assert {metric.points for metric in metrics} == {2.0}
    assert {kind for metric in metrics for kind in metric.applies} >= {"dataset", "software", "supplementary"}


@pytest.mark.shared
def test_fair4hep_asks_under_the_principles_of_the_published_table(shared: Path) -> None:
    table = yaml.safe_load((shared / "data" / "checklists" / "fair4hep_checklist.yaml").read_text())
    assert [(m.id, m.principle) for m in load("fair4hep").metrics] == [(r["id"], r["principle"]) for r in table["rows"]]


@pytest.mark.shared
def test_rda_has_the_published_indicators_with_their_priorities(shared: Path) -> None:
    table = yaml.safe_load((shared / "data" / "checklists" / "rda_fdmm_indicators.yaml").read_text())
    about = {"M": "metadata", "D": "data"}
    published = [(r["id"], r["principle"], r["priority"], about[r["target"]]) for r in table["indicators"]]
    assert [(m.id, m.principle, m.level, m.about) for m in load("rda").metrics] == published
    assert Counter(m.level for m in load("rda").metrics) == {"essential": 20, "important": 14, "useful": 7}


@pytest.mark.shared
def test_ardc_asks_the_published_questions_with_their_grades(shared: Path) -> None:
    table = yaml.safe_load((shared / "data" / "checklists" / "ardc_questions.yaml").read_text())
    questions = {f"ARDC-{row['id']}": row for row in table["questions"]}
    metrics = load("ardc").metrics
    assert [m.id for m in metrics] == list(questions)
    for metric in metrics:
        grades = questions[metric.id]["answers"].values()
        assert metric.principle[0] == questions[metric.id]["letter"]
        assert metric.points == max(grades) == max(test.points or 0.0 for test in metric.tests)
        assert {test.points for test in metric.tests} <= set(map(float, grades))


def test_the_answers_of_ardc_go_from_worst_to_best() -> None:
    metrics = load("ardc").metrics
    points = Counter({letter: sum(m.points for m in metrics if m.id[5] == letter) for letter in "FAIR"})
    assert points == {"F": 17.0, "A": 10.0, "I": 8.0, "R": 7.0}
    for metric in metrics:
        ladder = [test.points or 0.0 for test in metric.tests]
        assert (metric.scoring, ladder) == ("best", sorted(ladder))
        assert all(test.answer for test in metric.tests)
        assert metric.otherwise


def test_a_checklist_tells_what_it_needs() -> None:
    checklist = load("fairkit")
    assert checklist.needs == {"landing_page", "identifier", "registry"}
    assert {"license", "kind", "distributions", "variables"} <= checklist.fields
    assert checklist.metric("R1.1-fits").principle == "R1.1"


def test_the_fields_of_a_test_are_those_of_its_check_and_of_its_parameter() -> None:
    (test,) = load("fair4hep").metric("F4H-F2-richness").tests
    assert {"identifiers", "license", "relations"} < test.fields


HEAD = 'id = "mine"\nversion = "1"\ntitle = "Mine"\n'
ROW = '[[metric]]\nid = "A"\nprinciple = "F2"\n'
TESTS = 'tests = [{ check = "has_title" }]\n'


def facts(row: Checklist | Metric | BoundTest) -> list[str]:
    """The fields of a row as Python spells them, which tells 2 from 2.0; sets in order."""
    told = {field.name: getattr(row, field.name) for field in fields(row)}
    sets = {name: sorted(value) for name, value in told.items() if isinstance(value, frozenset)}
    below = {name: [facts(one) for one in told[name]] for name in ("metrics", "tests") if name in told}
    return [f"{name}: {value!r}" for name, value in (told | sets | below).items()]


@pytest.mark.parametrize("name", names())
def test_a_shipped_checklist_read_as_strictly_as_that_of_a_stranger_is_the_same(name: str) -> None:
    strict = parse(resources.read_bytes("checklists", f"{name}.toml"), where=f"{name}.toml")
    assert strict.metrics
    assert facts(load(name)) == facts(strict)


def test_a_row_without_words_takes_its_title_from_its_first_check() -> None:
    (metric,) = parse((HEAD + ROW + TESTS).encode(), where="mine.toml").metrics
    (test,) = metric.tests
    assert (metric.title, metric.remedy) == (test.check.title, "")
    assert (metric.level, metric.points, metric.about, metric.scoring) == ("important", 2.0, "metadata", "all")
    assert (test.id, test.on, test.points) == ("A-1", "resource", None)


def test_a_row_may_have_words_of_its_own() -> None:
    text = HEAD + ROW + 'title = "What?"\nremedy = "That."\npoints = 5\nlevel = "useful"\n' + TESTS
    (metric,) = parse(text.encode(), where="mine.toml").metrics
    assert (metric.title, metric.remedy, metric.points) == ("What?", "That.", 5.0)


def test_a_checklist_may_extend_another_and_change_it() -> None:
    text = f'{HEAD}extends = "fair4hep"\ndrop = ["F4H-F4"]\n' + ROW.replace('"A"', '"F4H-F3"') + TESTS + ROW + TESTS
    mine = parse(text.encode(), where="mine.toml")
    ids = [metric.id for metric in mine.metrics]
    assert ids == [m.id for m in load("fair4hep").metrics if m.id != "F4H-F4"] + ["A"]
    assert [test.check.name for test in mine.metric("F4H-F3").tests] == ["has_title"]


def a_test(written: str) -> str:
    return HEAD + ROW + f"tests = [{{ {written} }}]\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id = ", ["not readable TOML"]),
        ('id = "Mine Own"\nversion = "1"\ntitle = "x"', ["mine.toml: id"]),
        (HEAD + 'colour = "red"\n', ["colour", "not permitted"]),
        (HEAD + ROW + 'colour = "red"\n' + TESTS, ["metric.0.colour", "not permitted"]),
        (HEAD + ROW + "tests = []\n", ["metric.0.tests"]),
        (HEAD + ROW.replace("F2", "G2") + TESTS, ["metric.0.principle"]),
        (HEAD + ROW + TESTS + ROW + TESTS, ["'A' stands there twice"]),
        (HEAD + ROW + 'applies = ["data"]\n' + TESTS, ["no kind 'data'", "dataset"]),
        (HEAD + 'reads = ["schema"]\n', ["no dialect 'schema'", "schema-org"]),
        (HEAD + 'extends = "fair5hep"\n', ["no checklist 'fair5hep'", "Did you mean 'fair4hep'"]),
        (HEAD + 'extends = "fair4hep"\ndrop = ["F4H-F5"]\n', ["no metric to drop 'F4H-F5'", "F4H-F4"]),
        (a_test('check = "has_license"'), ["no check 'has_license'", "Did you mean 'has_licence'"]),
        (a_test('check = "has_title", on = "schema"'), ["no dialect 'schema'", "Did you mean 'schema-org'"]),
        (
            a_test('check = "has_description", params = { word = 3 }'),
            ["no parameter of has_description 'word'", "Did you mean 'words'"],
        ),
        (a_test('check = "has_description", params = { words = "many" }'), ["'words' of has_description", "integer"]),
        (a_test('check = "is_indexed", params = { registry = "x" }'), ["no parameter of is_indexed 'registry'"]),
        (a_test('check = "metadata_is_rich"'), ["metadata_is_rich needs the parameter 'fields'"]),
        (a_test('check = "metadata_is_rich", params = { fields = ["licence"] }'), ["no field 'licence'", "'license'"]),
        (a_test('check = "metadata_is_rich", params = { fields = "title" }'), ["'fields' of metadata_is_rich"]),
        (HEAD + ROW + 'scoring = "sum"\n' + TESTS, ["metric A: none of its tests is worth a point"]),
        (a_test('check = "has_title", points = 0'), ["metric A: none of its tests is worth a point"]),
    ],
)
def test_the_loader_refuses_what_does_not_exist_and_names_what_does(text: str, words: list[str]) -> None:
    with pytest.raises(ChecklistError) as caught:
        parse(text.encode(), where="mine.toml")
    assert [word for word in ["mine.toml", *words] if word not in str(caught.value)] == []


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ChecklistError, match="not readable TOML"):
        parse(b"\xff", where="mine.toml")


@pytest.mark.parametrize("ask", [load, lambda name: load("fairkit").metric(name)])
def test_an_unknown_name_is_answered_with_the_known_ones(ask: Any) -> None:
    with pytest.raises(UnknownName, match="Known: "):
        ask("fair5hep")
