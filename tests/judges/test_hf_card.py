"""The library of the Hugging Face Hub reads the cards that fairkit writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairkit.dialects import hf_card
from fairkit.model.resource import Resource

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
