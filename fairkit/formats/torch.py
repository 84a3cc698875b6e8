"""PyTorch files: what their pickles would call, and the names, types and shapes of their weights; nothing is unpickled.

The operations of a pickle are listed, never carried out (`pickletools.genops`). A file whose pickle asks for nothing
but what PyTorch itself writes for weights is told to have no unknown globals, and no more than that: it is never called
safe. TorchScript holds programs, and is told so. Two forms are read: a ZIP with `data.pkl`, and the older row of them.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from fairkit.errors import UnreadableDocument
from fairkit.model.ai import ModelFile

from . import MOST_BYTES, Facts
from ._models import no_rows, unreadable
from ._torch_pickle import MAGIC, Found, listed

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["EXTENSIONS", "SANDBOXED", "TITLE", "batches", "claims", "facts"]

TITLE = "PyTorch and TorchScript (listed, never unpickled)"
EXTENSIONS = (".pt", ".pth", ".torch", ".torchscript")
SANDBOXED = True

_MOST_PICKLE = 64 * 1024 * 1024
_MOST_MEMBERS = 100_000
_OLD_PICKLES = 5
_CODE = ("code/", "constants.pkl")


def claims(head: bytes) -> bool:
    """Whether it begins as the older row of pickles does, or as any pickle, which its name may make one of PyTorch."""
    return head[2 : 2 + len(MAGIC)] == MAGIC or (head[:1] == b"\x80" and head[1:2] in b"\x02\x03\x04\x05")


def facts(path: str) -> Facts:
    """What would be called, and what weights there are.

    Raises:
        UnreadableDocument: if it is no file of PyTorch, or is broken.
    """
    try:
        size = os.path.getsize(path)
        if zipfile.is_zipfile(path):
            found, script = _of_zip(path)
        else:
            with open(path, "rb") as file:
                found, script = _of_row(file), False
    except UnreadableDocument as error:
        raise unreadable(path, "a file of PyTorch", error.what) from None
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise unreadable(path, "a file of PyTorch", str(error)) from None
    name = "torchscript" if script else "torch"
    return Facts(format="torch", model=_told(found, name, size), notes=tuple(_verdict(found, script=script)))


def _told(found: Found, name: str, size: int) -> ModelFile:
    script = name == "torchscript"
    return ModelFile(
        format=name,
        tensors=found.tensors,
        parameters=found.parameters,
        globals=found.globals,
        unknown_globals=found.unknown,
        runs_code=script or bool(found.unknown),
        byte_size=size,
        notes=tuple(_verdict(found, script=script)),
    )


def _verdict(found: Found, *, script: bool) -> Iterator[str]:
    if script:
        yield "it holds programs (TorchScript), which run when it is used"
    if found.unknown:
        yield f"unpickling it would call {', '.join(found.unknown[:20])}"
    else:
        yield "no unknown globals: its pickle asks for what PyTorch writes for weights"
    if found.cut:
        yield "not all of its weights could be told without unpickling it"


def _of_zip(path: str) -> tuple[Found, bool]:
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        if len(infos) > _MOST_MEMBERS:
            raise UnreadableDocument(f"it has {len(infos):,} members", value=path, remedy="")
        names = [info.filename for info in infos]
        pickles = [info for info in infos if info.filename.endswith(".pkl")]
        if not pickles:
            raise UnreadableDocument("it is a ZIP without a pickle", value=path, remedy="")
        found = Found()
        for info in sorted(pickles, key=lambda one: not one.filename.endswith("data.pkl"))[:64]:
            if info.file_size > _MOST_PICKLE:
                raise UnreadableDocument(f"its pickle {info.filename} is too large", value=path, remedy="")
            with archive.open(info) as stream:
                found = found.joined(listed(stream.read(_MOST_PICKLE)))
        script = any(part in name for name in names for part in _CODE)
    return found, script


def _of_row(file: BinaryIO) -> Found:
    """The older form: a number, a version, facts of the machine, the weights, the names of storages; then numbers."""
    body = file.read(_MOST_PICKLE)
    return listed(body, most=_OLD_PICKLES)


def batches(
    path: str, table: str | None = None, *, columns: Sequence[str] | None = None, most_bytes: int = MOST_BYTES
) -> Iterator[pa.RecordBatch]:
    """None: a model has no rows.

    Raises:
        UnreadableDocument: always.
    """
    raise no_rows(path)
