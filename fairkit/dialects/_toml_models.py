"""What [model] of `fairkit.toml` says, as words of the model, and back."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from fairkit.model.ai import DataUse, Result, Tensor
from fairkit.model.identifier import Identifier
from fairkit.vocab import identifiers, licences

from . import _toml_model_tables as tables
from ._reading import Reading
from ._toml_steps import filled, spelled
from ._values import identifier

__all__ = ["WRITERS", "read"]


def read(reading: Reading, written: tables.Model) -> None:
    """Give what the table says beside what is copied as it is."""
    for field in ("inputs", "outputs"):
        reading.put(field, tuple(_tensor(row) for row in getattr(written, field)), f"/model/{field}")
    reading.put("data_uses", tuple(_use(row) for row in written.data), "/model/data")
    reading.put("results", tuple(_result(row) for row in written.results), "/model/results")


def _tensor(row: tables.Tensor) -> Tensor:
    told = row.model_dump(exclude={"type", "shape", "range"})
    shape = None if row.shape is None else tuple(None if size == -1 else size for size in row.shape)
    return Tensor(**told, dtype=row.type, shape=shape, range=_range(row.range))


def _range(bounds: tuple[float, float] | None) -> tuple[float | None, float | None] | None:
    if bounds is None:
        return None
    least, most = (bound if math.isfinite(bound) else None for bound in bounds)
    return None if least is most is None else (least, most)


def _named(doi: str | None, other: str | None) -> Identifier | None:
    return identifier(doi, "doi") if doi else identifiers.identify(other) if other else None


def _use(row: tables.DataUse) -> DataUse:
    known = licences.find(row.license) if row.license else None
    told = row.model_dump(exclude={"doi", "id", "license"})
    return DataUse(**told, identifier=_named(row.doi, row.id), license=known.id if known else row.license)


def _result(row: tables.Result) -> Result:
    return Result(**row.model_dump(exclude={"doi", "dataset"}), dataset=_named(row.doi, row.dataset))


def _told(one: Identifier | None, *, other: str) -> dict[str, Any]:
    if one is None:
        return {}
    return {"doi": one.value} if one.scheme == "doi" else {other: spelled(one)}


def _write_tensor(one: Tensor) -> dict[str, Any]:
    told = dict(one.__dict__)
    shape = None if one.shape is None else [-1 if size is None else size for size in one.shape]
    bounds = None
    if one.range is not None:
        least, most = one.range
        bounds = [-math.inf if least is None else least, math.inf if most is None else most]
    name, dtype, _ = told.pop("name"), told.pop("dtype"), told.pop("shape")
    row = filled({"name": name, "type": dtype, **told, "classes": list(one.classes), "range": bounds})
    return row if shape is None else {**row, "shape": shape}  # the shape of one number is [], and is told


def _write_use(one: DataUse) -> dict[str, Any]:
    told = dict(one.__dict__)
    role, known = told.pop("role"), told.pop("identifier")
    return filled({"role": role, **_told(known, other="id"), **told, "files": list(one.files)})


def _write_result(one: Result) -> dict[str, Any]:
    told = dict(one.__dict__)
    return filled({**{k: v for k, v in told.items() if k != "dataset"}, **_told(one.dataset, other="dataset")})


WRITERS: Mapping[str, Callable[[Any], Any]] = {
    "inputs": _write_tensor,
    "outputs": _write_tensor,
    "data_uses": _write_use,
    "results": _write_result,
}
"""How a row of each field is written."""
