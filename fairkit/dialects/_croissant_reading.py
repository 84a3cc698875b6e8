"""What only Croissant documents have: files by their digests, record sets with fields, and splits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from fairkit.model.distribution import Distribution
from fairkit.model.variable import Split, Variable

from ._croissant_records import PARQUET, SPLITS, TYPES
from ._html import plain
from ._jsonld import Node
from ._reading import Reading
from ._schema_org_steps import checksums_of
from ._schema_org_wild import distribution_of
from ._values import integer, items, text, texts

__all__ = ["distributions", "splits", "variables"]

_CR = "http://mlcommons.org/croissant/"
_DTYPES = {name.rpartition(":")[2]: dtype for dtype, every in TYPES.items() for name in every[-1:]}
_GENERAL = {"Boolean": "bool", "Text": "string", "Integer": "int64", "Float": "float64", "DateTime": "timestamp[us]"}
_UNIT = re.compile(r" \[([^\[\]]*)\]$")


def distributions(reading: Reading, node: Node) -> None:
    """The files; sets of files are patterns, and no files themselves."""
    value, pointer = node.get("distribution")
    found = [(file, pointer + end) for end, item in items(value) if (file := _file(node, item))]
    reading.found("distributions", found)
    if found:
        whole = any(file.role == "data" for file, _ in found)
        reading.put("listing", "complete" if whole else "index", pointer, how="extracted")


def _file(node: Node, item: Any) -> Distribution | None:
    child = node.child(item)
    if child is None or "FileSet" in child.types:
        return None
    found = distribution_of(node, item)
    if found is None:
        return None
    url = found.content_url
    media_type = next((kind for kind in PARQUET if kind == found.media_type), None)
    return replace(
        found,
        content_url=url if url and "://" in url else None,
        media_type=PARQUET[0] if media_type else found.media_type,
        checksums=checksums_of(child),
        role="index" if child.text("additionalType") == "index" else "data",
    )


def _records(node: Node) -> Iterator[tuple[Node, str]]:
    value, pointer = node.get("recordSet", f"{_CR}recordSet")
    return ((child, pointer + end) for end, item in items(value) if (child := node.child(item)))


def splits(reading: Reading, node: Node) -> None:
    """The splits, from the record set of that type."""
    for child, pointer in _records(node):
        if "Split" not in {name.rpartition("/")[2].rpartition(":")[2] for name in _named(child, "dataType")}:
            continue
        value = child.value("data")
        rows = [(row, f"{pointer}/data{end}") for end, row in items(value) if isinstance(row, dict)]
        reading.found("splits", [(one, where) for row, where in rows if (one := _split(row))])


def _named(node: Node, word: str) -> tuple[str, ...]:
    return texts(node.value(word, f"{_CR}{word}"))


def _split(row: Mapping[str, Any]) -> Split | None:
    told = {key.rpartition("/")[2]: value for key, value in row.items()}
    name = text(told.get("name"))
    if name is None:
        return None
    return Split(
        name=name,
        description=text(told.get("description")),
        entry_count=integer(told.get("entry_count")),
        file_count=integer(told.get("file_count")),
        files=texts(told.get("files")),
        digest=text(told.get("digest")),
    )


def variables(reading: Reading, node: Node) -> None:
    """The fields of the record sets, each name once, where the variables are not listed by themselves."""
    found: dict[str, tuple[Variable, str]] = {}
    for child, pointer in _records(node):
        if child.id == SPLITS:
            continue
        value = child.value("field", f"{_CR}field")
        for end, item in items(value):
            field = child.child(item)
            one = _variable(field) if field else None
            if one:
                found.setdefault(one.name, (one, f"{pointer}/field{end}"))
    reading.found("variables", found.values(), how="extracted")


def _variable(field: Node) -> Variable | None:
    name = field.text("name")
    if name is None:
        return None
    words, unit = plain(field.text("description")), None
    for _, item in items(field.value("annotation", f"{_CR}annotation")):
        told = field.child(item)
        if told and (told.text("equivalentProperty") or "").endswith("unitText"):
            unit = told.text("value")
    if words and unit:
        words = _UNIT.sub("", words) if words.endswith(f" [{unit}]") else words
    return Variable(name=name, dtype=_dtype(field), description=words, unit=unit, shape=_shape(field))


def _dtype(field: Node) -> str | None:
    names = [name.rpartition("/")[2].rpartition(":")[2] for name in _named(field, "dataType")]
    exact = (_DTYPES[name] for name in names if name in _DTYPES)
    return next(exact, None) or next((_GENERAL[name] for name in names if name in _GENERAL), None)


def _shape(field: Node) -> tuple[int | None, ...] | None:
    parts = (field.text("arrayShape") or "").split(",")
    if all(part.strip().lstrip("-").isascii() and part.strip().lstrip("-").isdigit() for part in parts):
        return tuple(integer(part) for part in parts)
    is_list = True in (field.value("isArray"), field.value("repeated"))
    return (None,) if is_list else None
