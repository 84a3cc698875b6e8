"""The checklists `fuji-*` agree with F-UJI as far as docs/fuji-agreement.md says."""

from __future__ import annotations

from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from fairkit.assess import checklist
from tests.conftest import ROOT

from . import __main__ as command
from .agreement import Row, macro, rows
from .cases import VERSIONS, Case, compared

pytestmark = pytest.mark.shared

LEAST = {"0.8": 0.95, "0.5": 0.90}
"""The agreement that is promised: per metric, macro-averaged, without the records as the portal serialises them."""
ALWAYS_ZERO = {"FsF-A1-01M-3", "FsF-R1.3-01M-2"}
"""Tests that no case of the corpus passes and that nothing in it could decide: the checklists do not ask them."""
PAGE = ROOT / "docs" / "fuji-agreement.md"


@cache
def every(shared: Path, version: str) -> tuple[Case, ...]:
    return tuple(compared(shared, version))


def without_portal(shared: Path, version: str) -> list[Case]:
    return [case for case in every(shared, version) if not case.is_portal]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_agreement_is_what_was_promised(shared: Path, version: str) -> None:
    agreement, floor = macro(rows(without_portal(shared, version), metrics=True))
    assert agreement >= LEAST[version] > floor


@pytest.mark.parametrize("version", VERSIONS)
def test_every_metric_is_better_than_a_guess_or_nearly_always_right(shared: Path, version: str) -> None:
    poor = [row.name for row in rows(without_portal(shared, version), metrics=True) if _is_poor(row)]
    assert poor == []


def _is_poor(row: Row) -> bool:
    return row.agreement <= row.floor and row.agreement < 0.95


@pytest.mark.parametrize("version", VERSIONS)
def test_metrics_tests_and_their_points_are_those_of_f_uji(shared: Path, version: str) -> None:
    theirs = every(shared, version)[0].theirs
    ours = checklist.load(f"fuji-{version}").metrics
    assert {metric.id for metric in ours} == {name for name in theirs if name.count("-") == 2}
    asked = {test.id for metric in ours for test in metric.tests if test.points}
    tests = {name for name in theirs if name.count("-") == 3}
    assert (asked - tests, tests - asked - ALWAYS_ZERO) == (set(), set())


@pytest.mark.parametrize("version", VERSIONS)
def test_a_case_passes_each_metric_and_another_fails_it(shared: Path, version: str) -> None:
    for metric in checklist.load(f"fuji-{version}").metrics:
        earned = {case.ours[metric.id] for case in every(shared, version)}
        assert {0.0, metric.points} <= earned, metric.id


@pytest.mark.parametrize("version", VERSIONS)
def test_the_page_tells_the_figures_and_every_case_that_differs(shared: Path, version: str) -> None:
    page = PAGE.read_text("utf-8")
    cases = every(shared, version)
    table = "\n".join(command.table(version, cases))
    assert table in page, f"python -m tests.oracle --version {version}"
    lists = [ids for row in rows(cases, metrics=False) for ids in row.apart.values()]
    assert [name for name in sorted(set(chain(*lists))) if f"`{name}`" not in page] == []


def test_one_case_is_shown_side_by_side(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command.main(["--case", "mut-000-base-rich", "--version", "0.8"])
    lines = capsys.readouterr().out.splitlines()
    assert any(line.split() == ["FsF-F4-01M", "2", "2"] for line in lines)
