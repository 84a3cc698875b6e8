"""Cards as fairkit writes them: keys that the Hub knows, features that can be loaded, text that stays text."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from fairkit.dialects import hf_card
from fairkit.dialects._hf_results import results
from fairkit.model.ai import DataUse, Result
from fairkit.model.distribution import Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource, Subject
from fairkit.model.variable import Split, Variable

from .documents import assert_sane, read
from .of_models import MODEL
from .resources import resources

OLD = Identifier(scheme="url", value="https://huggingface.co/datasets/toy/old")
JETS = Resource(
    title="Toy jets",
    description="Jets for a bar.",
    keywords=("jets", "toys"),
    subjects=(Subject(name="tabular-classification", scheme="Hugging Face tasks"), Subject(name="Physics")),
    language="en",
    license="CC-BY-4.0",
    entry_count=600,
    byte_size=1234,
    distributions=(Distribution(name="train.parquet"), Distribution(name="train.h5")),
    variables=(
        Variable(name="pt", dtype="float32", unit="GeV", description="Momentum | of the jet"),
        Variable(name="label", dtype="int8", classes=(("0", "quark"), ("1", "higgs"))),
        Variable(name="parts", dtype="float32", shape=(None, 4)),
        Variable(name="image", dtype="uint8", shape=(5, 14)),
    ),
    splits=(
        Split(name="train", entry_count=480, files=("train.parquet", "train.h5")),
        Split(name="test", entry_count=120),
    ),
    relations=(Relation(type="IsDerivedFrom", identifier=OLD),),
    methodology="Thrown dice.",
    usage="Gently.",
    validation="By eye.",
    citation="Ada (2026)",
)  # fmt: skip


def front(resource: Resource) -> dict[str, Any]:
    written = hf_card.write(resource).decode()
    found: dict[str, Any] = yaml.safe_load(written.split("---\n")[1])
    return found


def test_the_keys_are_those_of_the_hub() -> None:
    assert front(JETS) == {
        "pretty_name": "Toy jets",
        "license": "cc-by-4.0",
        "language": ["en"],
        "tags": ["jets", "toys"],
        "task_categories": ["tabular-classification"],
        "size_categories": ["n<1K"],
        "source_datasets": ["extended|toy/old"],
        "configs": [{"config_name": "default", "data_files": [{"split": "train", "path": "train.parquet"}]}],
        "dataset_info": {
            "features": [
                {"name": "pt", "dtype": "float32"},
                {"name": "label", "dtype": {"class_label": {"names": {"0": "quark", "1": "higgs"}}}},
                {"name": "parts", "sequence": {"sequence": "float32", "length": 4}},
                {"name": "image", "dtype": {"array2_d": {"shape": [5, 14], "dtype": "uint8"}}},
            ],
            "splits": [{"name": "train", "num_examples": 480}, {"name": "test", "num_examples": 120}],
            "download_size": 1234,
        },
    }


def test_what_is_written_is_read_back() -> None:
    view = read("hf-card", hf_card.write(JETS))
    assert_sane(view)
    after = view.resource
    for name in ("title", "description", "keywords", "language", "license", "entry_count", "byte_size", "methodology"):
        assert getattr(after, name) == getattr(JETS, name), name
    assert (after.usage, after.validation, after.citation) == ("Gently.", "By eye.", "Ada (2026)")
    assert [(one.name, one.dtype, one.shape) for one in after.variables] == [
        ("pt", "float32", None),
        ("label", "class_label", None),
        ("parts", "float32", (None, None)),
        ("image", "uint8", (5, 14)),
    ]
    assert [(one.name, one.entry_count) for one in after.splits] == [("train", 480), ("test", 120)]
    assert after.relations[0].identifier == JETS.relations[0].identifier


@pytest.mark.parametrize(
    ("licence", "keys"),
    [
        ("CC0-1.0", {"license": "cc0-1.0"}),
        ("our own", {"license": "other", "license_name": "our own"}),
        ("MIT OR Apache-2.0", {"license": "other", "license_name": "MIT OR Apache-2.0"}),
        (
            "https://example.org/terms",
            {"license": "other", "license_name": "https://example.org/terms", "license_link": "https://example.org/terms"},
        ),
    ],
)  # fmt: skip
def test_a_licence_is_an_id_or_another(licence: str, keys: dict[str, str]) -> None:
    assert front(Resource(license=licence)) == keys


@pytest.mark.parametrize(
    ("dtype", "feature"),
    [
        ("Float_t", "float32"),
        ("ULong64_t", "uint64"),
        ("timestamp[us]", "timestamp[us]"),
        ("bytes", "binary"),
        ("struct", None),
        (None, None),
    ],
)
def test_features_have_types_that_are_known_or_there_are_none(dtype: str | None, feature: str | None) -> None:
    resource = Resource(entry_count=1, variables=(Variable(name="a", dtype="bool"), Variable(name="b", dtype=dtype)))
    features = front(resource).get("dataset_info", {}).get("features")
    assert features == ([{"name": "a", "dtype": "bool"}, {"name": "b", "dtype": feature}] if feature else None)


@pytest.mark.parametrize(("count", "name"), [(0, "n<1K"), (999, "n<1K"), (1000, "1K<n<10K"), (10**12, "n>1T")])
def test_a_size_is_one_of_the_categories(count: int, name: str) -> None:
    assert front(Resource(entry_count=count))["size_categories"] == [name]


def test_a_model_has_keys_of_its_own() -> None:
    hub = "https://huggingface.co"
    urls = (f"{hub}/datasets/toy/jets", f"{hub}/toy/base", "https://example.org/toy/base")
    made_from = (Relation(type="IsDerivedFrom", identifier=Identifier(scheme="url", value=url)) for url in urls)
    found = front(Resource(kind="model", title="Tagger", relations=tuple(made_from)))
    assert found == {"model_name": "Tagger", "datasets": ["toy/jets"], "base_model": ["toy/base"]}


def test_a_text_begins_no_heading_and_no_tag() -> None:
    hostile = "# Licence\n<script>x</script>\n```\n---\n## Uses\n\nmine"
    after = read("hf-card", hf_card.write(Resource(kind="dataset", entry_count=1, description=hostile))).resource
    assert after.description == "# Licence <script>x</script> ``` --- ## Uses mine"
    assert after.usage is None
    assert "<script" not in hf_card.write(Resource(description=hostile)).decode()


def test_no_path_leads_out_and_no_split_has_a_wrong_name() -> None:
    parts = (
        Split(name="train", files=("../x.parquet", "/y.parquet", "z.csv")),
        Split(name="a/b", entry_count=1, files=("x.csv",)),
    )
    found = front(Resource(splits=parts))
    assert found["configs"][0]["data_files"] == [{"split": "train", "path": "z.csv"}]
    assert found["dataset_info"]["splits"] == [{"name": "train"}]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(resources())
def test_any_resource_is_written_and_read(resource: Resource) -> None:
    assert_sane(read("hf-card", hf_card.write(resource)))


def test_results_and_limits_of_a_model_are_read_back() -> None:
    work = Resource(kind="model", title="Tagger", **MODEL)
    after = read("hf-card", hf_card.write(work)).resource
    assert after.results == work.results
    for field in ("intended_use", "out_of_scope", "limitations"):
        assert getattr(after, field) == getattr(work, field)
    [row] = front(work)["model-index"][0]["results"]
    assert row["task"] == {"type": "jet-tagging", "name": "jet tagging"}
    assert after.tasks == work.tasks
    assert row["dataset"]["revision"] == "1"
    assert row["metrics"][0]["args"]["uncertainty"] == 0.001
    assert "| trained | Toy jets | 10.5281/zenodo.9 | 1 | train |" in hf_card.write(work).decode()


def test_the_data_of_a_model_are_read_back_from_the_table_of_its_text() -> None:
    uses = (
        DataUse(role="trained", identifier=OLD, title="Old | <b>toys</b> & `more`", version="1", split="train"),
        DataUse(role="tested", identifier=Identifier(scheme="doi", value="10.5281/zenodo.9"), split="test"),
        DataUse(role="validated", title="Jets of a drawer"),
    )
    work = Resource(kind="model", title="Tagger", data_uses=uses)
    view = read("hf-card", hf_card.write(work))
    assert view.resource.data_uses == uses
    assert view.told("data_uses") == "extracted"
    assert front(work)["datasets"] == ["toy/old"]
    table = "## Data Used\n\n| used | data | identifier | version | split |\n| --- |\n| eaten | x |\n| trained |\n|\n"
    assert read("hf-card", f"---\nlicense: mit\n---\n{table}").resource.data_uses == ()


@pytest.mark.parametrize(
    ("tasks", "tag"),
    [
        (("tabular classification",), "tabular-classification"),
        (("jet tagging", "Image_Classification"), "image-classification"),
        (("jet tagging",), None),
        ((), None),
    ],
)
def test_a_task_that_the_hub_knows_is_the_tag(tasks: tuple[str, ...], tag: str | None) -> None:
    assert front(Resource(kind="model", title="Tagger", tasks=tasks)).get("pipeline_tag") == tag


@pytest.mark.parametrize(
    "index",
    [
        [],
        7,
        [{"results": 7}],
        [{"results": [{"metrics": [{"value": "x", "type": "a"}, {"value": "nan", "type": "a"}, 3]}]}],
    ],
)
def test_an_odd_model_index_has_no_results(index: object) -> None:
    assert results(index) == []


def test_arguments_of_the_wrong_kind_are_left_aside() -> None:
    metric = {"type": "auc", "value": "0.5", "args": {"trainings": "many", "direction": "up"}}
    assert results([{"results": [{"metrics": [metric]}]}]) == [Result(metric="auc", value=0.5)]
