"""The files of a view: arrays that grow row by row, as NumPy or Parquet has them."""

from __future__ import annotations

import contextlib
import os
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from fairkit.formats import parquet

from .mapping import ViewFile

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Array = np.ndarray[Any, np.dtype[Any]]

__all__ = ["FORMATS", "Npy", "Npz", "Sink", "Table", "sink"]

FORMATS = ("npy", "npz", "parquet")
_HEADER = 128


class Sink(ABC):
    """Takes the arrays of some rows after the others, and tells what files it made of them."""

    def __init__(self, folder: str, split: str) -> None:
        self.folder = folder
        self.split = split

    @abstractmethod
    def write(self, arrays: Mapping[str, Array]) -> None: ...

    @abstractmethod
    def close(self) -> list[ViewFile]: ...


class Npy(Sink):
    """`X_train.npy` and its kin: a header whose first number is set at the end, and rows."""

    def __init__(self, folder: str, split: str) -> None:
        super().__init__(folder, split)
        self._open: dict[str, tuple[BinaryIO, tuple[int, ...], str]] = {}
        self._rows = 0

    def write(self, arrays: Mapping[str, Array]) -> None:
        import numpy as np

        for name, array in arrays.items():
            if name not in self._open:
                file = open(self.path(name), "wb")  # noqa: SIM115 (it is closed by close)
                file.write(bytes(_HEADER))
                self._open[name] = file, array.shape[1:], array.dtype.str
            self._open[name][0].write(np.ascontiguousarray(array).data)
        self._rows += len(next(iter(arrays.values())))

    def path(self, name: str) -> str:
        return os.path.join(self.folder, f"{name}_{self.split}.npy")

    def close(self) -> list[ViewFile]:
        made = []
        for name, (file, shape, dtype) in self._open.items():
            with file:
                file.seek(0)
                file.write(_header((self._rows, *shape), dtype))
            made.append(_file(self.path(name), self.split, name, (self._rows, *shape), dtype))
        return made


def _header(shape: tuple[int, ...], dtype: str) -> bytes:
    """The head of a file of NumPy's format 1.0, always of the same length."""
    told = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}, }}"
    return b"\x93NUMPY\x01\x00" + (_HEADER - 10).to_bytes(2, "little") + told.ljust(_HEADER - 11).encode() + b"\n"


def _file(path: str, split: str, array: str | None, shape: tuple[int, ...], dtype: str | None) -> ViewFile:
    import numpy as np

    named = None if dtype is None else np.dtype(dtype).name
    return ViewFile(path=os.path.basename(path), split=split, array=array, shape=shape, dtype=named)


class Npz(Npy):
    """`train.npz`: the arrays in one archive, as they are."""

    def close(self) -> list[ViewFile]:
        made = super().close()
        path = os.path.join(self.folder, f"{self.split}.npz")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            for one in made:
                archive.write(self.path(str(one.array)), f"{one.array}.npy")
                os.unlink(self.path(str(one.array)))
        name = os.path.basename(path)
        return [ViewFile(path=name, split=one.split, array=one.array, shape=one.shape, dtype=one.dtype) for one in made]


class Table(Sink):
    """`train.parquet`: a column for each place on the last axis of X and g; mask, y and w are columns by themselves."""

    def __init__(self, folder: str, split: str, names: Mapping[str, Sequence[str]]) -> None:
        super().__init__(folder, split)
        self._names = names
        self._stack = contextlib.ExitStack()
        self._writer: Any = None
        self._rows = 0
        self._path = os.path.join(folder, f"{split}.parquet")

    def write(self, arrays: Mapping[str, Array]) -> None:
        import pyarrow as pa

        columns: dict[str, pa.Array] = {}
        for array, values in arrays.items():
            if array in self._names:
                columns |= {name: _column(values[..., i]) for i, name in enumerate(self._names[array])}
            else:
                columns[array] = _column(values)
        batch = pa.RecordBatch.from_pydict(columns)
        if self._writer is None:
            self._writer = self._stack.enter_context(parquet.writer(self._path, batch.schema))
        self._writer.write(batch)
        self._rows += batch.num_rows
        self._width = batch.num_columns

    def close(self) -> list[ViewFile]:
        self._stack.close()
        if self._writer is None:
            return []
        return [_file(self._path, self.split, None, (self._rows, self._width), None)]


def _column(values: Array) -> pa.Array:
    """An array of entries of a fixed shape."""
    import numpy as np
    import pyarrow as pa

    if values.ndim == 1:
        return pa.array(np.ascontiguousarray(values))
    inner = _column(values.reshape(-1, *values.shape[2:]))
    return pa.FixedSizeListArray.from_arrays(inner, values.shape[1])


def sink(form: str, folder: str, split: str, names: Mapping[str, Sequence[str]]) -> Sink:
    """What takes the arrays of a split; `names` are those of the places on the last axes of arrays."""
    if form == "parquet":
        return Table(folder, split, names)
    return Npz(folder, split) if form == "npz" else Npy(folder, split)
