"""One case: what F-UJI earned on a recorded web, and what we earn on the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from fairkit.assess import checklist
from fairkit.assess.assessment import Assessment, assess
from fairkit.assess.checklist import Checklist
from fairkit.dialects import harvest
from fairkit.errors import FairkitError
from fairkit.evidence import Gatherer
from fairkit.model.evidence import Evidence
from fairkit.sources import Target, Wants, doi, web
from tests.replay import Replay, case_folders

__all__ = ["VERSIONS", "Case", "Points", "compared", "evidence"]

VERSIONS = ("0.8", "0.5")
_WHEN = "2026-01-01T00:00:00Z"

Points = Mapping[str, float]


class Case(NamedTuple):
    """The points of metrics (`FsF-F2-01M`) and tests (`FsF-F2-01M-3`), ours and theirs."""

    id: str
    ours: Points
    theirs: Points

    @property
    def is_portal(self) -> bool:
        """Whether it is a record as the portal serialises it."""
        return self.id.startswith("cod-")


def compared(shared: Path, version: str, *, only: str = "") -> Iterator[Case]:
    """Each case, assessed by the checklist of one version of the metrics."""
    ours = checklist.load(f"fuji-{version}")
    for folder in case_folders(shared, only):
        theirs = json.loads((folder / f"fuji-{version}.json").read_bytes())
        yield Case(folder.name, _earned(_assessed(folder, ours)), _oracle(theirs["metrics"]))


def evidence(folder: Path, wanted: Checklist) -> Evidence:
    """What is gathered from the web of a case; nothing where no source knows the target.

    Records of the CERN portal are read as any page of the web is: F-UJI knows no portal.
    """
    case = Replay(folder)
    gatherer = Gatherer(case.session())
    wants = Wants(wanted.needs, wanted.fields, online=True)
    target = Target(case.target)
    name, source = ("doi", doi) if doi.matches(target) else ("web", web)
    try:
        return gatherer.follow(name, source.plan(target, wants))[0].evidence
    except FairkitError:
        return Evidence(target=case.target, source="none")


def _assessed(folder: Path, wanted: Checklist) -> Assessment:
    return assess(harvest(evidence(folder, wanted)), wanted, when=_WHEN)


def _earned(assessment: Assessment) -> dict[str, float]:
    """What metrics and tests earned; a test that is asked of several documents counts once."""
    found = {row.metric: row.points for row in assessment.results}
    for row in assessment.results:
        for test in row.tests:
            earned = round(test.points * (test.worth or 0.0), 4)
            found[test.id] = max(earned, found.get(test.id, 0.0))
    return found


def _oracle(metrics: Mapping[str, Mapping[str, object]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, metric in metrics.items():
        found[name] = float(str(metric["earned"]))
        tests = metric["tests"]
        if isinstance(tests, dict):
            found |= {test: float(row["earned"]) for test, row in tests.items() if row["total"]}
    return found
