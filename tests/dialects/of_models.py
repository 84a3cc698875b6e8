"""All that can be said of a model beside what can be said of any work."""

from __future__ import annotations

from typing import Any

from fairkit.model.ai import Channel, DataUse, Result, Tensor, Verification
from fairkit.model.identifier import Identifier

__all__ = ["MODEL"]

MODEL: dict[str, Any] = {
    "tasks": ("jet tagging",),
    "architecture": "interaction network",
    "inputs": (Tensor(name="tracks", dtype="float32", shape=("batch", 30, 60), description="The tracks of a jet"),),
    "outputs": (
        Tensor(
            name="p",
            dtype="float32",
            shape=(None, 2),
            meaning="probability",
            classes=("QCD", "Hbb"),
            range=(0.0, 1.0),
            sums_to=1.0,
        ),
    ),
    "parameter_count": 18162,
    "channels": (
        Channel(
            input="tracks",
            index=0,
            variable="jet_pt",
            unit="GeV",
            description="Transverse momentum",
            shift=1.0,
            scale=2.0,
            clip=(-5.0, 5.0),
            padding="0",
            range=(20.0, None),
        ),
    ),
    "data_uses": (
        DataUse(
            role="trained",
            identifier=Identifier(scheme="doi", value="10.5281/zenodo.9"),
            title="Toy jets",
            version="1",
            split="train",
            files=("train/1.root",),
            digest="sha256:" + "ab" * 32,
            license="CC0-1.0",
            score=0.9,
        ),
    ),
    "results": (
        Result(
            metric="AUC",
            value=0.99,
            uncertainty=0.001,
            uncertainty_kind="bootstrap",
            trainings=5,
            aggregation="mean",
            operating_point="none",
            direction="higher",
            dataset=Identifier(scheme="doi", value="10.5281/zenodo.9"),
            version="1",
            split="test",
            split_digest="sha256:" + "cd" * 32,
            code_commit="0123456789abcdef0123456789abcdef01234567",
            predictions_digest="sha256:" + "ef" * 32,
        ),
    ),
    "verifications": (
        Verification(
            model_digest="sha256:" + "01" * 32,
            inputs_digest="sha256:" + "02" * 32,
            outputs_digest="sha256:" + "03" * 32,
            runtime="onnxruntime 1.31.1",
            rows=16,
            passed=True,
            relative_tolerance=1e-5,
            absolute_tolerance=1e-6,
            largest_difference=1e-7,
            power="power",
            noise=0.01,
            when="2026-11-27",
        ),
    ),
    "intended_use": "Tagging jets in simulated events.",
    "out_of_scope": "Data of other detectors.",
    "validity": "Jets with a transverse momentum between 300 and 2000 GeV.",
    "limitations": "Trained on simulation only.",
}
