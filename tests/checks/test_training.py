"""Training: on which data, how well it does, and whether that can be repeated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fairkit.model.ai import DataUse, Result, Verification
from fairkit.model.distribution import Checksum, Distribution

from .judge import Case, doi, file, judge

TRAINED = DataUse(role="trained", identifier=doi(9), version="1", split="train", license="CC0-1.0", score=0.9)
TESTED = DataUse(role="tested", identifier=doi(9), version="1", split="test")
WHOLE = Result(
    metric="AUC",
    value=0.9,
    uncertainty=0.01,
    uncertainty_kind="bootstrap",
    trainings=5,
    aggregation="mean",
    operating_point="none",
    direction="higher",
    dataset=doi(9),
    split="test",
)
BARE = Result(metric="AUC", value=0.9)
RUN = Verification(
    model_digest="sha256:" + "0" * 64,
    inputs_digest="a",
    outputs_digest="b",
    runtime="onnxruntime 1.20",
    rows=16,
    passed=True,
    relative_tolerance=1e-5,
    absolute_tolerance=1e-6,
    power="power",
    noise=0.01,
)
SAME = file("a.onnx", "sha256")
OTHER = Distribution(name="a.onnx", checksums=(Checksum(algorithm="sha256", value="1" * 64),))

CASES: list[Case] = [
    ("training_data_are_exact", {"data_uses": (TRAINED,)}, "pass", "doi:10.5281/zenodo.9"),
    ("training_data_are_exact", {"data_uses": (replace(TRAINED, split=None, files=("a",)),)}, "pass", "doi"),
    ("training_data_are_exact", {"data_uses": (replace(TRAINED, version=None),)}, "partial", "without version"),
    ("training_data_are_exact", {"data_uses": (replace(TRAINED, identifier=None),)}, "fail", "has no identifier"),
    ("training_data_are_exact", {"data_uses": (TESTED,)}, "fail", "no training data are named"),
    ("training_and_test_are_apart", {"data_uses": (TRAINED, TESTED)}, "pass", "apart"),
    ("training_and_test_are_apart", {"data_uses": (TRAINED, replace(TESTED, identifier=doi(8)))}, "pass", "apart"),
    (
        "training_and_test_are_apart",
        {"data_uses": (replace(TRAINED, files=("a", "b")), replace(TESTED, files=("b",)))},
        "fail",
        "b are in both",
    ),
    ("training_and_test_are_apart", {"data_uses": (TRAINED, replace(TESTED, split="train"))}, "fail", "both are"),
    ("training_and_test_are_apart", {"data_uses": (TRAINED,)}, "fail", "only one of both"),
    ("training_data_are_assessed", {"data_uses": (TRAINED,)}, "pass", "the only dataset is assessed"),
    ("training_data_are_assessed", {"data_uses": (replace(TRAINED, score=None),)}, "fail", "no dataset is assessed"),
    ("training_data_are_assessed", {}, "fail", "no training data are named"),
    ("training_data_are_fair", {"data_uses": (TRAINED,)}, "pass", "90%"),
    ("training_data_are_fair", {"data_uses": (replace(TRAINED, score=0.6),)}, "partial", "60%"),
    ("training_data_are_fair", {"data_uses": (TRAINED, replace(TRAINED, score=0.2))}, "fail", "20%"),
    ("training_data_are_fair", {}, "fail", "nobody knows"),
    ("training_licence_is_known", {"data_uses": (TRAINED,)}, "pass", "CC0-1.0"),
    (
        "training_licence_is_known",
        {"data_uses": (replace(TRAINED, license="GPL-3.0-only"),)},
        "partial",
        "GPL-3.0-only on",
    ),
    ("training_licence_is_known", {"data_uses": (replace(TRAINED, license="ours"),)}, "partial", "no known licence"),
    ("training_licence_is_known", {"data_uses": (replace(TRAINED, license=None),)}, "fail", "of no training data"),
    ("results_name_their_data", {"results": (WHOLE,)}, "pass", "1 result"),
    ("results_name_their_data", {"results": (WHOLE, replace(WHOLE, split=None))}, "partial", "AUC without split"),
    ("results_name_their_data", {"results": (BARE,)}, "fail", "AUC without dataset"),
    ("results_name_their_data", {}, "fail", "no results"),
    ("results_are_complete", {"results": (WHOLE,)}, "pass", "1 result"),
    ("results_are_complete", {"results": (replace(WHOLE, trainings=None),)}, "partial", "without number of trainings"),
    ("results_are_complete", {"results": (BARE,)}, "fail", "AUC without uncertainty"),
    ("results_are_complete", {}, "fail", "no results"),
    ("example_is_reproduced", {"verifications": (RUN,)}, "pass", "16 rows in onnxruntime"),
    ("example_is_reproduced", {"verifications": (replace(RUN, passed=False, faults=("off",)),)}, "fail", "off"),
    ("example_is_reproduced", {}, "fail", "no run"),
    ("example_has_power", {"verifications": (RUN,)}, "pass", "a change of 1%"),
    ("example_has_power", {"verifications": (replace(RUN, power="no power"),)}, "fail", "does not see"),
    ("example_has_power", {"verifications": (replace(RUN, power=None),)}, "fail", "nobody tried"),
    ("model_runs_elsewhere", {"verifications": (RUN,)}, "pass", "onnxruntime 1.20"),
    ("model_runs_elsewhere", {}, "fail", "no run is recorded"),
    (
        "weights_are_those_verified",
        {"verifications": (RUN,), "distributions": (file("a.onnx", "sha256"),)},
        "pass",
        "sha256:0",
    ),
    (
        "weights_are_those_verified",
        {"verifications": (RUN,), "distributions": (OTHER,)},
        "fail",
        "no file has the digest",
    ),
    ("weights_are_those_verified", {"verifications": (RUN,)}, "not-applicable", "no file has a digest"),
    ("weights_are_those_verified", {}, "fail", "no digest of the weights"),
    (
        "parts_have_identifiers",
        {"data_uses": (TRAINED,), "code_repository": "https://example.org/code"},
        "pass",
        "https://example.org/code",
    ),
    ("parts_have_identifiers", {"data_uses": (TRAINED,)}, "partial", "only the data"),
    ("parts_have_identifiers", {}, "fail", "neither has one"),
]


@pytest.mark.parametrize(("name", "told", "status", "message"), CASES)
def test_a_verdict(name: str, told: dict[str, Any], status: str, message: str) -> None:
    outcome = judge(name, **{"kind": "model", **told})
    assert (outcome.status, message in outcome.text) == (status, True), outcome.text
