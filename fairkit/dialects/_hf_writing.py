"""A resource as a card of the Hugging Face Hub: the keys of its front matter, and the text under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from fairkit.model.ai import DataUse
from fairkit.model.distribution import Distribution
from fairkit.model.resource import Resource
from fairkit.model.variable import Split, Variable
from fairkit.vocab import licences, relations

from ._hf_results import index
from ._hf_used import COLUMNS, HEADING, HUB, hub_task
from ._used_data import related
from ._values import text
from ._writing import licence_url, stated
from ._yaml import yaml_bytes

__all__ = ["card"]

_SIZES = (
    (10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M"), (10**7, "1M<n<10M"),
    (10**8, "10M<n<100M"), (10**9, "100M<n<1B"), (10**10, "1B<n<10B"), (10**11, "10B<n<100B"), (10**12, "100B<n<1T"),
)  # fmt: skip
_TASKS = "Hugging Face tasks"
_PATTERN = re.compile(r"(?![/~])(?!.*\.\.)[^\\:\x00-\x1f]{1,500}")
_SPLIT = re.compile(r"[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*")  # as the datasets library takes them
_TYPES = frozenset({
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64",
    "string", "large_string", "binary",
})  # fmt: skip
_SAME = {
    "bytes": "binary", "object": "string", "str": "string", "float": "float32", "double": "float64", "int": "int32",
    "float_t": "float32", "double_t": "float64", "bool_t": "bool", "char_t": "int8", "uchar_t": "uint8",
    "short_t": "int16", "ushort_t": "uint16", "int_t": "int32", "uint_t": "uint32", "long64_t": "int64",
    "ulong64_t": "uint64",
}  # fmt: skip
"""What ROOT, C and pandas call the types of the datasets library."""
_LIBRARIES = {
    "keras": "keras", "onnx": "onnx", "onnxruntime": "onnx", "pytorch": "pytorch", "scikit-learn": "sklearn",
    "sklearn": "sklearn", "tensorflow": "tf-keras", "torch": "pytorch", "transformers": "transformers",
}  # fmt: skip
_MOST_DIMENSIONS = 5
_NAME = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_LEADING = re.compile(r"^(\s*)([#=~-])")
_TIME = re.compile(r"(?:timestamp|duration)\[(?:s|ms|us|ns)\]")


def card(resource: Resource) -> bytes:
    """The card; other works stand in it by their names on the Hub alone."""
    front = yaml_bytes(_front(resource)).decode()
    return f"---\n{front}---\n\n{_body(resource)}".encode("utf-8", "replace")


def _front(resource: Resource) -> dict[str, Any]:
    tasks = [one.name for one in resource.subjects if one.scheme == _TASKS]
    said = {
        **_licence(resource.license),
        "language": [resource.language] if resource.language else None,
        "tags": list(dict.fromkeys(resource.keywords)),
    }
    if resource.kind == "model":
        of = {kind: list(_on_hub(resource, kind)) for kind in ("dataset", "model")}
        more: dict[str, Any] = {
            "pipeline_tag": next(iter(tasks), None) or hub_task(resource.tasks),
            "datasets": of["dataset"],
            "base_model": of["model"],
        }
        more |= {"library_name": _library(resource), "model-index": index(resource, more["pipeline_tag"])}
        return stated({"model_name": resource.title, **said, **more})
    return stated(
        {
            "pretty_name": resource.title,
            **said,
            "task_categories": tasks,
            "size_categories": [_size(resource.entry_count)] if resource.entry_count is not None else None,
            "source_datasets": [f"extended|{name}" for name in _on_hub(resource, "dataset")],
            "configs": _configs(resource),
            "dataset_info": _info(resource),
        }
    )


def _library(resource: Resource) -> str | None:
    """The library that loads it, as the Hub calls it, if the work needs one that is known there."""
    needed = (re.split(r"[^A-Za-z0-9_-]", one, maxsplit=1)[0].lower() for one in resource.requirements)
    return next((_LIBRARIES[one] for one in needed if one in _LIBRARIES), None)


def _licence(written: str | None) -> dict[str, Any]:
    """An SPDX id in lower case, as the Hub has it; anything else is `other`, with a name and an address."""
    if written is None:
        return {}
    known, url = licences.find(written), licence_url(written)
    if known and url and not known.id.startswith("LicenseRef-"):
        return {"license": known.id.lower()}
    page = (known.url if known else None) or (written if written.startswith(("http://", "https://")) else None)
    return stated({"license": "other", "license_name": written, "license_link": page})


def _size(count: int) -> str:
    return next((name for limit, name in _SIZES if count < limit), "n>1T")


def _on_hub(resource: Resource, kind: str) -> Iterator[str]:
    """The names on the Hub of what it was made from."""
    start = f"{HUB}/datasets/" if kind == "dataset" else f"{HUB}/"
    for one in related(resource):
        known = relations.find(one.type)
        url = one.identifier.value if one.identifier and one.identifier.scheme == "url" else ""
        name = url.removeprefix(start)
        fits = name != url and _NAME.fullmatch(name) and (kind == "dataset" or not name.startswith("datasets/"))
        if fits and known and known.type == "IsDerivedFrom":
            yield name


def _configs(resource: Resource) -> list[dict[str, Any]] | None:
    """Which files belong to which split: what can be loaded at once, Parquet before text."""
    found = [row for part in resource.splits if (row := _data_files(part, resource.distributions))]
    return [{"config_name": "default", "data_files": found}] if found else None


def _data_files(part: Split, files: tuple[Distribution, ...]) -> dict[str, Any] | None:
    meant = [file.name for file in files if any(fnmatchcase(file.name, pattern) for pattern in part.files)]
    inside = [name for name in (meant or part.files) if _PATTERN.fullmatch(name)]
    loadable = [name for name in inside if name.endswith((".parquet", ".csv", ".csv.gz", ".jsonl", ".tsv"))]
    paths = [name for name in loadable if name.endswith(".parquet")] or loadable
    if not paths or not _SPLIT.fullmatch(part.name):
        return None
    return {"split": part.name, "path": paths[0] if len(paths) == 1 else paths}


def _info(resource: Resource) -> dict[str, Any] | None:
    """Features, if each has a type that is known there, since a table with some only cannot be loaded; and splits."""
    features = [_feature(one) for one in resource.variables]
    splits = [
        stated({"name": part.name, "num_examples": part.entry_count})
        for part in resource.splits
        if _SPLIT.fullmatch(part.name)
    ]
    return (
        stated(
            {
                "features": [one for one in features if one] if None not in features else None,
                "splits": splits,
                "download_size": resource.byte_size,
            }
        )
        or None
    )


def _feature(one: Variable) -> dict[str, Any] | None:
    """A column in the shapes that the datasets library has: lists in lists, and arrays of fixed lengths."""
    kind = _dtype(one)
    if kind is None or text(one.name) is None:
        return None
    shape = list(one.shape or ())
    if len(shape) > 1 and None not in shape:
        array = {"name": one.name, "dtype": {f"array{len(shape)}_d": {"shape": shape, "dtype": kind}}}
        return array if len(shape) <= _MOST_DIMENSIONS else None
    inner: Any = {"dtype": kind}
    for length in reversed(shape):
        bare = inner["dtype"] if inner.keys() == {"dtype"} else inner
        inner = {"sequence": bare, **({"length": length} if length is not None else {})}
    if not shape and one.classes and (names := _names(one)):
        inner = {"dtype": {"class_label": {"names": names}}}
    return {"name": one.name, **inner}


def _names(one: Variable) -> Mapping[str, str] | None:
    """The names of classes, if their values count up from 0."""
    found = dict(one.classes)
    return found if list(found) == [str(number) for number in range(len(found))] else None


def _dtype(one: Variable) -> str | None:
    named = (one.dtype or "").lower()
    known = _SAME.get(named, named)
    return known if known in _TYPES or _TIME.fullmatch(known) else None


def _body(resource: Resource) -> str:
    """The text, under headings of the Hub's templates: by these it is found again."""
    what = "Model" if resource.kind == "model" else "Dataset"
    parts = {
        f"{what} Description": resource.description,
        "Uses": resource.usage,
        "Direct Use": resource.intended_use,
        "Out-of-Scope Use": resource.out_of_scope,
        "Bias, Risks, and Limitations": resource.limitations,
        "Training Details" if what == "Model" else "Dataset Creation": resource.methodology,
        "Evaluation": resource.validation,
    }
    blocks = [f"# {' '.join(_words(resource.title).split())}"] if resource.title else []
    blocks += [f"## {head}\n\n{_words(told)}" for head, told in parts.items() if told]
    if resource.data_uses:
        blocks.append(f"## {HEADING}\n\n{_uses(resource.data_uses)}")
    if resource.variables and any(one.description or one.unit for one in resource.variables):
        blocks.append(f"## {what} Structure\n\n{_table(resource.variables)}")
    if resource.citation:
        blocks.append(f"## Citation\n\n```text\n{_code(resource.citation)}\n```")
    return "\n\n".join(blocks) + "\n"


def _uses(every: tuple[DataUse, ...]) -> str:
    """The data it was trained, validated and tested on: the front matter takes names on the Hub alone."""
    rows: list[tuple[str, ...]] = [COLUMNS, ("---",) * len(COLUMNS)]
    for one in every:
        known = one.identifier.value if one.identifier else None
        told = (one.role, one.title, known, one.version, one.split)
        rows.append(tuple(map(_cell, told)))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _table(variables: tuple[Variable, ...]) -> str:
    """The variables with their units and meanings, for which the front matter has no key."""
    rows = [("name", "unit", "meaning"), ("---", "---", "---")]
    rows += [(_cell(one.name), _cell(one.unit), _cell(one.description)) for one in variables]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(written: str | None) -> str:
    return " ".join(_words(written or "").split()).replace("|", "\\|")


def _words(written: str) -> str:
    """A text that begins no heading, no fence and no tag, whatever stands in it."""
    safe = written.replace("&", "&amp;").replace("<", "&lt;").replace("`", "&#96;")
    return "\n".join(_LEADING.sub(lambda found: f"{found[1]}&#{ord(found[2])};", line) for line in safe.splitlines())


def _code(written: str) -> str:
    return re.sub(r"`{3,}|~{3,}", "''", written)
