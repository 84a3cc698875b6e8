"""The export-loss report: the showcase, what nothing tells, and two doors of one thing."""

from __future__ import annotations

import json

import pytest

from fairkit.compare import Comparison, Row, compare, compare_two
from fairkit.dialects import harvest
from fairkit.model.evidence import Document, Evidence
from fairkit.model.harvest import Harvest
from tests.report.made import SHOWCASE
from tests.test_schemas import GENERATED, faults


@pytest.fixture(scope="module")
def showcase() -> Comparison:
    return compare(harvest(GENERATED["evidence"]()))


def saved(name: str, data: object) -> Harvest:
    document = Document(representation=name, media_type="", url=f"{name}.json", body=json.dumps(data).encode())
    return harvest(Evidence(target=name, source="document", basis="saved", documents=(document,)))


def row(comparison: Comparison, field: str) -> Row:
    return next(row for row in comparison.rows if row.field == field)


@pytest.mark.parametrize(
    ("field", "says", "others"),
    [
        ("license", "CC0-1.0", ["lost", "lost"]),
        ("file_count", "182", ["lost", "no-place"]),
        ("variables", "178 variables: 178 meanings, 178 types", ["lost", "no-place"]),
        ("relations", "22 relations: 21 IsDerivedFrom, 1 IsCompiledBy", ["lost", "lost"]),
        ("creators", "1 name: Duarte, Javier (1 ORCID)", ["poorer", "same"]),
        ("identifiers", None, ["poorer", "poorer"]),
        ("subjects", "CMS, CERN-LHC", ["lost", "poorer"]),
        ("byte_size", "244,910,603,204 bytes", ["lost", "lost"]),
        ("date_published", "2019", ["same", "same"]),
        ("title", None, ["same", "same"]),
    ],
)
def test_the_exports_of_12102_lose_what_they_lose(
    showcase: Comparison, field: str, says: str | None, others: list[str]
) -> None:
    first, *rest = row(showcase, field).cells
    assert first.verdict == "reference"
    assert says is None or first.says == says
    assert [cell.verdict for cell in rest] == others


def test_a_row_has_the_worst_of_its_verdicts_and_says_why(showcase: Comparison) -> None:
    assert row(showcase, "creators").verdict == "poorer"
    assert row(showcase, "creators").cells[1].why == "without the ORCID of Duarte, Javier"
    assert row(showcase, "license").cells[0].pointer == "/metadata/license/attribution"
    assert {"citation", "version", "entry_count"} <= set(showcase.nowhere)


def test_nothing_of_12102_contradicts(showcase: Comparison) -> None:
    assert [row.field for row in showcase.rows if row.verdict == "contradicts"] == []
    assert [document.name for document in showcase.documents] == list(SHOWCASE)


def test_what_a_search_leaves_out_is_withheld() -> None:
    record = {"recid": "1", "type": {"primary": "Dataset"}, "experiment": ["CMS"], "title": "Toy"}
    whole = saved("cern-open-data", {"metadata": {**record, "files": [{"key": "a.root", "size": 1}]}})
    searched = saved("cern-open-data", {"hits": {"hits": [{"metadata": record}]}})
    found = row(compare_two(whole, searched), "distributions")
    assert [cell.verdict for cell in found.cells] == ["reference", "withheld"]


def test_two_targets_are_held_against_each_other() -> None:
    one = saved("datacite", {"titles": [{"title": "Jets of toys"}], "creators": [], "publicationYear": 2019})
    other = saved("datacite", {"titles": [{"title": "Jets of toys"}], "creators": [], "publicationYear": 2020})
    found = compare_two(one, other)
    assert (len(found.targets), len(found.evidence_digests)) == (2, 2)
    assert row(found, "date_published").verdict == "contradicts"
    assert row(found, "title").cells[0].pointer == "datacite.json#/titles/0"


def test_it_holds_to_its_schema(showcase: Comparison) -> None:
    from fairkit.model.base import plain

    assert faults("compare", plain(showcase)) == []
