"""MLmodel, the YAML file in which MLflow says what lies in the folder of a model and how it is called.

The signature is JSON within the YAML. What is read: inputs and outputs with their types and shapes, the libraries with
their versions, and the run that made the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fairkit.errors import UnreadableDocument
from fairkit.model.ai import Tensor
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.provenance import Activity, Entity

from ._model_tensors import dtype, shape
from ._reading import Reading
from ._values import items, parsed, text
from ._yaml import parse_yaml

__all__ = ["FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "read", "recognises"]

TITLE = "MLmodel, the file of an MLflow model"
MEDIA_TYPE = "application/yaml"
FILE_NAMES = ("MLmodel",)
HOLDS = frozenset({"activities", "date_created", "inputs", "outputs", "requirements"})

_MOST_BYTES = 1024 * 1024
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?", re.ASCII)


def recognises(data: Any) -> bool:
    """Never: it is YAML, and known by its name."""
    return False


def read(document: Document) -> View:
    """The model that an MLmodel tells of.

    Raises:
        UnreadableDocument: if it is not YAML, or longer than any.
    """
    if len(document.body) > _MOST_BYTES:
        what = f"{document.url} has {len(document.body):,} bytes, more than the {_MOST_BYTES:,} that are read"
        raise UnreadableDocument(what, value=document.url, remedy="Is that an MLmodel?")
    data = parse_yaml(document)
    reading = Reading(document, data)
    told = data if isinstance(data, dict) else {}
    signature = told.get("signature")
    for field in ("inputs", "outputs"):
        written = signature.get(field) if isinstance(signature, dict) else None
        reading.put(field, tuple(_tensors(reading, field, written)), f"/signature/{field}")
    reading.put("requirements", tuple(dict.fromkeys(_requirements(told))), "/flavors")
    made = _moment(told.get("utc_time_created"))
    reading.put("date_created", made, "/utc_time_created")
    reading.put("activities", tuple(_run(told, made)), "/run_id" if text(told.get("run_id")) else "/model_uuid")
    return reading.view("model", holds=HOLDS)


def _tensors(reading: Reading, field: str, written: Any) -> Iterator[Tensor]:
    """The tensors of one side of the signature; columns of tables are such of one axis."""
    rows = written
    if isinstance(written, str):
        try:
            rows = parsed(written.encode())
        except (ValueError, RecursionError):
            reading.faults.append(f"/signature/{field}: it is not JSON")
            return
    singular = field.removesuffix("s")
    for number, (_, row) in enumerate(items(rows)):
        if isinstance(row, dict):
            yield _tensor(row, text(row.get("name")) or (singular if number == 0 else f"{singular}_{number}"))


def _tensor(row: dict[str, Any], name: str) -> Tensor:
    spec = row.get("tensor-spec")
    if isinstance(spec, dict):
        return Tensor(name=name, dtype=dtype(spec.get("dtype")), shape=shape(spec.get("shape")))
    return Tensor(name=name, dtype=dtype(row.get("type")), shape=(None,))


def _requirements(told: dict[str, Any]) -> Iterator[str]:
    """The libraries that the flavours name a version of, and MLflow's own."""
    flavours = told.get("flavors")
    rows = flavours.items() if isinstance(flavours, dict) else ()
    for name, row in rows:
        for key, value in row.items() if isinstance(row, dict) else ():
            if key.endswith("_version") and (version := text(value)):
                library = key.removesuffix("_version")
                yield f"{name if library == 'model' else library}=={version}"
    if version := text(told.get("mlflow_version")):
        yield f"mlflow=={version}"


def _moment(written: Any) -> str | None:
    """When it was made, in ISO 8601 and in whole seconds; MLflow writes UTC without saying so."""
    found = _TIME.fullmatch(text(written) or "")
    return f"{found[0].replace(' ', 'T').partition('.')[0]}Z" if found else None


def _run(told: dict[str, Any], made: str | None) -> Iterator[Activity]:
    run, version = text(told.get("run_id")), text(told.get("mlflow_version"))
    model = text(told.get("model_uuid"))
    if run or model:
        named = (("run_id", run), ("model_uuid", model), ("artifact_path", text(told.get("artifact_path"))))
        yield Activity(
            name="MLflow run",
            software=(Entity(name="MLflow", version=version),) if version else (),
            parameters=tuple((key, value) for key, value in named if value),
            ended=made,
        )
