"""Write the files that are made from the code: the published schemas, the picture of the report, lists in the docs.

`python .ci/generate.py` writes them; with `--check` it names those that are not current, and fails.
"""

from __future__ import annotations

import argparse
import html
import io
import json
import re
import runpy
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode
from rich.console import Console
from rich.text import Text

from fairkit import resources
from fairkit.assess import checklist
from fairkit.assess.assessment import Assessment, assess
from fairkit.assess.checklist_file import ChecklistFile
from fairkit.cli.rows import ChecklistRow, CheckRow, Cleared, DialectRow, FormatRow, ReportRow, Shown, SourceRow
from fairkit.compare import Comparison
from fairkit.compare.export_loss import Export
from fairkit.dialects import harvest
from fairkit.dialects._citations import Citation
from fairkit.dialects._toml_tables import FairkitToml
from fairkit.diff import Difference
from fairkit.evidence.saved import SavedEvidence
from fairkit.fix import Mending
from fairkit.gate import Verdict
from fairkit.gate.baseline import Entry
from fairkit.model.ai import ModelFile
from fairkit.model.evidence import Document, Evidence, Observation
from fairkit.model.provenance import Activity
from fairkit.model.resource import Resource
from fairkit.package.bound import Bound
from fairkit.package.conversion import Conversion
from fairkit.package.description import Description
from fairkit.package.fetch import Fetched
from fairkit.package.initiation import Initiation
from fairkit.package.lineage import Ancestor
from fairkit.package.linked import Linked
from fairkit.package.mapping import View
from fairkit.package.package import Package
from fairkit.package.validation import Validation
from fairkit.publish.apply import Deposited
from fairkit.publish.cern.bundle import Submission
from fairkit.publish.doctor import Found
from fairkit.publish.plan import Plan
from fairkit.publish.releases import Released
from fairkit.publish.standing import Discarded, Standing
from fairkit.report import Style, report
from fairkit.results.challenge import Challenge
from fairkit.results.leaderboard import Leaderboard
from fairkit.results.scoring import Scoring
from fairkit.results.submissions import Standings
from fairkit.serve.server import Served
from fairkit.survey.summary import Summary
from fairkit.verification.report import Report

AnyRow = CheckRow | ChecklistRow | SourceRow | DialectRow | FormatRow | ReportRow

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = "https://w3id.org/fairkit/schemas"

_SHOWCASE = (
    ("cern-open-data", "native.json", "application/json"),
    ("schema-org", "record.jsonld", "application/ld+json"),
    ("datacite", "datacite.json", "application/vnd.datacite.datacite+json"),
)


class WithMeanings(GenerateJsonSchema):
    """Schemas of 2020-12; the meaning of each field, its IRI, and its unit or vocabulary come from its annotation."""

    schema_dialect = "https://json-schema.org/draft/2020-12/schema"

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False  # it would only say the name once more


def schema(name: str, kind: Any, title: str, mode: JsonSchemaMode = "validation") -> bytes:
    """The JSON Schema of a model, `serialization` for what fairkit writes, `validation` for what it reads."""
    written = TypeAdapter(kind).json_schema(mode=mode, schema_generator=WithMeanings)
    head = {"$schema": WithMeanings.schema_dialect, "$id": f"{SCHEMAS}/{name}.schema.json", "title": title}
    return json.dumps(written | head, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"


def evidence() -> Evidence:
    """The evidence of the showcase, as it is where there is no network."""
    folder = resources.folder("showcase") / "12102"
    documents = tuple(
        Document(representation=name, media_type=media_type, url=f"showcase:12102/{file}", body=body)
        for name, file, media_type in _SHOWCASE
        for body in [(folder / file).read_bytes()]
    )
    needs = sorted(frozenset().union(*(checklist.load(name).needs for name in checklist.names())))
    missing = tuple(Observation(name=name, error="the portal could not be reached") for name in needs)
    return Evidence(
        target="12102", source="cern-open-data", basis="showcase", documents=documents, observations=missing
    )


def showcase(name: str = "fairkit") -> Assessment:
    """The showcase by a checklist."""
    return assess(harvest(evidence()), checklist.load(name), version="0.1.0", when="2026-11-21T00:00:00Z")


def picture() -> bytes:
    """The text report of the showcase as the terminal shows it, with nothing that would be fetched from elsewhere."""
    style = Style(colour=True, width=100)
    console = Console(record=True, width=style.width, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(report("text").render([showcase()], style=style).decode()))
    drawn = console.export_svg(title="fairkit assess record 12102", unique_id="fairkit")
    without_fonts = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    return _INDENTED.sub(_moved, without_fonts).encode()


_INDENTED = re.compile(r'x="([\d.]+)" (y="[\d.]+") textLength="([\d.]+)"([^>]*)>((?:&#160;)+)([^<]*)')


def _moved(found: re.Match[str]) -> str:
    """A line that begins where its first letter stands: some viewers drop the blanks that rich indents it with."""
    x, y, length, rest, blanks, words = found.groups()
    indent, letters = len(html.unescape(blanks)), len(html.unescape(words))
    step = float(length) / (indent + letters)
    return f'x="{float(x) + indent * step:.1f}" {y} textLength="{letters * step:.1f}"{rest}>{words}'


FILES: dict[str, Callable[[], bytes]] = {
    "docs/report.svg": picture,
    "schemas/assessment.schema.json": partial(
        schema, "assessment", tuple[Assessment, ...], "Assessments by fairkit", "serialization"
    ),
    "schemas/benchmark.schema.json": partial(
        schema, "benchmark", Scoring | Leaderboard, "What fairkit benchmark says", "serialization"
    ),
    "schemas/link.schema.json": partial(schema, "link", Linked, "The data of a model", "serialization"),
    "schemas/bind.schema.json": partial(schema, "bind", Bound, "The channels of a model", "serialization"),
    "schemas/baseline.schema.json": partial(
        schema, "baseline", tuple[Entry, ...], "A baseline of fairkit gate", "serialization"
    ),
    "schemas/challenge.schema.json": partial(
        schema, "challenge", Challenge | Standings, "What fairkit challenge says", "serialization"
    ),
    "schemas/checklist.schema.json": partial(schema, "checklist", ChecklistFile, "A checklist of fairkit"),
    "schemas/cache.schema.json": partial(schema, "cache", Shown | Cleared, "What fairkit cache says", "serialization"),
    "schemas/cite.schema.json": partial(schema, "cite", Citation, "How a work is cited", "serialization"),
    "schemas/export.schema.json": partial(
        schema, "export", tuple[Export, ...], "A work in the forms that others read", "serialization"
    ),
    "schemas/compare.schema.json": partial(schema, "compare", Comparison, "Documents side by side", "serialization"),
    "schemas/describe.schema.json": partial(
        schema, "describe", Description, "What a folder of data holds", "serialization"
    ),
    "schemas/convert.schema.json": partial(schema, "convert", Conversion, "What was converted", "serialization"),
    "schemas/diff.schema.json": partial(
        schema, "diff", tuple[Difference, ...], "What changed between assessments", "serialization"
    ),
    "schemas/fetch.schema.json": partial(schema, "fetch", Fetched, "What was fetched", "serialization"),
    "schemas/fix.schema.json": partial(schema, "fix", Mending, "What would raise the score", "serialization"),
    "schemas/evidence.schema.json": partial(
        schema, "evidence", SavedEvidence, "Saved evidence of fairkit", "serialization"
    ),
    "schemas/gate.schema.json": partial(schema, "gate", tuple[Verdict, ...], "Verdicts of the gate", "serialization"),
    "schemas/init.schema.json": partial(schema, "init", Initiation, "What fairkit init filled in", "serialization"),
    "schemas/lineage.schema.json": partial(
        schema, "lineage", tuple[Ancestor, ...], "What works come from", "serialization"
    ),
    "schemas/model-file.schema.json": partial(
        schema, "model-file", ModelFile, "What a file with a model says of itself", "serialization"
    ),
    "schemas/package.schema.json": partial(schema, "package", Package, "A package that was made", "serialization"),
    "schemas/publish.schema.json": partial(
        schema,
        "publish",
        Deposited | Plan | Submission | Released,
        "What a publication did, or would do",
        "serialization",
    ),
    "schemas/serve.schema.json": partial(
        schema, "serve", Served, "What fairkit serve says when it listens", "serialization"
    ),
    "schemas/status.schema.json": partial(
        schema, "status", tuple[Standing, ...], "How deposits stand", "serialization"
    ),
    "schemas/discard.schema.json": partial(schema, "discard", Discarded, "What was discarded", "serialization"),
    "schemas/doctor.schema.json": partial(
        schema, "doctor", tuple[Found, ...], "What fairkit doctor found", "serialization"
    ),
    "schemas/run.schema.json": partial(schema, "run", Activity, "A step that was run", "serialization"),
    "schemas/list.schema.json": partial(schema, "list", list[AnyRow], "What fairkit list says", "serialization"),
    "schemas/fairkit-toml.schema.json": partial(schema, "fairkit-toml", FairkitToml, "fairkit.toml"),
    "schemas/survey.schema.json": partial(schema, "survey", Summary, "What a survey found", "serialization"),
    "schemas/validate.schema.json": partial(
        schema, "validate", Validation, "What is wrong in a folder", "serialization"
    ),
    "schemas/view.schema.json": partial(schema, "view", View, "The mapping between views", "serialization"),
    "schemas/verify.schema.json": partial(schema, "verify", Report, "Whether a package is as made", "serialization"),
    "schemas/resource.schema.json": partial(schema, "resource", Resource, "A resource as fairkit reads it"),
    **runpy.run_path(str(ROOT / ".ci" / "reference.py"))["PAGES"],
}
"""Every generated file, by its path from the top of the checkout."""


def stale() -> list[str]:
    """The files that are not what the code makes, or are missing."""
    return [path for path, make in FILES.items() if not (ROOT / path).is_file() or (ROOT / path).read_bytes() != make()]


def write() -> None:
    """Write every file."""
    for path, make in FILES.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_bytes(make())


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the files that are made from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; name the files that are not current")
    if not parser.parse_args().check:
        write()
        return 0
    old = stale()
    for path in old:
        print(f"{path} is not current: run python .ci/generate.py")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main())
