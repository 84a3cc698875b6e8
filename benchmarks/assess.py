"""What it costs to assess a record whose documents are at hand, in CPU time on one core.

Promises: evaluating one checklist takes less than 300 µs per record, and all of them together less than 1,000 µs, in
the median over all records. One is `fairkit` or `fair4hep`, which are asked by default. Reading (parsing
the JSON of its documents) and harvesting (what the dialects make of them) are shown apart, and everything as a ratio
to reading, which does not depend on the machine.

Run it from the checkout: `python benchmarks/assess.py [PASSES]`. The records are those beside the checkout, else the
one of the showcase. Each figure is the least of the passes, since other work on the machine only ever adds. The exit
code is 1 if the promise is broken.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from fairkit import resources  # noqa: E402 - the checkout comes first
from fairkit.assess import checklist  # noqa: E402
from fairkit.assess.engine import evaluate, evaluate_all  # noqa: E402
from fairkit.dialects import harvest  # noqa: E402
from fairkit.model.evidence import Document, Evidence  # noqa: E402

MOST = {"evaluating fairkit": 300.0, "evaluating fair4hep": 300.0, "evaluating all": 1000.0}
"""Microseconds per record."""
RECORDS = ROOT.parent / "shared" / "data" / "cern-open-data"
EXPORTS = {"schema-org": "{recid}.jsonld", "datacite": "{recid}.datacite.json"}


def main(passes: int) -> int:
    """Measure, print a table, and tell whether the promise holds."""
    gathered = list(_gathered())
    gc.set_threshold(100_000, 20, 20)  # as the command line does
    spent: dict[str, list[float]] = {}
    for evidence in gathered:
        for what, least in _least(evidence, passes).items():
            spent.setdefault(what, []).append(least)
    base = statistics.median(spent["reading (json.loads)"])
    print(f"{len(gathered)} records, µs of CPU per record, least of {passes} passes\n")
    print(f"{'':24}{'median':>10}{'most':>12}{'ratio to reading':>20}")
    for what, each in spent.items():
        median = statistics.median(each)
        print(f"{what:24}{median:10.1f}{max(each):12.1f}{median / base:20.2f}")
    print()
    kept = {what: statistics.median(spent[what]) < most for what, most in MOST.items()}
    for what, most in MOST.items():
        print(f"{what} takes less than {most:,.0f} µs: {'kept' if kept[what] else 'BROKEN'}")
    return 0 if all(kept.values()) else 1


def _least(evidence: Evidence, passes: int) -> dict[str, float]:
    """The least that each step costs for one record, in µs."""
    harvested = harvest(evidence)
    steps: dict[str, Callable[[], object]] = {
        "reading (json.loads)": lambda: [json.loads(document.body) for document in evidence.documents],
        "harvesting": partial(harvest, evidence),
    }
    every = [checklist.load(name) for name in checklist.names()]
    for one in every:
        steps[f"evaluating {one.id}"] = partial(evaluate, harvested, one)
    steps["evaluating all"] = lambda: list(evaluate_all(harvested, every))
    return {what: min(_cost(step) for _ in range(passes)) for what, step in steps.items()}


def _cost(step: Callable[[], object]) -> float:
    start = time.process_time_ns()
    step()
    return (time.process_time_ns() - start) / 1000


def _gathered() -> Iterator[Evidence]:
    """The records beside the checkout with their exports, else the record of the showcase."""
    for folder in ("records", "sample"):
        for path in sorted((RECORDS / folder).glob("*.json")):
            if path.stem != "INDEX":
                exports = {n: RECORDS / "derived" / form.format(recid=path.stem) for n, form in EXPORTS.items()}
                yield _evidence(path.stem, {"cern-open-data": path} | exports)
    if not RECORDS.is_dir():
        shown = resources.folder("showcase") / "12102"
        names = {"cern-open-data": "native.json", "schema-org": "record.jsonld", "datacite": "datacite.json"}
        yield _evidence("12102", {dialect: shown / name for dialect, name in names.items()})


def _evidence(target: str, paths: dict[str, Path]) -> Evidence:
    documents = tuple(
        Document(representation=dialect, media_type="application/json", url=path.name, body=path.read_bytes())
        for dialect, path in paths.items()
        if path.exists()
    )
    return Evidence(target=target, source="document", basis="saved", documents=documents)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
