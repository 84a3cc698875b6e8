"""In the limited child: a table is read, brought into the form that is wanted, written, and read back if asked."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, Any, cast

from fairkit.formats import format_of
from fairkit.model.base import Frozen, Told, plain, word

from .digests import Digests, first_difference
from .padding import Padding

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Made", "converted"]

_STEP = 24 * 1024 * 1024
"""Bytes of a batch (measured: the least time from 16 to 48 MiB, and memory grows with it); two are a row group."""


@word
class Made(Frozen):
    """What the child says of an output."""

    rows: Annotated[int, Told("How many were written", ge=0)]
    counts: Annotated[dict[str, str], Told("The column that counts the filled places of each padded one")]
    cut: Annotated[dict[str, int], Told("How many entries of each padded column had more")]
    notes: Annotated[tuple[str, ...], Told("What is not as it was")]
    proof: Annotated[dict[str, str] | None, Told("The digest of the values of each column")] = None
    unequal: Annotated[str | None, Told("The first column whose values are others when they are read back")] = None


def converted(path: str, task: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Convert the tables of a file; tells `{"rows": n}` as rows are written, and `{"made": …}` for each output.

    The `task` has the names of the formats, `format` and `target`, `columns`, `prove`, and for each of `outputs` its
    `table`, the `path` to write to, the `columns` that were found, `padding`, and `metadata` for the whole.
    """
    source = format_of(task["format"])
    for output in task["outputs"]:
        with ExitStack() as stack:
            making = None
            for batch in source.batches(path, output["table"], columns=task["columns"], most_bytes=_STEP):
                if making is None:
                    making = _Making(stack, batch.schema, task, output)
                    gc.freeze()  # libraries are loaded by now, and need not be looked through for garbage
                yield from making.add(batch)
                del batch  # or it would stay in memory while the next one is read
            making = making or _Making(stack, _declared(output["columns"]), task, output)
        yield {"made": plain(making.told())}


class _Making:
    """One output, from its first batch on; it has its name when the `stack` ends well."""

    def __init__(self, stack: ExitStack, schema: pa.Schema, task: Mapping[str, Any], output: Mapping[str, Any]) -> None:
        self._target = cast(Any, format_of(task["target"]))
        self._has_gaps = task["target"] != "hdf5"
        self._path = output["path"]
        self._padding = Padding(_with_words(schema, output["metadata"]), output["padding"])
        self._digests = Digests(self._padding.schema) if task["prove"] else None
        self._file = stack.enter_context(self._target.writer(self._path, self._padding.schema))
        self._rows = 0
        self._filled: Counter[str] = Counter()

    def add(self, batch: pa.RecordBatch) -> Iterator[dict[str, int]]:
        """Write the rows of a batch, in parts that are no larger when they are padded."""
        step = max(1, _STEP // self._padding.row_bytes) if self._padding.row_bytes else batch.num_rows
        for start in range(0, batch.num_rows, step):
            made = self._padding(batch.slice(start, step))
            if not self._has_gaps:
                made = self._without_gaps(made)
            if self._digests is not None:
                self._digests.add(made)
            self._file.write(made)
            self._rows += made.num_rows
            yield {"rows": made.num_rows}

    def _without_gaps(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """HDF5 has no place for floats that are missing: they are NaN there, which is told."""
        import pyarrow as pa

        columns = batch.columns
        for place, column in enumerate(columns):
            if column.null_count and pa.types.is_floating(column.type):
                self._filled[batch.schema.names[place]] += column.null_count
                columns[place] = column.fill_null(float("nan"))
        return pa.RecordBatch.from_arrays(columns, schema=batch.schema)

    def told(self) -> Made:
        """What was made, and how it compares with what is read back."""
        notes = [f"{count:,} values of {name} were missing, and are NaN" for name, count in self._filled.items()]
        proof = None if self._digests is None else self._digests.told()
        return Made(
            rows=self._rows,
            counts=self._padding.counts,
            cut=self._padding.cut,
            notes=tuple(notes),
            proof=proof,
            unequal=None if proof is None else self._unequal(proof),
        )

    def _unequal(self, wanted: dict[str, str]) -> str | None:
        """The first column that is another one when it is read back."""
        if not self._has_gaps:
            wanted = {name.replace("/", "|"): digest for name, digest in wanted.items()}  # as HDF5 calls them
        found = None
        for batch in self._target.batches(self._path):
            found = found or Digests(batch.schema)
            found.add(batch)
            del batch
        if found is None:  # as some formats say that there are no rows
            return None if self._rows == 0 else next(iter(wanted))
        return first_difference(wanted, found.told())


def _declared(columns: list[dict[str, Any]]) -> pa.Schema:
    """The schema of a table without a batch, as its columns were found."""
    import pyarrow as pa

    from fairkit.formats._arrow import described, type_of
    from fairkit.model.base import adapter
    from fairkit.model.variable import Variable

    known = [adapter(Variable).validate_python(column) for column in columns]
    return described(pa.schema([(each.name, type_of(each.dtype or "", each.shape or ())) for each in known]), known)


def _with_words(schema: pa.Schema, words: Mapping[str, str]) -> pa.Schema:
    """The schema with more words about the whole; those that it has stay."""
    return schema.with_metadata({**words, **(schema.metadata or {})} or None)
