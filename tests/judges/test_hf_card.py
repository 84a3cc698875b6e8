"""The library of the Hugging Face Hub reads the cards that fairkit writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairkit.dialects import hf_card
from fairkit.model.resource import Resource
from tests.dialects.of_models import MODEL

from . import works
from .environments import ask

pytestmark = pytest.mark.judge


def test_the_example_is_read() -> None:
    found = ask("hub_reader", hf_card.write(works.example()))
    data = found["data"]
    assert (data["license"], data["pretty_name"], data["size_categories"]) == (
        "cc0-1.0",
        works.example().title,
        ["n<1K"],
    )
    features = {row["name"]: row for row in data["dataset_info"]["features"]}
    assert features["fj_pt"] == {"name": "fj_pt", "dtype": "float32"}
    assert features["label_hbb"]["dtype"]["class_label"]["names"]["1"].startswith("Higgs")
    assert [row["name"] for row in data["dataset_info"]["splits"]] == ["train", "test"]
    assert [row["path"] for row in data["configs"][0]["data_files"]] == ["train.parquet", "test.parquet"]
    assert "## Dataset Description" in found["text"]


@pytest.mark.parametrize("number", works.RECORDS)
def test_records_are_read(shared: Path, number: str) -> None:
    work = works.record(shared, number)
    assert ask("hub_reader", hf_card.write(work))["data"]["pretty_name"] == work.title


def test_a_model_is_read() -> None:
    found = ask("hub_reader", hf_card.write(Resource(kind="model", title="Tagger", license="MIT")), "model")
    assert (found["data"]["license"], found["data"]["model_name"]) == ("mit", "Tagger")


def test_the_results_of_a_model_are_read() -> None:
    """The library takes the model index apart into results, and makes the same of them again."""
    found = ask("hub_reader", hf_card.write(Resource(kind="model", title="Tagger", **MODEL)), "model")
    [result] = found["data"]["model-index"][0]["results"]
    assert (result["metrics"][0]["value"], result["metrics"][0]["args"]["operating_point"]) == (0.99, "none")
    assert (result["dataset"]["split"], result["dataset"]["revision"]) == ("test", "1")
