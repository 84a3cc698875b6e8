"""The `dataset_info` of a dataset card: features, as the datasets library writes their types, and splits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fairkit.model.variable import Split, Variable

from ._values import integer, items, text

__all__ = ["configurations", "splits", "variables"]

_DEEPEST = 6
_LISTS = ("sequence", "list", "large_list")
_MOST_NAMES = 50


def configurations(info: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The configurations of a dataset, each with the end of its pointer; one alone needs no list."""
    return ((end, row) for end, row in items(info) if isinstance(row, dict))


def splits(configuration: Mapping[str, Any], *, named: bool) -> Iterator[Split]:
    """The splits of a configuration, with its name before theirs where there are several."""
    prefix = f"{text(configuration.get('config_name')) or 'default'}/" if named else ""
    for _, row in items(configuration.get("splits")):
        name = text(row.get("name")) if isinstance(row, dict) else None
        if name:
            yield Split(name=prefix + name, entry_count=integer(row.get("num_examples")))


def variables(features: Any, *, group: str | None) -> Iterator[Variable]:
    """A variable for each feature; those inside a structure have its name before theirs."""
    for _, row in items(features):
        if isinstance(row, dict):
            yield from _feature(row, "", group, (), 0)


def _feature(
    row: Mapping[str, Any], before: str, group: str | None, shape: tuple[int | None, ...], depth: int
) -> Iterator[Variable]:
    own = text(row.get("name"))
    name = ".".join(part for part in (before, own) if part)
    if depth > _DEEPEST or not name:
        return
    for key in _LISTS:
        if key in row:
            yield from _inner(row[key], name, group, (*shape, None), depth)
            return
    if "struct" in row:
        yield from _inner(row["struct"], name, group, shape, depth)
        return
    yield _variable(name, row.get("dtype"), group, shape)


def _inner(value: Any, name: str, group: str | None, shape: tuple[int | None, ...], depth: int) -> Iterator[Variable]:
    """What is in a list or a structure: named features, one unnamed feature, or the name of a type."""
    if isinstance(value, list):
        for row in value:
            if isinstance(row, dict):
                yield from _feature(row, name, group, shape, depth + 1)
    elif isinstance(value, dict) and not value.keys().isdisjoint({"dtype", "struct", *_LISTS}):
        yield from _feature({**value, "name": None}, name, group, shape, depth + 1)
    else:
        yield _variable(name, value, group, shape)


def _variable(name: str, dtype: Any, group: str | None, shape: tuple[int | None, ...]) -> Variable:
    """A type is a word, or a word with details: the names of classes, the shape of an array."""
    details: Any = None
    if isinstance(dtype, dict):
        dtype, details = next(iter(dtype.items()), (None, None))
    details = details if isinstance(details, dict) else {}
    lengths = tuple(integer(length) for _, length in items(details.get("shape")))
    return Variable(
        name=name,
        dtype=text(details.get("dtype")) or text(dtype),
        description=_classes(details.get("names")),
        group=group,
        shape=(*shape, *lengths) or None,
    )


def _classes(names: Any) -> str | None:
    """The classes of a label, as the card names them."""
    rows = [f"{key}: {word}" for key, one in names.items() if (word := text(one))] if isinstance(names, dict) else None
    if rows is None:
        rows = [word for _, one in items(names) if (word := text(one))]
    more = ", …" if len(rows) > _MOST_NAMES else ""
    return f"classes {', '.join(rows[:_MOST_NAMES])}{more}" if rows else None
