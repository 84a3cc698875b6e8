"""`fairkit compare`: one target or two, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.test_schemas import faults

Run = Callable[..., Ran]
SHOWCASE = ("record", "12102", "--offline", "-q")


def test_the_documents_of_a_record_stand_side_by_side(run: Run) -> None:
    ran = run("compare", *SHOWCASE)
    assert ran.code == 0
    [head] = [line for line in ran.out.splitlines() if "schema-org" in line and "datacite" in line][:1]
    assert "cern-open-data" in head
    assert "178 variables" in ran.out


def test_json_holds_to_its_schema(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "compare.json"
    assert run("compare", *SHOWCASE, "--json", "-o", file).out == ""
    written = json.loads(file.read_bytes())
    assert faults("compare", written) == []
    verdicts = {row["field"]: row["verdict"] for row in written["rows"]}
    assert (verdicts["license"], verdicts["creators"], verdicts["title"]) == ("lost", "poorer", "same")


def test_two_doors_of_one_thing_are_held_against_each_other(run: Run, shared: Path) -> None:
    derived = shared / "data" / "cern-open-data" / "derived" / "12102.datacite.json"
    written = json.loads(run("compare", *SHOWCASE, derived, "--json").out)
    assert written["targets"] == ["record 12102", str(derived)]
    assert {row["field"]: row["verdict"] for row in written["rows"]}["license"] == "lost"


def test_saved_evidence_is_compared(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "evidence.json"
    first = run("compare", *SHOWCASE, "--save-evidence", file)
    assert run("compare", "--evidence", file).out == first.out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "no target"),
        (("12102", "12102", "12102", "--offline"), 2, "takes one or two"),
        (("record", "1", "--offline"), 3, ""),
        (("no-such-thing",), 2, "nothing recognises"),
        (("12102", "no-such-thing", "--offline"), 2, "nothing recognises"),
    ],
)
def test_what_cannot_be_compared_is_said(run: Run, words: tuple[str, ...], code: int, told: str) -> None:
    ran = run("compare", *words)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err
