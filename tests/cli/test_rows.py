"""The rows are what the verbs print: the same fields, in the same order, of the same types."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, fields
from typing import Any

import pytest
from pydantic import TypeAdapter

from fairkit.cli import rows
from tests.cli.conftest import Ran

LISTED: dict[str, type[Any]] = {
    "checks": rows.CheckRow,
    "checklists": rows.ChecklistRow,
    "sources": rows.SourceRow,
    "dialects": rows.DialectRow,
    "formats": rows.FormatRow,
    "reports": rows.ReportRow,
}
TOLD: dict[str, type[Any]] = {"show": rows.Shown, "clear": rows.Cleared}


def names(row: type[Any]) -> list[str]:
    return [field.name for field in fields(row)]


def assert_fits(row: type[Any], printed: dict[str, Any]) -> None:
    assert list(printed) == names(row)
    assert asdict(TypeAdapter(row).validate_json(json.dumps(printed), strict=True)) == printed


@pytest.mark.parametrize("what", LISTED)
def test_a_list_prints_its_rows(run: Callable[..., Ran], what: str) -> None:
    printed = json.loads(run("list", what, "--json").out)
    assert len(printed) > 1
    for row in printed:
        assert_fits(LISTED[what], row)


@pytest.mark.parametrize("what", TOLD)
def test_the_cache_prints_its_facts(run: Callable[..., Ran], what: str) -> None:
    printed = json.loads(run("cache", what, "--json").out)
    assert_fits(TOLD[what], printed)
    assert [line.partition(":")[0] for line in run("cache", what).out.splitlines()] == names(TOLD[what])


def test_every_row_is_printed_by_a_verb() -> None:
    printed = {row.__name__ for row in (*LISTED.values(), *TOLD.values())}
    assert printed | {"Row"} == set(rows.__all__)


def test_a_row_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        rows.Row("text", "a table").name = "json"  # type: ignore[misc]
