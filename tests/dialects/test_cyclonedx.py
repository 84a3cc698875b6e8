"""Bills of materials of models: what stands where. The official schema judges them in tests/judges."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from fairkit.dialects import cyclonedx
from fairkit.model.resource import Resource

from .resources import resources
from .written import RICH

WORK = replace(RICH, kind="model", requirements=("Torch_Geometric==2.4.0+cpu", "Python >= 3.11"))


def written(work: Resource) -> Any:
    return json.loads(cyclonedx.write(work))


def test_the_model_has_its_card() -> None:
    model = written(WORK)["metadata"]["component"]
    card = model["modelCard"]
    assert (model["type"], model["name"], model["version"]) == ("machine-learning-model", "Toy jets", "1.0.0")
    assert model["licenses"] == [{"license": {"id": "CC-BY-4.0"}}]
    assert card["modelParameters"]["task"] == "jet tagging"
    assert card["modelParameters"]["inputs"] == [{"format": "tracks: float32 (batch, 30, 60)"}]
    assert card["modelParameters"]["datasets"] == [{"ref": "data-1"}, {"ref": "data-2"}]
    [metric] = card["quantitativeAnalysis"]["performanceMetrics"]
    assert (metric["type"], metric["value"]) == ("AUC", "0.99")
    assert metric["confidenceInterval"] == {"lowerBound": "0.989", "upperBound": "0.991"}
    assert metric["slice"] == "test"
    told = {row["name"].removeprefix("fairkit:"): row["value"] for row in card["properties"]}
    assert (told["parameterCount"], told["metric:1:data"], told["metric:1:trainings"]) == ("18162", "data-2", "5")
    assert len(card["considerations"]["technicalLimitations"]) == 3


def test_files_data_and_software_are_components() -> None:
    bom = written(WORK)
    by_ref = {one["bom-ref"]: one for one in bom["components"]}
    assert {one["alg"] for one in by_ref["file-1"]["hashes"]} == {"SHA-256"}
    assert by_ref["data-1"]["data"][0]["type"] == "dataset"
    assert by_ref["requirement-1"]["purl"] == "pkg:pypi/torch-geometric@2.4.0%2Bcpu"
    assert "purl" not in by_ref["requirement-2"]
    assert bom["dependencies"][0]["dependsOn"] == ["data-1", "data-2", "requirement-1", "requirement-2"]


def test_what_a_metric_was_measured_on_is_a_component() -> None:
    """The data that it was tested on already, where these are the same; else data of their own."""
    [use], [result] = WORK.data_uses, WORK.results
    tested = replace(use, role="tested", split="test", digest=None, files=())
    for uses, refs in (((use,), ["data-1", "data-2"]), ((use, tested), ["data-1", "data-2"]), ((tested,), ["data-1"])):
        bom = written(replace(WORK, data_uses=uses))
        data = [one for one in bom["components"] if one["type"] == "data"]
        assert [one["bom-ref"] for one in data] == refs
        assert data[-1]["data"][0]["description"] == "tested on the split test"
        assert uses[0] != use or data[0]["data"][0]["description"] == "trained on the split train: train/1.root"
        assert data[-1]["externalReferences"][0]["url"] == "https://doi.org/10.5281/zenodo.9"
    nameless = replace(result, dataset=None)
    for one, known in ((nameless, True), (replace(nameless, split="another", split_digest=None), False)):
        card = written(replace(WORK, data_uses=(tested,), results=(one,)))["metadata"]["component"]["modelCard"]
        assert any(row["name"] == "fairkit:metric:1:data" for row in card["properties"]) is known


def test_a_metric_at_a_point_says_where() -> None:
    [result] = WORK.results
    model = written(replace(WORK, results=(replace(result, operating_point="signal efficiency 0.3"),)))
    [metric] = model["metadata"]["component"]["modelCard"]["quantitativeAnalysis"]["performanceMetrics"]
    assert metric["type"] == "AUC at signal efficiency 0.3"


@pytest.mark.parametrize(
    ("requirement", "purl"),
    [
        ("torch==2.1.0", "pkg:pypi/torch@2.1.0"),
        ("Torch_Geometric == 2.4.0+cpu", "pkg:pypi/torch-geometric@2.4.0%2Bcpu"),
        ("torch[cuda,opt]===2.1.0", "pkg:pypi/torch@2.1.0"),
        ("numpy==2.4.6 ; python_version >= '3.11'", "pkg:pypi/numpy@2.4.6"),
        ("numpy==2.*", None),
        ("numpy>=2.0", None),
        ("numpy", None),
        ("numpy==latest", None),
        ("python==3.11.9", None),
        ("Python == 3.11", None),
        ("CUDA==12.1", None),
        ("ROOT==6.32", None),
        ("ONNX opset 13", None),
    ],
)
def test_what_is_pinned_on_pypi_has_a_package_url(requirement: str, purl: str | None) -> None:
    [one] = [
        row for row in written(replace(WORK, requirements=(requirement,)))["components"] if row["type"] == "library"
    ]
    assert one.get("purl") == purl


@pytest.mark.parametrize(
    ("licence", "rows"),
    [
        ("MIT", [{"license": {"id": "MIT"}}]),
        ("MIT OR Apache-2.0", [{"expression": "MIT OR Apache-2.0"}]),
        ("GPL-2.0-only WITH Classpath-exception-2.0", [{"expression": "GPL-2.0-only WITH Classpath-exception-2.0"}]),
        ("MIT AND our own", [{"license": {"name": "MIT AND our own"}}]),
        ("Ask us", [{"license": {"name": "Ask us"}}]),
        (None, None),
    ],
)
def test_a_licence_is_an_id_an_expression_or_a_name(licence: str | None, rows: Any) -> None:
    assert written(replace(WORK, license=licence))["metadata"]["component"].get("licenses") == rows


def test_the_same_model_has_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    bom = written(WORK)
    assert bom["metadata"]["timestamp"] == "1970-01-01T00:00:00Z"
    assert cyclonedx.write(WORK) == cyclonedx.write(WORK)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert written(WORK)["serialNumber"] == bom["serialNumber"]
    assert written(replace(WORK, version="2"))["serialNumber"] != bom["serialNumber"]


@settings(max_examples=60)
@given(resource=resources())
def test_any_resource_is_written(resource: Resource) -> None:
    bom = written(replace(resource, kind="model"))
    refs = [one["bom-ref"] for one in bom.get("components", ())]
    assert len(set(refs)) == len(refs)
