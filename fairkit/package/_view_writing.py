"""The rows of splits on their way into files: the documented table, the arrays for learning, or both at once."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple

from fairkit.errors import UsageError
from fairkit.formats import _arrow, parquet
from fairkit.model.variable import Variable

from ._view_arrays import Arrays
from ._view_files import Sink, sink
from .mapping import ViewFile, ViewSource

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Writing", "channel_names"]

_NAME = re.compile(r"[^\w.+-]+")
_MOST_SPLITS = 64


class _Open:
    """The files of a split while rows are added, and where those come from."""

    def __init__(self) -> None:
        self.rows = 0
        self.sources: list[ViewSource] = []
        self.table: Any = None
        self.schema: Any = None
        self.sink: Sink | None = None


class Target(NamedTuple):
    """Where the files go, and which: `documented` are the variables that the table tells of, `arrays` make the rest."""

    folder: str
    documented: Sequence[Variable] | None
    arrays: Arrays | None
    format: str

    @property
    def places(self) -> tuple[str, str]:
        """The folders of the table and of the arrays, inside of that of the view: one each where both are made."""
        return ("documented/", "ml/") if self.documented is not None and self.arrays is not None else ("", "")


class Writing:
    """Opens the files of a split when its first rows come."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._names = channel_names(target.arrays)
        self._splits: dict[str, _Open] = {}
        self._stack = ExitStack()
        for place in filter(None, target.places):
            os.mkdir(os.path.join(target.folder, place))

    def __enter__(self) -> Writing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._stack.__exit__(kind, error, trace)
        finally:
            self._made = [file for name, one in self._splits.items() for file in self._close(name, one)]

    @property
    def made(self) -> list[ViewFile]:
        """The files, once all are closed."""
        return self._made

    def write(self, split: str, rows: pa.RecordBatch, source: ViewSource) -> None:
        """Some rows of a split, from a source.

        Raises:
            UsageError: if there are too many splits, or two whose names make the same files.
        """
        import pyarrow as pa

        one = self._splits.get(split) or self._begin(split, rows.schema)
        one.rows += rows.num_rows
        if source not in one.sources:
            one.sources.append(source)
        if one.table is not None:
            one.table.write(pa.RecordBatch.from_arrays(rows.columns, schema=one.schema))
        if one.sink is not None and self._target.arrays is not None:
            for arrays in self._target.arrays.of(rows):
                one.sink.write(arrays)

    def _begin(self, split: str, schema: pa.Schema) -> _Open:
        name = _file_name(split)
        if len(self._splits) == _MOST_SPLITS or any(_file_name(other) == name for other in self._splits):
            what = f"{split!r} is one split too many, or its files would be called as those of another"
            raise UsageError(what, value=split, remedy=f"There may be {_MOST_SPLITS}, with names of plain words.")
        one = self._splits[split] = _Open()
        documented, learning = (os.path.join(self._target.folder, place) for place in self._target.places)
        if self._target.documented is not None:
            one.schema = _arrow.described(schema, self._target.documented)
            path = os.path.join(documented, f"{name}.parquet")
            one.table = self._stack.enter_context(parquet.writer(path, one.schema))
        if self._target.arrays is not None:
            one.sink = sink(self._target.format, learning, name, self._names)
        return one

    def _close(self, split: str, one: _Open) -> list[ViewFile]:
        documented, learning = self._target.places
        found = []
        if one.table is not None:
            path = f"{documented}{_file_name(split)}.parquet"
            found.append(ViewFile(path=path, split=split, shape=(one.rows, len(one.schema))))
        for file in one.sink.close() if one.sink is not None else ():
            told = {"path": f"{learning}{file.path}", "split": split}
            found.append(ViewFile(**(file.__dict__ | told)))
        return [ViewFile(**(file.__dict__ | {"sources": tuple(one.sources)})) for file in found]


def _file_name(split: str) -> str:
    return _NAME.sub("_", split).strip(".") or "_"


def channel_names(arrays: Arrays | None) -> dict[str, list[str]]:
    """What the places on the last axes of X and g are called: f000, g000 …, as long as they must be."""
    sizes: dict[str, int] = {}
    for channel in arrays.channels if arrays is not None else ():
        sizes[channel.array] = max(sizes.get(channel.array, 0), channel.position + 1)
    return {array: [_channel_name(array, i, size) for i in range(size)] for array, size in sizes.items()}


def _channel_name(array: str, position: int, size: int) -> str:
    digits = max(3, len(str(size - 1)))
    return f"{'f' if array == 'X' else array}{position:0{digits}d}"
