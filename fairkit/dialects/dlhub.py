"""dlhub.json, the metadata of a model in DLHub: DataCite's about the work, and how the servable is called.

DLHub alone has units, inputs and labels together; its service stands still since 2023, and its files are still found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from fairkit.model.ai import Channel, Tensor
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.resource import Subject

from . import datacite
from ._model_tensors import dtype, shape
from ._reading import Reading
from ._values import items, parse_json, text, texts

__all__ = ["FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "read", "recognises"]

TITLE = "dlhub.json, the metadata of a model in DLHub"
MEDIA_TYPE = "application/json"
FILE_NAMES = ("dlhub.json",)
HOLDS = datacite.HOLDS | {"architecture", "channels", "inputs", "outputs", "requirements", "tasks"}

_TYPES = {"float": "float64", "integer": "int64", "int": "int64"}
"""DLHub's types are those of Python."""
_DEEPEST = 4


def recognises(data: Any) -> bool:
    """Whether parsed JSON has the blocks of DLHub."""
    return isinstance(data, dict) and isinstance(data.get("dlhub"), dict) and "datacite" in data


def read(document: Document) -> View:
    """The model that a dlhub.json describes.

    Raises:
        UnreadableDocument: if it is not JSON.
    """
    data = parse_json(document)
    told: Mapping[str, Any] = data if isinstance(data, dict) else {}
    reading = Reading(document, data)
    _work(reading, document, told.get("datacite"))
    block, servable, dataset = (_block(told.get(key)) for key in ("dlhub", "servable", "dataset"))
    reading.put("title", text(block.get("name")), "/dlhub/name")
    domains = tuple(Subject(name=name, scheme="DLHub domains") for name in texts(block.get("domains")))
    reading.put("subjects", domains, "/dlhub/domains")
    python = _block(_block(block.get("dependencies")).get("python"))
    needed = tuple(f"{name}=={version}" if (version := text(given)) else name for name, given in python.items())
    reading.put("requirements", needed, "/dlhub/dependencies/python")
    _servable(reading, servable)
    reading.put("channels", tuple(_channels(dataset)), "/dataset/inputs")
    return reading.view("model", holds=HOLDS)


def _block(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _work(reading: Reading, document: Document, record: Any) -> None:
    """What DataCite's block tells, its values pointing into it."""
    view = datacite.read_record(document, _present(_block(record)))
    for field in fields(view.resource):
        if field.name in view.pointers and field.name != "type":
            pointer = f"/datacite{view.pointers[field.name]}"
            if "identifiers" not in record:
                pointer = pointer.replace("/identifiers/0", "/identifier")
            reading.put(field.name, getattr(view.resource, field.name), pointer, how=view.how.get(field.name, "given"))
    reading.faults += view.faults


def _present(record: Mapping[str, Any]) -> dict[str, Any]:
    """DataCite 4.1, which DLHub has, as later versions write it: one `identifier`, names of creators by other keys."""
    told = {key: value for key, value in record.items() if key != "identifier"}
    own = record.get("identifier")
    if isinstance(own, dict) and "identifiers" not in record:
        told["identifiers"] = [own]
    for key, name in (("creators", "creatorName"), ("contributors", "contributorName")):
        rows = record.get(key)
        if isinstance(rows, list):
            told[key] = [_named(row, name) for row in rows]
    return told


def _named(row: Any, name: str) -> Any:
    if not isinstance(row, dict):
        return row
    return {"name": row.get(name), "affiliation": row.get("affiliations"), **row}


def _servable(reading: Reading, servable: Mapping[str, Any]) -> None:
    for key in ("model_type", "type"):
        reading.put("architecture", text(servable.get(key)), f"/servable/{key}")
    reading.put("methodology", text(servable.get("model_summary")), "/servable/model_summary")
    run = _block(_block(servable.get("methods")).get("run"))
    for field, key in (("inputs", "input"), ("outputs", "output")):
        reading.put(field, tuple(_tensors(run.get(key), key)), f"/servable/methods/run/{key}")


def _tensors(written: Any, name: str, depth: int = 0) -> Iterator[Tensor]:
    """One argument, or those of a tuple, which may hold others."""
    row = _block(written)
    parts = row.get("element_types")
    if isinstance(parts, list):
        for number, part in enumerate(parts if depth < _DEEPEST else []):
            yield from _tensors(part, f"{name}_{number}", depth + 1)
    elif row:
        item = _block(row.get("item_type"))
        own = dtype(row.get("type"), _TYPES)
        array = own in ("ndarray", "list", "tensor", "dataframe")
        yield Tensor(
            name=text(row.get("name")) or name,
            dtype=dtype(item.get("type"), _TYPES) if array else own,
            shape=shape(row.get("shape")) or ((None,) if own == "list" else None),
            description=text(row.get("description")),
        )


def _channels(dataset: Mapping[str, Any]) -> Iterator[Channel]:
    """The columns of the training data that go in, in their order, with units."""
    columns = [row for _, row in items(dataset.get("columns")) if isinstance(row, dict)]
    known = {name: row for row in columns if (name := text(row.get("name")))}
    for index, name in enumerate(texts(dataset.get("inputs"))):
        row = known.get(name, {})
        unit, meaning = text(row.get("units")), text(row.get("description"))
        yield Channel(input="input", index=index, variable=name, unit=unit, description=meaning)
