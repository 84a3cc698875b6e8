"""Cards of Hugging Face: models and datasets, their front matter and their text, templates, and hostile ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.dialects import hf_card
from fairkit.dialects._used_data import implied
from fairkit.errors import UnreadableDocument
from fairkit.model.ai import DataUse
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.variable import Split, Variable

from .documents import ANY_JSON, assert_sane, mutants, read

MODEL: dict[str, Any] = {
    "license": "apache-2.0",
    "language": ["en", "de"],
    "tags": ["jets", "physics"],
    "library_name": "onnx",
    "pipeline_tag": "tabular-classification",
    "datasets": ["toy/jets"],
    "base_model": "toy/older",
    "metrics": ["accuracy"],
    "extra_gated_prompt": "Say who you are.",
    "model-index": [
        {
            "name": "Toy tagger",
            "results": [
                {
                    "task": {"type": "tabular-classification"},
                    "dataset": {"name": "Toy jets", "type": "toy/jets", "split": "test"},
                    "metrics": [{"type": "accuracy", "value": 0.93}, {"type": "auc", "value": 0.97, "name": "AUC"}],
                }
            ],
        }
    ],
}
DATASET: dict[str, Any] = {
    "pretty_name": "Toy jets",
    "license": "cc-by-4.0",
    "language": "en",
    "tags": ["jets"],
    "task_categories": ["tabular-classification"],
    "source_datasets": ["original", "extended|toy/older"],
    "size_categories": ["1K<n<10K"],
    "dataset_info": {
        "features": [
            {"name": "pt", "dtype": "float32"},
            {"name": "label", "dtype": {"class_label": {"names": {"0": "light", "1": "bottom"}}}},
            {"name": "tracks", "list": [{"name": "d0", "dtype": "float32"}, {"name": "hits", "sequence": "int32"}]},
            {"name": "image", "dtype": {"array2_d": {"shape": [16, 16], "dtype": "uint8"}}},
            {"name": "vertex", "struct": [{"name": "x", "dtype": "float64"}]},
            {"name": "weights", "sequence": {"sequence": "float64"}},
        ],
        "splits": [{"name": "train", "num_examples": 800}, {"name": "test", "num_examples": 200}],
        "download_size": 1500,
        "dataset_size": 3000,
    },
}
TEXT = """
# Toy *jets*

![a badge](https://example.org/badge.svg)

Some jets, in [a table](https://example.org).

## Dataset Summary

Jets for a `bar`, with their **tracks**.

## Uses

### Direct Use

- classify jets
- draw them

### Out-of-Scope Use

[More Information Needed]

## Training Details

```python
# Evaluation
print("no heading")
```
Made by hand.

## Evaluation

<!-- Say how. -->

## Citation

```bibtex
@misc{jets}
```

## Citation

Other words.
"""


def card(metadata: Any, text: str = "") -> str:
    return f"---\n{yaml.safe_dump(metadata)}---\n{text}"


def test_a_full_dataset_card_and_a_full_model_card_fill_every_field_between_them() -> None:
    limits = "\n## Out-of-Scope Use\n\nOther jets.\n\n## Bias, Risks, and Limitations\n\nMade up.\n"
    views = [read("hf-card", card(metadata, TEXT + limits)) for metadata in (MODEL, DATASET)]
    for view in views:
        assert_sane(view)
        assert view.faults == ()
    assert set().union(*(view.pointers for view in views)) == hf_card.HOLDS


def test_the_front_matter_of_a_model() -> None:
    resource = read("hf-card", card(MODEL)).resource
    assert (resource.kind, resource.license, resource.language) == ("model", "Apache-2.0", "en")
    assert (resource.keywords, resource.requirements) == (("jets", "physics"), ("onnx",))
    assert [(s.name, s.scheme) for s in resource.subjects] == [("tabular-classification", "Hugging Face tasks")]
    assert resource.access_conditions == "Say who you are."
    assert resource.validation == "accuracy 0.93 on Toy jets (test); AUC 0.97 on Toy jets (test)"
    assert resource.relations == (
        Relation(
            type="IsDerivedFrom",
            identifier=Identifier(scheme="url", value="https://huggingface.co/datasets/toy/jets"),
            title="toy/jets",
            kind="dataset",
        ),
        Relation(
            type="IsDerivedFrom",
            identifier=Identifier(scheme="url", value="https://huggingface.co/toy/older"),
            title="toy/older",
            kind="model",
        ),
    )


def test_what_a_model_does_and_was_trained_on() -> None:
    view = read("hf-card", card(MODEL))
    known = Identifier(scheme="url", value="https://huggingface.co/datasets/toy/jets")
    assert view.resource.tasks == ("tabular-classification",)
    assert view.resource.data_uses == (DataUse(role="trained", identifier=known, title="toy/jets"),)
    assert (view.pointers["tasks"], view.pointers["data_uses"]) == ("/metadata/pipeline_tag", "/metadata/datasets")
    assert implied(view.resource) == ()  # the relation is stated
    dataset = read("hf-card", card(DATASET | {"pipeline_tag": "x", "datasets": ["y"]})).resource
    assert (dataset.kind, dataset.tasks, dataset.data_uses) == ("dataset", (), ())


def test_what_is_written_of_its_evaluation_comes_before_its_numbers() -> None:
    resource = read("hf-card", card(MODEL, "## Evaluation\n\nTwice, on other jets.\n")).resource
    assert resource.validation == "Twice, on other jets."
    assert len(resource.results) == 2


@pytest.mark.parametrize(
    ("task", "tasks"),
    [
        ({"type": "tabular-classification", "name": "Jet tagging"}, ("Jet tagging",)),
        ({"type": "tabular-classification"}, ("tabular-classification",)),
        ({"type": "other"}, ()),
        (7, ()),
    ],
)
def test_the_task_of_results_stands_in_where_no_other_is_told(task: Any, tasks: tuple[str, ...]) -> None:
    index = [{"name": "x", "results": [{"task": task, "metrics": []}, {"task": task}, 3]}]
    assert read("hf-card", card({"model-index": index})).resource.tasks == tasks


def test_the_front_matter_of_a_dataset() -> None:
    resource = read("hf-card", card(DATASET)).resource
    assert (resource.kind, resource.title, resource.license) == ("dataset", "Toy jets", "CC-BY-4.0")
    assert (resource.byte_size, resource.entry_count) == (1500, 1000)
    assert resource.splits == (Split(name="train", entry_count=800), Split(name="test", entry_count=200))
    assert [relation.title for relation in resource.relations] == ["toy/older"]
    assert resource.variables == (
        Variable(name="pt", dtype="float32"),
        Variable(name="label", dtype="class_label", description="classes 0: light, 1: bottom"),
        Variable(name="tracks.d0", dtype="float32", shape=(None,)),
        Variable(name="tracks.hits", dtype="int32", shape=(None, None)),
        Variable(name="image", dtype="uint8", shape=(16, 16)),
        Variable(name="vertex.x", dtype="float64"),
        Variable(name="weights", dtype="float64", shape=(None, None)),
    )


def test_several_configurations_are_told_apart() -> None:
    rows = [
        {
            "config_name": name,
            "features": [{"name": "pt", "dtype": "float32"}],
            "splits": [{"name": "train", "num_examples": 1}],
            "download_size": 1,
        }
        for name in ("small", "large")
    ]
    view = read("hf-card", card({"dataset_info": rows}))
    assert_sane(view)
    assert [variable.group for variable in view.resource.variables] == ["small", "large"]
    assert [split.name for split in view.resource.splits] == ["small/train", "large/train"]
    assert {"byte_size", "entry_count"}.isdisjoint(view.pointers)


def test_the_text_is_read_by_its_headings() -> None:
    view = read("hf-card", card({"license": "mit"}, TEXT))
    resource = view.resource
    assert resource.title == "Toy jets"
    assert resource.description == "Jets for a bar, with their tracks."
    assert resource.usage == "classify jets draw them"
    assert resource.methodology == "Made by hand."
    assert resource.citation == "@misc{jets}"
    assert resource.validation is None
    assert view.how["usage"] == "extracted"


def test_without_known_headings_the_first_words_describe_the_work() -> None:
    text = "# Name\n\n[![badge](https://example.org/a.svg)](https://example.org)\n\nThe *first* words.\n\n## More\n\nx"
    assert read("hf-card", card({"license": "mit"}, text)).resource.description == "The first words."


def test_a_template_that_nobody_filled_in_tells_nothing() -> None:
    text = "# Model Card for Model ID\n\n## Uses\n\n### Direct Use\n\n[More Information Needed]\n\n## Evaluation\n\n"
    resource = read("hf-card", card({}, text)).resource
    assert (resource.usage, resource.validation, resource.description) == (None, None, None)


@pytest.mark.parametrize(
    ("metadata", "licence", "pointer"),
    [
        ({"license": "cc-by-4.0"}, "CC-BY-4.0", "/metadata/license"),
        ({"license": ["mit"]}, "MIT", "/metadata/license"),
        ({"license": "other", "license_name": "our-terms"}, "our-terms", "/metadata/license_name"),
        (
            {"license": "other", "license_name": "x", "license_link": "https://opensource.org/licenses/MIT"},
            "MIT",
            "/metadata/license_link",
        ),
        ({"license": "openrail"}, "openrail", "/metadata/license"),
        ({"license": "unknown"}, None, None),
        ({"license": "other"}, None, None),
        ({"license": None}, None, None),
    ],
)
def test_other_stands_for_a_licence_with_a_name_of_its_own(
    metadata: dict[str, Any], licence: str | None, pointer: str | None
) -> None:
    view = read("hf-card", card(metadata))
    assert (view.resource.license, view.pointers.get("license")) == (licence, pointer)


@pytest.mark.parametrize(
    ("metadata", "kind"),
    [
        ({"task_categories": ["x"]}, "dataset"),
        ({"library_name": "x"}, "model"),
        ({"license": "mit"}, "model"),
        ({"configs": [], "tags": []}, "dataset"),
    ],
)
def test_the_kind_is_told_by_the_keys_that_only_one_of_them_has(metadata: dict[str, Any], kind: str) -> None:
    assert read("hf-card", card(metadata)).resource.kind == kind


@pytest.mark.parametrize(
    ("body", "is_card"),
    [
        (card({"license": "mit"}), True),
        ("\ufeff---\r\nlicense: mit\r\n---\r\ntext", True),
        ("---\nlicense: mit\n---", True),
        ("---\ndataset_info:\n  x: 1\n---\n", True),
        ("---\nlayout: page\ntitle: A page\n---\n", False),
        ("---\n{}\n---\n", False),
        ("# A README\n\nlicense: mit\n", False),
        ("text\n---\nlicense: mit\n---\n", False),
        ("---\nlicense: mit\n", False),
        ("---\n" * 100_000, False),
        ("", False),
    ],
)
def test_a_readme_is_a_card_by_its_front_matter(body: str, is_card: bool) -> None:
    assert hf_card.claims(body.encode()) is is_card


def laughs(times: int) -> str:
    lines = ["a0: &a0 [ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, times)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("# A README\n", id="no front matter"),
        pytest.param("---\n- license\n---\n", id="a list"),
        pytest.param("---\nlicense\n---\n", id="a text"),
        pytest.param("---\nlicense: 'open\n---\n", id="an open quote"),
        pytest.param(f"---\n{laughs(30)}\n---\n", id="aliases that multiply"),
        pytest.param("---\nlicense: " + "[" * 3000 + "\n---\n", id="deep nesting"),
        pytest.param("---\n" + "tags: x\n" * 40_000 + "---\n", id="too much of it"),
    ],
)
def test_what_is_no_card_cannot_be_read(body: str) -> None:
    with pytest.raises(UnreadableDocument, match="there") as error:
        read("hf-card", body)
    assert error.value.remedy


def test_nothing_is_made_or_run_by_tags() -> None:
    view = read("hf-card", "---\nlicense: !!python/object/apply:os.getcwd []\ntags: [!!int x]\n---\n")
    assert_sane(view)
    assert view.resource.license is None


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "**" * 50_000, "![" * 50_000, "# " * 50_000, "`" * 100_000, "<!--" * 50_000, "- " * 50_000]
)
def test_a_text_full_of_marks_takes_no_time(text: str) -> None:
    assert_sane(read("hf-card", card({"license": "mit"}, text)))


@pytest.mark.parametrize("metadata", [MODEL, DATASET])
def test_values_of_the_wrong_type_never_stop_the_reading(metadata: dict[str, Any]) -> None:
    from fairkit.model.evidence import Document

    for pointer, data in mutants(metadata):
        body = json_card(data)
        document = Document(representation="hf-card", media_type="text/markdown", url="there", body=body)
        try:
            assert_sane(hf_card.read(document))
        except UnreadableDocument:
            continue
        except Exception as error:
            raise AssertionError(f"at {pointer}") from error


def json_card(data: Any) -> bytes:
    """A card whose front matter is JSON, which YAML takes as well."""
    import json

    return f"---\n{json.dumps(data)}\n---\n".encode()


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted({*MODEL, *DATASET})), ANY_JSON), st.text(max_size=50))
def test_any_yaml_under_any_key_is_read(changes: dict[str, Any], text: str) -> None:
    assert_sane(read("hf-card", card(DATASET | changes, text)))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("#*_`[]()!<>- \n~ab"), max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert_sane(read("hf-card", card({"license": "mit"}, text)))


def test_json_is_never_a_card() -> None:
    assert not hf_card.recognises(MODEL)


def test_a_card_in_a_folder_speaks_and_another_readme_does_not(tmp_path: Path) -> None:
    from fairkit.evidence import Gatherer
    from fairkit.http import Session
    from fairkit.sources import Target, Wants

    for body, found in ((card(DATASET, TEXT), ["hf-card", "folder"]), ("# Only words\n", ["folder"])):
        (tmp_path / "README.md").write_text(body)
        target = Target(str(tmp_path), "folder")
        [report] = Gatherer(Session(offline=True)).gather(target, Wants(frozenset(), frozenset()))
        assert [document.representation for document in report.evidence.documents] == found
