"""Lists of the features that go into a model, as JSON, YAML and TOML by name, as a table, or one name a line.

What a model itself lists in its metadata is read too, where it is plainly such a list.
"""

from __future__ import annotations

import csv
import io
import math
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from fairkit.dialects import channels_csv
from fairkit.dialects._values import tamed
from fairkit.dialects._yaml import parse_yaml
from fairkit.dialects.variables_csv import separator
from fairkit.errors import UnreadableDocument
from fairkit.model.ai import Channel
from fairkit.model.evidence import Document

__all__ = ["STEPS", "Features", "bound_before", "features", "own_lists", "read"]

STEPS = ("shift", "scale", "clip", "padding")
"""What may be done to a feature before it goes in: fields of its channel."""
_TABLES = (".csv", ".tsv", ".txt", ".list")
_COLUMNS = ("name", "feature", "variable")
_MOST_DIGITS = 9
_KEY = re.compile(r"feature|variable|column|input[\s_.-]*(?:name|var)", re.IGNORECASE)
_NO_KEY = re.compile(r"output|label|target|class|spectator|observer|truth|weight|importance", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d][\w.:/\[\]()+-]{0,199}")
_LONGEST = 1_000_000


class Features(NamedTuple):
    """A list of features: `length` is how many objects of them an entry is padded to, None where nobody says."""

    name: str
    names: tuple[str, ...]
    length: int | None = None
    steps: Mapping[str, Mapping[str, Any]] = {}
    """What is done to a feature before: values for the fields of its channel."""


def read(document: Document) -> tuple[tuple[Features, ...], frozenset[str]]:
    """The lists of features of a file, by the end of its name, and its labels and spectators.

    Raises:
        UnreadableDocument: if it is broken, or lists none.
    """
    end = os.path.splitext(document.url)[1].lower()
    if end in _TABLES:
        found: tuple[tuple[Features, ...], frozenset[str]] = _table(document), frozenset()
    else:
        data = _toml(document) if end == ".toml" else parse_yaml(document)
        data = {_stem(document.url): data} if isinstance(data, list) else data
        found = features(data) if isinstance(data, Mapping) else ((), frozenset())
    if not any(one.names for one in found[0]):
        remedy = "As in: jet: [pt, eta]   or, in a table, one name a line."
        raise UnreadableDocument(f"{document.url} has no lists of features", value=document.url, remedy=remedy)
    return found


def features(data: Mapping[str, Any]) -> tuple[tuple[Features, ...], frozenset[str]]:
    """The lists of features of a definitions file (`features_2` with `nobj_2`), and its labels and spectators.

    A plain list under the name of an input is a list of features as well, at the top or within `features`, and so is
    each of the `inputs` of a data configuration of weaver: `{length, vars: [[name, shift, factor, least, greatest,
    padding]]}`.
    """
    if isinstance(data.get("inputs"), Mapping):
        return _weaver(data)
    inner = data.get("features")
    whole = {**data, **inner} if isinstance(inner, Mapping) else data
    kept = {str(name): value for name, value in whole.items() if _is_names(value)}
    apart = {one for name in ("labels", "spectators", "reduced_labels") for one in kept.pop(name, ())}
    found = [
        Features(name, tuple(value), _length(whole.get(f"nobj_{name.removeprefix('features_')}")))
        for name, value in kept.items()
        if not name.endswith("_files")
    ]
    return tuple(found), frozenset(apart)


def bound_before(channels: Sequence[Channel]) -> tuple[Features, ...]:
    """The lists of features that an earlier binding is made of, each under the name of its input."""
    found: dict[str, list[Channel]] = {}
    for one in sorted(channels, key=lambda channel: channel.index):
        found.setdefault(one.input, []).append(one)
    return tuple(
        Features(name, tuple(one.variable for one in every), None, {one.variable: _kept(one) for one in every})
        for name, every in found.items()
    )


def own_lists(metadata: Iterable[tuple[str, str]]) -> tuple[Features, ...]:
    """The lists of features in the metadata of a model, each under its key, or under the input that it is told for."""
    found: list[Features] = []
    for key, written in metadata:
        if _KEY.search(key) and not _NO_KEY.search(key) and len(written) <= _LONGEST:
            found += (Features(name, names) for name, names in _told(key, written.strip()) if names)
    return tuple(found)


def _told(key: str, written: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A list as JSON or as Python writes it, lists by the names of inputs, or names with signs between them."""
    if written[:1] in ("[", "{"):
        document = Document(representation="metadata", media_type="application/yaml", url=key, body=written.encode())
        try:
            data = parse_yaml(document)
        except UnreadableDocument:
            return
        every = data.items() if isinstance(data, dict) else [(key, data)]
        yield from ((str(name), tuple(value)) for name, value in every if _is_names(value))
        return
    names = tuple(one.strip() for one in re.split(r"[,;\n\t]", written) if one.strip())
    if len(names) > 1 and all(_NAME.fullmatch(one) for one in names):
        yield key, names


def _kept(one: Channel) -> dict[str, Any]:
    return {name: value for name in STEPS if (value := getattr(one, name)) is not None}


def _stem(url: str) -> str:
    return os.path.splitext(os.path.basename(url))[0]


def _toml(document: Document) -> Any:
    try:
        return tamed(tomllib.loads(document.body.decode("utf-8-sig")))
    except (ValueError, RecursionError) as error:
        what = f"{document.url} is not readable TOML: {error}"
        raise UnreadableDocument(what, value=document.url, remedy="Mend the line that is named.") from None


def _table(document: Document) -> tuple[Features, ...]:
    """One list, or one for each `input` that the table names; what was written by `bind` has more than names.

    Raises:
        UnreadableDocument: if it is no table, or no column of several has names.
    """
    if channels_csv.claims(document.body):
        view = channels_csv.read(document)
        if view.faults:
            raise UnreadableDocument(f"{document.url}{view.faults[0]}", value=document.url, remedy="Mend it.")
        return bound_before(view.resource.channels)
    text = document.body.decode("utf-8-sig", "replace")
    sign = separator(text)
    try:
        cells = csv.reader(io.StringIO(text, newline=""), delimiter=sign, skipinitialspace=True, strict=True)
        rows = [[cell.strip() for cell in row] for row in cells if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise UnreadableDocument(f"{document.url} is not readable CSV: {error}", value=document.url) from None
    heads = [cell.casefold() for cell in rows[0]] if rows else []
    column = next((heads.index(name) for name in _COLUMNS if name in heads), None)
    if column is None and any(len(row) > 1 for row in rows):
        what = f"{document.url} has no column 'name' or 'feature': its first line is {', '.join(rows[0][:10])}"
        raise UnreadableDocument(what, value=document.url, remedy="Name the column, or write one name a line.")
    if column is None:
        return (Features(_stem(document.url), tuple(row[0] for row in rows if not row[0].startswith("#"))),)
    inputs = heads.index("input") if "input" in heads else None
    found: dict[str, list[str]] = {}
    for row in (row for row in rows[1:] if len(row) > column and row[column]):
        name = _stem(document.url) if inputs is None or len(row) <= inputs else row[inputs]
        found.setdefault(name, []).append(row[column])
    return tuple(Features(name, tuple(names)) for name, names in found.items())


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


def _weaver(data: Mapping[str, Any]) -> tuple[tuple[Features, ...], frozenset[str]]:
    found = []
    for name, each in data["inputs"].items():
        one: Mapping[str, Any] = each if isinstance(each, Mapping) else {}
        rows = one.get("vars")
        every = [row if isinstance(row, list) else [row] for row in (rows if isinstance(rows, list) else [])]
        kept = [row for row in every if row and isinstance(row[0], str)]
        steps = {row[0]: _steps([*row[1:6], *[None] * 5]) for row in kept}
        found.append(Features(str(name), tuple(row[0] for row in kept), _length(one.get("length")), steps))
    labels = data.get("labels")
    listed = [labels.get("value") if isinstance(labels, Mapping) else None, data.get("observers")]
    return tuple(found), frozenset(name for names in listed if _is_names(names) for name in names or ())


def _steps(row: Sequence[Any]) -> dict[str, Any]:
    """What weaver does: it multiplies where a channel says what is divided by, and nothing where no shift is told."""
    shift, factor, least, greatest = (_number(cell) for cell in row[:4])
    told: dict[str, Any] = {} if row[4] is None else {"padding": str(row[4])}
    if shift is not None:
        told["shift"] = shift
        if factor and math.isfinite(1 / factor):
            told["scale"] = 1 / factor
        if least is not None or greatest is not None:
            told["clip"] = (least, greatest)
    return told


def _number(cell: Any) -> float | None:
    try:
        found = float(cell)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def _length(value: Any) -> int | None:
    written = str(value)
    return int(written) if written.isascii() and written.isdigit() and len(written) <= _MOST_DIGITS else None
