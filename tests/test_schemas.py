"""What is generated is current, and the published schemas hold what fairkit writes and reads."""

from __future__ import annotations

import html
import json
import re
import runpy
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from fairkit import resources
from fairkit.assess import checklist
from fairkit.model.base import adapter, plain
from fairkit.model.evidence import Evidence
from fairkit.report import Style, report

from .conftest import ROOT

GENERATED = runpy.run_path(str(ROOT / ".ci" / "generate.py"))
SCHEMAS = sorted(path for path in GENERATED["FILES"] if path.startswith("schemas/"))
PICTURE = "docs/report.svg"

TOML = """
[resource]
title = "Jets with tracks"
license = "CC0-1.0"
keywords = ["jets"]

[[creators]]
name = "Curie, Marie"
orcid = "0000-0002-1825-0097"

[[variables]]
name = "pt"
unit = "GeV"
range = [0.0, 1000.0]

[[provenance.steps]]
name = "simulation"
software = [{ name = "Pythia", version = "8.2" }]
parameters = { seed = 7, pile_up = false }
"""


def schema(name: str) -> Any:
    return json.loads((ROOT / "schemas" / f"{name}.schema.json").read_bytes())


def faults(name: str, instance: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(schema(name)).iter_errors(instance)]


def fields(written: Any) -> Iterator[tuple[str, Any]]:
    """Every field of every word of a schema, of the one that it is about too."""
    for model, definition in {"": written, **written["$defs"]}.items():
        for name, field in definition.get("properties", {}).items():
            yield f"{model}.{name}".removeprefix("."), field


@pytest.mark.parametrize("path", SCHEMAS)
def test_a_schema_is_current(path: str) -> None:
    assert (ROOT / path).read_bytes() == GENERATED["FILES"][path](), "run python .ci/generate.py"


def test_the_picture_shows_the_report_of_today() -> None:
    drawn = re.findall(r"<text[^>]*>([^<]*)</text>", (ROOT / PICTURE).read_text(encoding="utf-8"))
    shown = "".join(html.unescape(" ".join(drawn)).split())
    told = report("text").render([GENERATED["showcase"]()], style=Style()).decode()
    assert [line for line in told.splitlines() if "".join(line.split()) not in shown] == [], (
        "run python .ci/generate.py"
    )


def test_the_picture_fetches_nothing() -> None:
    drawn = (ROOT / PICTURE).read_text(encoding="utf-8")
    assert not re.search(r"url\((?!#)|href|@import|@font-face|<image|<script", drawn)


@pytest.mark.parametrize("path", SCHEMAS)
def test_a_schema_is_one_of_2020_12_and_knows_its_address(path: str) -> None:
    written = json.loads((ROOT / path).read_bytes())
    Draft202012Validator.check_schema(written)
    assert written["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert written["$id"] == f"https://w3id.org/fairkit/{path}"
    assert written["title"]


@pytest.mark.parametrize("name", checklist.names())
def test_a_report_holds_to_its_schema(name: str) -> None:
    written = json.loads(report("json").render([GENERATED["showcase"](name)], style=Style()))
    assert faults("assessment", written) == []


def test_what_is_no_report_does_not() -> None:
    assert faults("assessment", [{"target": "12102"}])
    assert faults("assessment", {})


@pytest.mark.parametrize("name", checklist.names())
def test_a_shipped_checklist_holds_to_its_schema(name: str) -> None:
    assert faults("checklist", tomllib.loads(resources.read_bytes("checklists", f"{name}.toml").decode())) == []


def test_saved_evidence_holds_to_its_schema() -> None:
    evidence = GENERATED["evidence"]()
    binary = replace(evidence.documents[0], body=b"\xff")
    saved = adapter(Evidence).dump_python(replace(evidence, documents=(*evidence.documents, binary)), mode="json")
    assert faults("evidence", {"format": "fairkit-evidence/1", "evidence": [saved]}) == []


def test_a_resource_holds_to_its_schema() -> None:
    from fairkit.dialects import harvest

    assert faults("resource", plain(harvest(GENERATED["evidence"]()).resource)) == []


def test_a_description_by_hand_holds_to_its_schema() -> None:
    assert faults("fairkit-toml", tomllib.loads(TOML)) == []


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ('[resource]\nlicence = "CC0-1.0"', "'licence' was unexpected"),
        ('[resource]\nkind = "data"', "'data' is not one of"),
        ("[data]\nentries = -1", "-1 is not valid"),
        ("[[creators]]\norcid = '0000-0002-1825-0097'", "'name' is a required property"),
    ],
)
def test_a_wrong_description_is_found(wrong: str, fault: str) -> None:
    assert fault in "; ".join(faults("fairkit-toml", tomllib.loads(wrong)))


@pytest.mark.parametrize("name", ["resource", "evidence"])
def test_every_field_says_what_it_means_and_has_its_iri(name: str) -> None:
    without = [place for place, field in fields(schema(name)) if not field.get("x-iri", "").startswith("http")]
    assert without == []
    assert [place for place, field in fields(schema(name)) if not field.get("description")] == []


@pytest.mark.parametrize(
    ("field", "key", "value"),
    [
        ("license", "x-iri", "https://schema.org/license"),
        ("byte_size", "x-unit", "byte"),
        ("Distribution.media_type", "x-vocabulary", "IANA media types"),
        ("splits", "x-iri", "https://w3id.org/fairkit/terms#split"),
    ],
)
def test_a_field_has_its_iri_unit_and_vocabulary(field: str, key: str, value: str) -> None:
    assert dict(fields(schema("resource")))[field][key] == value
