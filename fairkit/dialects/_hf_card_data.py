"""The metadata of a Hugging Face card: the keys of its front matter, which the Hub's API repeats as `cardData`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Kind, Subject
from fairkit.vocab import licences

from ._hf_features import configurations, splits, variables
from ._hf_results import results
from ._hf_used import HUB, listed, tasks
from ._html import plain
from ._reading import Reading
from ._values import integer, items, text, texts

__all__ = ["ABOUT_DATASETS", "ABOUT_MODELS", "HOLDS", "HUB", "read"]

HOLDS = frozenset({
    "access_conditions", "byte_size", "data_uses", "entry_count", "keywords", "language", "license", "relations",
    "requirements", "results", "splits", "subjects", "tasks", "title", "validation", "variables",
})  # fmt: skip
ABOUT_DATASETS = frozenset({
    "annotations_creators", "configs", "dataset_info", "language_creators", "multilinguality", "pretty_name",
    "size_categories", "source_datasets", "task_categories", "task_ids",
})  # fmt: skip
ABOUT_MODELS = frozenset({"base_model", "datasets", "library_name", "metrics", "model-index", "pipeline_tag"})
_TASKS = "Hugging Face tasks"
_NO_LICENCE = ("unknown", "other")
_MOST_RESULTS = 100


def read(
    reading: Reading,
    card: Mapping[str, Any],
    base: str,
    kind: Kind,
    *,
    beside: Iterable[tuple[Relation, str]] = (),
) -> None:
    """Give what the front matter tells, which stands at the pointer `base`, and relations that are told beside it."""
    for key in ("pretty_name", "model_name"):
        reading.put("title", plain(card.get(key)), f"{base}/{key}")
    _licence(reading, card, base)
    for key in ("language", "languages"):
        reading.put("language", next(iter(texts(card.get(key))), None), f"{base}/{key}")
    reading.put("keywords", texts(card.get("tags")), f"{base}/tags")
    reading.found("subjects", _subjects(card, base))
    reading.put("requirements", texts(card.get("library_name")), f"{base}/library_name")
    reading.put("access_conditions", plain(card.get("extra_gated_prompt")), f"{base}/extra_gated_prompt")
    reading.found("relations", [*_relations(card, base, kind), *beside])
    if kind == "model":
        reading.found("tasks", ((task, f"{base}/{key}") for task, key in tasks(card)))
        reading.put("data_uses", tuple(listed(card)), f"{base}/datasets")
    reading.put("results", tuple(results(card.get("model-index"))), f"{base}/model-index")
    reading.put("validation", _results(card.get("model-index")), f"{base}/model-index", how="extracted")
    _contents(reading, card, base)


def _licence(reading: Reading, card: Mapping[str, Any], base: str) -> None:
    """The licence: `other` stands for one that has a name and a link of its own."""
    named = [(found, "license") for found in texts(card.get("license")) if found.lower() not in _NO_LICENCE]
    named += [(found, key) for key in ("license_name", "license_link") if (found := text(card.get(key)))]
    known = ((licence.id, key) for written, key in named if (licence := licences.find(written)))
    for written, key in [*known, *named][:1]:
        reading.put("license", written, f"{base}/{key}")


def _subjects(card: Mapping[str, Any], base: str) -> Iterator[tuple[Subject, str]]:
    for key in ("pipeline_tag", "task_categories", "task_ids"):
        for task in texts(card.get(key)):
            yield Subject(name=task, scheme=_TASKS), f"{base}/{key}"


def _relations(card: Mapping[str, Any], base: str, kind: Kind) -> Iterator[tuple[Relation, str]]:
    """What a model was trained on and made from, and what a dataset was made from, by their names on the Hub."""
    kinds: tuple[tuple[str, Kind], ...] = (("datasets", "dataset"), ("base_model", "model"))
    for key, of in kinds if kind == "model" else ():
        for name in texts(card.get(key)):
            yield _relation(name, of), f"{base}/{key}"
    for written in texts(card.get("source_datasets")):
        origin = written.partition("|")
        if origin[0] == "extended" and origin[2]:
            yield _relation(origin[2], "dataset"), f"{base}/source_datasets"


def _relation(name: str, kind: Kind) -> Relation:
    address = f"{HUB}/datasets/{name}" if kind == "dataset" else f"{HUB}/{name}"
    known = None if any(letter.isspace() for letter in name) else Identifier(scheme="url", value=address)
    return Relation(type="IsDerivedFrom", identifier=known, title=name, kind=kind)


def _results(index: Any) -> str | None:
    """The results of a model index in words: "accuracy 0.93 on jets (test)"."""
    found: list[str] = []
    for _, model in items(index):
        rows = model.get("results") if isinstance(model, dict) else None
        for _, result in items(rows):
            found += _measured(result) if isinstance(result, dict) else ()
    return "; ".join(found[:_MOST_RESULTS]) or None


def _measured(result: Mapping[str, Any]) -> Iterator[str]:
    data = result.get("dataset")
    data = data if isinstance(data, dict) else {}
    where, split = text(data.get("name")) or text(data.get("type")), text(data.get("split"))
    place = (f" on {where}" if where else "") + (f" ({split})" if split else "")
    for _, metric in items(result.get("metrics")):
        if isinstance(metric, dict) and (value := text(metric.get("value"))):
            yield f"{text(metric.get('name')) or text(metric.get('type')) or 'result'} {value}{place}"


def _contents(reading: Reading, card: Mapping[str, Any], base: str) -> None:
    """What `dataset_info` tells of each configuration: features, splits, sizes."""
    every = [(row, f"{base}/dataset_info{end}") for end, row in configurations(card.get("dataset_info"))]
    several = len(every) > 1
    found = [
        (one, f"{where}/features")
        for row, where in every
        for one in variables(row.get("features"), group=text(row.get("config_name")) if several else None)
    ]
    reading.found("variables", found)
    parts = [(part, f"{where}/splits") for row, where in every for part in splits(row, named=several)]
    reading.found("splits", parts)
    if several:
        return
    for row, where in every:
        counts = [part.entry_count for part, _ in parts]
        if counts and None not in counts:
            reading.put("entry_count", integer(sum(filter(None, counts))), f"{where}/splits", how="extracted")
        reading.put("byte_size", integer(row.get("download_size")), f"{where}/download_size")
