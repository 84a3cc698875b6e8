"""Keras files: layers, inputs and outputs from the configuration in a `.keras` ZIP; nothing is built, nothing is run.

A Lambda layer holds a program, and a layer of an unknown module asks for one: both are told.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from fairkit.model.ai import ModelFile, Tensor

from . import MOST_BYTES, Facts
from ._models import no_rows, unreadable

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["EXTENSIONS", "SANDBOXED", "TITLE", "batches", "claims", "facts"]

TITLE = "Keras models (configuration only)"
EXTENSIONS = (".keras",)
SANDBOXED = True

_CONFIGURATION, _METADATA = "config.json", "metadata.json"
_MOST_TEXT = 32 * 1024 * 1024
_MOST_LAYERS = 100_000
_MODULES = ("keras", "builtins", "tensorflow.python.keras")


def claims(head: bytes) -> bool:
    """It is a ZIP like many: the name tells."""
    return False


def facts(path: str) -> Facts:
    """What the configuration tells.

    Raises:
        UnreadableDocument: if it is no Keras file, or is broken.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            told, about = _json(archive, _CONFIGURATION), _json(archive, _METADATA, needed=False)
    except (OSError, ValueError, KeyError, RecursionError, EOFError, zipfile.BadZipFile, RuntimeError) as error:
        raise unreadable(path, "a Keras file", str(error)) from None
    except NotImplementedError as error:
        raise unreadable(path, "a Keras file", str(error)) from None
    layers = list(_layers(told))
    code = sorted({name for name, module in layers if name == "Lambda" or not module.startswith(_MODULES)})
    version = about.get("keras_version") if isinstance(about, dict) else None
    operators: dict[str, int] = {}
    for name, _ in layers:
        operators[name] = operators.get(name, 0) + 1
    notes = (f"it holds or asks for programs: {', '.join(code[:20])}",) if code else ()
    inputs, outputs = _ends(told)
    made = ModelFile(
        format="keras",
        inputs=inputs,
        outputs=outputs,
        operators=tuple(sorted(operators.items())),
        producer=f"keras {version}" if isinstance(version, str) else None,
        runs_code=bool(code),
        byte_size=os.path.getsize(path),
        notes=notes,
    )
    return Facts(format="keras", model=made, notes=notes)


def _json(archive: zipfile.ZipFile, name: str, *, needed: bool = True) -> Any:
    if name not in archive.namelist():
        if needed:
            raise ValueError(f"it has no {name}")
        return None
    with archive.open(name) as stream:
        body = stream.read(_MOST_TEXT + 1)
    if len(body) > _MOST_TEXT:
        raise ValueError(f"its {name} is too long")
    return json.loads(body)


def _layers(told: Any) -> Iterator[tuple[str, str]]:
    """Every layer: its class and its module."""
    waiting, count = [told], 0
    while waiting and count < _MOST_LAYERS:
        here = waiting.pop()
        if isinstance(here, dict):
            name, module = here.get("class_name"), here.get("module") or here.get("registered_name") or "keras"
            if isinstance(name, str) and isinstance(here.get("config"), dict):
                count += 1
                yield name, str(module)
            waiting += here.values()
        elif isinstance(here, list):
            waiting += here


def _ends(told: Any) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
    """The inputs, which have shapes, and the names of the outputs."""
    config = told.get("config") if isinstance(told, dict) else None
    rows = config.get("layers") if isinstance(config, dict) else None
    inputs = []
    for row in rows if isinstance(rows, list) else []:
        inner = row.get("config") if isinstance(row, dict) else None
        if isinstance(inner, dict) and row.get("class_name") == "InputLayer":
            shape = inner.get("batch_shape") or inner.get("batch_input_shape")
            sizes = tuple(size if type(size) is int else None for size in shape) if isinstance(shape, list) else None
            dtype = inner.get("dtype")
            name = str(inner.get("name") or row.get("name") or "input")
            inputs.append(Tensor(name=name, dtype=dtype if isinstance(dtype, str) else None, shape=sizes))
    ends = config.get("output_layers") if isinstance(config, dict) else None
    named = [one for one in ends if isinstance(one, list)] if isinstance(ends, list) else []
    if isinstance(ends, list) and ends and isinstance(ends[0], str):
        named = [ends]
    return tuple(inputs), tuple(Tensor(name=str(one[0])) for one in named if one)


def batches(
    path: str, table: str | None = None, *, columns: Sequence[str] | None = None, most_bytes: int = MOST_BYTES
) -> Iterator[pa.RecordBatch]:
    """None: a model has no rows.

    Raises:
        UnreadableDocument: always.
    """
    raise no_rows(path)
