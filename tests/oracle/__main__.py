"""Print the agreement with F-UJI: `python -m tests.oracle [--version 0.8] [--case mut-000-base-rich] [--tests]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tests.conftest import SHARED

from .agreement import Row, macro, rows
from .cases import VERSIONS, Case, compared

__all__ = ["main", "table"]

_MOST = 6
"""Case ids that a line of disagreements names, unless all are asked for."""


def main(words: Sequence[str]) -> None:
    """Read the words of the command line, compare, and print."""
    asked = argparse.ArgumentParser(prog="python -m tests.oracle", description="Print the agreement with F-UJI.")
    asked.add_argument("--version", choices=VERSIONS, action="append", help="of the metrics; both otherwise")
    asked.add_argument("--case", default="", help="a case, or what the ids of several begin with")
    asked.add_argument("--tests", action="store_true", help="a line for each test too, and their disagreements")
    asked.add_argument("--all", action="store_true", help="name every case that differs")
    options = asked.parse_args(words)
    for version in options.version or VERSIONS:
        cases = list(compared(SHARED, version, only=options.case))
        if len(cases) == 1:
            lines = _one(version, cases[0])
        else:
            lines = [*table(version, cases), *_details(cases, tests=options.tests, every=options.all)]
        sys.stdout.write("\n".join(lines) + "\n\n")


def _one(version: str, case: Case) -> list[str]:
    lines = [f"{case.id}, metrics {version}", "", f"{'':20}{'ours':>8}{'F-UJI':>8}"]
    for name, theirs in case.theirs.items():
        ours = case.ours.get(name, 0.0)
        lines.append(f"{name:20}{ours:8g}{theirs:8g}{'' if ours == theirs else '   <<<'}")
    return lines


def table(version: str, cases: Sequence[Case]) -> list[str]:
    """The agreement of each metric and of all, beside the floor."""
    without = _without_portal(cases)
    found = rows(without, metrics=True)
    return [
        f"fuji-{version}, {len(without)} cases without cod-*",
        f"{'metric':22}{'agreement':>10}{'floor':>9}",
        *map(_line, found),
        _mean("all metrics, macro", found),
        _mean("all tests, macro", rows(without, metrics=False)),
        _mean(f"metrics, all {len(cases)} cases", rows(cases, metrics=True)),
    ]


def _without_portal(cases: Sequence[Case]) -> Sequence[Case]:
    return [case for case in cases if not case.is_portal] or cases


def _details(cases: Sequence[Case], *, tests: bool, every: bool) -> list[str]:
    """The tests, where they are asked for, and the disagreements: ours, F-UJI's, and in which cases."""
    found = rows(_without_portal(cases), metrics=not tests)
    lines = ["", *map(_line, found)] if tests else []
    lines += ["", f"{'disagreements':20}{'ours':>6}{'F-UJI':>6}  cases"]
    return lines + [line for row in found for line in _apart(row, every=every)]


def _line(row: Row) -> str:
    return f"{row.name:22}{row.agreement:10.1%}{row.floor:9.1%}"


def _mean(title: str, every: Sequence[Row]) -> str:
    agreement, floor = macro(every)
    return f"{title:22}{agreement:10.1%}{floor:9.1%}"


def _apart(row: Row, *, every: bool) -> list[str]:
    lines = []
    for (ours, theirs), ids in row.apart.items():
        shown = ids if every else ids[:_MOST]
        more = f" and {len(ids) - len(shown)} more" if len(shown) < len(ids) else ""
        lines.append(f"{row.name:20}{ours:6g}{theirs:6g}  {' '.join(shown)}{more}")
    return lines


if __name__ == "__main__":
    main(sys.argv[1:])
